import { describe, expect, it, test } from 'vitest';
import type { Json } from '../../apimachinery/object';
import { Cluster } from '../../cluster';
import type { ApiRequest } from '../rest';

const RANGES = '/apis/networking.k8s.io/v1/servicecidrs';
const ADDRESSES = '/apis/networking.k8s.io/v1/ipaddresses';
const SERVICES = '/api/v1/namespaces/default/services';

function world() {
  const cluster = new Cluster({ cloud: 'none', serviceCIDR: '10.96.0.0/28' });
  const send = (method: ApiRequest['method'], path: string, body?: Json) =>
    cluster.api.handle({ method, path, body, headers: { 'content-type': 'application/merge-patch+json' } });
  const range = (name: string, ...cidrs: string[]) => send('POST', RANGES, { metadata: { name }, spec: { cidrs } });
  const service = (name: string, spec: Json = {}) =>
    send('POST', SERVICES, { metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } });
  const ready = (name: string) => send('GET', `${RANGES}/${name}`).body.status?.conditions?.[0];
  const address = (name: string, parentRef: Json, labels: Json = {}) =>
    send('POST', ADDRESSES, { metadata: { name, labels }, spec: { parentRef } });
  return { cluster, send, range, service, ready, address };
}

const PARENT = { group: 'example.com', resource: 'widgets', name: 'w' };

describe('validation', () => {
  it.each<[string, string[], string]>([
    ['none', [], 'spec.cidrs: Required value: at least one CIDR required'],
    [
      'three',
      ['10.0.0.0/24', 'fd00::/64', '10.1.0.0/24'],
      'spec.cidrs: Invalid value: {"CIDRs":["10.0.0.0/24","fd00::/64","10.1.0.0/24"]}: may only hold up to 2 values',
    ],
    [
      'two of one family',
      ['10.0.0.0/24', '10.1.0.0/24'],
      'spec.cidrs: Invalid value: ["10.0.0.0/24","10.1.0.0/24"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    ],
    [
      'bits behind the prefix',
      ['10.0.0.1/24'],
      'spec.cidrs[0]: Invalid value: "10.0.0.1/24": must not have bits set beyond the prefix length',
    ],
  ])('%s', (_name, cidrs, message) => {
    expect(world().range('x', ...cidrs).body.message).toBe(`ServiceCIDR.networking.k8s.io "x" is invalid: ${message}`);
  });

  it('keeps the reference of an IPAddress', () => {
    const { address, send } = world();
    address('10.96.0.9', PARENT);
    const { body } = send('PATCH', `${ADDRESSES}/10.96.0.9`, { spec: { parentRef: { name: 'v' } } });
    expect(body.message).toContain(
      'spec.parentRef: Invalid value: {"Group":"example.com","Resource":"widgets","Namespace":"","Name":"v"}: field is immutable',
    );
    expect(address('10.96.0.10', { resource: 'a/b', name: '..' }).body.details.causes).toMatchObject([
      { field: 'spec.parentRef.resource', message: `Invalid value: "a/b": may not contain '/'` },
      { field: 'spec.parentRef.name', message: `Invalid value: "..": may not be '..'` },
    ]);
  });
});

test('Services get addresses of a second range when the first is full, and of none that is going', () => {
  const { range, send, service } = world();
  for (let i = 0; i < 13; i++) expect(service(`s${i}`).status).toBe(201);
  expect(service('full').body.message).toContain('range is full');
  range('more', '10.97.0.0/28');
  expect(service('a').body.spec.clusterIP).toMatch(/^10\.97\.0\./);
  send('DELETE', `${RANGES}/more`);
  expect(service('b', { clusterIP: '10.97.0.14' }).body.message).toContain('the provided network does not match');
});

test('a range stays while addresses of its own are in use', () => {
  const { cluster, range, ready, send, service } = world();
  range('more', '10.97.0.0/28');
  service('a', { clusterIP: '10.97.0.3' });
  cluster.advance(100);
  expect(send('GET', `${RANGES}/more`).body.metadata.finalizers).toEqual(['networking.k8s.io/service-cidr-finalizer']);
  expect(ready('more')).toMatchObject({ status: 'True', reason: '' });
  send('DELETE', `${RANGES}/more`);
  cluster.advance(30_000);
  expect(ready('more')).toMatchObject({ status: 'False', reason: 'Terminating' });
  send('DELETE', `${SERVICES}/a`);
  cluster.advance(30_000);
  expect(send('GET', `${RANGES}/more`).status).toBe(404);
});

test('the default range may go when a larger one holds its addresses, and comes again', () => {
  const { cluster, range, ready, send } = world();
  send('DELETE', `${RANGES}/kubernetes`);
  cluster.advance(1000);
  expect(ready('kubernetes')).toMatchObject({ status: 'False', reason: 'Terminating' });
  range('larger', '10.96.0.0/24');
  cluster.advance(9500);
  expect(send('GET', `${RANGES}/kubernetes`).status).toBe(404);
  cluster.advance(10_000);
  expect(ready('kubernetes')).toMatchObject({ status: 'True' });
});

test('what has an IPAddress is taken', () => {
  const { address, cluster, send, service } = world();
  address('10.96.0.7', PARENT);
  expect(service('a', { clusterIP: '10.96.0.7' }).body.message).toContain('provided IP is already allocated');
  send('DELETE', `${ADDRESSES}/10.96.0.7`);
  expect(service('a', { clusterIP: '10.96.0.7' }).status).toBe(201);
  send('DELETE', `${ADDRESSES}/10.96.0.7`);
  cluster.advance(180_000);
  expect(send('GET', `${ADDRESSES}/10.96.0.7`).body.spec.parentRef.name).toBe('a');
  expect(cluster.client.list('events', 'default').map(({ note, message }) => note ?? message)).toContain(
    'Cluster IP [IPv4]: 10.96.0.7 is not allocated; repairing',
  );
});

test('an IPAddress that claims to be of a Service goes when there is no such Service', () => {
  const { address, cluster, send } = world();
  address(
    '10.96.0.8',
    { resource: 'services', namespace: 'default', name: 'no' },
    { 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io' },
  );
  cluster.advance(59_000);
  expect(send('GET', `${ADDRESSES}/10.96.0.8`).status).toBe(200);
  cluster.advance(3000);
  expect(send('GET', `${ADDRESSES}/10.96.0.8`).status).toBe(404);
});

test('a dry run takes nothing: the address of the network, a node port that nobody has', () => {
  const { cluster } = world();
  const dryRun = (spec: Json) =>
    cluster.api.handle({
      method: 'POST',
      path: SERVICES,
      query: { dryRun: 'All' },
      body: { metadata: { name: 'a' }, spec: { type: 'NodePort', ports: [{ port: 80 }], ...spec } },
    }).body;
  expect(dryRun({}).spec).toMatchObject({ clusterIP: '10.96.0.0', ports: [{ nodePort: 32768 }] });
  expect(dryRun({ clusterIP: '10.96.0.1' }).spec.clusterIP).toBe('10.96.0.1');
  expect(dryRun({ clusterIP: '1.2.3.4' }).message).toContain(
    'the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/28',
  );
});
