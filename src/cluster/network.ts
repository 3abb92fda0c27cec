import type { Follower, Following } from './linux/tools/follow';
import type { Tool, ToolOutput } from './linux/tools/tool';
import type { Outcome, Protocol, Trace } from './linux/trace';

/** A program that holds a socket. What it answers is decided by `kubelet/images.ts`; Linux does not look inside. */
export interface App {
  /** e.g. `agnhost-netexec`, `whoami`, `nginx`, `banner` (sends "NAME PEER-ADDRESS" and closes), `tls`, `echo`. */
  readonly kind: string;
  readonly [option: string]: unknown;
}

export interface ConnectRequest {
  /** `internet`, `vm`, `node:NAME`, `pod:NAMESPACE/NAME`. */
  from: string;
  protocol: Protocol;
  /** IPv4 address of the destination (names are resolved before). */
  address: string;
  port: number;
  /** The caller's own port. Default: the kernel picks one. */
  sourcePort?: number;
  /** Without a trace (false) only the outcome is worked out, faster. Default true. */
  trace?: boolean;
  /** A look from outside (a goal's check): it leaves no trace in connection tables, affinity, turns or random numbers. Default false. */
  probe?: boolean;
}

export interface ConnectResult {
  outcome: Outcome;
  /** Who answered, as in `Trace`. */
  backend?: string;
  backendHost?: string;
  sourceSeen?: string;
  sourcePortSeen?: number;
  /** The program behind the socket that took the connection. */
  app?: App;
  /** Of an open connection: an RST came instead of an answer. */
  reset?: boolean;
  trace?: Trace;
}

/** A socket that stays open while the cluster changes. */
export interface OpenSocket {
  /** The server, or a proxy on the way, has closed it. */
  readonly closed: boolean;
  /** Sends something on it and waits for the answer; `closed` when the other end is gone. */
  send(): ConnectResult;
  close(): void;
}

/** Why a program cannot listen, in bind's words. */
export type BindError = 'address already in use' | 'cannot assign requested address';

/** What whoever forwards a port is told of its connections. */
export interface ForwardListener {
  /** Somebody connected. */
  taken(): void;
  /** It could not be handed on; nothing goes through that way any more. */
  failed(message: string): void;
}

/** A way through the API server and a kubelet into a pod's network namespace, open until `close`. */
export interface PortForward {
  /** It has ended: by `close`, or because a connection could not be handed on. */
  readonly closed: boolean;
  /**
   * Listens on an address of the host that it starts at, and hands each connection on to 127.0.0.1 in the pod.
   * @param local port; 0: a free one
   * @param remote port in the pod
   * @returns the port that it listens on, or why not
   */
  listen(address: string, local: number, remote: number, told: ForwardListener): number | BindError;
  close(): void;
}

/** The way could not be opened. */
export interface NoForward {
  readonly error: string;
  /** ms until that was known. */
  readonly after: number;
}

export type ProxyMode = 'iptables' | 'nftables';

/** Sends packets through the simulated machines. Implemented by `topology.ts` over `linux/`. */
export interface Network {
  /** One TCP connection or UDP datagram with its reply. Unknown `from` throws RangeError. */
  connect(request: ConnectRequest): ConnectResult;
  /** Like `connect`, on a socket that is not closed afterwards; without one when nobody answered. */
  open(request: ConnectRequest): { readonly result: ConnectResult; readonly socket?: OpenSocket };
  /**
   * Opens a way from a host into a pod's network namespace, as `pods/NAME/portforward` does: the Services, their rules and the pod
   * network have no part in it.
   */
  forward(from: string, namespace: string, pod: string): PortForward | NoForward;
  /** One ICMP echo. */
  ping(from: string, address: string): ConnectResult;
  /** `iptables-save` text of a host, `table` limits it to one. */
  iptablesSave(host: string, table?: string): string;
  /** `iptables-save` or `nft list` text of what kube-proxy alone writes on a node (by its name), without the CNI's rules. */
  kubeProxyRules(node: string): string;
  /** `nft list` text of a host's own tables, without those that belong to iptables. */
  nftList(host: string): string;
  /** Runs a program of a host that looks at its network, or changes its rules: one of `linux/tools`. */
  tool(host: string, tool: Tool, args: readonly string[], stdin: string): ToolOutput;
  /** Starts a program of a host that prints what happens on its network while it runs: one of `linux/tools`' followers. */
  follow(host: string, follower: Follower, args: readonly string[], print: (text: string) => void): Following | ToolOutput;
  /** How the kube-proxy of a node (by its name) writes its rules. */
  proxyModeOf(node: string): ProxyMode;
  /** Stops kube-proxy on all nodes, removes its rules and their connections, and starts it again in that mode. */
  setProxyMode(mode: ProxyMode): void;
  /** `conntrack -L` lines of a host. */
  conntrack(host: string, protocol?: Protocol): string;
  flushConntrack(): void;
  /** `ip -4 -br addr` and `ip route` texts. */
  ipAddr(host: string): string;
  ipRoute(host: string): string;
  /** The router sends `address` to that host; null removes the route. */
  setRoute(address: string, host: string | null): void;
  /** That host answers ARP for an address of the tenant network that it does not have (as MetalLB's L2 mode does); null stops it. */
  announce(address: string, host: string | null): void;
  /** Hosts from which `connect` can be called, e.g. for completion. */
  hosts(): readonly string[];
}
