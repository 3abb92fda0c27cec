import { expect, it } from 'vitest';
import { Cluster } from '../cluster';
import type { Json } from '../apimachinery/object';

const PATH = '/apis/apps/v1/namespaces/default/deployments';

function world() {
  const cluster = new Cluster();
  const template: Json = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };
  const body: Json = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
  };
  cluster.api.handle({ method: 'POST', path: PATH, body });
  cluster.settle();
  const count = (resource: string) => cluster.client.list(resource, 'default').length;
  const end = (propagationPolicy: string) =>
    cluster.api.handle({
      method: 'DELETE',
      path: `${PATH}/web`,
      body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy },
    });
  return { cluster, count, end };
}

it('keeps an owner that is deleted in the foreground until its pods are gone', () => {
  const { cluster, count, end } = world();
  const answer = end('Foreground');
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ kind: 'Deployment', metadata: { finalizers: ['foregroundDeletion'] } });
  cluster.advance(100);
  expect(
    cluster.client.get('replicasets', 'default', cluster.client.list('replicasets', 'default')[0]!.metadata.name),
  ).toMatchObject({ metadata: { finalizers: ['foregroundDeletion'] } });
  expect([count('deployments'), count('pods')]).toEqual([1, 2]);
  cluster.advance(60_000);
  expect([count('deployments'), count('replicasets'), count('pods')]).toEqual([0, 0, 0]);
});

it('leaves the dependents of an orphaning owner', () => {
  const { cluster, count, end } = world();
  expect(end('Orphan').status).toBe(200);
  cluster.advance(60_000);
  expect([count('deployments'), count('replicasets'), count('pods')]).toEqual([0, 1, 2]);
});
