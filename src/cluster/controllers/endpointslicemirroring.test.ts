import { expect, it } from 'vitest';
import { Cluster } from '../cluster';

it('copies Endpoints made by hand, and takes the copy away with them', () => {
  const cluster = new Cluster();
  const metadata = { name: 'man', namespace: 'default' };
  const slices = () =>
    cluster.client.list('endpointslices', 'default').filter(({ metadata: { name } }) => name.startsWith('man-'));
  cluster.client.create('services', { metadata, spec: { ports: [{ port: 80 }] } });
  cluster.client.create('endpoints', { metadata, subsets: [{ addresses: [{ ip: '10.9.9.9' }], ports: [{ port: 9376 }] }] });
  cluster.settle();
  expect(slices()).toMatchObject([
    { endpoints: [{ addresses: ['10.9.9.9'], conditions: { ready: true } }], ports: [{ port: 9376 }] },
  ]);
  cluster.client.delete('services', 'default', 'man');
  cluster.settle();
  expect(slices()).toEqual([]);
  expect(cluster.client.get('endpoints', 'default', 'man')).toBeUndefined();
});
