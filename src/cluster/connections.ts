import { address, formatAddress } from './linux/address';
import { type Attempted, attempt, exchange } from './linux/connection';
import type { Host, Socket } from './linux/host';
import type { Hop, Protocol, Trace } from './linux/trace';
import { TraceLog } from './linux/trace-log';
import type { ProxyApp } from './load-balancer';
import type { App, ConnectRequest, ConnectResult, Network, OpenSocket } from './network';
import { Random } from './random';

interface ConnectionsOptions {
  /** Virtual ms since the epoch. */
  readonly now: () => number;
  /** Seeded, in [0,1). */
  readonly random: () => number;
  /** The host of that id, up to date. Throws RangeError when there is none. */
  readonly host: (id: string) => Host;
  /** Where a load balancer may send connections: all nodes, or those whose health check on that port says so. */
  readonly members: (healthCheckNodePort: number | undefined) => readonly { readonly ip: string }[];
}

/** How one exchange of packets is run. */
interface Run {
  readonly log: TraceLog | undefined;
  /** It leaves nothing behind. */
  readonly probe: boolean;
  readonly keepOpen?: boolean;
  /** The caller's own port. */
  readonly sourcePort?: number;
}

/** Connections between hosts: packets there and back, what the program at the end says, and the trace of it all. */
export class Connections {
  /** Probes draw from numbers of their own: looking changes nothing. */
  readonly #probeRandom: () => number;
  #traces = 0;
  /** Who captures packets. */
  readonly #watchers = new Set<(hops: readonly Hop[]) => void>();

  constructor(readonly options: ConnectionsOptions) {
    const probes = new Random(1);
    this.#probeRandom = () => probes.next();
  }

  /** Has `listener` called with the packets of each connection, probes aside, until the function that it returns is called. */
  watch(listener: (hops: readonly Hop[]) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** The log of an exchange of packets; undefined when nobody wants one. */
  #newLog({ trace, probe }: Pick<ConnectRequest, 'trace' | 'probe'>): TraceLog | undefined {
    return trace === false && (this.#watchers.size === 0 || probe === true) ? undefined : new TraceLog();
  }

  #show(log: TraceLog | undefined): void {
    if (log) for (const watcher of [...this.#watchers]) watcher(log.hops);
  }

  connect(request: ConnectRequest): ConnectResult {
    const from = this.options.host(request.from);
    const destination = address(request.address);
    const { protocol, port } = request;
    const log = this.#newLog(request);
    const run: Run = { log, probe: request.probe === true };
    const result = this.#result(this.#attempt(from, protocol, destination, port, run), run);
    return this.#traced(request, result, log);
  }

  open(request: ConnectRequest): ReturnType<Network['open']> {
    const { protocol, port } = request;
    const run: Run = { log: this.#newLog(request), probe: false, keepOpen: true };
    const from = this.options.host(request.from);
    const attempted = this.#attempt(from, protocol, address(request.address), port, run);
    const first = this.#result(attempted, run);
    const result = this.#traced(request, first, run.log);
    if (first.outcome !== 'answered' || !isComplete(attempted)) return { result };
    const socket: OpenSocket =
      protocol === 'TCP' ? this.#stream(request, from, first, attempted) : this.#datagrams(request, attempted.tuple.sourcePort);
    return { result, socket };
  }

  /** TCP: stays with the other end that it was opened to, behind a load balancer too. */
  #stream(request: ConnectRequest, from: Host, first: ConnectResult, peer: Required<Attempted>): OpenSocket {
    const exchanged = (end: boolean, log: TraceLog | undefined) => {
      const { protocol, address: ip, port } = request;
      const { now, random } = this.options;
      const more = { from, protocol, destination: address(ip), port, now: now(), random, log, probe: false };
      return exchange(more, peer, end);
    };
    /** A program that ended has closed its sockets, which the caller has been told. */
    const gone = () => peer.host.socket('TCP', peer.socket.port)?.owner !== peer.socket.owner;
    return {
      send: () => {
        this.options.host(request.from);
        if (gone()) return { outcome: 'closed' };
        const log = this.#newLog(request);
        return this.#traced(request, exchanged(false, log) ? first : { outcome: 'timeout' }, log);
      },
      close: () => {
        this.options.host(request.from);
        if (gone()) return;
        const log = this.#newLog({ trace: false });
        exchanged(true, log);
        this.#show(log);
      },
    };
  }

  /** Every datagram from the same port: whether they keep their way is up to conntrack. */
  #datagrams(request: ConnectRequest, sourcePort: number): OpenSocket {
    return {
      send: () => {
        const run: Run = { log: this.#newLog(request), probe: false, sourcePort };
        const from = this.options.host(request.from);
        const result = this.#result(this.#attempt(from, request.protocol, address(request.address), request.port, run), run);
        return this.#traced(request, result, run.log);
      },
      close: () => undefined,
    };
  }

  #traced(
    { from, protocol, address: ip, port, trace, probe }: ConnectRequest,
    result: ConnectResult,
    log: TraceLog | undefined,
  ): ConnectResult {
    if (probe !== true) this.#show(log);
    return log && trace !== false ? { ...result, trace: this.#trace(from, protocol, ip, port, result, log) } : result;
  }

  ping(from: string, ip: string): ConnectResult {
    const log = new TraceLog();
    const attempted = this.#attempt(this.options.host(from), 'ICMP', address(ip), 0, { log, probe: false });
    const { outcome, host } = attempted;
    this.#show(log);
    const result: ConnectResult =
      outcome === 'answered' && host
        ? { outcome, backend: host.name, backendHost: host.id, ...this.#seen(attempted) }
        : { outcome };
    return { ...result, trace: this.#trace(from, 'ICMP', ip, 0, result, log) };
  }

  #attempt(from: Host, protocol: Protocol, destination: number, port: number, run: Run): Attempted {
    const now = this.options.now();
    const random = run.probe ? this.#probeRandom : this.options.random;
    const { log, probe, keepOpen = false, sourcePort } = run;
    // Of TCP the handshake is enough: a proxy takes the connection before it has one of its own.
    const answers = protocol === 'TCP' ? undefined : this.#answers(protocol, run);
    return attempt({ from, protocol, destination, port, now, random, answers, log, probe, keepOpen, sourcePort });
  }

  /** Does the program behind a socket answer a datagram? A proxy does when the member behind it does. */
  #answers(protocol: Protocol, run: Run) {
    return ({ app }: Socket, host: Host) =>
      (app as App).kind !== 'proxy' || this.#onwards(app as ProxyApp, host, protocol, run)?.outcome === 'answered';
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
    const { source, sourcePort } = attempted;
    const result: ConnectResult = { outcome, backend: socket.name, backendHost: socket.owner, app };
    if (source !== undefined) result.sourceSeen = formatAddress(source);
    if (sourcePort) result.sourcePortSeen = sourcePort;
    return result;
  }

  /** The second leg: from a load balancer to the node port of its next member. Undefined without healthy members. */
  #onwards(app: ProxyApp, host: Host, protocol: Protocol, run: Run): ConnectResult | undefined {
    const { balancer, nodePort } = app;
    const { log, probe } = run;
    // without a node port the cloud makes no members (cloud-provider-openstack: buildBatchUpdateMemberOpts)
    const members = nodePort === 0 ? [] : this.options.members(balancer.spec.healthCheckNodePort);
    const member = balancer.pick(members, probe);
    if (!member) {
      log?.lossAfterDelivery(host.id, { kind: 'refused', reason: 'no-backend' });
      return undefined;
    }
    if (log) {
      log.leg = 1;
      log.direction = 'request';
    }
    const result = this.#result(this.#attempt(host, protocol, address(member.ip), nodePort, { log, probe }), run);
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
      time: this.options.now(),
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
}

/** Did it reach a socket? */
function isComplete(attempted: Attempted): attempted is Required<Attempted> {
  const { host, socket, source, sourcePort, tuple } = attempted;
  return [host, socket, source, sourcePort, tuple].every((part) => part !== undefined);
}
