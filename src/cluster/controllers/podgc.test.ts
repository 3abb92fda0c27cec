import { expect, it } from 'vitest';
import { Cluster } from '../cluster';

it('deletes the pods of a node that is gone, a minute later', () => {
  const cluster = new Cluster({ declaredPortsListen: true, cloud: 'none' });
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { nodeName: 'node-2', containers: [{ name: 'c', image: 'nginx' }] },
  };
  cluster.api.handle({ method: 'POST', path: '/api/v1/namespaces/default/pods', body });
  cluster.advance(5000);
  cluster.api.handle({ method: 'DELETE', path: '/api/v1/nodes/node-2' });
  cluster.advance(55_000);
  expect(cluster.client.get('pods', 'default', 'p')?.status.phase).toBe('Running');
  cluster.advance(30_000);
  expect(cluster.client.get('pods', 'default', 'p')).toBeUndefined();
});
