import { describe, expect, it } from 'vitest';
import { Cluster } from './cluster';

const deployment = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name: 'c', image: 'registry.k8s.io/e2e-test-images/agnhost:2.53', args: ['netexec', '--http-port=5000'] }],
      },
    },
  },
});

const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });

function post(cluster: Cluster, path: string, body: unknown) {
  return cluster.api.handle({ method: 'POST', path, body });
}

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const SERVICES = '/api/v1/namespaces/default/services';

describe('a cluster', () => {
  it('runs a Deployment behind a LoadBalancer Service and answers from the internet', () => {
    const cluster = new Cluster();
    expect(post(cluster, DEPLOYMENTS, deployment('test', 2)).status).toBe(201);
    const spec = { type: 'LoadBalancer', selector: { app: 'test' }, ports: [{ port: 80, targetPort: 5000 }] };
    expect(post(cluster, SERVICES, service('test', spec)).status).toBe(201);
    cluster.advance(1000);
    expect(cluster.client.get('services', 'default', 'test')?.status.loadBalancer).toEqual({});
    cluster.settle();
    const address = cluster.client.get('services', 'default', 'test')?.status.loadBalancer.ingress[0].ip;
    expect(address).toMatch(/^203\.0\.113\./);
    const answer = cluster.network.connect({ from: 'internet', protocol: 'TCP', address, port: 80 });
    expect(answer.outcome).toBe('answered');
    expect(answer.app?.kind).toBe('agnhost-netexec');
  });

  it('gives the same bytes for the same seed and the same inputs', () => {
    const run = () => {
      const cluster = new Cluster({ seed: 7 });
      post(cluster, DEPLOYMENTS, deployment('test', 3));
      post(cluster, SERVICES, service('test', { type: 'NodePort', selector: { app: 'test' }, ports: [{ port: 80 }] }));
      cluster.settle();
      const paths = ['/api/v1/pods', '/api/v1/services', '/api/v1/events', '/apis/discovery.k8s.io/v1/endpointslices'];
      return (
        JSON.stringify(paths.map((path) => cluster.api.handle({ method: 'GET', path }).body)) +
        cluster.network.iptablesSave('node:node-1')
      );
    };
    expect(run()).toBe(run());
  });

  it('rolls a new template out without going below what must be available', () => {
    const cluster = new Cluster();
    post(cluster, DEPLOYMENTS, deployment('test', 4));
    cluster.settle();
    let least = Infinity;
    cluster.subscribe(() => {
      const deploy = cluster.client.get('deployments', 'default', 'test');
      least = Math.min(least, deploy?.status.availableReplicas ?? 0);
    });
    const body = { spec: { template: { spec: { containers: [{ name: 'c', args: ['netexec', '--http-port=5001'] }] } } } };
    const headers = { 'content-type': 'application/strategic-merge-patch+json' };
    expect(cluster.api.handle({ method: 'PATCH', path: `${DEPLOYMENTS}/test`, headers, body }).status).toBe(200);
    cluster.advance(60_000);
    const pods = cluster.client.list('pods', 'default');
    expect(pods.map((pod) => pod.spec.containers[0].args[1])).toEqual(Array(4).fill('--http-port=5001'));
    expect(least).toBe(3);
  });

  it('deletes what a deleted Deployment leaves behind, and a Service with its slices', () => {
    const cluster = new Cluster();
    post(cluster, DEPLOYMENTS, deployment('test', 2));
    post(cluster, SERVICES, service('test', { selector: { app: 'test' }, ports: [{ port: 80 }] }));
    cluster.settle();
    cluster.api.handle({ method: 'DELETE', path: `${DEPLOYMENTS}/test` });
    cluster.api.handle({ method: 'DELETE', path: `${SERVICES}/test` });
    cluster.advance(60_000);
    expect(cluster.client.list('pods')).toEqual([]);
    expect(cluster.client.list('endpointslices').map((slice) => slice.metadata.name)).toEqual(['kubernetes']);
    expect(cluster.client.list('endpoints').map((entry) => entry.metadata.name)).toEqual(['kubernetes']);
  });

  it('turns down a node port that is taken and gives it away again after its Service is gone', () => {
    const cluster = new Cluster();
    const spec = { type: 'NodePort', selector: { app: 'a' }, ports: [{ port: 80, nodePort: 30088 }] };
    expect(post(cluster, SERVICES, service('a', spec)).status).toBe(201);
    const taken = post(cluster, SERVICES, service('b', spec));
    expect(taken.body.message).toBe(
      'Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30088: provided port is already allocated',
    );
    cluster.api.handle({ method: 'DELETE', path: `${SERVICES}/a` });
    expect(post(cluster, SERVICES, service('b', spec)).status).toBe(201);
  });

  it('names an unknown field instead of dropping it', () => {
    const cluster = new Cluster();
    const body = service('a', { selectr: { app: 'a' }, ports: [{ port: 80, tagetPort: 1 }] });
    const answer = cluster.api.handle({ method: 'POST', path: SERVICES, query: { fieldValidation: 'Strict' }, body });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(
      'strict decoding error: unknown field "spec.ports[0].tagetPort", unknown field "spec.selectr"',
    );
  });
});
