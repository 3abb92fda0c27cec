import type { KubeObject } from './apimachinery/object';
import type { Client } from './apiserver/client';
import { removeStaleFlows } from './kube-proxy/conntrack-cleanup';
import { serviceHealth } from './kube-proxy/health';
import { iptablesRules } from './kube-proxy/iptables';
import { type NftInput, nftablesRules } from './kube-proxy/nftables';
import { ServiceTracker } from './kube-proxy/tracker';
import { address, formatAddress, prefix } from './linux/address';
import { type Attempted, attempt } from './linux/connection';
import type { Host, Socket } from './linux/host';
import type { NftTable } from './linux/nft-table';
import { renderNftTable } from './linux/nft-text';
import { Table, renderRuleset } from './linux/table';
import type { Protocol, Trace } from './linux/trace';
import { TraceLog } from './linux/trace-log';
import { LoadBalancer, type LoadBalancerSpec, type ProxyApp, floatingRules } from './load-balancer';
import type { App, ConnectRequest, ConnectResult, Network, ProxyMode } from './network';
import { type Listener, Machines, type NodeMachine } from './machines';
import { append, cniRules, surroundings } from './network-hosts';
import { Random } from './random';

export interface TopologyOptions {
  readonly client: Client;
  /** Virtual ms since the epoch. */
  readonly now: () => number;
  /** Seeded, in [0,1). */
  readonly random: () => number;
  /** Pod addresses of all nodes, e.g. `10.244.0.0/16`. */
  readonly clusterCIDR: string;
  /** Addresses that Services may get, e.g. `10.96.0.0/12`. */
  readonly serviceCIDR: string;
  readonly proxyMode?: ProxyMode;
  /** What a pod listens on; asked again when the pod object changed. */
  readonly apps: (pod: KubeObject) => readonly Listener[];
}

/** How one exchange of packets is run. */
interface Run {
  readonly log: TraceLog | undefined;
  /** It leaves nothing behind. */
  readonly probe: boolean;
}

/**
 * The machines of the simulated cluster and the wires between them, kept in line with Nodes, Pods, Services and EndpointSlices.
 * Nothing is done when those change: the next packet (or look) brings hosts and rules up to date.
 */
export class Topology implements Network {
  readonly #options: TopologyOptions;
  readonly #around = surroundings();
  readonly #machines: Machines;
  readonly #services: ServiceTracker;
  readonly #balancers = new Map<string, LoadBalancer>();
  /** Hosts that are neither nodes nor pods. */
  readonly #others = new Map<string, Host>();
  /** Version of the Services that a node's rules are made of. */
  readonly #rulesVersion = new WeakMap<NodeMachine, number>();
  /** Probes draw from numbers of their own: looking changes nothing. */
  readonly #probeRandom: () => number;
  #proxyMode: ProxyMode;
  #traces = 0;

  constructor(options: TopologyOptions) {
    this.#options = options;
    const { client } = options;
    this.#proxyMode = options.proxyMode ?? 'iptables';
    const probes = new Random(1);
    this.#probeRandom = () => probes.next();
    const { tenant, router, controlPlane, vm, internet } = this.#around;
    for (const host of [internet, vm, router, controlPlane]) this.#others.set(host.id, host);
    this.#services = new ServiceTracker(client);
    this.#machines = new Machines({
      client,
      tenant,
      apps: options.apps,
      nodeOptions: (node) => ({
        beforeNetfilter: () => this.#refreshRules(node()),
        listener: (protocol, port) => (protocol === 'tcp' ? this.#healthSocket(node(), port) : undefined),
      }),
    });
  }

  connect(request: ConnectRequest): ConnectResult {
    const from = this.#host(request.from);
    const destination = address(request.address);
    const { protocol, port } = request;
    const log = request.trace === false ? undefined : new TraceLog();
    const run: Run = { log, probe: request.probe === true };
    const result = this.#result(this.#attempt(from, protocol, destination, port, run), run);
    return log ? { ...result, trace: this.#trace(request.from, protocol, request.address, port, result, log) } : result;
  }

  ping(from: string, ip: string): ConnectResult {
    const log = new TraceLog();
    const attempted = this.#attempt(this.#host(from), 'ICMP', address(ip), 0, { log, probe: false });
    const { outcome, host } = attempted;
    const result: ConnectResult =
      outcome === 'answered' && host
        ? { outcome, backend: host.name, backendHost: host.id, ...this.#seen(attempted) }
        : { outcome };
    return { ...result, trace: this.#trace(from, 'ICMP', ip, 0, result, log) };
  }

  #attempt(from: Host, protocol: Protocol, destination: number, port: number, run: Run): Attempted {
    const { log, probe } = run;
    const now = this.#options.now();
    const random = probe ? this.#probeRandom : this.#options.random;
    const answers = (socket: Socket, host: Host) =>
      (socket.app as App).kind !== 'proxy' || this.#onwards(socket.app as ProxyApp, host, protocol, run)?.outcome === 'answered';
    return attempt({ from, protocol, destination, port, now, random, log, answers, probe });
  }

  /** What the client learns once its packet was answered: the program's word, or that of the member behind a proxy. */
  #result(attempted: Attempted, run: Run): ConnectResult {
    const { outcome, socket, host } = attempted;
    if (outcome !== 'answered' || !socket || !host) return { outcome };
    const app = socket.app as App;
    if (app.kind === 'proxy' && socket.protocol === 'TCP') {
      const behind = this.#onwards(app as ProxyApp, host, 'TCP', run);
      if (!behind) return { outcome: 'closed' };
      // The proxy took the connection already: it hangs while the member does not answer, and ends when the member refuses.
      if (behind.outcome === 'timeout') return { outcome: 'connected' };
      return behind.outcome === 'answered' || behind.outcome === 'connected' ? behind : { outcome: 'closed' };
    }
    // A TLS server says nothing until it is spoken to.
    if (app.kind === 'tls' && socket.protocol === 'TCP') return { outcome: 'connected', backendHost: socket.owner, app };
    return { outcome, backend: socket.name, backendHost: socket.owner, ...this.#seen(attempted), app };
  }

  /** The second leg: from a load balancer to the node port of its next member. Undefined without healthy members. */
  #onwards(app: ProxyApp, host: Host, protocol: Protocol, run: Run): ConnectResult | undefined {
    const { balancer, nodePort } = app;
    const { log, probe } = run;
    const check = balancer.spec.healthCheckNodePort;
    const members = [...this.#machines.nodes.values()].filter(
      (node) => check === undefined || (serviceHealth(this.#services.ports(), check, node.name)?.localEndpoints ?? 0) > 0,
    );
    const member = balancer.pick(members, probe);
    if (!member) {
      log?.lossAfterDelivery(host.id, { kind: 'refused', reason: 'no-backend' });
      return undefined;
    }
    if (log) {
      log.leg = 1;
      log.direction = 'request';
    }
    const result = this.#result(this.#attempt(host, protocol, address(member.ip), nodePort, run), run);
    if (log) log.leg = 0;
    return result;
  }

  #seen({ source, sourcePort }: Attempted): Pick<ConnectResult, 'sourceSeen' | 'sourcePortSeen'> {
    return source === undefined
      ? {}
      : { sourceSeen: formatAddress(source), ...(sourcePort ? { sourcePortSeen: sourcePort } : {}) };
  }

  #trace(
    from: string,
    protocol: Protocol,
    destination: string,
    destinationPort: number,
    result: ConnectResult,
    log: TraceLog,
  ): Trace {
    const { outcome, backend, backendHost, sourceSeen, sourcePortSeen } = result;
    return {
      id: ++this.#traces,
      time: this.#options.now(),
      from,
      protocol,
      destination,
      destinationPort,
      outcome,
      ...(backend === undefined ? {} : { backend }),
      ...(backendHost === undefined ? {} : { backendHost }),
      ...(sourceSeen === undefined ? {} : { sourceSeen }),
      ...(sourcePortSeen === undefined ? {} : { sourcePortSeen }),
      hops: log.hops,
    };
  }

  iptablesSave(host: string, table?: string): string {
    return renderRuleset(this.#host(host).ruleset, this.#options.now(), table);
  }

  kubeProxyRules(node: string): string {
    this.#machines.sync();
    const machine = this.#machines.nodes.get(node);
    if (!machine) throw new RangeError(`no node ${node}`);
    if (this.#proxyMode === 'nftables') return renderNftTable(this.#nftables(machine));
    return renderRuleset(this.#iptables(machine), this.#options.now());
  }

  nftList(host: string): string {
    const { nftables, remembered } = this.#host(host);
    return nftables.map((table) => renderNftTable(table, remembered, this.#options.now())).join('');
  }

  get proxyMode(): ProxyMode {
    return this.#proxyMode;
  }

  setProxyMode(mode: ProxyMode): void {
    if (mode === this.#proxyMode) return;
    this.#proxyMode = mode;
    this.#machines.sync();
    for (const node of this.#machines.nodes.values()) {
      this.#rulesVersion.delete(node);
      node.host.conntrack.flush();
    }
  }

  conntrack(host: string, protocol?: Protocol): string {
    return this.#host(host).conntrack.list(this.#options.now(), protocol);
  }

  flushConntrack(): void {
    for (const host of this.#others.values()) host.conntrack.flush();
    for (const { host } of this.#machines.nodes.values()) host.conntrack.flush();
  }

  ipAddr(host: string): string {
    return this.#host(host).ipAddr();
  }

  ipRoute(host: string): string {
    return this.#host(host).ipRoute();
  }

  setRoute(ip: string, host: string | null): void {
    const { router } = this.#around;
    const destination = prefix(ip);
    if (host === null) router.routes.remove(destination);
    else router.routes.add({ destination, via: this.#host(host).addressOf('eth0'), device: 'eth0' });
  }

  announce(ip: string, host: string | null): void {
    this.#around.tenant.announce(address(ip), host === null ? undefined : { host: this.#host(host), interface: 'eth0' });
  }

  /** Makes, changes (`spec`) or removes (null) the load balancer `NAMESPACE/NAME`. */
  setLoadBalancer(id: string, spec: LoadBalancerSpec | null): void {
    const old = this.#balancers.get(id);
    if (old) {
      old.host.unplug();
      this.#others.delete(old.host.id);
      this.#balancers.delete(id);
    }
    if (spec) {
      const made = new LoadBalancer(id, spec, this.#around.tenant);
      this.#balancers.set(id, made);
      this.#others.set(made.host.id, made.host);
    }
    this.#around.router.setRuleset(floatingRules(this.#balancers.values()));
  }

  hosts(): readonly string[] {
    this.#machines.sync();
    return ['internet', 'vm', ...this.#machines.ids()];
  }

  /** The host of that id, up to date. Throws RangeError when there is none. */
  #host(id: string): Host {
    this.#machines.sync();
    const host = this.#others.get(id) ?? this.#machines.host(id);
    if (!host) throw new RangeError(`no host ${id}`);
    return host;
  }

  #healthSocket(node: NodeMachine, port: number): Socket | undefined {
    const app = serviceHealth(this.#services.ports(), port, node.name);
    return app && { protocol: 'TCP', port, name: node.name, owner: node.host.id, app };
  }

  /** kube-proxy of that node syncs, if Services changed since it last did. */
  #refreshRules(node: NodeMachine): void {
    if (this.#rulesVersion.get(node) === this.#services.version) return;
    this.#rulesVersion.set(node, this.#services.version);
    const { host } = node;
    const cni = cniRules(this.#options.clusterCIDR);
    if (this.#proxyMode === 'nftables') {
      const nat = new Table('nat');
      append(nat, cni);
      host.setRuleset([nat], [this.#nftables(node)]);
    } else {
      const [nat, filter] = this.#iptables(node);
      append(nat, cni);
      host.setRuleset([nat, filter]);
    }
    // kube-proxy lets node ports be called through 127.0.0.1 in iptables mode.
    host.routeLocalnet = this.#proxyMode === 'iptables';
    removeStaleFlows(host.conntrack, this.#services.ports());
  }

  #input({ name, ip, zone }: NodeMachine): NftInput {
    const { clusterCIDR, serviceCIDR } = this.#options;
    const node = { name, ip, ...(zone === undefined ? {} : { zone }) };
    return { node, clusterCIDR, serviceCIDR, ports: this.#services.ports() };
  }

  #iptables(node: NodeMachine): [nat: Table, filter: Table] {
    return iptablesRules(this.#input(node));
  }

  #nftables(node: NodeMachine): NftTable {
    return nftablesRules(this.#input(node));
  }
}
