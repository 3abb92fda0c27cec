import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, KubeObject } from './apimachinery/object';
import type { Client, Listener as Watcher } from './apiserver/client';
import type { Hop, Protocol, Trace } from './linux/trace';
import { Topology } from './topology';

const NOW = Date.UTC(2026, 10, 22, 9, 15);

/** Objects without an API server: what a Client shows of one. */
class Objects {
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #watchers: [string, Watcher][] = [];

  #of(resource: string): Map<string, KubeObject> {
    let objects = this.#objects.get(resource);
    if (!objects) this.#objects.set(resource, (objects = new Map()));
    return objects;
  }

  put(resource: string, object: Json): void {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const old = this.#of(resource).get(key);
    this.#of(resource).set(key, object);
    for (const [watched, tell] of this.#watchers) if (watched === resource) tell(old ? 'MODIFIED' : 'ADDED', object, old);
  }

  delete(resource: string, key: string): void {
    const old = this.#of(resource).get(key)!;
    this.#of(resource).delete(key);
    for (const [watched, tell] of this.#watchers) if (watched === resource) tell('DELETED', old, old);
  }

  readonly client = {
    get: (resource: string, namespace: string | undefined, name: string) => this.#of(resource).get(`${namespace ?? ''}/${name}`),
    list: (resource: string) => [...this.#of(resource).values()],
    watch: (resource: string, watcher: Watcher) => {
      this.#watchers.push([resource, watcher]);
      return () => undefined;
    },
  } as unknown as Client;
}

const inDefault = (name: string, labels = {}) => ({ namespace: 'default', name, labels });

function slice(service: string, ports: Json[], endpoints: [address: string, nodeName?: string][]): Json {
  return {
    metadata: inDefault(`${service}-abcde`, { 'kubernetes.io/service-name': service }),
    addressType: 'IPv4',
    ports: ports.map((port) => ({ protocol: 'TCP', ...port })),
    endpoints: endpoints.map(([address, nodeName]) => ({ addresses: [address], nodeName, conditions: { ready: true } })),
  };
}

/** Three nodes, a client pod on each, p1 on node-1 and p2 on node-2 that listen on `podPort`, the API server's own Service. */
function cluster(podPort: number): { objects: Objects; topology: Topology } {
  const objects = new Objects();
  for (const n of [1, 2, 3]) {
    objects.put('nodes', {
      metadata: { name: `node-${n}` },
      spec: { podCIDR: `10.244.${n}.0/24` },
      status: { addresses: [{ type: 'InternalIP', address: `192.168.0.1${n}` }] },
    });
    pod(objects, `cli-${n}`, n, 2);
  }
  for (const n of [1, 2]) pod(objects, `p${n}`, n, 3);
  objects.put('services', {
    metadata: inDefault('kubernetes'),
    spec: { type: 'ClusterIP', clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, protocol: 'TCP' }] },
  });
  objects.put('endpointslices', slice('kubernetes', [{ name: 'https', port: 6443 }], [['192.168.0.10']]));
  let state = 7;
  const topology = new Topology({
    client: objects.client,
    now: () => NOW,
    random: () => (state = (state * 48271) % 2147483647) / 2147483647,
    clusterCIDR: '10.244.0.0/16',
    serviceCIDR: '10.96.0.0/12',
    apps: ({ metadata }) =>
      metadata.name.startsWith('cli') ? [] : [{ protocol: 'TCP', port: podPort, app: { kind: 'banner' } }],
  });
  return { objects, topology };
}

function pod(objects: Objects, name: string, node: number, host: number): void {
  const status = { phase: 'Running', podIP: `10.244.${node}.${host}` };
  objects.put('pods', { metadata: inDefault(name), spec: { nodeName: `node-${node}` }, status });
}

const PODS: [string, string][] = [
  ['10.244.1.3', 'node-1'],
  ['10.244.2.3', 'node-2'],
];

const clusterIP = (objects: Objects) => {
  const spec = { type: 'ClusterIP', clusterIP: '10.96.60.1', ports: [{ port: 8080, protocol: 'TCP' }] };
  objects.put('services', { metadata: inDefault('test'), spec });
  objects.put('endpointslices', slice('test', [{ name: '', port: 8080 }], PODS));
};

const nodePort = (objects: Objects) => {
  const ports = [{ name: '30088-5000', port: 30001, nodePort: 30088, protocol: 'TCP' }];
  objects.put('services', { metadata: inDefault('test'), spec: { type: 'NodePort', clusterIP: '10.96.61.1', ports } });
  objects.put('endpointslices', slice('test', [{ name: '30088-5000', port: 5000 }], PODS));
};

const NOTE_PORTS: [string, number, number][] = [
  ['http1', 30080, 30352],
  ['http2', 30081, 31824],
  ['http3', 30082, 31996],
];

const loadBalancer = (objects: Objects, ip?: string) => {
  const ports = NOTE_PORTS.map(([name, port, nodePort]) => ({ name, port, nodePort, protocol: 'TCP' }));
  const spec = { type: 'LoadBalancer', clusterIP: '10.96.62.1', ports };
  objects.put('services', {
    metadata: inDefault('test'),
    spec,
    status: { loadBalancer: ip ? { ingress: [{ ip, ipMode: 'VIP' }] } : {} },
  });
  const slicePorts = NOTE_PORTS.map(([name]) => ({ name, port: 5000 }));
  objects.put('endpointslices', slice('test', slicePorts, PODS));
};

const hostId = (from: string) => from.replace(/^pod:/, 'pod:default/');

/** `FROM PROTOCOL ADDRESS:PORT -> OUTCOME BACKENDS SOURCES` of 40 connections, as the recordings say it. */
function probe(topology: Topology, row: string): { seen: string; trace: Trace } {
  const [from, protocol, target] = row.split(' ') as [string, Protocol, string];
  if (protocol === 'ICMP') {
    const { outcome, trace } = topology.ping(hostId(from), target);
    return { seen: `${from} ICMP ${target} -> ${outcome}`, trace: trace! };
  }
  const [address, port] = target.split(':') as [string, string];
  const sets = { outcome: new Set<string>(), backend: new Set<string>(), sourceSeen: new Set<string>() };
  let trace: Trace | undefined;
  for (let i = 0; i < 40; i++) {
    const result = topology.connect({ from: hostId(from), protocol, address, port: Number(port) });
    trace = result.trace;
    for (const key of ['outcome', 'backend', 'sourceSeen'] as const) if (result[key]) sets[key].add(result[key]);
  }
  const list = (set: Set<string>) => [...set].sort().join(',') || '-';
  const seen = `${from} ${protocol} ${target} -> ${list(sets.outcome)} ${list(sets.backend)} ${list(sets.sourceSeen)}`;
  return { seen, trace: trace! };
}

const formatHop = (h: Hop) =>
  `${h.leg} ${h.direction} ${h.host} ${h.stage} ${h.text ?? h.to ?? ''} ${h.loss?.reason ?? ''} ` +
  `${h.after.source}:${h.after.sourcePort} > ${h.after.destination}:${h.after.destinationPort}`;

/** Compares one row; a failing one shows the last packet's way. */
function expectRow(topology: Topology, row: string): void {
  const { seen, trace } = probe(topology, row);
  expect(seen, trace.hops.map(formatHop).join('\n')).toBe(row);
}

const recorded = (name: string) =>
  readFileSync(new URL(`testdata/flows-${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('flows that a real kernel showed', () => {
  it('to a ClusterIP', () => {
    const { objects, topology } = cluster(8080);
    clusterIP(objects);
    for (const row of recorded('clusterip')) expectRow(topology, row);
  });

  it('to a NodePort', () => {
    const { objects, topology } = cluster(5000);
    nodePort(objects);
    for (const row of recorded('nodeport')) expectRow(topology, row);
  });

  it('to a LoadBalancer whose address is routed to a node', () => {
    const { objects, topology } = cluster(5000);
    loadBalancer(objects);
    for (const row of recorded('loadbalancer')) {
      const [command, first, second] = row.split(' ') as [string, string, string];
      if (command === '@lb') loadBalancer(objects, second === '-' ? undefined : second);
      else if (command === '@route') topology.setRoute(first, `node:${second}`);
      else expectRow(topology, row);
    }
  });
});

describe('a trace', () => {
  it('of a NodePort shows one DNAT, the masquerade, and both put back in the reply', () => {
    const { objects, topology } = cluster(5000);
    nodePort(objects);
    const { trace } = topology.connect({ from: 'vm', protocol: 'TCP', address: '192.168.0.13', port: 30088 });
    const rules = trace!.hops.filter((h) => h.stage === 'rule' && h.table === 'nat' && h.host === 'node:node-3');
    expect(rules.map((h) => h.chain!.replace(/-[A-Z0-9]{16}$/, ''))).toEqual([
      'PREROUTING',
      'KUBE-SERVICES',
      'KUBE-NODEPORTS',
      'KUBE-EXT',
      'KUBE-MARK-MASQ',
      'KUBE-EXT',
      'KUBE-SVC',
      'KUBE-SEP',
      'POSTROUTING',
      'KUBE-POSTROUTING',
      'KUBE-POSTROUTING',
    ]);
    const dnat = rules.find((h) => h.before.destination !== h.after.destination)!;
    expect([dnat.before.destination, dnat.before.destinationPort]).toEqual(['192.168.0.13', 30088]);
    expect(dnat.after.destinationPort).toBe(5000);
    expect(dnat.text).toContain(`--to-destination ${dnat.after.destination}:5000`);
    const masquerade = rules.find((h) => h.before.source !== h.after.source)!;
    expect([masquerade.before.source, masquerade.after.source]).toEqual(['192.168.0.50', '192.168.0.13']);
    const back = trace!.hops.filter((h) => h.direction === 'reply' && h.stage === 'conntrack' && h.host === 'node:node-3');
    expect(back.map((h) => [h.hook, h.after.source, h.after.sourcePort, h.after.destination])).toEqual([
      ['PREROUTING', dnat.after.destination, 5000, '192.168.0.50'],
      ['POSTROUTING', '192.168.0.13', 30088, '192.168.0.50'],
    ]);
    expect(trace!.hops.at(-1)).toMatchObject({ host: 'vm', stage: 'deliver' });
    expect(trace!.sourceSeen).toBe('192.168.0.13');
  });

  it('crosses the bridge of the node between two of its pods, where the reply is put back', () => {
    const { objects, topology } = cluster(8080);
    clusterIP(objects);
    objects.put('endpointslices', slice('test', [{ name: '', port: 8080 }], [PODS[0]!]));
    const { trace } = topology.connect({ from: 'pod:default/cli-1', protocol: 'TCP', address: '10.96.60.1', port: 8080 });
    const reply = trace!.hops.filter((h) => h.direction === 'reply');
    expect(reply.map((h) => `${h.host} ${h.stage}`)).toContain('node:node-1 conntrack');
    expect(reply.some((h) => h.host === 'node:node-1' && h.stage === 'route')).toBe(false);
    expect(reply.at(-1)!.after).toMatchObject({ source: '10.96.60.1', sourcePort: 8080, destination: '10.244.1.2' });
  });

  it('says where a packet died', () => {
    const { objects, topology } = cluster(8080);
    clusterIP(objects);
    objects.put('endpointslices', slice('test', [{ name: '', port: 8080 }], []));
    const { outcome, trace } = topology.connect({
      from: 'pod:default/cli-1',
      protocol: 'TCP',
      address: '10.96.60.1',
      port: 8080,
    });
    expect(outcome).toBe('refused');
    expect(trace!.hops.find((h) => h.loss)).toMatchObject({
      host: 'node:node-1',
      hook: 'FORWARD',
      chain: 'KUBE-SERVICES',
      loss: { kind: 'refused', reason: 'reject-rule' },
    });
  });
});

describe('conntrack -L', () => {
  it('prints an answered connection with both tuples', () => {
    const { objects, topology } = cluster(8080);
    clusterIP(objects);
    objects.put('endpointslices', slice('test', [{ name: '', port: 8080 }], [PODS[1]!]));
    topology.connect({ from: 'node:node-3', protocol: 'TCP', address: '10.96.60.1', port: 8080 });
    const text = topology.conntrack('node:node-3', 'TCP').replace(/port=\d{5}\b/g, 'port=*');
    expect(text).toMatch(
      /^tcp {6}6 119 TIME_WAIT src=192\.168\.0\.13 dst=10\.96\.60\.1 sport=\* dport=8080 src=10\.244\.2\.3 dst=192\.168\.0\.13 sport=8080 dport=\S+ \[ASSURED\] mark=0 use=1\n$/,
    );
    topology.flushConntrack();
    expect(topology.conntrack('node:node-3')).toBe('');
  });
});

describe('a probe', () => {
  it('changes nothing: the same connections fare the same with and without it', () => {
    const run = (probes: boolean) => {
      const { objects, topology } = cluster(5000);
      loadBalancer(objects);
      topology.setLoadBalancer('default/test', { vip: '192.168.0.100', ports: [{ protocol: 'TCP', port: 80, nodePort: 30352 }] });
      const seen = [0, 1, 2, 3, 4].map(() => {
        const request = { from: 'vm', protocol: 'TCP' as const, address: '192.168.0.100', port: 80, trace: false };
        if (probes) expect(topology.connect({ ...request, probe: true }).outcome).toBe('answered');
        const { backend, sourceSeen } = topology.connect(request);
        return `${backend} ${sourceSeen}`;
      });
      return [seen, ...[1, 2, 3].map((n) => topology.conntrack(`node:node-${n}`))];
    };
    expect(run(true)).toEqual(run(false));
  });
});

describe('a load balancer of the cloud', () => {
  let objects: Objects;
  let topology: Topology;
  const ports = NOTE_PORTS.map(([, port, nodePort]) => ({ protocol: 'TCP' as const, port, nodePort }));

  beforeEach(() => {
    ({ objects, topology } = cluster(5000));
    loadBalancer(objects);
  });

  // Recording 62d.
  const ALL = '10.244.1.1,10.244.2.1,192.168.0.11,192.168.0.12,192.168.0.13';

  it('is a proxy in the tenant network: pods see nodes, not clients', () => {
    topology.setLoadBalancer('default/test', { vip: '192.168.0.100', ports });
    for (const from of ['vm', 'internet', 'pod:cli-1', 'node:node-3']) {
      expectRow(topology, `${from} TCP 192.168.0.100:30080 -> answered p1,p2 ${ALL}`);
    }
    expectRow(topology, 'vm TCP 192.168.0.100:30352 -> refused - -');
    expectRow(topology, 'vm ICMP 192.168.0.100 -> answered');
    const { trace } = topology.connect({ from: 'vm', protocol: 'TCP', address: '192.168.0.100', port: 30080 });
    expect(new Set(trace!.hops.map((h) => h.leg))).toEqual(new Set([0, 1]));
  });

  it('is bypassed by pods and nodes once the Service has its address', () => {
    topology.setLoadBalancer('default/test', { vip: '192.168.0.100', ports });
    loadBalancer(objects, '192.168.0.100');
    expectRow(topology, 'pod:cli-3 TCP 192.168.0.100:30080 -> answered p1,p2 192.168.0.13');
    expectRow(topology, `vm TCP 192.168.0.100:30080 -> answered p1,p2 ${ALL}`);
  });

  it('closes when its members refuse, and is gone when deleted', () => {
    topology.setLoadBalancer('default/test', { vip: '192.168.0.100', ports });
    objects.delete('endpointslices', 'default/test-abcde');
    expectRow(topology, 'vm TCP 192.168.0.100:30080 -> closed - -');
    topology.setLoadBalancer('default/test', null);
    expectRow(topology, 'vm TCP 192.168.0.100:30080 -> timeout - -');
  });

  it('has a floating address on the router, also for callers beside it', () => {
    topology.setLoadBalancer('default/test', { vip: '192.168.0.100', floatingIP: '203.0.113.10', ports });
    for (const from of ['vm', 'internet', 'pod:cli-1']) {
      expectRow(topology, `${from} TCP 203.0.113.10:30080 -> answered p1,p2 ${ALL}`);
    }
    expect(topology.iptablesSave('router', 'nat')).toContain(
      '-A PREROUTING -d 203.0.113.10/32 -j DNAT --to-destination 192.168.0.100\n',
    );
    topology.setLoadBalancer('default/test', null);
    expectRow(topology, 'internet TCP 203.0.113.10:30080 -> unreachable - -');
  });
});

describe('hosts', () => {
  it('come and go with pods', () => {
    const { objects, topology } = cluster(8080);
    expect(topology.hosts()).toContain('pod:default/p1');
    objects.delete('pods', 'default/p1');
    expect(topology.hosts()).not.toContain('pod:default/p1');
    expectRow(topology, 'pod:cli-1 TCP 10.244.1.3:8080 -> timeout - -');
    expect(() => topology.ping('pod:default/p1', '10.244.2.3')).toThrow(RangeError);
  });

  it('that are pods wait for their node, and go with it', () => {
    const { objects, topology } = cluster(8080);
    pod(objects, 'p4', 4, 3);
    expect(topology.hosts()).not.toContain('pod:default/p4');
    const node = {
      metadata: { name: 'node-4' },
      spec: { podCIDR: '10.244.4.0/24' },
      status: { addresses: [{ type: 'InternalIP', address: '192.168.0.14' }] },
    };
    objects.put('nodes', node);
    expectRow(topology, 'pod:cli-1 TCP 10.244.4.3:8080 -> answered p4 10.244.1.2');
    expectRow(topology, 'pod:p4 TCP 10.244.1.3:8080 -> answered p1 10.244.4.3');
    objects.delete('nodes', '/node-4');
    expect(topology.hosts()).not.toContain('pod:default/p4');
    expectRow(topology, 'pod:cli-1 TCP 10.244.4.3:8080 -> timeout - -');
  });

  it('show their routes and addresses', () => {
    const { topology } = cluster(8080);
    expect(topology.ipRoute('node:node-1')).toBe(
      [
        'default via 192.168.0.1 dev eth0 ',
        '10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1 ',
        '10.244.2.0/24 via 192.168.0.12 dev eth0 ',
        '10.244.3.0/24 via 192.168.0.13 dev eth0 ',
        '192.168.0.0/24 dev eth0 proto kernel scope link src 192.168.0.11 ',
        '',
      ].join('\n'),
    );
    expect(topology.ipAddr('node:node-1')).toContain('cni0             UP             10.244.1.1/24');
  });
});
