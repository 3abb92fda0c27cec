import { describe, expect, it } from 'vitest';
import { Cluster } from '../cluster';
import type { Json } from '../apimachinery/object';
import { tools } from '../linux/tools';
import type { ProxyMode } from '../network';

const SERVICES = '/api/v1/namespaces/default/services';

/** Three pods behind the Service `test`. */
function started(proxyMode: ProxyMode = 'iptables', minSyncPeriod = 0) {
  const cluster = new Cluster({ proxyMode, declaredPortsListen: true, minSyncPeriod });
  const post = (path: string, body: Json): Json => cluster.api.handle({ method: 'POST', path, body }).body;
  const containers = [{ name: 'c', image: 'i', ports: [{ containerPort: 5000 }] }];
  for (const name of ['p1', 'p2', 'p3'])
    post('/api/v1/namespaces/default/pods', { metadata: { name, labels: { app: 'test' } }, spec: { containers } });
  const service = (name: string, app: string) =>
    post(SERVICES, { metadata: { name }, spec: { selector: { app }, ports: [{ port: 8080, targetPort: 5000 }] } });
  const { spec } = service('test', 'test');
  cluster.settle();
  const tool = (line: string, stdin = '') => {
    const [name = '', ...args] = line.split(' ');
    return cluster.network.tool('node:node-1', tools[name as 'iptables'], args, stdin);
  };
  const outcomes = () => {
    const connect = () =>
      cluster.network.connect({ from: 'node:node-1', protocol: 'TCP', address: spec.clusterIP, port: 8080, trace: false });
    return new Set(Array.from({ length: 60 }, connect).map(({ outcome, backend }) => backend ?? outcome));
  };
  return { cluster, service, tool, outcomes };
}

/** `KUBE-SEP-…` chains and the rules in them that send packets to a pod. */
function endpointRules(text: string): { chain: string; rule: string }[] {
  return [...text.matchAll(/^-A (KUBE-SEP-\S+) (.*DNAT.*:5000)$/gm)].map(([, chain, rule]) => ({ chain: chain!, rule: rule! }));
}

describe('a rule that somebody deletes', () => {
  it('is missed by the connections that need it, until kube-proxy writes that Service again', () => {
    const { cluster, service, tool, outcomes } = started();
    expect(outcomes()).toEqual(new Set(['p1', 'p2', 'p3']));
    const [first] = endpointRules(tool('iptables-save').stdout);
    expect(tool(`iptables -t nat -D ${first!.chain} 2`).exit).toBe(0);
    // its packets go on to the ClusterIP itself, which nobody has
    expect([...outcomes()].sort()).toEqual([expect.stringMatching(/p\d/), expect.stringMatching(/p\d/), 'unreachable']);
    cluster.advance(60_000);
    service('other', 'nothing');
    cluster.settle();
    expect(outcomes()).toContain('unreachable');
    cluster.setPodReady('default', 'p3', false);
    cluster.settle();
    expect(outcomes()).toEqual(new Set(['p1', 'p2']));
  });

  it('is still missed when an annotation of its Service changed: that makes no other rules', () => {
    const { cluster, tool, outcomes } = started();
    const [first] = endpointRules(tool('iptables-save').stdout);
    tool(`iptables -t nat -D ${first!.chain} 2`);
    const patch = {
      path: `${SERVICES}/test`,
      body: { metadata: { annotations: { a: 'b' } } },
      headers: { 'content-type': 'application/merge-patch+json' },
    };
    expect(cluster.api.handle({ method: 'PATCH', ...patch }).status).toBe(200);
    cluster.settle();
    expect(outcomes()).toContain('unreachable');
  });

  it('comes back with the full sync of each hour', () => {
    const { cluster, tool, outcomes } = started();
    outcomes();
    const [first] = endpointRules(tool('iptables-save').stdout);
    tool(`iptables -t nat -F ${first!.chain}`);
    cluster.advance(3_500_000);
    expect(outcomes()).toContain('unreachable');
    cluster.advance(100_000);
    expect(outcomes()).toEqual(new Set(['p1', 'p2', 'p3']));
  });

  it('comes back within 30 seconds when the canary is gone too', () => {
    const { cluster, tool, outcomes } = started();
    outcomes();
    tool('iptables-restore', '*nat\nCOMMIT\n');
    expect(outcomes()).toEqual(new Set(['unreachable']));
    cluster.advance(30_000);
    expect(outcomes()).toEqual(new Set(['p1', 'p2', 'p3']));
    expect(tool('iptables -t nat -C PREROUTING -m comment --comment kubernetes').exit).toBe(1);
    expect(tool('iptables -t nat -S PREROUTING').stdout).toContain('-j KUBE-SERVICES');
  });

  it('of nftables: an element of a map', () => {
    const { tool, outcomes } = started('nftables');
    expect(outcomes()).toEqual(new Set(['p1', 'p2', 'p3']));
    const [, element = ''] = /(10\.\S+ \. tcp \. 8080) : goto/.exec(tool('nft list map ip kube-proxy service-ips').stdout) ?? [];
    expect(tool(`nft delete element ip kube-proxy service-ips { ${element} }`)).toMatchObject({ exit: 0 });
    // what is a ClusterIP without such a port is rejected
    expect(outcomes()).toEqual(new Set(['refused']));
  });
});

it.each(['iptables', 'nftables'] as const)('%s: rules written change by change are those written at once', (mode) => {
  const { cluster, service, tool } = started(mode);
  const written = () =>
    mode === 'nftables'
      ? tool('nft list table ip kube-proxy').stdout
      : tool('iptables-save')
          .stdout.replace(/^.*CNI.*\n|^#.*\n/gm, '')
          .replace(/\[\d+:\d+\]/g, '[0:0]');
  const compared = () => {
    const pure = cluster.network.kubeProxyRules('node-1').replace(/^#.*\n/gm, '');
    const blocks = (text: string) =>
      text
        .split(/\n(?=\t\w|\*)/)
        .map((block) => block.replace(/[\s}]*$/, ''))
        .sort();
    expect(blocks(written())).toEqual(blocks(pure));
  };
  compared();
  for (let i = 0; i < 12; i++) {
    if (i % 4 === 0) service(`s${i}`, 'test');
    if (i % 4 === 1) cluster.setPodReady('default', `p${1 + (i % 3)}`, i % 2 === 0);
    if (i % 4 === 2) cluster.setPodReady('default', `p${1 + (i % 3)}`, true);
    if (i % 4 === 3) cluster.api.handle({ method: 'DELETE', path: `${SERVICES}/s${i - 3}` });
    cluster.settle();
    compared();
  }
});

it('a node may have kube-proxy in another mode than the rest', () => {
  const cluster = new Cluster({ proxyModes: { 'node-2': 'nftables' } });
  expect(['node-1', 'node-2'].map((node) => cluster.network.proxyModeOf(node))).toEqual(['iptables', 'nftables']);
  expect(cluster.network.iptablesSave('node:node-1')).toContain('KUBE-SERVICES');
  expect(cluster.network.iptablesSave('node:node-2')).not.toContain('KUBE-SERVICES');
  expect(cluster.network.nftList('node:node-2')).toContain('map service-ips');
});

describe('minSyncPeriod', () => {
  it('lets a change wait when rules were just written, and not otherwise', () => {
    const { cluster, outcomes } = started('iptables', 1000);
    const remove = (name: string) => cluster.api.handle({ method: 'DELETE', path: `/api/v1/namespaces/default/pods/${name}` });
    cluster.advance(5000);
    remove('p1');
    cluster.advance(200);
    expect(outcomes()).toEqual(new Set(['p2', 'p3']));
    remove('p2');
    cluster.advance(200);
    expect(outcomes()).toEqual(new Set(['timeout', 'p3']));
    cluster.advance(1000);
    expect(outcomes()).toEqual(new Set(['p3']));
  });
});
