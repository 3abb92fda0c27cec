import { Cluster } from '../../src/cluster/cluster';
import type { ProxyMode } from '../../src/cluster/network';
import type { ServerSocket } from './agents';
import { BALANCER, type Kernel, NODES, SLOTS, addressOf } from './kernel';

export interface PodSpec {
  readonly name: string;
  /** 1 to 3 */
  readonly node: number;
  readonly app: string;
  readonly ports: readonly { readonly port: number; readonly protocol?: 'TCP' | 'UDP'; readonly name?: string }[];
  /** Not ready, but it answers. */
  readonly unready?: boolean;
  /** Deleted, and still there. */
  readonly terminating?: boolean;
  readonly hostNetwork?: boolean;
}

export interface ServiceSpec {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Addresses of its load balancer. */
  readonly vips?: readonly string[];
  readonly ipMode?: 'VIP' | 'Proxy';
}

/** A cluster and the ways around it, for the simulator and for the kernel. */
export interface Scenario {
  readonly name: string;
  readonly pods: readonly PodSpec[];
  readonly services: readonly ServiceSpec[];
  /** EndpointSlices of somebody's own hand. */
  readonly slices?: readonly object[];
  /** The router sends these addresses to that node. */
  readonly routes?: ReadonlyMap<string, string>;
  /** That node answers for these addresses in the tenant network. */
  readonly announced?: ReadonlyMap<string, string>;
  /** A load balancer that is a proxy: its port -> node port. */
  readonly balancer?: ReadonlyMap<number, number>;
}

const annotation = (pod: { metadata: { annotations?: Record<string, string> } }, name: string) =>
  pod.metadata.annotations?.[`kernel-test/${name}`] === 'true';

const SERVICES = '/api/v1/namespaces/default/services';

/** The simulated cluster of a scenario. Throws Error when the API server refuses an object. */
export function simulate({ pods, services, slices = [], routes, announced, balancer }: Scenario, proxyMode: ProxyMode): Cluster {
  const cluster = new Cluster({
    cloud: 'none',
    declaredPortsListen: true,
    proxyMode,
    pods: { ready: (pod) => !annotation(pod, 'unready'), holdsOn: (pod) => annotation(pod, 'terminating') },
  });
  const send = (method: 'POST' | 'DELETE', path: string, body?: unknown) => {
    const { status, body: answer } = cluster.api.handle({ method, path, ...(body === undefined ? {} : { body }) });
    if (status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  };
  const all: readonly PodSpec[] = [...NODES.map((node) => ({ name: `cli-${node}`, node, app: 'cli', ports: [] })), ...pods];
  for (const pod of all) {
    send('POST', '/api/v1/namespaces/default/pods', podObject(pod));
    cluster.settle();
  }
  for (const { name, spec } of services) send('POST', SERVICES, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
  for (const slice of slices) send('POST', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', slice);
  cluster.settle();
  for (const { name, vips = [], ipMode = 'VIP' } of services) {
    if (vips.length === 0) continue;
    const service = cluster.client.get('services', 'default', name)!;
    const ingress = vips.map((ip) => ({ ip, ipMode }));
    cluster.client.updateStatus('services', { ...service, status: { ...service.status, loadBalancer: { ingress } } });
  }
  for (const { name, terminating } of pods) if (terminating) send('DELETE', `/api/v1/namespaces/default/pods/${name}`);
  cluster.settle();
  for (const [address, node] of routes ?? []) cluster.network.setRoute(address, `node:${node}`);
  for (const [address, node] of announced ?? []) cluster.network.announce(address, `node:${node}`);
  if (balancer) {
    const ports = [...balancer].map(([port, nodePort]) => ({ protocol: 'TCP' as const, port, nodePort }));
    cluster.topology.setLoadBalancer('kernel-test/lb', { vip: BALANCER, ports });
  }
  return cluster;
}

function podObject({ name, node, app, ports, unready, terminating, hostNetwork }: PodSpec) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { app },
      annotations: { 'kernel-test/unready': String(unready === true), 'kernel-test/terminating': String(terminating === true) },
    },
    spec: {
      nodeName: `node-${node}`,
      ...(hostNetwork ? { hostNetwork } : {}),
      containers: [
        {
          name: 'c',
          image: 'nginx:1.27',
          ports: ports.map(({ port, protocol = 'TCP', name: portName }) => ({
            containerPort: port,
            protocol,
            ...(portName ? { name: portName } : {}),
          })),
        },
      ],
    },
  };
}

/** Which of the kernel test's machines each pod is. */
export function machinesOf(scenario: Scenario, cluster: Cluster): Map<string, string> {
  const machines = new Map<string, string>();
  for (const pod of cluster.client.list('pods', 'default')) {
    const { hostNetwork, nodeName } = pod.spec;
    const [, , node, slot] = String(pod.status.podIP).split('.');
    const machine = hostNetwork ? String(nodeName) : `pod-${node}-${slot}`;
    if (!hostNetwork && !(SLOTS as readonly number[]).includes(Number(slot)))
      throw new Error(`${scenario.name}: more pods on ${String(nodeName)} than the kernel test has room for`);
    machines.set(pod.metadata.name, machine);
  }
  return machines;
}

/** Starts the servers of a scenario in the kernel's namespaces, and sets its routes. */
export async function setUp(
  kernel: Kernel,
  scenario: Scenario,
  cluster: Cluster,
  machines: ReadonlyMap<string, string>,
): Promise<void> {
  const sockets = new Map<string, ServerSocket[]>([...kernel.agents.keys()].map((name) => [name, []]));
  for (const { name, node, ports, hostNetwork } of scenario.pods) {
    const machine = machines.get(name)!;
    const addresses = hostNetwork ? [addressOf(machine), `10.244.${node}.1`, '127.0.0.1'] : [addressOf(machine)];
    for (const { port, protocol = 'TCP' } of ports) sockets.get(machine)!.push({ protocol, port, name, addresses });
  }
  for (const [port, nodePort] of scenario.balancer ?? [])
    sockets.get('lb')!.push({ protocol: 'TCP', port, members: NODES.map((node) => `192.168.0.1${node}:${nodePort}`) });
  // kube-proxy's own listeners
  for (const { spec } of cluster.client.list('services', 'default')) {
    const port: number | undefined = spec.healthCheckNodePort;
    for (const node of port ? NODES : [])
      sockets.get(`node-${node}`)!.push({ protocol: 'TCP', port: port!, name: `node-${node}` });
  }
  for (const name of ['vm', 'internet']) {
    const addresses = [name === 'vm' ? '192.168.0.50' : '198.51.100.7'];
    for (const protocol of ['TCP', 'UDP'] as const) sockets.get(name)!.push({ protocol, port: 9000, name, addresses });
  }
  await Promise.all([...sockets].map(([name, list]) => kernel.agent(name).listen(list)));
  kernel.setWays(scenario.routes ?? new Map(), scenario.announced ?? new Map());
}

/** Loads what kube-proxy and the CNI have written on each simulated node into the kernel's. */
export function loadRules(kernel: Kernel, cluster: Cluster, mode: ProxyMode): void {
  for (const node of NODES) {
    const host = `node:node-${node}`;
    kernel.load(`node-${node}`, mode, cluster.network.iptablesSave(host), cluster.network.nftList(host));
  }
}
