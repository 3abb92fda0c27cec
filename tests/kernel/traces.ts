import { spawn } from 'node:child_process';
import type { Cluster } from '../../src/cluster/cluster';
import type { ProxyMode } from '../../src/cluster/network';
import type { Flow } from './flows';
import { type Kernel, NODES, namespaceOf } from './kernel';

/** Lines of one trace that are printed at most. */
const MAX_LINES = 60;

const short = (lines: readonly string[]) => [...lines.slice(0, MAX_LINES), ...(lines.length > MAX_LINES ? ['...'] : [])];

/** One connection through the simulator, hop by hop. */
export function simulatorTrace(cluster: Cluster, { from, protocol, address, port }: Flow): string {
  const { trace, outcome } = cluster.network.connect({ from, protocol, address, port });
  const lines = (trace?.hops ?? []).map(({ host, direction, stage, hook, table, chain, text, after, loss }) => {
    const packet = `${after.source}:${after.sourcePort} > ${after.destination}:${after.destinationPort} mark ${after.mark}`;
    const where = [hook, table, chain].filter(Boolean).join(' ');
    return `    ${direction} ${host} ${stage} ${packet} ${where} ${text ?? ''} ${loss ? `${loss.kind}: ${loss.reason}` : ''}`.trimEnd();
  });
  return [`  simulator's trace: ${outcome}`, ...short(lines)].join('\n');
}

const TRACE_TABLE = `table ip p2p-trace {
  chain pre { type filter hook prerouting priority -350; meta nftrace set 1; }
  chain out { type filter hook output priority -350; meta nftrace set 1; }
}
`;

/** One connection through the kernel: what its rules and its connection tables on all nodes say. */
export async function kernelTrace(kernel: Kernel, flow: Flow, machine: string, mode: ProxyMode): Promise<string> {
  const monitor = mode === 'iptables' ? ['xtables-monitor', '--trace'] : ['nft', 'monitor', 'trace'];
  const nodes = NODES.map((node) => `node-${node}`);
  const watching = nodes.map((node) => {
    kernel.exec(node, ['nft', '-f', '-'], TRACE_TABLE);
    kernel.exec(node, ['conntrack', '-F']);
    const lines: string[] = [];
    const child = spawn('ip', ['netns', 'exec', namespaceOf(node), ...monitor], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', () => lines.push(`no ${monitor[0]} here`));
    child.stdout.on('data', (data: Buffer) => lines.push(...data.toString().split('\n')));
    return { node, child, lines };
  });
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await wait(300);
  const { protocol, address: host, port } = flow;
  const counts = await kernel.agent(machine).flow({ protocol, host, port, count: 1, timeout: 1000, first: false });
  await wait(300);
  const text = [`  kernel's trace: ${Object.keys(counts).join(', ')}`];
  for (const { node, child, lines } of watching) {
    child.kill();
    kernel.exec(node, ['nft', 'delete table ip p2p-trace']);
    const told = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.includes('p2p-trace'));
    const entries = kernel.exec(node, ['conntrack', '-L']).split('\n').filter(Boolean);
    text.push(...short([...told, ...entries]).map((line) => `    ${node} ${line}`));
  }
  return text.join('\n');
}
