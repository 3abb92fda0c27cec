import { address, formatAddress } from './linux/address';
import { type Attempted, attempt } from './linux/connection';
import type { Host, Socket } from './linux/host';
import type { Hop, Outcome, Protocol, Trace } from './linux/trace';
import { TraceLog } from './linux/trace-log';
import type { ProxyApp } from './load-balancer';
import { Tunnel, type TunnelApp, type TunnelEnd } from './port-forward';
import type { App, ConnectRequest, ConnectResult, Network, OpenSocket } from './network';
import { type Leg, OpenStream, type StreamOptions } from './open-stream';
import { Random } from './random';

interface ConnectionsOptions extends StreamOptions {
  /** The host of that id, up to date. Throws RangeError when there is none. */
  readonly host: (id: string) => Host;
  /** Where a load balancer may send connections: all nodes, or those whose health check on that port says so. */
  readonly members: (healthCheckNodePort: number | undefined) => readonly { readonly ip: string }[];
}

const LOCALHOST = address('127.0.0.1');

/** How one exchange of packets is run. */
interface Run {
  readonly log: TraceLog | undefined;
  /** It leaves nothing behind. */
  readonly probe: boolean;
  /** Connections stay open, and are put here. */
  readonly legs?: Leg[] | undefined;
  /** The caller's own port. */
  readonly sourcePort?: number | undefined;
}

/** Connections between hosts: packets there and back, what the program at the end says, and the trace of it all. */
export class Connections {
  /** Probes draw from numbers of their own: looking changes nothing. */
  readonly #probeRandom: () => number;
  #traces = 0;
  #tunnels = 0;
  readonly #open = new Set<OpenStream>();
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
    const run: Run = { log, probe: request.probe === true, legs: undefined, sourcePort: request.sourcePort };
    const result = this.#result(this.#attempt(from, protocol, destination, port, run), run);
    return this.#traced(request, result, log);
  }

  open(request: ConnectRequest): ReturnType<Network['open']> {
    const { protocol, port } = request;
    const legs: Leg[] = [];
    const run: Run = { log: this.#newLog(request), probe: false, legs };
    const from = this.options.host(request.from);
    const attempted = this.#attempt(from, protocol, address(request.address), port, run);
    const first = this.#result(attempted, run);
    const result = this.#traced(request, first, run.log);
    if (first.app === undefined || !attempted.tuple) return { result };
    return {
      result,
      socket: protocol === 'TCP' ? this.#stream(request, first, legs) : this.#datagrams(request, attempted.tuple.sourcePort),
    };
  }

  /**
   * Opens connections that stay: from `id` to the first stop, from there to the second one ...
   * @returns a tunnel through them, or what came of the last one tried
   */
  tunnel(
    id: string,
    stops: readonly { readonly address: string; readonly port: number }[],
    end: TunnelEnd,
  ): Tunnel | { readonly stop: number; readonly outcome: Outcome } {
    const host = this.options.host(id);
    const legs: Leg[] = [];
    const log = this.#newLog({ trace: false });
    for (const [stop, { address: ip, port }] of stops.entries()) {
      if (log) [log.leg, log.direction] = [stop, 'request'];
      const from = legs.at(-1)?.peer.host ?? host;
      const { outcome } = this.#attempt(from, 'TCP', address(ip), port, { log, probe: false, legs });
      if (outcome === 'answered') continue;
      if (legs.length > 0) new OpenStream(this.options, legs).close(log);
      return { stop, outcome };
    }
    this.#show(log);
    return new Tunnel(host, legs, end, `${id}/kubectl-${++this.#tunnels}`, this.options);
  }

  /** Closes what servers have closed since: a program that ended, or that heard nothing for long. */
  reap(): void {
    for (const stream of this.#open) if (stream.closed) this.#open.delete(stream);
  }

  #stream(request: ConnectRequest, first: ConnectResult, legs: readonly Leg[]): OpenSocket {
    const stream = new OpenStream(this.options, legs);
    this.#open.add(stream);
    const upToDate = () => void this.options.host(request.from);
    return {
      get closed() {
        upToDate();
        return stream.closed;
      },
      send: () => {
        upToDate();
        const log = this.#newLog(request);
        const sent = stream.send(log);
        if (sent === 'closed') return { outcome: 'closed' };
        const reset: ConnectResult = { outcome: 'closed', reset: true };
        return this.#traced(request, sent === 'answered' ? first : sent === 'reset' ? reset : { outcome: 'timeout' }, log);
      },
      close: () => {
        upToDate();
        const log = this.#newLog({ trace: false });
        stream.close(log);
        this.#open.delete(stream);
        this.#show(log);
      },
    };
  }

  /** Every datagram from the same port: whether they keep their way is up to conntrack. */
  #datagrams(request: ConnectRequest, sourcePort: number): OpenSocket {
    return {
      closed: false,
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
    const { log, probe, legs, sourcePort } = run;
    const keepOpen = legs !== undefined;
    // Of TCP the handshake is enough: a proxy takes the connection before it has one of its own.
    const answers = protocol === 'TCP' ? undefined : this.#answers(protocol, run);
    const attempted = attempt({ from, protocol, destination, port, now, random, answers, log, probe, keepOpen, sourcePort });
    if (legs && isComplete(attempted)) legs.push({ from, destination, port, peer: attempted });
    return attempted;
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
    if (app.kind === 'tunnel') return this.#handOn(app as TunnelApp, run);
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
    const { log, probe, legs } = run;
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
    const result = this.#result(this.#attempt(host, protocol, address(member.ip), nodePort, { log, probe, legs }), run);
    if (log) log.leg = 0;
    return result;
  }

  /** A connection goes on inside the tunnel, and from its end to a port there. */
  #handOn({ tunnel, remote, told }: TunnelApp, run: Run): ConnectResult {
    const { log, probe, legs } = run;
    const { shared, end } = tunnel;
    if (!probe) {
      told.taken();
      const sent = tunnel.send(log, 1);
      // it waits for what was lost on the way
      if (sent === 'lost') return { outcome: 'connected' };
      if (sent !== 'answered') return { outcome: 'closed' };
      legs?.push(...shared);
    }
    const fail = (message: string): ConnectResult => {
      if (!probe) {
        tunnel.close();
        told.failed(end.error(remote, message));
      }
      return { outcome: 'closed' };
    };
    const host = end.find();
    if (typeof host === 'string') return fail(host);
    if (log) [log.leg, log.direction] = [1 + shared.length, 'request'];
    const behind = this.#result(this.#attempt(host, 'TCP', LOCALHOST, remote, run), run);
    if (log) log.leg = 0;
    if (behind.outcome === 'refused') return fail(end.refused(remote));
    return behind.outcome === 'answered' ? behind : { ...behind, outcome: 'connected' };
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
  const { host, socket, source, sourcePort, destination, tuple } = attempted;
  return [host, socket, source, sourcePort, destination, tuple].every((part) => part !== undefined);
}
