import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent } from './agents';
import { run } from './host';
import type { ProxyMode } from '../../src/cluster/network';

/** All namespaces of this run begin with this, and only those and what dead runs left are touched. */
const PREFIX = `p2p-${process.pid}-`;

/** The name that `ip netns` knows a machine by. */
export const namespaceOf = (machine: string) => PREFIX + machine;

export const NODES = [1, 2, 3] as const;
/** Addresses of pods on each node: 10.244.N.2 and up. */
export const SLOTS = [2, 3, 4, 5] as const;
export const BALANCER = '192.168.0.100';

const COUNTERS = ['ct_state_invalid_dropped_pkts', 'localhost_nps_accepted_pkts'];

/** A host of the test: `internet`, `vm`, `lb`, `node-1`, `pod-1-2`. */
interface Member {
  readonly name: string;
  readonly address: string;
  readonly gateway: string;
}

const tenants: readonly Member[] = [
  { name: 'vm', address: '192.168.0.50', gateway: '192.168.0.1' },
  { name: 'lb', address: BALANCER, gateway: '192.168.0.1' },
  ...NODES.map((n) => ({ name: `node-${n}`, address: `192.168.0.1${n}`, gateway: '192.168.0.1' })),
];

const pods: readonly (Member & { node: number })[] = NODES.flatMap((node) =>
  SLOTS.map((slot) => ({
    name: `pod-${node}-${slot}`,
    address: `10.244.${node}.${slot}`,
    gateway: `10.244.${node}.1`,
    node,
  })),
);

/** The machines of the simulator's topology as network namespaces of the real kernel. */
export class Kernel {
  readonly #agents = new Map<string, Agent>();

  constructor() {
    removeNamespaces();
    run('bash', ['-e'], script());
    for (const name of ['internet', ...[...tenants, ...pods].map((member) => member.name)])
      this.#agents.set(name, new Agent(PREFIX + name));
  }

  agent(name: string): Agent {
    const agent = this.#agents.get(name);
    if (!agent) throw new Error(`no such machine in the kernel test: ${name}`);
    return agent;
  }

  get agents(): ReadonlyMap<string, Agent> {
    return this.#agents;
  }

  /** Runs a program in a machine's namespace. */
  exec(name: string, command: readonly string[], input = ''): string {
    return run('ip', ['netns', 'exec', PREFIX + name, ...command], input);
  }

  /** Puts rules in place of all others of a node, and forgets connections. */
  load(node: string, mode: ProxyMode, iptables: string, nft: string): void {
    const localnet = mode === 'iptables' ? 1 : 0;
    const flush = `nft flush ruleset; conntrack -F 2>/dev/null; sysctl -qw net.ipv4.conf.all.route_localnet=${localnet}`;
    this.exec(node, ['sh', '-c', flush]);
    this.exec(node, ['iptables-restore'], iptables);
    if (nft !== '') this.exec(node, ['nft', '-f', '-'], nft);
  }

  /** Routes of the router and neighbours of the tenant network beyond the machines' own; replaces those of before. */
  setWays(routes: ReadonlyMap<string, string>, announced: ReadonlyMap<string, string>): void {
    this.exec('router', ['sh', '-c', 'ip route flush proto static; ip neigh flush nud permanent dev eth0 2>/dev/null; true']);
    for (const [address, node] of routes)
      this.exec('router', ['ip', 'route', 'add', address, 'via', addressOf(node), 'proto', 'static']);
    for (const { name } of tenants) this.exec(name, ['sh', '-c', 'ip neigh flush nud permanent dev eth0 2>/dev/null; true']);
    for (const [address, node] of announced) {
      const mac = this.exec(node, ['cat', '/sys/class/net/eth0/address']).trim();
      for (const name of ['router', ...tenants.map((t) => t.name)]) {
        if (name !== node) this.exec(name, ['ip', 'neigh', 'replace', address, 'lladdr', mac, 'dev', 'eth0', 'nud', 'permanent']);
      }
    }
  }

  stop(): void {
    for (const agent of this.#agents.values()) agent.stop();
    removeNamespaces();
  }
}

export function addressOf(name: string): string {
  const found = [...tenants, ...pods].find((member) => member.name === name);
  if (!found) throw new Error(`no such machine in the kernel test: ${name}`);
  return found.address;
}

function removeNamespaces(): void {
  const { stdout } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  for (const line of stdout.split('\n')) {
    const [, name, pid] = /^(p2p-(\d+)-\S+)/.exec(line) ?? [];
    if (name === undefined) continue;
    if (Number(pid) === process.pid || !existsSync(`/proc/${pid}`)) spawnSync('ip', ['netns', 'del', name]);
  }
}

/** Makes all namespaces, wires, addresses, routes and settings. */
function script(): string {
  const lines: string[] = [];
  const namespace = (name: string, ...settings: string[]) => {
    lines.push(`ip netns add ${PREFIX}${name}`, `ip -n ${PREFIX}${name} link set lo up`);
    // Without limits on ICMP errors, which come in bursts here. Some kernels have the second kind for the whole machine only.
    const all = ['net.ipv4.icmp_ratelimit=0', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0', ...settings];
    lines.push(`ip netns exec ${PREFIX}${name} sysctl -qw ${all.join(' ')}`);
    lines.push(
      `ip netns exec ${PREFIX}${name} sh -c 'cd /proc/sys/net/ipv4; for f in icmp_msgs_per_sec icmp_msgs_burst; do [ ! -w $f ] || echo 100000 > $f; done'`,
    );
  };
  /** A wire from `name`'s interface to a bridge in another namespace. */
  const wire = (name: string, device: string, bridgeHost: string, bridge: string, port: string) => {
    lines.push(
      `ip link add ${device} netns ${PREFIX}${name} type veth peer name ${port} netns ${PREFIX}${bridgeHost}`,
      `ip -n ${PREFIX}${bridgeHost} link set ${port} master ${bridge} up`,
      `ip -n ${PREFIX}${name} link set ${device} up`,
    );
  };
  const bridge = (name: string, device: string) =>
    lines.push(
      `ip -n ${PREFIX}${name} link add ${device} type bridge`,
      `ip -n ${PREFIX}${name} link set ${device} type bridge forward_delay 0 stp_state 0`,
      `ip -n ${PREFIX}${name} link set ${device} up`,
    );
  const forwarding = ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.send_redirects=0', 'net.ipv4.conf.default.send_redirects=0'];

  namespace('lan');
  bridge('lan', 'br0');
  lines.push(`ip netns exec ${PREFIX}lan sysctl -qw net.bridge.bridge-nf-call-iptables=0 || true`);
  namespace('router', ...forwarding);
  wire('router', 'eth0', 'lan', 'br0', 'router');
  namespace('internet');
  lines.push(
    `ip link add eth0 netns ${PREFIX}internet type veth peer name eth1 netns ${PREFIX}router`,
    `ip -n ${PREFIX}internet link set eth0 up`,
    `ip -n ${PREFIX}router link set eth1 up`,
    `ip -n ${PREFIX}router addr add 192.168.0.1/24 dev eth0`,
    `ip -n ${PREFIX}router addr add 198.51.100.1/24 dev eth1`,
    `ip -n ${PREFIX}internet addr add 198.51.100.7/24 dev eth0`,
    `ip -n ${PREFIX}internet route add default via 198.51.100.1`,
  );
  // What the router knows no way for is refused by a rule: the kernel answers only a few a second for want of a route.
  const refusal =
    'table ip noroute { chain forward { type filter hook forward priority 0; oifname noroute reject with icmp net-unreachable; }; }';
  lines.push(
    `ip -n ${PREFIX}router link add noroute type veth peer name nowhere`,
    `ip -n ${PREFIX}router link set nowhere up`,
    `ip -n ${PREFIX}router link set noroute up`,
    `ip -n ${PREFIX}router route add default dev noroute`,
    `ip netns exec ${PREFIX}router nft '${refusal}'`,
  );
  for (const { name, address, gateway } of tenants) {
    namespace(name, ...(name.startsWith('node-') ? forwarding : []));
    wire(name, 'eth0', 'lan', 'br0', name);
    lines.push(`ip -n ${PREFIX}${name} addr add ${address}/24 dev eth0`);
    lines.push(`ip -n ${PREFIX}${name} route add default via ${gateway}`);
  }
  for (const node of NODES) {
    const name = `node-${node}`;
    bridge(name, 'cni0');
    lines.push(`ip netns exec ${PREFIX}${name} sysctl -qw net.bridge.bridge-nf-call-iptables=1`);
    lines.push(`ip -n ${PREFIX}${name} addr add 10.244.${node}.1/24 dev cni0`);
    for (const other of NODES) {
      if (other !== node) lines.push(`ip -n ${PREFIX}${name} route add 10.244.${other}.0/24 via 192.168.0.1${other}`);
    }
    for (const counter of COUNTERS) lines.push(`ip netns exec ${PREFIX}${name} nfacct add ${counter} 2>/dev/null || true`);
  }
  for (const { name, address, gateway, node } of pods) {
    namespace(name);
    wire(name, 'eth0', `node-${node}`, 'cni0', name);
    lines.push(
      `ip netns exec ${PREFIX}node-${node} bridge link set dev ${name} hairpin on`,
      `ip -n ${PREFIX}${name} addr add ${address}/24 dev eth0`,
      `ip -n ${PREFIX}${name} route add default via ${gateway}`,
    );
  }
  return lines.join('\n') + '\n';
}
