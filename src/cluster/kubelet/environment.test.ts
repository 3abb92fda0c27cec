import { expect, it } from 'vitest';
import type { Json } from '../apimachinery/object';
import { Cluster } from '../cluster';

function clusterWith(objects: readonly [string, Json][]): Cluster {
  const cluster = new Cluster();
  for (const [resource, body] of objects) apply(cluster, resource, body);
  return cluster;
}

function apply(cluster: Cluster, resource: string, body: Json): void {
  const response = cluster.api.handle({ method: 'POST', path: `/api/v1/namespaces/default/${resource}`, body });
  expect(response.status, JSON.stringify(response.body)).toBe(201);
  cluster.settle();
}

const pod = (container: Json, spec: Json = {}) => ({
  metadata: { name: 'p', labels: { app: 'p' } },
  spec: { ...spec, containers: [{ name: 'c', image: 'busybox', command: ['sleep', '1h'], ...container }] },
});
const web = { metadata: { name: 'my-web' }, spec: { clusterIP: '10.96.0.80', ports: [{ name: 'http', port: 80 }] } };

it('tells a container the Services that were there when it started, and no later ones', () => {
  const before = clusterWith([
    ['services', web],
    ['pods', pod({})],
  ]);
  expect(before.container('default', 'p')?.env).toMatchObject({
    KUBERNETES_SERVICE_PORT_HTTPS: '443',
    MY_WEB_SERVICE_HOST: '10.96.0.80',
    MY_WEB_SERVICE_PORT_HTTP: '80',
    MY_WEB_PORT_80_TCP: 'tcp://10.96.0.80:80',
  });
  const after = clusterWith([
    ['pods', pod({})],
    ['services', web],
  ]);
  expect(Object.keys(after.container('default', 'p')?.env ?? {})).not.toContain('MY_WEB_SERVICE_HOST');
});

it('fills in variables from other objects and from the pod itself', () => {
  const env = [
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'm', key: 'k' } } },
    { name: 'B', value: '$(A)/$(NONE)/$$(A)' },
    { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ];
  const cluster = clusterWith([
    ['configmaps', { metadata: { name: 'm' }, data: { k: 'v' } }],
    ['pods', pod({ env, envFrom: [{ prefix: 'M_', configMapRef: { name: 'm' } }] })],
  ]);
  const ip = cluster.client.get('pods', 'default', 'p')?.status.podIP;
  expect(cluster.container('default', 'p')?.env).toMatchObject({ A: 'v', B: 'v/$(NONE)/$(A)', IP: ip, M_k: 'v' });
});

it('does not start a container whose configuration is missing, until it is there', () => {
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }];
  const cluster = clusterWith([['pods', pod({ env })]]);
  const state = () => cluster.client.get('pods', 'default', 'p')?.status;
  expect(state().containerStatuses[0].state.waiting).toEqual({
    message: 'secret "s" not found',
    reason: 'CreateContainerConfigError',
  });
  apply(cluster, 'secrets', { metadata: { name: 's' }, stringData: { k: 'v' } });
  cluster.advance(20_000);
  expect(state().phase).toBe('Running');
  expect(cluster.container('default', 'p')?.env.A).toBe('v');
});

it('mounts ConfigMaps and Secrets as files, and waits for one that is missing', () => {
  const volumes = [{ name: 'v', secret: { secretName: 's' } }];
  const cluster = clusterWith([['pods', pod({ volumeMounts: [{ name: 'v', mountPath: '/etc/s' }] }, { volumes })]]);
  expect(cluster.client.get('pods', 'default', 'p')?.status.phase).toBe('Pending');
  const [event] = cluster.client.list('events', 'default').filter(({ reason }) => reason === 'FailedMount');
  expect(event?.message).toBe('MountVolume.SetUp failed for volume "v" : secret "s" not found');
  apply(cluster, 'secrets', { metadata: { name: 's' }, stringData: { 'a.txt': '가\n' } });
  cluster.advance(120_000);
  expect(cluster.container('default', 'p')?.files['/etc/s/a.txt']).toBe('가\n');
});
