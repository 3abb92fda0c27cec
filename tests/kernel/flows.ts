import type { Cluster } from '../../src/cluster/cluster';
import type { Kernel } from './kernel';
import { BALANCER, NODES } from './kernel';
import type { Scenario } from './scenario';

export interface Flow {
  /** As the simulator calls it: `vm`, `node:node-1`, `pod:default/p1`. */
  readonly from: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly address: string;
  readonly port: number;
  /** The client sticks to the endpoint that it got first. */
  readonly sticky: boolean;
  /** It may lose that endpoint to a connection by another address of the Service, whose policy allows others. */
  readonly loose?: boolean;
}

export function describe({ from, protocol, address, port }: Flow): string {
  return `${from} ${protocol} ${address}:${port}`;
}

/** How often the simulator tries a flow to find all that may come of it. */
const TRIALS = 400;

/** Everything that a connection may come to: `answered NAME PEER`, `refused`, `timeout` ... */
export function predict(cluster: Cluster, flow: Flow): Set<string> {
  const { from, protocol, address, port, sticky } = flow;
  const outcomes = new Set<string>();
  for (let i = 0; i < TRIALS; i++) {
    // A probe is not remembered: each one is a client that was never seen before.
    const result = cluster.network.connect({ from, protocol, address, port, trace: false, probe: sticky });
    outcomes.add(result.outcome === 'answered' ? `answered ${result.backend} ${result.sourceSeen}` : result.outcome);
  }
  if (outcomes.has('timeout') && looksForNeighbour(cluster, flow)) {
    outcomes.delete('timeout');
    outcomes.add(NO_NEIGHBOUR);
  }
  cluster.network.flushConntrack();
  return outcomes;
}

/**
 * Nobody answers ARP on the way: a client that waits a second sees a time-out, one that waits for three sees "host unreachable", and
 * so does one that comes after another.
 */
const NO_NEIGHBOUR = 'timeout or unreachable';

function looksForNeighbour(cluster: Cluster, { from, protocol, address, port }: Flow): boolean {
  for (let i = 0; i < 20; i++) {
    const { trace } = cluster.network.connect({ from, protocol, address, port, probe: true });
    if (trace?.hops.some(({ loss }) => loss?.reason === 'no-neighbour')) return true;
  }
  return false;
}

/** Connections in a first attempt, and in those that follow when not all was seen that may come. */
const COUNTS = [16, 48, 144, 288];
const TIMEOUTS = [1200, 2500, 3500, 3500];

export interface Comparison {
  readonly predicted: ReadonlySet<string>;
  readonly seen: ReadonlySet<string>;
  readonly agrees: boolean;
}

/**
 * Tries the flow in the kernel until it has shown all that the simulator thinks possible, or something else. A time-out under load,
 * before or after the handshake, is tried again with more patience; any other surprise is a disagreement at once.
 */
export async function observe(kernel: Kernel, flow: Flow, machine: string, predicted: ReadonlySet<string>): Promise<Comparison> {
  const seen = new Set<string>();
  const { protocol, address: host, port, sticky, loose } = flow;
  for (const [i, count] of COUNTS.entries()) {
    const counts = await kernel.agent(machine).flow({ protocol, host, port, count, timeout: TIMEOUTS[i]!, first: sticky });
    const either = predicted.has(NO_NEIGHBOUR);
    const got = Object.keys(counts).map((o) => (either && (o === 'timeout' || o === 'unreachable') ? NO_NEIGHBOUR : o));
    // `connected`: the kernel has made the connection, and a busy machine did not let the server speak in time.
    const slow = got.filter((outcome) => (outcome === 'timeout' || outcome === 'connected') && !predicted.has(outcome));
    const late = slow.length > 0 && i < COUNTS.length - 1;
    for (const outcome of got) if (!(late && slow.includes(outcome))) seen.add(outcome);
    if ([...seen].some((outcome) => !predicted.has(outcome))) return { predicted, seen, agrees: false };
    if (late) continue;
    if (sticky && (loose || [...seen].filter((outcome) => outcome.startsWith('answered')).length <= 1))
      return { predicted, seen, agrees: true };
    if (seen.size === predicted.size) return { predicted, seen, agrees: true };
  }
  return { predicted, seen, agrees: false };
}

interface Port {
  protocol?: string;
  port: number;
  nodePort?: number;
}

/** Every flow that the scenario's Services call for: from everywhere to each of their addresses. */
export function flowsOf(scenario: Scenario, cluster: Cluster): Flow[] {
  const flows: Flow[] = [];
  const pods = scenario.pods.filter((pod) => !pod.hostNetwork).map(({ name }) => `pod:default/${name}`);
  const clients = NODES.map((node) => `pod:default/cli-${node}`);
  const nodes = NODES.map((node) => `node:node-${node}`);
  const outside = ['vm', 'internet'];
  const everywhere = [...outside, ...nodes, ...clients, ...pods.slice(0, 3)];
  for (const { name, vips = [] } of scenario.services) {
    const { spec } = cluster.client.get('services', 'default', name)!;
    if (spec.type === 'ExternalName' || spec.clusterIP === 'None') continue;
    const sticky = spec.sessionAffinity === 'ClientIP';
    const loose = spec.internalTrafficPolicy === 'Local' || spec.externalTrafficPolicy === 'Local';
    for (const { protocol = 'TCP', port, nodePort } of spec.ports as Port[]) {
      if (protocol !== 'TCP' && protocol !== 'UDP') continue;
      const to = (from: string, address: string, destination: number) =>
        flows.push({ from, protocol, address, port: destination, sticky, loose });
      for (const from of ['vm', ...nodes, ...clients, ...pods]) to(from, spec.clusterIP, port);
      for (const from of ['vm', 'node:node-1', 'pod:default/cli-2']) to(from, spec.clusterIP, port + 1);
      for (const address of [...vips, ...(spec.externalIPs ?? [])]) {
        for (const from of everywhere) to(from, address, port);
        to('node:node-1', address, port + 1);
      }
      if (!nodePort) continue;
      for (const node of NODES) for (const from of [...outside, ...nodes, ...clients]) to(from, `192.168.0.1${node}`, nodePort);
      for (const pod of pods.slice(0, 3)) to(pod, '192.168.0.11', nodePort);
      to('node:node-1', '127.0.0.1', nodePort);
      to('node:node-2', '10.244.2.1', nodePort);
      to('pod:default/cli-1', '10.244.1.1', nodePort);
      to('vm', '192.168.0.11', nodePort + 1);
    }
    const health: number | undefined = spec.healthCheckNodePort;
    if (!health) continue;
    for (const node of NODES) {
      const address = `192.168.0.1${node}`;
      for (const from of everywhere) flows.push({ from, protocol: 'TCP', address, port: health, sticky: false });
    }
  }
  for (const port of scenario.balancer?.keys() ?? []) {
    for (const from of everywhere) flows.push({ from, protocol: 'TCP', address: BALANCER, port, sticky: false });
  }
  for (const from of [...nodes, ...clients]) {
    flows.push({ from, protocol: 'TCP', address: '192.168.0.50', port: 9000, sticky: false });
    flows.push({ from, protocol: 'UDP', address: '198.51.100.7', port: 9000, sticky: false });
  }
  return flows;
}
