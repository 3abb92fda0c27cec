import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../apimachinery/object';
import { Cluster } from '../cluster';

const cluster = new Cluster({ addons: true });
const create = (path: string, body: Json) =>
  cluster.api.handle({ method: 'POST', path: `/api/v1/namespaces/default/${path}`, body });
const service = (name: string, spec: Json) => create('services', { metadata: { name }, spec });
const data = (name: string, type = 'A') => cluster.dns.answer(name, type).answer.map((record) => record.data);

beforeAll(() => {
  service('web', { clusterIP: '10.96.0.80', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  service('direct', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  service('outside', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' });
  for (const name of ['a', 'b']) {
    const containers = [{ name: 'c', image: 'nginx' }];
    create('pods', { metadata: { name, labels: { app: 'web' } }, spec: { hostname: name, subdomain: 'direct', containers } });
  }
  cluster.settle();
});

describe('the cluster DNS', () => {
  it('gives a Service its address, a headless one its pods', () => {
    expect(data('web.default.svc.cluster.local')).toEqual(['10.96.0.80']);
    expect(data('kube-dns.kube-system.svc.cluster.local')).toEqual(['10.96.0.10']);
    expect(data('direct.default.svc.cluster.local')).toHaveLength(2);
    expect(data('a.direct.default.svc.cluster.local')).toHaveLength(1);
  });

  it('tells ports with SRV and names with PTR', () => {
    expect(data('_http._tcp.web.default.svc.cluster.local', 'SRV')).toEqual(['0 100 80 web.default.svc.cluster.local.']);
    expect(data('_http._tcp.direct.default.svc.cluster.local', 'SRV')).toEqual([
      '0 50 8080 a.direct.default.svc.cluster.local.',
      '0 50 8080 b.direct.default.svc.cluster.local.',
    ]);
    expect(data('80.0.96.10.in-addr.arpa', 'PTR')).toEqual(['web.default.svc.cluster.local.']);
  });

  it('follows an ExternalName, and takes an address written as a name for what it is', () => {
    expect(data('outside.default.svc.cluster.local')).toEqual(['web.default.svc.cluster.local.', '10.96.0.80']);
    expect(data('10-244-1-9.default.pod.cluster.local')).toEqual(['10.244.1.9']);
  });

  it('tells a name that is not there from one without such records', () => {
    expect(cluster.dns.answer('nope.default.svc.cluster.local', 'A')).toMatchObject({ status: 'NXDOMAIN', authoritative: true });
    expect(cluster.dns.answer('web.default.svc.cluster.local', 'AAAA')).toMatchObject({ status: 'NOERROR', answer: [] });
    expect(cluster.dns.answer('default.svc.cluster.local', 'A')).toMatchObject({ status: 'NOERROR', answer: [] });
    expect(cluster.dns.answer('example.com', 'A')).toMatchObject({ status: 'NXDOMAIN', authoritative: false });
  });
});
