import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../../src/cluster/cluster';
import { tools } from '../../src/cluster/linux/tools';
import type { Hop, Trace } from '../../src/cluster/linux/trace';
import type { ProxyMode } from '../../src/cluster/network';
import { kindOf } from '../../src/components/Rules/kinds';
import { hopReason } from '../../src/components/trace/reasons';
import { hopsOf, stepsOf } from '../../src/components/trace/steps';
import { detailLabel, lossWord, stepWords } from '../../src/components/trace/words';
import { flowsOf } from '../kernel/flows';
import { simulate } from '../kernel/scenario';
import { TABLES } from '../kernel/tables';

/** Messages that were asked for, by id. */
const asked = vi.hoisted(() => new Map<string, string>());
vi.mock('@docusaurus/Translate', () => ({
  translate: ({ id, message }: { id: string; message: string }) => {
    asked.set(id, message);
    return message;
  },
}));

const english = JSON.parse(readFileSync('i18n/en/code.json', 'utf8')) as Record<string, { message: string }>;

/** What was met in all traces. */
const met = new Set<string>();

/** Every hop is in one step, and has a place and a sentence in both languages; so have steps and losses. */
function check(trace: Trace | undefined): void {
  const { hops } = trace!;
  const steps = stepsOf(trace!);
  expect(steps.flatMap((_, index) => hopsOf(steps, index))).toEqual(hops.map((_, index) => index));
  for (const step of steps) expect(stepWords(step)).toMatchObject({ place: /./, sentence: /\.$/ });
  hops.forEach((hop, index) => {
    expect(hopReason(hops, index)).toMatch(/\.$/);
    expect(detailLabel(hop)).toMatch(/./);
    if (hop.loss) expect(lossWord(hop.loss)).toMatch(/./);
    for (const fact of factsOf(hop)) met.add(fact);
  });
}

/** Rules that kube-proxy and the CNI wrote, and of which nothing is known. */
function strangers({ hops }: Trace): string[] {
  const known = ({ table = '', chain = '', text = '' }: Hop) =>
    kindOf({ text }, { table, name: chain, kind: 'chain', head: '', lines: [] });
  return hops
    .filter((hop) => hop.stage === 'rule' && hop.host !== 'router' && known(hop) === undefined)
    .map(({ text = '' }) => text);
}

const factsOf = ({ stage, loss, entry, after, direction }: Hop): string[] => [
  stage,
  ...(loss ? [loss.reason] : []),
  ...(entry ? [entry] : []),
  ...(stage === 'deliver' ? [`${direction} ${after.payload}`] : []),
];

/** Every connection, datagram and echo that the scenario's Services call for. */
function runAll(cluster: Cluster, scenario: (typeof TABLES)[number]): void {
  for (const { from, protocol, address, port } of flowsOf(scenario, cluster)) {
    const { trace } = cluster.network.connect({ from, protocol, address, port });
    check(trace);
    expect(strangers(trace!)).toEqual([]);
  }
  for (const { spec } of cluster.client.list('services', 'default'))
    if (/^\d/.test(spec.clusterIP ?? ''))
      for (const from of ['vm', 'node:node-1']) check(cluster.network.ping(from, spec.clusterIP).trace);
}

beforeEach(() => asked.clear());

const written = () => [...asked].filter(([id]) => !english[id]?.message);

describe.each<ProxyMode>(['iptables', 'nftables'])('traces in %s mode', (mode) => {
  it.each(TABLES.map((scenario) => ({ scenario, name: scenario.name })))('give every hop a reason: $name', ({ scenario }) => {
    const cluster = simulate(scenario, mode);
    runAll(cluster, scenario);
    expect(written()).toEqual([]);
  });
});

describe('traces', () => {
  const scenario = TABLES.find(({ name }) => name === 'NodePort')!;
  const node = 'node:node-1';

  it('give every hop of what is not a Service a reason too', () => {
    const cluster = simulate(scenario, 'iptables');
    const { network, topology } = cluster;
    const tcp = (from: string, address: string, port = 9000) =>
      check(network.connect({ from, protocol: 'TCP', address, port }).trace);
    const type = (host: string, line: string) => {
      const [name = '', ...args] = line.split(' ');
      expect(network.tool(host, tools[name as 'iptables'], args, '')).toMatchObject({ exit: 0 });
    };
    for (const [from, to] of [
      ['vm', '192.168.0.11'],
      ['pod:default/cli-1', '198.51.100.7'],
      ['pod:default/p1', '10.244.1.2'],
      ['internet', '192.0.2.1'],
    ] as const)
      check(network.ping(from, to).trace);
    tcp('vm', '192.168.0.77');
    tcp('vm', '192.0.2.1');
    tcp('vm', '192.168.0.12', 1);
    check(network.connect({ from: 'vm', protocol: 'UDP', address: '192.168.0.12', port: 1 }).trace);
    check(network.connect({ from: 'vm', protocol: 'UDP', address: '198.51.100.7', port: 9000 }).trace);
    network.setRoute('203.0.113.99', node);
    tcp('internet', '203.0.113.99');
    tcp('internet', '127.0.0.1', 80);
    // to a host that passes nothing on
    network.announce('192.168.0.78', 'vm');
    tcp('internet', '192.168.0.78');
    const ports = [
      { protocol: 'TCP' as const, port: 80, nodePort: 30080 },
      { protocol: 'TCP' as const, port: 81, nodePort: 0 },
    ];
    topology.setLoadBalancer('default/test', { vip: '192.168.0.100', floatingIP: '203.0.113.10', ports });
    for (const from of ['internet', 'vm']) for (const port of [80, 81]) tcp(from, '203.0.113.10', port);

    // the learner's own rules
    for (const rule of ['-j ACCEPT', '-j RETURN', '-j MARK --set-mark 1', '', '-j DROP', '-j REJECT'].map((target) =>
      target.split(' '),
    )) {
      type(node, `iptables -I INPUT 1 -p tcp --dport 22 ${rule.join(' ')}`.trim());
      tcp('vm', '192.168.0.11', 22);
    }
    type(node, 'iptables -P FORWARD DROP');
    tcp('vm', '10.244.1.3', 8080);
    type(node, 'iptables -P FORWARD ACCEPT');
    type(node, 'iptables -t nat -I PREROUTING 1 -p tcp --dport 23 -j DNAT --to-destination 10.244.1.3:8080');
    tcp('vm', '192.168.0.11', 23);
    // the router would send answers to the internet's machine elsewhere
    type('router', 'sysctl -w net.ipv4.conf.all.rp_filter=1');
    network.setRoute('198.51.100.7', node);
    tcp('internet', '192.168.0.50');
    expect(written()).toEqual([]);
  });

  it('have met every kind of hop and of loss', () => {
    const all: (Hop['stage'] | NonNullable<Hop['loss']>['reason'] | NonNullable<Hop['entry']>)[] = [
      ...(['send', 'route', 'rule', 'conntrack', 'transmit', 'receive', 'deliver', 'loss', 'made', 'used'] as const),
      ...(['no-listener', 'reject-rule', 'drop-rule', 'no-route', 'no-neighbour', 'ttl-exceeded', 'not-ours'] as const),
      ...(['martian', 'rp-filter', 'no-backend'] as const),
    ];
    expect(all.filter((kind) => !met.has(kind))).toEqual([]);
    for (const delivered of ['request SYN', 'reply SYN-ACK', 'reply RST', 'request data', 'reply data', 'request echo-request'])
      expect([...met]).toContain(delivered);
  });
});
