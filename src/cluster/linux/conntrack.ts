import { formatAddress } from './address';
import type { Skb, Tuple } from './packet';
import type { Protocol } from './trace';

export type Direction = 'original' | 'reply';

export type TcpState = 'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'TIME_WAIT' | 'CLOSE';

/** One tracked connection of one host. Plain data. */
export interface ConntrackEntry {
  readonly protocol: Protocol;
  readonly original: Tuple;
  /** What an answer looks like when it reaches this host: the original turned round, unless NAT changed it. */
  readonly reply: Tuple;
  /** Was the source, the destination rewritten? */
  sourceNat: boolean;
  destinationNat: boolean;
  /** nat decides once for each side of a connection. */
  sourceDecided: boolean;
  destinationDecided: boolean;
  /** In the table: its first packet left the host or reached a socket. */
  confirmed: boolean;
  replied: boolean;
  assured: boolean;
  state: TcpState | undefined;
  /** Virtual ms since the epoch. */
  readonly since: number;
  expires: number;
}

/** Timeouts in ms. Linux: net/netfilter/nf_conntrack_proto_{tcp,udp,icmp}.c */
const TCP_TIMEOUT: Readonly<Record<TcpState, number>> = {
  SYN_SENT: 120_000,
  SYN_RECV: 60_000,
  ESTABLISHED: 432_000_000,
  TIME_WAIT: 120_000,
  CLOSE: 10_000,
};
const DATAGRAM_TIMEOUT = 30_000;
/** Datagrams that still go both ways this long after the first are a stream, ms. Linux: nf_conntrack_proto_udp.c */
const STREAM_AFTER = 2000;
const STREAM_TIMEOUT = 120_000;

/** nf_conntrack_max of a small machine. */
const MAX_ENTRIES = 65_536;

const NUMBERS: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132, ICMP: 1 };

/** A small integer that is the same for equal flows; different flows may share it. */
function hashOf(protocol: Protocol, t: Tuple): number {
  let h = Math.imul(t.source ^ NUMBERS[protocol], 0x9e3779b1);
  h = Math.imul((h ^ (h >>> 15)) + t.destination, 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + (t.sourcePort << 16) + t.destinationPort, 0xc2b2ae35);
  return (h ^ (h >>> 16)) & 0x3fffffff;
}

function sameTuple(a: Tuple, b: Tuple): boolean {
  return (
    a.sourcePort === b.sourcePort &&
    a.destinationPort === b.destinationPort &&
    a.source === b.source &&
    a.destination === b.destination
  );
}

function turned(t: Tuple): Tuple {
  return { source: t.destination, sourcePort: t.destinationPort, destination: t.source, destinationPort: t.sourcePort };
}

/** The connection table of one host. */
export class Conntrack {
  /** Oldest first. */
  readonly #entries = new Set<ConntrackEntry>();
  /** Entries by the hash of each of their two tuples. */
  readonly #byHash = new Map<number, ConntrackEntry | ConntrackEntry[]>();

  /** Finds or makes the entry of a packet that enters the host (or is sent by it) and sets its state. */
  track(skb: Skb, now: number): void {
    if (skb.quoted) {
      const answer = turned(skb.quoted);
      const entry = this.#find(skb.quoted.protocol, answer, now);
      skb.entry = entry;
      skb.state = entry ? 'RELATED' : 'INVALID';
      if (entry) skb.direction = sameTuple(answer, entry.original) ? 'original' : 'reply';
      return;
    }
    const opens = skb.payload === 'SYN' || skb.payload === 'data' || skb.payload === 'echo-request';
    let entry = this.#find(skb.protocol, skb, now);
    if (entry && skb.payload === 'SYN' && (entry.state === 'TIME_WAIT' || entry.state === 'CLOSE')) {
      // A client that uses its port again.
      this.remove(entry);
      entry = undefined;
    }
    if (entry) {
      skb.entry = entry;
      skb.direction = sameTuple(skb, entry.original) ? 'original' : 'reply';
      if (skb.protocol === 'UDP' && entry.confirmed) refreshDatagrams(entry, now);
      if (skb.direction === 'reply') this.#reply(entry, skb, now);
      skb.state = entry.replied ? 'ESTABLISHED' : 'NEW';
      return;
    }
    skb.direction = 'original';
    if (!opens) {
      skb.entry = undefined;
      skb.state = 'INVALID';
      return;
    }
    const { source, sourcePort, destination, destinationPort } = skb;
    const original = { source, sourcePort, destination, destinationPort };
    skb.entry = {
      protocol: skb.protocol,
      original,
      reply: turned(original),
      sourceNat: false,
      destinationNat: false,
      sourceDecided: false,
      destinationDecided: false,
      confirmed: false,
      replied: false,
      assured: false,
      // Linux takes up a connection whose beginning it did not see (nf_conntrack_tcp_loose).
      state: skb.protocol !== 'TCP' ? undefined : skb.payload === 'SYN' ? 'SYN_SENT' : 'ESTABLISHED',
      since: now,
      expires: now + (skb.protocol === 'TCP' ? TCP_TIMEOUT.SYN_SENT : DATAGRAM_TIMEOUT),
    };
    skb.state = 'NEW';
  }

  #reply(entry: ConntrackEntry, skb: Skb, now: number): void {
    if (!entry.replied && skb.payload === 'RST') {
      // Linux forgets a connection whose first answer is a reset at once; this packet is still translated.
      entry.replied = true;
      this.remove(entry);
      return;
    }
    entry.replied = true;
    if (entry.protocol === 'TCP') {
      if (entry.state === 'SYN_SENT') setState(entry, 'SYN_RECV', now);
    } else if (entry.protocol !== 'UDP') entry.expires = now + DATAGRAM_TIMEOUT;
  }

  #find(protocol: Protocol, tuple: Tuple, now: number): ConntrackEntry | undefined {
    const found = this.#byHash.get(hashOf(protocol, tuple));
    if (!found) return undefined;
    const is = (e: ConntrackEntry) => e.protocol === protocol && (sameTuple(e.original, tuple) || sameTuple(e.reply, tuple));
    const entry = Array.isArray(found) ? found.find(is) : is(found) ? found : undefined;
    if (!entry || entry.expires > now) return entry;
    this.remove(entry);
    return undefined;
  }

  /** Would answers to `entry` be taken for those of another connection if they looked like `reply`? */
  clashes(entry: ConntrackEntry, reply: Tuple, now: number): boolean {
    const other = this.#find(entry.protocol, reply, now);
    return other !== undefined && other !== entry;
  }

  /** Puts the entry into the table; from now on answers find it. */
  confirm(entry: ConntrackEntry): void {
    if (entry.confirmed) return;
    if (this.#entries.size >= MAX_ENTRIES) this.#dropOldest();
    entry.confirmed = true;
    this.#entries.add(entry);
    this.#link(hashOf(entry.protocol, entry.original), entry);
    this.#link(hashOf(entry.protocol, entry.reply), entry);
  }

  #link(hash: number, entry: ConntrackEntry): void {
    const found = this.#byHash.get(hash);
    if (found === undefined || found === entry) this.#byHash.set(hash, entry);
    else if (Array.isArray(found)) found.push(entry);
    else this.#byHash.set(hash, [found, entry]);
  }

  #unlink(hash: number, entry: ConntrackEntry): void {
    const found = this.#byHash.get(hash);
    if (found === entry) this.#byHash.delete(hash);
    else if (Array.isArray(found)) {
      const rest = found.filter((e) => e !== entry);
      this.#byHash.set(hash, rest.length === 1 ? rest[0]! : rest);
    }
  }

  /** A full table: Linux drops what was not assured, or refuses; here a quarter of the oldest goes at once. */
  #dropOldest(): void {
    let left = MAX_ENTRIES / 4;
    for (const entry of this.#entries) {
      this.remove(entry);
      if (--left === 0) return;
    }
  }

  remove(entry: ConntrackEntry): void {
    if (!this.#entries.delete(entry)) return;
    this.#unlink(hashOf(entry.protocol, entry.original), entry);
    this.#unlink(hashOf(entry.protocol, entry.reply), entry);
  }

  /** Removes the entries for which `test` holds. */
  removeIf(test: (entry: ConntrackEntry) => boolean): void {
    for (const entry of this.#entries) if (test(entry)) this.remove(entry);
  }

  flush(): void {
    this.#entries.clear();
    this.#byHash.clear();
  }

  /** Lines of `conntrack -L`, oldest first. */
  list(now: number, protocol?: Protocol): string {
    let text = '';
    for (const entry of this.#entries) {
      if (entry.expires <= now) this.remove(entry);
      else if (protocol === undefined || entry.protocol === protocol) text += `${formatEntry(entry, now)}\n`;
    }
    return text;
  }
}

function refreshDatagrams(entry: ConntrackEntry, now: number): void {
  const stream = entry.replied && now - entry.since > STREAM_AFTER;
  if (stream) entry.assured = true;
  entry.expires = now + (stream ? STREAM_TIMEOUT : DATAGRAM_TIMEOUT);
}

/** A TCP connection goes on outside the simulated packets (handshake, data, close): sets where it stands. */
export function setState(entry: ConntrackEntry, state: TcpState, now: number): void {
  entry.state = state;
  entry.expires = now + TCP_TIMEOUT[state];
  if (state === 'ESTABLISHED' || state === 'TIME_WAIT') entry.assured = true;
}

/** As `conntrack -L` prints it: `tcp      6 119 TIME_WAIT src=… dst=… sport=… dport=… src=… [ASSURED] mark=0 use=1`. */
export function formatEntry(entry: ConntrackEntry, now: number): string {
  // A timer that was just set reads one second less.
  const seconds = Math.max(0, Math.ceil((entry.expires - now) / 1000) - 1);
  const name = entry.protocol.toLowerCase().padEnd(8);
  const state = entry.state ? ` ${entry.state}` : '';
  const unreplied = entry.replied ? '' : ' [UNREPLIED]';
  const assured = entry.assured ? ' [ASSURED]' : '';
  return `${name} ${NUMBERS[entry.protocol]} ${seconds}${state} ${tuple(entry, 'original')}${unreplied} ${tuple(entry, 'reply')}${assured} mark=0 use=1`;
}

function tuple(entry: ConntrackEntry, direction: Direction): string {
  const t = entry[direction];
  const addresses = `src=${formatAddress(t.source)} dst=${formatAddress(t.destination)}`;
  if (entry.protocol === 'ICMP') return `${addresses} type=${direction === 'original' ? 8 : 0} code=0 id=${t.sourcePort}`;
  return `${addresses} sport=${t.sourcePort} dport=${t.destinationPort}`;
}
