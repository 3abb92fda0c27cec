import type { KubeObject } from './apimachinery/object';
import type { Client } from './apiserver/client';
import type { Clock } from './clock';
import { isExcludedFromBalancers } from './cloud/excluded-nodes';
import { Connections } from './connections';
import { serviceHealth } from './kube-proxy/health';
import { Pace } from './kube-proxy/pace';
import { Proxier } from './kube-proxy/proxier';
import { ServiceTracker } from './kube-proxy/tracker';
import { address, prefix } from './linux/address';
import type { Host, Socket } from './linux/host';
import { renderNftTable } from './linux/nft-text';
import { renderRuleset } from './linux/ruleset-text';
import type { Follower, Following } from './linux/tools/follow';
import type { Tool, ToolOutput } from './linux/tools/tool';
import type { Protocol } from './linux/trace';
import { LoadBalancer, type LoadBalancerSpec, PROXY_IDLE_TIMEOUT, floatingRules } from './load-balancer';
import type { App, ConnectRequest, ConnectResult, Network, NoForward, PortForward, ProxyMode } from './network';
import { type Listener, Machines, type NodeMachine } from './machines';
import { API_SERVER, append, cniRules, surroundings } from './network-hosts';
import { dialError, sandboxEnd } from './port-forward';

/** kube-proxy's metricsBindAddress is 127.0.0.1:10249. */
const PROXY_METRICS = 10249;
/** The kubelet's API. */
const KUBELET = 10250;
/** ms until the API server gives up a connection to it; kubectl asks twice (WebSocket, then SPDY). */
const DIAL_TIMEOUT = 2 * 30_000;

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
  /** Nodes, by name, whose kube-proxy runs in another mode. */
  readonly proxyModes?: Readonly<Record<string, ProxyMode>>;
  /** Gives kube-proxy a pace: ms between two writes of its rules. Without it they change with the objects. */
  readonly minSyncPeriod?: { readonly clock: Clock; readonly period: number } | undefined;
  /** What a pod listens on; asked again when the pod object changed. */
  readonly apps: (pod: KubeObject) => readonly Listener[];
  /** ms after which a program closes a connection on which nothing happens. Undefined: never. */
  readonly idleTimeout?: (app: App) => number | undefined;
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
  readonly #proxiers = new WeakMap<NodeMachine, Proxier>();
  readonly #connections: Connections;
  readonly #pace: Pace | undefined;
  #proxyMode: ProxyMode;
  /** Of nodes, by name, that have another one. */
  #proxyModes: ReadonlyMap<string, ProxyMode>;

  constructor(options: TopologyOptions) {
    this.#options = options;
    const { client } = options;
    this.#proxyMode = options.proxyMode ?? 'iptables';
    this.#proxyModes = new Map(Object.entries(options.proxyModes ?? {}));
    const { tenant, router, controlPlane, vm, internet } = this.#around;
    for (const host of [internet, vm, router, controlPlane]) this.#others.set(host.id, host);
    this.#services = new ServiceTracker(client);
    this.#machines = new Machines({
      client,
      tenant,
      apps: options.apps,
      nodeOptions: (node) => {
        let proxier: Proxier | undefined;
        return {
          beforeNetfilter: () => {
            proxier ??= this.#proxier(node());
            if (!this.#pace?.waiting) proxier.sync(this.proxyModeOf(node().name), options.now());
          },
          listener: (protocol, port) => (protocol === 'tcp' ? this.#agentSocket(node(), port) : undefined),
        };
      },
    });
    if (options.minSyncPeriod) {
      const { clock, period } = options.minSyncPeriod;
      const pace = (this.#pace = new Pace(clock, period, () => {
        this.#machines.sync();
        for (const { host } of this.#machines.nodes.values()) host.refresh();
      }));
      for (const resource of ['services', 'endpointslices']) client.watch(resource, () => pace.request());
    }
    const { now, random, idleTimeout = () => undefined } = options;
    this.#connections = new Connections({
      now,
      random,
      idleTimeout: (app) => (app.kind === 'proxy' ? PROXY_IDLE_TIMEOUT : idleTimeout(app)),
      host: (id) => this.#host(id),
      members: (check) => this.#members(check),
    });
  }

  connect(request: ConnectRequest): ConnectResult {
    return this.#connections.connect(request);
  }

  open(request: ConnectRequest): ReturnType<Network['open']> {
    return this.#connections.open(request);
  }

  forward(from: string, namespace: string, name: string): PortForward | NoForward {
    const pod = this.#options.client.get('pods', namespace, name);
    if (!pod) return { error: `pods "${name}" not found`, after: 0 };
    this.#machines.sync();
    const node = this.#machines.nodes.get(pod.spec.nodeName ?? '');
    if (!node) return { error: `nodes "${pod.spec.nodeName ?? ''}" not found`, after: 0 };
    const stops = [API_SERVER, { address: node.ip, port: KUBELET }];
    const end = sandboxEnd(this.#options.client, pod, () => this.#machines.host(`pod:${namespace}/${name}`));
    const opened = this.#connections.tunnel(from, stops, end);
    if (!('outcome' in opened)) return opened;
    const { address: ip, port } = stops[opened.stop]!;
    const error = dialError(opened.outcome, ip, port);
    const after = opened.outcome === 'timeout' ? DIAL_TIMEOUT : 0;
    return { error: opened.stop === 0 ? error : `error dialing backend: ${error}`, after };
  }

  ping(from: string, ip: string): ConnectResult {
    return this.#connections.ping(from, ip);
  }

  iptablesSave(host: string, table?: string): string {
    return renderRuleset(this.#host(host).ruleset, this.#options.now(), table);
  }

  kubeProxyRules(node: string): string {
    this.#machines.sync();
    const machine = this.#machines.nodes.get(node);
    if (!machine) throw new RangeError(`no node ${node}`);
    const rules = this.#proxier(machine).pure(this.proxyModeOf(node));
    return 'nftables' in rules ? renderNftTable(rules.nftables) : renderRuleset(rules.iptables, this.#options.now());
  }

  nftList(host: string): string {
    const { nftables, remembered } = this.#host(host);
    return nftables.map((table) => renderNftTable(table, remembered, this.#options.now())).join('');
  }

  tool(id: string, tool: Tool, args: readonly string[], stdin: string): ToolOutput {
    const host = this.#host(id);
    const now = this.#options.now();
    this.#connections.reap();
    // kube-proxy has done its work before somebody looks, and sees at once that somebody changed something
    host.refresh();
    const output = tool({ host, args, stdin, now });
    host.refresh();
    return output;
  }

  follow(id: string, follower: Follower, args: readonly string[], print: (text: string) => void): Following | ToolOutput {
    const host = this.#host(id);
    const { now } = this.#options;
    host.refresh();
    return follower({ host, args, now, print, watch: (listener) => this.#connections.watch(listener) });
  }

  proxyModeOf(node: string): ProxyMode {
    return this.#proxyModes.get(node) ?? this.#proxyMode;
  }

  setProxyMode(mode: ProxyMode): void {
    if (mode === this.#proxyMode && this.#proxyModes.size === 0) return;
    this.#proxyMode = mode;
    this.#proxyModes = new Map();
    this.#machines.sync();
    for (const node of this.#machines.nodes.values()) node.host.conntrack.flush();
  }

  conntrack(host: string, protocol?: Protocol): string {
    const { conntrack } = this.#host(host);
    this.#connections.reap();
    return conntrack.list(this.#options.now(), protocol);
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
    if (old && old.spec.vip === spec?.vip) old.update(spec);
    else if (old) {
      old.remove();
      this.#others.delete(old.host.id);
      this.#balancers.delete(id);
    }
    if (spec && !this.#balancers.has(id)) {
      const made = new LoadBalancer(id, spec, this.#around.tenant);
      this.#balancers.set(id, made);
      this.#others.set(made.host.id, made.host);
    }
    this.#around.router.setRuleset(floatingRules(this.#balancers.values()));
  }

  /** Ids of the load balancers that are there. */
  loadBalancers(): readonly string[] {
    return [...this.#balancers.keys()];
  }

  hosts(): readonly string[] {
    this.#machines.sync();
    return ['internet', 'vm', ...this.#machines.ids()];
  }

  /** The host of that id, up to date. Throws RangeError when there is none. */
  #host(id: string): Host {
    const host = this.#machines.host(id) ?? this.#others.get(id);
    if (!host) throw new RangeError(`no host ${id}`);
    return host;
  }

  /** The nodes that a load balancer spreads connections over: all, or those whose health check says so. */
  #members(healthCheckNodePort: number | undefined): NodeMachine[] {
    const ports = healthCheckNodePort === undefined ? [] : this.#services.healthChecked(healthCheckNodePort);
    const isMember = ({ name }: NodeMachine) =>
      !isExcludedFromBalancers(this.#options.client.get('nodes', undefined, name)) && isHealthy(name);
    const isHealthy = (name: string) =>
      healthCheckNodePort === undefined || (serviceHealth(ports, name)?.localEndpoints ?? 0) > 0;
    return [...this.#machines.nodes.values()].filter(isMember);
  }

  /** What the kubelet and kube-proxy listen on: the latter's metrics, and health checks of Services with externalTrafficPolicy Local. */
  #agentSocket(node: NodeMachine, port: number): Socket | undefined {
    const { name, owner } = { name: node.name, owner: node.host.id };
    if (port === KUBELET) return { protocol: 'TCP', port, name, owner, app: { kind: 'tls', of: 'kubelet' } };
    if (port === PROXY_METRICS) {
      const app = { kind: 'kube-proxy-metrics', mode: this.proxyModeOf(node.name) };
      return { protocol: 'TCP', port, name, owner, app, address: '127.0.0.1' };
    }
    const app = serviceHealth(this.#services.healthChecked(port), node.name);
    return app && { protocol: 'TCP', port, name, owner, app };
  }

  /** kube-proxy of a node; a node that is gone takes it along. */
  #proxier(node: NodeMachine): Proxier {
    let proxier = this.#proxiers.get(node);
    if (!proxier) {
      const { clusterCIDR, serviceCIDR } = this.#options;
      const { name, ip, zone } = node;
      const input = { node: { name, ip, ...(zone === undefined ? {} : { zone }) }, clusterCIDR, serviceCIDR };
      proxier = new Proxier(node.host, this.#services, input, (nat) => append(nat, cniRules(clusterCIDR)));
      this.#proxiers.set(node, proxier);
    }
    return proxier;
  }
}
