import { describe, expect, it } from 'vitest';
import { Cluster, type ClusterOptions } from './cluster';
import type { OpenSocket } from './network';

const SECOND = 1000;

/** Two nginx pods on node-1 and node-2, a Service before them, and a client pod on node-3. */
function withService(spec: object = {}, options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster(options);
  const create = (path: string, body: object) =>
    cluster.api.handle({ method: 'POST', path: `/api/v1/namespaces/default/${path}`, body });
  for (const [name, node, image] of [
    ['web-1', 'node-1', 'nginx'],
    ['web-2', 'node-2', 'nginx'],
    ['client', 'node-3', 'busybox'],
  ] as const) {
    const containers = [{ name: 'c', image, ...(image === 'busybox' && { command: ['sleep', '9999'] }) }];
    create('pods', { metadata: { name, labels: { app: name.slice(0, 3) } }, spec: { nodeName: node, containers } });
  }
  create('services', { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } });
  cluster.advance(60 * SECOND);
  return cluster;
}

const service = (cluster: Cluster) => cluster.client.get('services', 'default', 'web')!;

function open(cluster: Cluster, address: string = service(cluster).spec.clusterIP, from = 'pod:default/client') {
  const { result, socket } = cluster.network.open({ from, protocol: 'TCP', address, port: 80 });
  expect(result.outcome).toBe('answered');
  return { pod: result.backend!, socket: socket! };
}

const entries = (cluster: Cluster, node: string) =>
  cluster.network
    .conntrack(`node:${node}`, 'TCP')
    .split('\n')
    .filter((line) => line.includes('dport=80'));

const remove = (cluster: Cluster, path: string) =>
  cluster.api.handle({ method: 'DELETE', path: `/api/v1/namespaces/default/${path}` });

const merge = (cluster: Cluster, path: string, body: object) =>
  cluster.api.handle({ method: 'PATCH', path, headers: { 'content-type': 'application/merge-patch+json' }, body });

describe('an open connection', () => {
  it('stays on its pod; several connections are spread', () => {
    const cluster = withService();
    const { pod, socket } = open(cluster);
    for (let i = 0; i < 20; i++) expect(socket.send()).toMatchObject({ outcome: 'answered', backend: pod });
    expect(entries(cluster, 'node-3')).toEqual([expect.stringContaining(' ESTABLISHED ')]);
    // the second request is not balanced: no nat rule is asked
    const { trace } = socket.send();
    expect(trace!.hops.filter(({ table }) => table === 'nat')).toEqual([]);
    expect(trace!.hops.filter(({ entry }) => entry === 'used').length).toBeGreaterThan(0);
    expect(new Set(Array.from({ length: 20 }, () => open(cluster).pod)).size).toBe(2);
  });

  it('is closed by a server that hears nothing for its keep-alive time', () => {
    const cluster = withService();
    const { socket } = open(cluster);
    cluster.advance(74 * SECOND);
    expect(socket.send().outcome).toBe('answered');
    cluster.advance(74 * SECOND);
    expect(socket.closed).toBe(false);
    cluster.advance(2 * SECOND);
    expect(entries(cluster, 'node-3')).toEqual([expect.stringMatching(/ 58 CLOSE_WAIT /)]);
    expect(socket.send().outcome).toBe('closed');
    socket.close();
    expect(entries(cluster, 'node-3')).toEqual([expect.stringContaining(' TIME_WAIT ')]);
  });

  it('outlives its endpoint and ends with its pod', () => {
    const cluster = withService();
    const { pod, socket } = open(cluster);
    merge(cluster, `/api/v1/namespaces/default/pods/${pod}`, { metadata: { labels: { app: 'old' } } });
    cluster.advance(5 * SECOND);
    expect(socket.send()).toMatchObject({ outcome: 'answered', backend: pod });
    for (let i = 0; i < 10; i++) expect(open(cluster).pod).not.toBe(pod);
    remove(cluster, `pods/${pod}`);
    cluster.advance(40 * SECOND);
    expect(socket.closed).toBe(true);
    expect(socket.send().outcome).toBe('closed');
  });
});

describe('an open connection through a load balancer', () => {
  const balanced = (spec: object = {}, options: ClusterOptions = {}) => withService({ type: 'LoadBalancer', ...spec }, options);
  const addressOf = (cluster: Cluster): string => service(cluster).status.loadBalancer.ingress[0].ip;
  const through = (cluster: Cluster) => open(cluster, addressOf(cluster), 'internet');
  const alive = (socket: OpenSocket, pod: string) => expect(socket.send()).toMatchObject({ outcome: 'answered', backend: pod });

  it('is two connections; the balancer ends both after 50 idle seconds', () => {
    const cluster = balanced();
    const { pod, socket } = through(cluster);
    alive(socket, pod);
    const { trace } = socket.send();
    expect([...new Set(trace!.hops.map(({ leg }) => leg))]).toEqual([0, 1]);
    cluster.advance(49 * SECOND);
    alive(socket, pod);
    cluster.advance(51 * SECOND);
    expect(socket.send().outcome).toBe('closed');
    const all = ['node-1', 'node-2', 'node-3'].flatMap((node) => entries(cluster, node));
    expect(all.filter((line) => line.includes('ESTABLISHED'))).toEqual([]);
  });

  it('outlives a change of the Service, and its member that is no longer healthy', () => {
    const cluster = balanced({ externalTrafficPolicy: 'Local' });
    const { pod, socket } = through(cluster);
    const { nodePort } = service(cluster).spec.ports[0];
    merge(cluster, '/api/v1/namespaces/default/services/web', {
      spec: {
        ports: [
          { name: 'a', port: 80, nodePort },
          { name: 'b', port: 81 },
        ],
      },
    });
    merge(cluster, `/api/v1/namespaces/default/pods/${pod}`, { metadata: { labels: { app: 'old' } } });
    cluster.advance(20 * SECOND);
    alive(socket, pod);
    for (let i = 0; i < 6; i++) expect(through(cluster).pod).not.toBe(pod);
    remove(cluster, 'services/web');
    cluster.advance(10 * SECOND);
    expect(socket.send().outcome).toBe('closed');
  });

  it('does not survive a move of its address to another node (layer 2)', () => {
    const cluster = balanced({}, { cloud: 'metallb' });
    const opened = Array.from({ length: 8 }, () => through(cluster));
    for (const { pod, socket } of opened) alive(socket, pod);
    const announcing = () =>
      cluster.client
        .list('events', 'default')
        .flatMap(({ message }) => /announcing from node "(.*?)"/.exec(String(message))?.[1] ?? []);
    const [first] = announcing();
    merge(cluster, `/api/v1/nodes/${first}`, {
      metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
    });
    cluster.advance(5 * SECOND);
    expect(announcing().length).toBe(2);
    // the new node knows none of them: its rules choose again, and masquerade anew
    for (const { socket } of opened) expect(socket.send()).toMatchObject({ outcome: 'closed', reset: true });
    open(cluster, addressOf(cluster), 'vm');
  });
});
