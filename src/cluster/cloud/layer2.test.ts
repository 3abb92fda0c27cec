import { expect, it } from 'vitest';
import type { Json } from '../apimachinery/object';
import { Cluster } from '../cluster';

const SERVICES = '/api/v1/namespaces/default/services';

/** A cluster with MetalLB in which LoadBalancer Services can be made. */
function start() {
  const cluster = new Cluster({ cloud: 'metallb' });
  const { api, client } = cluster;
  return {
    make(name: string, annotations: Record<string, string> = {}, spec: Json = {}) {
      const body = { metadata: { name, annotations }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec } };
      api.handle({ method: 'POST', path: SERVICES, body });
      cluster.settle();
    },
    annotate(name: string, annotations: Record<string, string>) {
      const headers = { 'content-type': 'application/merge-patch+json' };
      api.handle({ method: 'PATCH', path: `${SERVICES}/${name}`, headers, body: { metadata: { annotations } } });
      cluster.settle();
    },
    address: (name: string): string | undefined =>
      client.get('services', 'default', name)?.status?.loadBalancer?.ingress?.[0]?.ip,
    failures: (): string[] =>
      client
        .list('events', 'default')
        .filter(({ reason }: Json) => reason === 'AllocationFailed')
        .map(({ message }: Json) => message as string),
  };
}

it('gives the address that a Service asks for, if it is in its range and nobody has it', () => {
  const { make, annotate, address, failures } = start();
  make('a', { 'metallb.io/loadBalancerIPs': '192.168.0.245' });
  expect(address('a')).toBe('192.168.0.245');
  make('b', { 'metallb.io/loadBalancerIPs': '192.168.0.200' });
  make('c', { 'metallb.io/loadBalancerIPs': '192.168.0.245' });
  expect([address('b'), address('c')]).toEqual([undefined, undefined]);
  expect(failures()).toEqual([
    'Failed to allocate IP for "default/b": ["192.168.0.200"] is not allowed in config',
    `Failed to allocate IP for "default/c": can't change sharing key for "default/c", address also in use by default/a`,
  ]);
  annotate('a', { 'metallb.io/loadBalancerIPs': '192.168.0.246' });
  expect(address('a')).toBe('192.168.0.246');
});

it('leaves Services with a class to others', () => {
  const { make, address } = start();
  make('a', {}, { loadBalancerClass: 'example.com/edge' });
  expect(address('a')).toBeUndefined();
});
