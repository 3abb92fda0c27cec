import type { Json } from '../../src/cluster/apimachinery/object';
import { Cluster } from '../../src/cluster/cluster';
import { respond } from '../../src/cluster/kubelet/images';
import { labels, nginxDeployment, service, serviceManifest, type Measured } from './workload';

const post = (cluster: Cluster, path: string, body: Json): Json => {
  const response = cluster.api.handle({ method: 'POST', path, body });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return response.body;
};
const SERVICES = '/api/v1/namespaces/default/services';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

/** A new cluster until the first answer from a pod behind a Service. */
export function first(): Promise<void> {
  const cluster = new Cluster();
  post(cluster, DEPLOYMENTS, nginxDeployment('web', 2));
  const { spec } = post(cluster, SERVICES, serviceManifest('web', 'NodePort'));
  cluster.settle();
  const result = cluster.network.connect({
    from: 'node:node-1',
    protocol: 'TCP',
    address: '192.168.0.12',
    port: spec.ports[0].nodePort,
    trace: false,
  });
  const answer = respond(result.app!, { method: 'GET', path: '/', host: 'web', headers: {}, peer: '' });
  if (answer?.status !== 200) throw new Error(result.outcome);
  return Promise.resolve();
}

export function services(count: number): Promise<Measured> {
  const cluster = new Cluster();
  const start = performance.now();
  for (let i = 0; i < count; i++) post(cluster, SERVICES, service(i));
  return Promise.resolve({ ms: performance.now() - start, done: cluster.client.list('services').length - 1 });
}

export function pods(count: number): Promise<Measured> {
  const nodes = Array.from({ length: Math.ceil(count / 100) }, (_, i) => ({
    name: `node-${i + 1}`,
    internalIP: `192.168.1.${i + 1}`,
    podCIDR: `10.244.${i + 1}.0/24`,
  }));
  const cluster = new Cluster({ nodes });
  const start = performance.now();
  post(cluster, DEPLOYMENTS, nginxDeployment('web', count));
  const ready = () => cluster.client.get('deployments', 'default', 'web')?.status?.readyReplicas ?? 0;
  for (let i = 0; i < 20 && ready() < count; i++) cluster.settle();
  return Promise.resolve({ ms: performance.now() - start, done: ready() });
}

export function requests(milliseconds: number): Promise<Measured> {
  const cluster = new Cluster();
  post(cluster, DEPLOYMENTS, nginxDeployment('web', 3));
  const { spec } = post(cluster, SERVICES, serviceManifest('web', 'ClusterIP'));
  cluster.settle();
  const request = { from: 'node:node-1', protocol: 'TCP' as const, address: spec.clusterIP, port: 80, trace: false };
  let done = 0;
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    for (let i = 0; i < 100; i++) if (cluster.network.connect(request).outcome === 'answered') done++;
  }
  return Promise.resolve({ ms: performance.now() - start, done });
}

/** The limits that upstream tests: a cluster of that size is loaded, and its Services are listed with kubectl. */
export async function limits(
  nodeCount: number,
  podCount: number,
  serviceCount: number,
): Promise<{ load: number; list: number; bytes: number }> {
  const nodes = Array.from({ length: nodeCount }, (_, i) => ({
    name: `node-${i + 1}`,
    internalIP: `172.16.${i >> 8}.${i & 255}`,
    podCIDR: `10.${128 + (i >> 8)}.${i & 255}.0/24`,
  }));
  const start = performance.now();
  const cluster = new Cluster({ nodes, clusterCIDR: '10.128.0.0/9', cloud: 'none' });
  const each = podCount / serviceCount;
  for (let i = 0; i < serviceCount; i++) {
    cluster.client.create('services', { ...service(i), metadata: { name: `s-${i}`, namespace: 'default' } });
    for (let j = 0; j < each; j++) {
      const metadata = { name: `s-${i}-${j}`, namespace: 'default', labels: labels(`s-${i}`) };
      cluster.client.create('pods', { metadata, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
    }
  }
  cluster.settle();
  const running = cluster.client.list('pods').filter(({ status }) => status?.phase === 'Running').length;
  if (running < podCount) throw new Error(`${running} pods run`);
  const load = performance.now() - start;

  // loaded here, because the peer has none: what is compared there is a cluster with a cluster
  const { kubectl } = await import('../../src/kubectl/kubectl');
  const listing = performance.now();
  let lines = 0;
  kubectl(['get', 'svc', '-A'], {
    api: cluster.api,
    now: () => cluster.now(),
    readFile: () => undefined,
    readDirectory: () => undefined,
    writeFile: () => undefined,
    removeFile: () => undefined,
    stdin: '',
    env: {},
    stdout: (text) => (lines += text.split('\n').length - 1),
    stderr: () => undefined,
  }).next();
  if (lines < serviceCount) throw new Error(`${lines} lines`);
  return { load, list: performance.now() - listing, bytes: process.memoryUsage().rss };
}

/** What kube-proxy's rules cost on one node, ms of processor time: all of them written, and one endpoint's change with the next connection. */
export interface RuleCosts {
  build: number;
  change: number;
}

/** `count` Services with ten endpoints each, in one proxy mode. */
export function rules(count: number, proxyMode: 'iptables' | 'nftables'): RuleCosts {
  const cluster = new Cluster({ cloud: 'none', proxyMode });
  const { client, network } = cluster;
  const slice = (name: string, ready: number) => ({
    metadata: { name: `${name}-x`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 80, protocol: 'TCP' }],
    endpoints: Array.from({ length: 10 }, (_, i) => ({
      addresses: [`10.244.${(i % 3) + 1}.${2 + i}`],
      nodeName: `node-${(i % 3) + 1}`,
      conditions: { ready: i < ready },
    })),
  });
  for (let i = 0; i < count; i++) {
    client.create('services', { metadata: { name: `s-${i}`, namespace: 'default' }, spec: { ports: [{ port: 80 }] } });
    client.create('endpointslices', slice(`s-${i}`, 10));
  }
  const address: string = client.get('services', 'default', 's-0')!.spec.clusterIP;
  const look = () => network.connect({ from: 'node:node-1', protocol: 'TCP', address, port: 80, trace: false });
  // processor time: these are long enough for other programs to come in between
  const timed = (run: () => void) => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const build = timed(look);
  const changes: number[] = [];
  for (let i = 0; i < 50; i++) {
    const { metadata } = client.get('endpointslices', 'default', 's-0-x')!;
    client.update('endpointslices', { ...slice('s-0', i % 2 === 0 ? 9 : 10), metadata });
    changes.push(timed(look));
  }
  return { build, change: changes.sort((a, b) => a - b)[25]! };
}
