import type { Host, Socket } from './host';
import { type Skb, type Tuple, newSkb, turnRound } from './packet';
import { Stack } from './stack';
import type { Loss, Outcome, Packet, Protocol } from './trace';
import type { TraceLog } from './trace-log';

export interface Attempt {
  readonly from: Host;
  readonly protocol: Protocol;
  readonly destination: number;
  /** 0 for ICMP. */
  readonly port: number;
  /** Virtual ms since the epoch. */
  readonly now: number;
  /** In [0,1). */
  readonly random: () => number;
  readonly log: TraceLog | undefined;
  /** Leave nothing behind: no conntrack entry, nobody remembered by `-m recent`. */
  readonly probe: boolean;
  /** The socket's own port; otherwise one is drawn. */
  readonly sourcePort?: number | undefined;
  /** A TCP connection that stays open: `exchange` goes on with it. */
  readonly keepOpen?: boolean;
  /** Datagrams only: may the program behind `socket` answer? It is asked before the answer is sent. */
  readonly answers?: ((socket: Socket, host: Host) => boolean) | undefined;
}

export interface Attempted {
  /** `answered` here means: the handshake came back, or the datagram's answer. What the program then says is the caller's. */
  readonly outcome: Outcome;
  /** Who took it (also when the answer did not come back). */
  readonly host?: Host;
  readonly socket?: Socket;
  /** The peer as the socket sees it. */
  readonly source?: number;
  readonly sourcePort?: number;
  /** Its own address in that connection. */
  readonly destination?: number;
  /** What packets of the caller's socket look like when they leave it. */
  readonly tuple?: Tuple;
}

/** Linux: net.ipv4.ip_local_port_range */
export const FIRST_PORT = 32768;
export const PORTS = 60999 - FIRST_PORT + 1;

/** The address a socket of `host` sends from when it does not say. Undefined without a route. */
function sourceFor(host: Host, destination: number): number | undefined {
  const { local, route, out } = host.decide(destination);
  return local ? destination : route && (route.source ?? out?.address);
}

/** One TCP connection up to the answered SYN, one UDP datagram with its answer, or one ICMP echo. */
export function attempt(request: Attempt): Attempted {
  const { from, protocol, destination, now, random, log, probe } = request;
  const source = sourceFor(from, destination);
  if (source === undefined) return { outcome: 'unreachable' };
  const sourcePort = request.sourcePort ?? FIRST_PORT + Math.floor(random() * PORTS);
  const tuple: Tuple = { source, sourcePort, destination, destinationPort: protocol === 'ICMP' ? sourcePort : request.port };
  const opening = protocol === 'TCP' ? 'SYN' : protocol === 'ICMP' ? 'echo-request' : 'data';
  const skb = newSkb(protocol, tuple, opening);
  const stack = new Stack(now, random, log, probe, from, skb);
  const attempted = run(request, stack, tuple, skb);
  stack.end();
  return attempted;
}

/** What came of packets on an open TCP connection. `reset`: whoever got them knows no such connection, and said so. */
export type Exchanged = 'answered' | 'reset' | 'lost';

/** Goes on with an open TCP connection: data and its answer, or (`end`) its close. `peer` is how it was opened. */
export function exchange(request: Attempt, peer: Required<Attempted>, end: boolean): Exchanged {
  const { from } = request;
  const skb = newSkb('TCP', peer.tuple, end ? 'FIN' : 'data');
  const stack = new Stack(request.now, request.random, request.log, request.probe, from, skb);
  const sent = stack.send(from, skb);
  const exchanged = sent.kind === 'lost' ? 'lost' : arrived(request, peer, end, stack, sent.host, skb);
  stack.end();
  return exchanged;
}

/** A packet of an open connection got to `host`. */
function arrived({ from, log }: Attempt, peer: Required<Attempted>, end: boolean, stack: Stack, host: Host, skb: Skb): Exchanged {
  if (host !== peer.host || skb.source !== peer.source || skb.sourcePort !== peer.sourcePort) {
    log?.loss(host.id, skb, { kind: 'refused', reason: 'no-connection' });
    return returns(stack, host, turnRound(skb, 'RST'), from, peer.tuple) ? 'reset' : 'lost';
  }
  log?.step(host.id, 'deliver', skb, { interface: host.interfaceOf(skb.destination)?.name ?? 'lo' });
  const back = returns(stack, host, turnRound(skb, end ? 'FIN' : 'data'), from, peer.tuple);
  stack.setStates(end ? 'TIME_WAIT' : 'ESTABLISHED');
  return back ? 'answered' : 'lost';
}

/** The other end of an open TCP connection closes it; whether this end hears of it or not. `now` is when that was. */
export function closeFromAfar(request: Attempt, peer: Required<Attempted>): void {
  const { host, socket, destination, source, sourcePort } = peer;
  const tuple = { source: destination, sourcePort: socket.port, destination: source, destinationPort: sourcePort };
  const skb = newSkb('TCP', tuple, 'FIN');
  const stack = new Stack(request.now, request.random, request.log, request.probe, host, skb);
  if (stack.log) stack.log.direction = 'reply';
  const end = stack.send(host, skb);
  if (end.kind === 'delivered' && end.host === request.from && skb.destinationPort === peer.tuple.sourcePort) {
    stack.log?.step(end.host.id, 'deliver', skb);
    stack.setStates('CLOSE_WAIT');
  }
  stack.end();
}

function run(request: Attempt, stack: Stack, tuple: Tuple, skb: Skb): Attempted {
  const { from, protocol, log } = request;
  const end = stack.send(from, skb);
  if (end.kind === 'lost') {
    if (end.local === true) return { outcome: failedCall(protocol, end.loss) };
    if (end.answer === undefined) return { outcome: 'timeout' };
    return { outcome: refusal(stack, end.host, skb, end.answer, from, tuple) };
  }

  const { host } = end;
  if (protocol === 'ICMP') {
    log?.step(host.id, 'deliver', skb);
    const { source } = skb;
    const back = returns(stack, host, turnRound(skb, 'echo-reply'), from, tuple);
    return { outcome: back ? 'answered' : 'timeout', host, source };
  }
  const socket = host.socket(protocol, skb.destinationPort, skb.destination);
  if (!socket) {
    log?.loss(host.id, skb, { kind: 'refused', reason: 'no-listener' });
    return { outcome: refusal(stack, host, skb, protocol === 'TCP' ? 'RST' : 'icmp-port-unreachable', from, tuple) };
  }
  log?.step(host.id, 'deliver', skb, { interface: host.interfaceOf(skb.destination)?.name ?? 'lo' });
  const { source, sourcePort, destination } = skb;
  const answered =
    (protocol === 'TCP' || request.answers?.(socket, host) !== false) &&
    returns(stack, host, turnRound(skb, protocol === 'TCP' ? 'SYN-ACK' : 'data'), from, tuple);
  // The rest of the conversation takes the same way: it only leaves its mark in the connection tables.
  if (answered && protocol === 'TCP') stack.setStates(request.keepOpen ? 'ESTABLISHED' : 'TIME_WAIT');
  return { outcome: answered ? 'answered' : 'timeout', host, socket, source, sourcePort, destination, tuple };
}

/** A system call that fails at once. Linux: sendto() reports what OUTPUT did to a datagram; connect() keeps retrying after a drop. */
function failedCall(protocol: Protocol, loss: Loss): Outcome {
  if (loss.reason === 'no-route') return 'unreachable';
  if (protocol !== 'TCP') return 'EPERM';
  return loss.kind === 'refused' ? 'refused' : 'timeout';
}

/** Sends an answer back; true when the socket that asked gets it. */
function returns(stack: Stack, host: Host, reply: Skb, to: Host, asked: Tuple): boolean {
  if (stack.log) stack.log.direction = 'reply';
  const end = stack.send(host, reply);
  if (end.kind === 'lost') return false;
  const expected =
    end.host === to &&
    reply.source === asked.destination &&
    reply.sourcePort === asked.destinationPort &&
    reply.destination === asked.source &&
    reply.destinationPort === asked.sourcePort;
  if (expected) stack.log?.step(end.host.id, 'deliver', reply);
  else stack.log?.loss(end.host.id, reply, { kind: 'dropped', reason: 'no-listener' });
  return expected;
}

/** A host says no: a reset or an ICMP error travels back. What the client makes of it, if it arrives. */
function refusal(stack: Stack, host: Host, skb: Skb, payload: Packet['payload'], to: Host, asked: Tuple): Outcome {
  const { protocol } = skb;
  if (payload === 'RST') return returns(stack, host, turnRound(skb, 'RST'), to, asked) ? 'refused' : 'timeout';
  if (stack.log) stack.log.direction = 'reply';
  const { source, sourcePort, destination, destinationPort } = skb;
  const quoted = { protocol, source, sourcePort, destination, destinationPort };
  const from = host.isLocal(destination) ? destination : sourceFor(host, source);
  if (from === undefined) return 'timeout';
  const error = newSkb('ICMP', { source: from, sourcePort: 0, destination: source, destinationPort: 0 }, payload, quoted);
  // The error belongs to the connection of the packet that it is about, which may not be in the table yet.
  if (skb.entry) {
    error.entry = skb.entry;
    error.direction = skb.direction === 'original' ? 'reply' : 'original';
    error.state = 'RELATED';
  }
  const end = stack.send(host, error);
  if (end.kind === 'lost') return 'timeout';
  const q = error.quoted!;
  const arrived =
    end.host === to &&
    q.source === asked.source &&
    q.sourcePort === asked.sourcePort &&
    q.destination === asked.destination &&
    q.destinationPort === asked.destinationPort;
  if (!arrived) {
    stack.log?.loss(end.host.id, error, { kind: 'dropped', reason: 'no-listener' });
    return 'timeout';
  }
  stack.log?.step(end.host.id, 'deliver', error);
  return reported(protocol, payload);
}

/** What an ICMP error means to the program: flows in tests/fixtures/recorded. */
function reported(protocol: Protocol, payload: Packet['payload']): Outcome {
  if (payload === 'icmp-time-exceeded') return protocol === 'TCP' ? 'unreachable' : 'timeout';
  if (protocol === 'ICMP') return 'unreachable';
  if (payload === 'icmp-port-unreachable') return 'refused';
  return protocol === 'TCP' ? 'unreachable' : 'timeout';
}
