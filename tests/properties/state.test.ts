import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/cluster';
import type { Json } from '../../src/cluster/apimachinery/object';
import type { ApiRequest } from '../../src/cluster/apiserver/rest';

const runs = (numRuns: number) => ({ numRuns, seed: 20261122 });
const services = '/api/v1/namespaces/default/services';
const timeout = 60_000;

/** Ranges so small that they run out. */
const small = () => new Cluster({ cloud: 'none', serviceCIDR: '10.96.0.0/28', nodePortRange: '30000-30009' });

interface Write {
  do: 'create' | 'type' | 'ports' | 'delete' | 'wait' | 'deploy' | 'scale';
  name: string;
  type: string;
  fixed?: number;
}

const write: fc.Arbitrary<Write> = fc.record({
  do: fc.constantFrom('create', 'create', 'type', 'ports', 'delete', 'wait', 'deploy', 'scale'),
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'Headless', 'ExternalName'),
  fixed: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 3 }),
});

function specOf({ type, fixed }: Write): Json {
  const isNode = type === 'NodePort' || type === 'LoadBalancer';
  return {
    type: type === 'Headless' ? 'ClusterIP' : type,
    ...(type === 'Headless' && { clusterIP: 'None' }),
    ...(type === 'ExternalName' && { externalName: 'example.com' }),
    ...(type === 'ClusterIP' && fixed !== undefined && { clusterIP: `10.96.0.${fixed + 1}` }),
    ports: [{ port: 80, ...(isNode && fixed !== undefined && { nodePort: 30000 + fixed }) }],
  };
}

/** Does one write; what the server answers is text, so that runs can be compared. */
function carryOut(cluster: Cluster, one: Write): string {
  const send = (request: ApiRequest) => JSON.stringify(cluster.api.handle(request));
  const path = `${services}/${one.name}`;
  const patch = (at: string, body: Json) =>
    send({ method: 'PATCH', path: at, body, headers: { 'content-type': 'application/merge-patch+json' } });
  switch (one.do) {
    case 'create':
      return send({ method: 'POST', path: services, body: { metadata: { name: one.name }, spec: specOf(one) } });
    case 'type':
      return patch(path, { spec: { ...specOf(one), clusterIP: null, clusterIPs: null } });
    case 'ports':
      return patch(path, {
        spec: {
          ports: [
            { name: 'a', port: 80 },
            { name: 'b', port: 81 },
          ],
        },
      });
    case 'delete':
      return send({ method: 'DELETE', path });
    case 'wait':
      cluster.advance(1500);
      return '';
    case 'deploy': {
      const labels = { app: one.name };
      const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
      const body = { metadata: { name: one.name }, spec: { replicas: 2, selector: { matchLabels: labels }, template } };
      return send({ method: 'POST', path: '/apis/apps/v1/namespaces/default/deployments', body });
    }
    case 'scale':
      return patch(`/apis/apps/v1/namespaces/default/deployments/${one.name}`, { spec: { replicas: one.fixed ?? 1 } });
  }
}

const everything = (cluster: Cluster) =>
  JSON.stringify(
    ['services', 'pods', 'deployments', 'replicasets', 'endpointslices', 'endpoints', 'events', 'nodes', 'namespaces'].map(
      (resource) => cluster.client.list(resource),
    ),
  );

describe('a cluster', () => {
  it(
    'never hands out an address or a port twice, and takes back what it gave',
    () => {
      fc.assert(
        fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
          const cluster = small();
          for (const one of writes) {
            carryOut(cluster, one);
            const all = cluster.client.list('services');
            const addresses = all.flatMap(({ spec }) => spec.clusterIPs ?? []).filter((address: string) => address !== 'None');
            const ports = all.flatMap(({ spec }) => (spec.ports ?? []).map(({ nodePort }: Json) => nodePort)).filter(Boolean);
            expect(new Set(addresses).size).toBe(addresses.length);
            expect(new Set(ports).size).toBe(ports.length);
          }
          for (const { metadata } of cluster.client.list('services')) {
            if (metadata.name !== 'kubernetes') cluster.api.handle({ method: 'DELETE', path: `${services}/${metadata.name}` });
          }
          // everything is free again: ten node ports can be had, and not one more
          const ports = Array.from({ length: 10 }, (_, port) => ({ name: `p${port}`, port: port + 1 }));
          const create = (name: string) =>
            cluster.api.handle({
              method: 'POST',
              path: services,
              body: { metadata: { name }, spec: { type: 'NodePort', ports } },
            }).status;
          expect(create('all')).toBe(201);
          expect(create('more')).toBeGreaterThanOrEqual(400);
        }),
        runs(150),
      );
    },
    timeout,
  );

  it(
    'gives the same answers, state and bytes for the same writes',
    () => {
      fc.assert(
        fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
          const [first, second] = [small(), small()];
          const answers = writes.map((one) => carryOut(first, one));
          expect(writes.map((one) => carryOut(second, one))).toEqual(answers);
          first.settle();
          second.settle();
          expect(everything(second)).toBe(everything(first));
          expect(second.network.kubeProxyRules('node-1')).toBe(first.network.kubeProxyRules('node-1'));
        }),
        runs(60),
      );
    },
    timeout,
  );

  it(
    'tells a watch everything that it stores',
    () => {
      fc.assert(
        fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
          const cluster = small();
          const seen = new Map<string, Json>();
          cluster.api.watch({ method: 'GET', path: '/api/v1/services', query: { watch: 'true' } }, ({ type, object }) => {
            if (type === 'DELETED') seen.delete(object.metadata.name);
            else seen.set(object.metadata.name, object);
          });
          for (const one of writes) carryOut(cluster, one);
          cluster.settle();
          const list = cluster.api.handle({ method: 'GET', path: '/api/v1/services' }).body;
          const stored = list.items.map((item: Json) => [item.metadata.name, { kind: 'Service', apiVersion: 'v1', ...item }]);
          expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(stored));
        }),
        runs(60),
      );
    },
    timeout,
  );
});
