import type { Cluster } from '../../src/cluster/cluster';
import type { Kernel } from './kernel';
import type { Scenario } from './scenario';

const CONNECTIONS = 300;
/** Standard deviations of a fair choice within which a share may lie: beyond is one of 16,000 fair results. */
const DEVIATIONS = 4;

/** Connections from the client pod of node-1 to the scenario's first Service: how many each endpoint gets, simulated and real. */
export async function checkShares(
  kernel: Kernel,
  cluster: Cluster,
  scenario: Scenario,
): Promise<{ text: string; agrees: boolean }> {
  const { name } = scenario.services[0]!;
  const { clusterIP, ports } = cluster.client.get('services', 'default', name)!.spec;
  const port: number = ports[0].port;
  const simulated: Record<string, number> = {};
  for (let i = 0; i < CONNECTIONS; i++) {
    const { backend = 'nobody' } = cluster.network.connect({
      from: 'pod:default/cli-1',
      protocol: 'TCP',
      address: clusterIP,
      port,
      trace: false,
    });
    simulated[backend] = (simulated[backend] ?? 0) + 1;
  }
  cluster.network.flushConntrack();
  const client = cluster.client.get('pods', 'default', 'cli-1')!;
  const [, , node, slot] = String(client.status.podIP).split('.');
  const answers = await kernel
    .agent(`pod-${node}-${slot}`)
    .flow({ protocol: 'TCP', host: clusterIP, port, count: CONNECTIONS, timeout: 5000, first: false });
  const seen: Record<string, number> = {};
  for (const [outcome, count] of Object.entries(answers)) {
    const backend = /^answered (\S+)/.exec(outcome)?.[1] ?? outcome;
    seen[backend] = (seen[backend] ?? 0) + count;
  }
  const endpoints = scenario.pods.map((pod) => pod.name);
  const fair = CONNECTIONS / endpoints.length;
  const margin = DEVIATIONS * Math.sqrt(fair * (1 - 1 / endpoints.length));
  const isFair = (counts: Record<string, number>) =>
    Object.keys(counts).every((each) => endpoints.includes(each)) &&
    endpoints.every((each) => Math.abs((counts[each] ?? 0) - fair) <= margin);
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort()
      .map(([each, count]) => `${each} ${count}`)
      .join(', ');
  return { text: `simulator ${list(simulated)}; kernel ${list(seen)}`, agrees: isFair(simulated) && isFair(seen) };
}
