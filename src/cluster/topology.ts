import type { KubeObject } from './apimachinery/object';
import type { Client } from './apiserver/client';
import { removeStaleFlows } from './kube-proxy/conntrack-cleanup';
import { serviceHealth } from './kube-proxy/health';
import { iptablesRules } from './kube-proxy/iptables';
import { ServiceTracker } from './kube-proxy/tracker';
import { address, formatAddress, parseAddress, prefix } from './linux/address';
import { type Attempted, attempt } from './linux/connection';
import type { Host, Socket } from './linux/host';
import { RouteTable } from './linux/routes';
import { type Table, renderRuleset } from './linux/table';
import type { Protocol, Trace } from './linux/trace';
import { TraceLog } from './linux/trace-log';
import { LoadBalancer, type LoadBalancerSpec, type ProxyApp, floatingRules } from './load-balancer';
import type { App, ConnectRequest, ConnectResult, Network } from './network';
import { type NodeHost, appendCniRules, nodeHost, podHost, surroundings } from './network-hosts';
import { Random } from './random';

/** What a pod listens on. */
export interface Listener {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly app: App;
}

export interface TopologyOptions {
  readonly client: Client;
  /** Virtual ms since the epoch. */
  readonly now: () => number;
  /** Seeded, in [0,1). */
  readonly random: () => number;
  /** Pod addresses of all nodes, e.g. `10.244.0.0/16`. */
  readonly clusterCIDR: string;
  /** What a pod listens on; asked again when the pod object changed. */
  readonly apps: (pod: KubeObject) => readonly Listener[];
}

interface NodeState extends NodeHost {
  readonly name: string;
  readonly ip: string;
  readonly zone?: string;
  /** Version of the Services that the rules are made of. */
  rulesVersion: number;
}

/** How one exchange of packets is run. */
interface Run {
  readonly log: TraceLog | undefined;
  /** It leaves nothing behind. */
  readonly probe: boolean;
}

interface PodState {
  readonly host: Host;
  readonly node: NodeState;
  /** hostNetwork: what it holds open on its node. */
  readonly onNode: readonly Socket[];
}

/**
 * The machines of the simulated cluster and the wires between them, kept in line with Nodes, Pods, Services and EndpointSlices.
 * Nothing is done when those change: the next packet (or look) brings hosts and rules up to date.
 */
export class Topology implements Network {
  readonly #options: TopologyOptions;
  readonly #around = surroundings();
  readonly #podRoutes = new RouteTable();
  readonly #services: ServiceTracker;
  readonly #nodes = new Map<string, NodeState>();
  readonly #pods = new Map<string, PodState>();
  readonly #balancers = new Map<string, LoadBalancer>();
  readonly #hosts = new Map<string, Host>();
  /** Probes draw from numbers of their own: looking changes nothing. */
  readonly #probeRandom: () => number;
  readonly #changedNodes = new Set<string>();
  readonly #changedPods = new Map<string, readonly [namespace: string, name: string]>();
  #traces = 0;

  constructor(options: TopologyOptions) {
    this.#options = options;
    const { client } = options;
    const probes = new Random(1);
    this.#probeRandom = () => probes.next();
    const { router, controlPlane, vm, internet } = this.#around;
    for (const host of [internet, vm, router, controlPlane]) this.#hosts.set(host.id, host);
    this.#services = new ServiceTracker(client);
    const changedNode = (node: KubeObject) => this.#changedNodes.add(node.metadata.name);
    const changedPod = (pod: KubeObject) => {
      const namespace = pod.metadata.namespace ?? 'default';
      this.#changedPods.set(`${namespace}/${pod.metadata.name}`, [namespace, pod.metadata.name]);
    };
    client.list('nodes').forEach(changedNode);
    client.list('pods').forEach(changedPod);
    client.watch('nodes', (_, node) => changedNode(node));
    client.watch('pods', (_, pod) => changedPod(pod));
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
    const members = [...this.#nodes.values()].filter(
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
    this.#sync();
    const state = this.#nodes.get(node);
    if (!state) throw new RangeError(`no node ${node}`);
    return renderRuleset(this.#kubeProxy(state), this.#options.now());
  }

  conntrack(host: string, protocol?: Protocol): string {
    return this.#host(host).conntrack.list(this.#options.now(), protocol);
  }

  flushConntrack(): void {
    for (const host of this.#hosts.values()) host.conntrack.flush();
    for (const balancer of this.#balancers.values()) balancer.host.conntrack.flush();
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
      this.#hosts.delete(old.host.id);
      this.#balancers.delete(id);
    }
    if (spec) {
      const made = new LoadBalancer(id, spec, this.#around.tenant);
      this.#balancers.set(id, made);
      this.#hosts.set(made.host.id, made.host);
    }
    this.#around.router.setRuleset(floatingRules(this.#balancers.values()));
  }

  hosts(): readonly string[] {
    this.#sync();
    const nodes = [...this.#nodes.keys()].sort().map((name) => `node:${name}`);
    const pods = [...this.#pods.keys()].sort().map((key) => `pod:${key}`);
    return ['internet', 'vm', ...nodes, ...pods];
  }

  /** The host of that id, up to date. Throws RangeError when there is none. */
  #host(id: string): Host {
    this.#sync();
    const host = this.#hosts.get(id);
    if (!host) throw new RangeError(`no host ${id}`);
    return host;
  }

  #sync(): void {
    if (this.#changedNodes.size > 0) {
      for (const name of this.#changedNodes) this.#syncNode(name);
      this.#changedNodes.clear();
    }
    if (this.#changedPods.size > 0) {
      for (const [key, [namespace, name]] of this.#changedPods) this.#syncPod(key, namespace, name);
      this.#changedPods.clear();
    }
  }

  #syncNode(name: string): void {
    const node = this.#options.client.get('nodes', undefined, name);
    const ip: string | undefined = node?.status?.addresses?.find((a: { type: string }) => a.type === 'InternalIP')?.address;
    const podCIDR: string | undefined = node?.spec?.podCIDR;
    const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
    const old = this.#nodes.get(name);
    if (old && old.ip === ip && old.podCIDR === podCIDR && old.zone === zone) return;
    if (old) this.#removeNode(old);
    if (ip === undefined || parseAddress(ip) === undefined) return;
    const made = nodeHost(name, ip, podCIDR, this.#around.tenant, this.#podRoutes, {
      routeLocalnet: true,
      beforeNetfilter: () => this.#refreshRules(state),
      listener: (protocol, port) => (protocol === 'tcp' ? this.#healthSocket(state, port) : undefined),
    });
    const state: NodeState = { ...made, name, ip, ...(zone === undefined ? {} : { zone }), rulesVersion: 0 };
    this.#nodes.set(name, state);
    this.#hosts.set(state.host.id, state.host);
    // Its pods are plugged into the new node.
    for (const pod of this.#options.client.list('pods')) {
      if (pod.spec?.nodeName !== name) continue;
      const namespace = pod.metadata.namespace ?? 'default';
      this.#changedPods.set(`${namespace}/${pod.metadata.name}`, [namespace, pod.metadata.name]);
    }
  }

  #removeNode(state: NodeState): void {
    for (const [key, pod] of this.#pods) if (pod.node === state) this.#removePod(key);
    state.host.unplug();
    if (state.podCIDR !== undefined) this.#podRoutes.remove(prefix(state.podCIDR));
    this.#nodes.delete(state.name);
    this.#hosts.delete(state.host.id);
  }

  #syncPod(key: string, namespace: string, name: string): void {
    this.#removePod(key);
    const pod = this.#options.client.get('pods', namespace, name);
    const ip: string | undefined = pod?.status?.podIP;
    const node = this.#nodes.get(pod?.spec?.nodeName ?? '');
    const phase = pod?.status?.phase;
    if (!pod || !node || !ip || parseAddress(ip) === undefined || phase === 'Succeeded' || phase === 'Failed') return;
    const id = `pod:${key}`;
    const sockets = this.#options.apps(pod).map((listener): Socket => ({ ...listener, name, owner: id }));
    const onHost = pod.spec.hostNetwork === true;
    const host = onHost ? node.host : podHost(id, name, ip, node);
    for (const socket of sockets) host.listen(socket);
    this.#pods.set(key, { host, node, onNode: onHost ? sockets : [] });
    this.#hosts.set(id, host);
  }

  #removePod(key: string): void {
    const pod = this.#pods.get(key);
    if (!pod) return;
    for (const socket of pod.onNode) pod.host.closePort(socket);
    if (pod.host !== pod.node.host) pod.host.unplug();
    this.#pods.delete(key);
    this.#hosts.delete(`pod:${key}`);
  }

  #healthSocket(node: NodeState, port: number): Socket | undefined {
    const app = serviceHealth(this.#services.ports(), port, node.name);
    return app && { protocol: 'TCP', port, name: node.name, owner: node.host.id, app };
  }

  /** kube-proxy of that node syncs, if Services changed since it last did. */
  #refreshRules(node: NodeState): void {
    if (node.rulesVersion === this.#services.version) return;
    node.rulesVersion = this.#services.version;
    const [nat, filter] = this.#kubeProxy(node);
    appendCniRules(nat, this.#options.clusterCIDR);
    node.host.setRuleset([nat, filter]);
    removeStaleFlows(node.host.conntrack, this.#services.ports());
  }

  #kubeProxy(node: NodeState): [nat: Table, filter: Table] {
    const { name, ip, zone } = node;
    return iptablesRules({
      node: { name, ip, ...(zone === undefined ? {} : { zone }) },
      clusterCIDR: this.#options.clusterCIDR,
      ports: this.#services.ports(),
    });
  }
}
