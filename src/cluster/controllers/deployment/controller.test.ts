import { describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster';

const PATH = '/apis/apps/v1/namespaces/default/deployments';

const deployment = (spec: object = {}, image = 'nginx:1.27') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
    ...spec,
  },
});

function start(spec?: object): Cluster {
  const cluster = new Cluster({ declaredPortsListen: true, cloud: 'none' });
  cluster.api.handle({ method: 'POST', path: PATH, body: deployment(spec) });
  return cluster;
}

function patch(cluster: Cluster, body: object): void {
  const headers = { 'content-type': 'application/strategic-merge-patch+json' };
  expect(cluster.api.handle({ method: 'PATCH', path: `${PATH}/web`, headers, body }).status).toBe(200);
}

const template = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'c', image }] } } } });

const status = (cluster: Cluster) => cluster.client.get('deployments', 'default', 'web')!.status;

const scalings = (cluster: Cluster) =>
  cluster.client
    .list('events', 'default')
    .filter(({ reason }) => reason === 'ScalingReplicaSet')
    .map(({ message }) => (message as string).replace(/replica set web-\w+ /, ''));

describe('a Deployment', () => {
  it('counts pods as available when they have been ready for minReadySeconds', () => {
    const cluster = start({ minReadySeconds: 5 });
    cluster.advance(3000);
    expect(status(cluster)).toMatchObject({ readyReplicas: 4, unavailableReplicas: 4 });
    cluster.advance(4000);
    expect(status(cluster)).toMatchObject({ readyReplicas: 4, availableReplicas: 4 });
  });

  it('spreads a change of size over its ReplicaSets during a rollout', () => {
    const cluster = start({ minReadySeconds: 60 });
    cluster.advance(70_000);
    patch(cluster, template('nginx:1.28'));
    cluster.advance(2000);
    patch(cluster, { spec: { replicas: 10 } });
    cluster.advance(2000);
    // 3 and 2 of at most 5 become 8 and 5 of at most 13
    expect(scalings(cluster).slice(-2)).toEqual(['Scaled up from 3 to 8', 'Scaled up from 2 to 5']);
  });

  it('makes no new pods before the old ones are gone with strategy Recreate', () => {
    const cluster = start({ strategy: { type: 'Recreate' } });
    cluster.advance(3000);
    patch(cluster, template('nginx:1.28'));
    cluster.advance(3000);
    expect(scalings(cluster)).toEqual(['Scaled up from 0 to 4', 'Scaled down from 4 to 0', 'Scaled up from 0 to 4']);
    expect(status(cluster)).toMatchObject({ availableReplicas: 4, updatedReplicas: 4, replicas: 4 });
  });

  it('says when its deadline for progress is over', () => {
    const cluster = start({ progressDeadlineSeconds: 10, minReadySeconds: 5 });
    cluster.advance(8000);
    patch(cluster, { spec: { template: { spec: { nodeSelector: { disk: 'none' } } } } });
    cluster.advance(15_000);
    const progressing = status(cluster).conditions.find(({ type }: { type: string }) => type === 'Progressing');
    expect(progressing).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
  });

  it('takes over ReplicaSets without an owner', () => {
    const cluster = start();
    cluster.advance(3000);
    const [before] = cluster.client.list('replicasets', 'default');
    cluster.api.handle({ method: 'DELETE', path: `${PATH}/web`, body: { propagationPolicy: 'Orphan' } });
    cluster.advance(1000);
    cluster.api.handle({ method: 'POST', path: PATH, body: deployment() });
    cluster.advance(1000);
    const sets = cluster.client.list('replicasets', 'default');
    expect(sets.map(({ metadata }) => metadata.uid)).toEqual([before!.metadata.uid]);
    expect(sets[0]!.metadata.ownerReferences?.[0]?.uid).toBe(cluster.client.get('deployments', 'default', 'web')!.metadata.uid);
  });
});
