import { formatAddress } from './address';
import type { Skb, Tuple } from './packet';
import type { Protocol } from './trace';

export type Direction = 'original' | 'reply';

export type ConntrackEvent = 'NEW' | 'UPDATE' | 'DESTROY';
type ConntrackListener = (event: ConntrackEvent, entry: ConntrackEntry) => void;

export type TcpState = 'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'TIME_WAIT' | 'CLOSE' | 'CLOSE_WAIT';

const TCP_STATES: readonly TcpState[] = ['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT'];
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP', 'ICMP'];

function codeOf(protocol: Protocol): number {
  return protocol === 'TCP' ? 0 : PROTOCOLS.indexOf(protocol);
}

// A record of the table: integers and two doubles, one cache line. Ports of a flow share an integer.
const RECORD = 16;
const ORIGINAL = 0;
const REPLY = 3;
const FLAGS = 6;
/** The next flow in the same bucket, for both flows of the record. */
const NEXT = 7;
/** Grows from record to record in the order in which they were confirmed, and starts over after 2^32. */
const STAMP = 9;
// In doubles. What every packet looks at stands in the first 48 bytes: a block's first record begins 16 bytes into a cache line.
const EXPIRES = 5;
const SINCE = 6;

// Bits of FLAGS.
const PROTOCOL_BITS = 3;
/** 0: none, otherwise one more than the place in TCP_STATES. */
const STATE_SHIFT = 2;
const STATE_BITS = 7 << STATE_SHIFT;
const SOURCE_NAT = 1 << 5;
const DESTINATION_NAT = 1 << 6;
const SOURCE_DECIDED = 1 << 7;
const DESTINATION_DECIDED = 1 << 8;
const CONFIRMED = 1 << 9;
const REPLIED = 1 << 10;
const ASSURED = 1 << 11;
/** The record waits to be used again. */
const FREE = 1 << 12;
/** The flow is in its bucket, which goes without saying once it is confirmed: a client uses its port again. */
const LINKED_ORIGINAL = 1 << 13;
const LINKED_REPLY = 1 << 14;

/** Timeouts in ms. Linux: net/netfilter/nf_conntrack_proto_{tcp,udp,icmp}.c */
const TCP_TIMEOUT: Readonly<Record<TcpState, number>> = {
  SYN_SENT: 120_000,
  SYN_RECV: 60_000,
  ESTABLISHED: 432_000_000,
  TIME_WAIT: 120_000,
  CLOSE: 10_000,
  CLOSE_WAIT: 60_000,
};
const TIMEOUTS = [0, ...TCP_STATES.map((state) => TCP_TIMEOUT[state])];
const DATAGRAM_TIMEOUT = 30_000;
/** Datagrams that still go both ways this long after the first are a stream, ms. Linux: nf_conntrack_proto_udp.c */
const STREAM_AFTER = 2000;
const STREAM_TIMEOUT = 120_000;

/** nf_conntrack_max of a small machine. */
const MAX_ENTRIES = 65_536;

const NUMBERS: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132, ICMP: 1 };

/**
 * One tracked connection of one host: a view of its record in the table, good for as long as the packet that it belongs to is on its way.
 * `reply` is what an answer looks like when it reaches this host: the original turned round, unless NAT changed it.
 */
export class ConntrackEntry {
  /** What the packets of one attempt touched before. */
  before: ConntrackEntry | undefined = undefined;

  constructor(
    readonly table: Conntrack,
    readonly slot: number,
  ) {}

  get protocol(): Protocol {
    return PROTOCOLS[this.table.get(this.slot, FLAGS) & PROTOCOL_BITS]!;
  }

  get original(): Tuple {
    return this.table.tuple(this.slot, ORIGINAL);
  }

  get reply(): Tuple {
    return this.table.tuple(this.slot, REPLY);
  }

  get originalSource(): number {
    return this.table.get(this.slot, ORIGINAL);
  }

  get originalSourcePort(): number {
    return this.table.get(this.slot, ORIGINAL + 2) >>> 16;
  }

  get originalDestination(): number {
    return this.table.get(this.slot, ORIGINAL + 1);
  }

  get originalDestinationPort(): number {
    return this.table.get(this.slot, ORIGINAL + 2) & 0xffff;
  }

  get replySource(): number {
    return this.table.get(this.slot, REPLY);
  }

  get replySourcePort(): number {
    return this.table.get(this.slot, REPLY + 2) >>> 16;
  }

  get replyDestination(): number {
    return this.table.get(this.slot, REPLY + 1);
  }

  get replyDestinationPort(): number {
    return this.table.get(this.slot, REPLY + 2) & 0xffff;
  }

  /** NAT: answers come from there. */
  setReplySource(address: number, port: number): void {
    this.table.unlinkReply(this.slot);
    this.table.set(this.slot, REPLY, address);
    this.table.set(this.slot, REPLY + 2, (port << 16) | this.replyDestinationPort);
    this.flag(DESTINATION_NAT);
  }

  /** NAT: answers go there. `changed`: that is not where the connection came from. */
  setReplyDestination(address: number, port: number, sourcePort: number, changed: boolean): void {
    this.table.unlinkReply(this.slot);
    this.table.set(this.slot, REPLY + 1, address);
    this.table.set(this.slot, REPLY + 2, (sourcePort << 16) | port);
    if (changed) this.flag(SOURCE_NAT);
  }

  /** Was the source, the destination rewritten? */
  get sourceNat(): boolean {
    return this.has(SOURCE_NAT);
  }

  get destinationNat(): boolean {
    return this.has(DESTINATION_NAT);
  }

  /** nat decides once for each side of a connection. True: this is that time. */
  decide(manip: 'source' | 'destination'): boolean {
    const bit = manip === 'source' ? SOURCE_DECIDED : DESTINATION_DECIDED;
    if (this.has(bit)) return false;
    this.flag(bit);
    return true;
  }

  /** In the table: its first packet left the host or reached a socket. */
  get confirmed(): boolean {
    return this.has(CONFIRMED);
  }

  get replied(): boolean {
    return this.has(REPLIED);
  }

  get assured(): boolean {
    return this.has(ASSURED);
  }

  get state(): TcpState | undefined {
    const state = (this.table.get(this.slot, FLAGS) & STATE_BITS) >> STATE_SHIFT;
    return state === 0 ? undefined : TCP_STATES[state - 1];
  }

  /** Virtual ms since the epoch. */
  get expires(): number {
    return this.table.time(this.slot, EXPIRES);
  }

  private has(bit: number): boolean {
    return (this.table.get(this.slot, FLAGS) & bit) !== 0;
  }

  private flag(bit: number): void {
    this.table.set(this.slot, FLAGS, this.table.get(this.slot, FLAGS) | bit);
  }

  /** The first answer came. */
  answered(): void {
    this.flag(REPLIED);
  }

  /** Datagrams keep a connection alive. */
  refresh(now: number): void {
    const stream = this.replied && now - this.table.time(this.slot, SINCE) > STREAM_AFTER;
    if (stream) this.flag(ASSURED);
    this.table.setTime(this.slot, EXPIRES, now + (stream ? STREAM_TIMEOUT : DATAGRAM_TIMEOUT));
  }

  /** A TCP connection goes on outside the simulated packets (handshake, data, close): sets where it stands. */
  setState(state: TcpState, now: number): void {
    const code = state === 'TIME_WAIT' ? 4 : TCP_STATES.indexOf(state) + 1;
    const assured = state === 'ESTABLISHED' || state === 'TIME_WAIT' || state === 'CLOSE_WAIT' ? ASSURED : 0;
    const old = this.table.get(this.slot, FLAGS);
    const flags = (old & ~STATE_BITS) | (code << STATE_SHIFT) | assured;
    this.table.set(this.slot, FLAGS, flags);
    this.table.setTime(this.slot, EXPIRES, now + TIMEOUTS[code]!);
    if (flags & CONFIRMED && flags !== old) this.table.tell('UPDATE', this.slot);
  }
}

function mixed(address: number, port: number): number {
  const h = Math.imul(address ^ (port * 0x10001), 0x9e3779b1);
  return Math.imul(h ^ (h >>> 15), 0x85ebca6b);
}

/**
 * A number that is the same for equal flows, and for a flow and its answers: both are then looked for in the same place, unless NAT
 * changed one. Different flows may share it.
 */
function hashOf(protocol: number, source: number, destination: number, ports: number): number {
  const h = mixed(source, ports >>> 16) + mixed(destination, ports & 0xffff) + protocol;
  return h ^ (h >>> 13) ^ (h >>> 20);
}

const FEWEST = 16;

/**
 * The connection table of one host. Flows of both directions are in one hash table. Records are numbers in one block of memory: a full
 * table of objects would keep the garbage collector busy. They know their age but not their neighbours: what a large table costs is
 * memory that is not in the processor's cache. (`private` and not `#`, as in `Step`.)
 */
export class Conntrack {
  private numbers = new Int32Array(0);
  private times = new Float64Array(0);
  /** Number of the first flow in each bucket, plus 1; a flow's number is twice its record's, plus 1 for the reply. */
  private buckets = new Int32Array(0);
  private confirmed = 0;
  /** Records in use or free: those beyond were never used. */
  private used = 0;
  private stamp = 0;
  /** Packets that belong to no connection, and connections that a full table dropped. */
  invalid = 0;
  earlyDrops = 0;
  private readonly listeners = new Set<ConntrackListener>();
  /** Records that may be used again, first in first out so that what was just removed stays readable. */
  private free: number[] = [];
  private firstFree = 0;

  get size(): number {
    return this.confirmed;
  }

  /** Has `listener` told of what happens to the connections in this table, until the function that it returns is called. */
  listen(listener: ConntrackListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells whoever listens what happened to the connection in a record. */
  tell(event: ConntrackEvent, slot: number): void {
    if (this.listeners.size === 0) return;
    const entry = new ConntrackEntry(this, slot);
    for (const listener of [...this.listeners]) listener(event, entry);
  }

  get(slot: number, field: number): number {
    return this.numbers[slot * RECORD + field]!;
  }

  set(slot: number, field: number, value: number): void {
    this.numbers[slot * RECORD + field] = value;
  }

  time(slot: number, field: number): number {
    return this.times[(slot * RECORD) / 2 + field]!;
  }

  setTime(slot: number, field: number, value: number): void {
    this.times[(slot * RECORD) / 2 + field] = value;
  }

  tuple(slot: number, flow: number): Tuple {
    const ports = this.get(slot, flow + 2);
    return {
      source: this.get(slot, flow),
      sourcePort: ports >>> 16,
      destination: this.get(slot, flow + 1),
      destinationPort: ports & 0xffff,
    };
  }

  /** Finds or makes the entry of a packet that enters the host (or is sent by it) and sets its state. */
  track(skb: Skb, now: number): ConntrackEntry | undefined {
    const { payload, protocol, quoted } = skb;
    const code = codeOf(quoted ? quoted.protocol : protocol);
    if (quoted) {
      const { source, sourcePort, destination, destinationPort } = quoted;
      const flow = this.find(code, destination, source, (destinationPort << 16) | sourcePort, now);
      skb.entry = flow < 0 ? undefined : new ConntrackEntry(this, flow >> 1);
      skb.state = flow < 0 ? 'INVALID' : 'RELATED';
      if (flow < 0) this.invalid++;
      if (flow >= 0) skb.direction = flow & 1 ? 'reply' : 'original';
      return skb.entry;
    }
    const { source, destination } = skb;
    const ports = (skb.sourcePort << 16) | skb.destinationPort;
    const flow = this.find(code, source, destination, ports, now);
    let slot = -1;
    if (flow >= 0) {
      const entry = new ConntrackEntry(this, flow >> 1);
      // Otherwise it is a client that uses its port again.
      if (payload !== 'SYN' || (entry.state !== 'TIME_WAIT' && entry.state !== 'CLOSE')) {
        skb.entry = entry;
        skb.direction = flow & 1 ? 'reply' : 'original';
        if (protocol === 'UDP' && entry.confirmed) entry.refresh(now);
        if (flow & 1) this.reply(entry, skb, now);
        skb.state = entry.replied ? 'ESTABLISHED' : 'NEW';
        return entry;
      }
      slot = entry.slot;
    }
    skb.direction = 'original';
    if (payload !== 'SYN' && payload !== 'data' && payload !== 'echo-request') {
      skb.entry = undefined;
      skb.state = 'INVALID';
      this.invalid++;
      return undefined;
    }
    // Linux takes up a connection whose beginning it did not see (nf_conntrack_tcp_loose).
    const state = protocol !== 'TCP' ? 0 : payload === 'SYN' ? 1 : 3;
    const linked = slot < 0 ? 0 : this.reuse(slot, flow & 1);
    if (slot < 0) slot = this.allocate();
    const numbers = this.numbers;
    const at = slot * RECORD;
    numbers[at + ORIGINAL] = numbers[at + REPLY + 1] = source;
    numbers[at + ORIGINAL + 1] = numbers[at + REPLY] = destination;
    numbers[at + ORIGINAL + 2] = ports;
    numbers[at + REPLY + 2] = (skb.destinationPort << 16) | skb.sourcePort;
    numbers[at + FLAGS] = code | (state << STATE_SHIFT) | linked;
    this.times[at / 2 + SINCE] = now;
    this.times[at / 2 + EXPIRES] = now + (protocol === 'TCP' ? TCP_TIMEOUT.SYN_SENT : DATAGRAM_TIMEOUT);
    skb.entry = new ConntrackEntry(this, slot);
    skb.state = 'NEW';
    return skb.entry;
  }

  private reply(entry: ConntrackEntry, skb: Skb, now: number): void {
    const first = !entry.replied;
    entry.answered();
    if (first && skb.payload === 'RST') {
      // Linux forgets a connection whose first answer is a reset at once; this packet is still translated.
      this.remove(entry);
      return;
    }
    if (skb.protocol === 'TCP') {
      if (first && entry.state === 'SYN_SENT') entry.setState('SYN_RECV', now);
      return;
    }
    if (skb.protocol !== 'UDP') this.setTime(entry.slot, EXPIRES, now + DATAGRAM_TIMEOUT);
    if (first) this.tell('UPDATE', entry.slot);
  }

  /** The flow's number, or -1. */
  private find(protocol: number, source: number, destination: number, ports: number, now: number): number {
    const numbers = this.numbers;
    const buckets = this.buckets;
    const hash = hashOf(protocol, source, destination, ports);
    let flow = buckets.length === 0 ? -1 : buckets[hash & (buckets.length - 1)]! - 1;
    while (flow >= 0) {
      const at = (flow >> 1) * RECORD;
      const tuple = at + (flow & 1) * REPLY;
      if (
        numbers[tuple + 2] === ports &&
        numbers[tuple] === source &&
        numbers[tuple + 1] === destination &&
        (numbers[at + FLAGS]! & (PROTOCOL_BITS | CONFIRMED)) === (protocol | CONFIRMED)
      )
        break;
      flow = numbers[at + NEXT + (flow & 1)]! - 1;
    }
    if (flow < 0 || this.time(flow >> 1, EXPIRES) > now) return flow;
    this.removeSlot(flow >> 1);
    return -1;
  }

  /** Would answers to `entry` be taken for those of another connection if they looked like that? */
  clashes(entry: ConntrackEntry, source: number, sourcePort: number, destination: number, port: number, now: number): boolean {
    const protocol = this.get(entry.slot, FLAGS) & PROTOCOL_BITS;
    const other = this.find(protocol, source, destination, (sourcePort << 16) | port, now);
    return other >= 0 && other >> 1 !== entry.slot;
  }

  private allocate(): number {
    if (this.firstFree < this.free.length) {
      const slot = this.free[this.firstFree++]!;
      if (2 * this.firstFree >= this.free.length) {
        this.free = this.free.slice(this.firstFree);
        this.firstFree = 0;
      }
      return slot;
    }
    if ((this.used + 1) * RECORD > this.numbers.length) {
      const block = new ArrayBuffer(Math.max(FEWEST, 2 * this.used) * RECORD * 4);
      const numbers = new Int32Array(block);
      numbers.set(this.numbers);
      this.numbers = numbers;
      this.times = new Float64Array(block);
    }
    return this.used++;
  }

  /** Its packet was lost before it was confirmed. */
  release({ slot }: ConntrackEntry): void {
    const flags = this.get(slot, FLAGS);
    if (flags & (CONFIRMED | FREE)) return;
    if (flags & LINKED_ORIGINAL) this.unlink(slot, 0);
    this.unlinkReply(slot);
    this.set(slot, FLAGS, (flags & ~(LINKED_ORIGINAL | LINKED_REPLY)) | FREE);
    this.free.push(slot);
  }

  /** Puts the entry into the table; from now on answers find it. */
  confirm({ slot }: ConntrackEntry): void {
    const at = slot * RECORD;
    if (this.numbers[at + FLAGS]! & CONFIRMED) return;
    if (this.confirmed >= MAX_ENTRIES) this.dropOldest();
    if (3 * this.confirmed >= this.buckets.length) this.grow();
    const numbers = this.numbers;
    const flags = numbers[at + FLAGS]!;
    numbers[at + FLAGS] = (flags & ~(LINKED_ORIGINAL | LINKED_REPLY)) | CONFIRMED;
    numbers[at + STAMP] = this.stamp = (this.stamp + 1) | 0;
    this.confirmed++;
    if (!(flags & LINKED_ORIGINAL)) this.link(slot, 0);
    if (!(flags & LINKED_REPLY)) this.link(slot, 1);
    this.tell('NEW', slot);
  }

  private bucketOf(slot: number, reply: number): number {
    const at = slot * RECORD;
    const tuple = at + reply * REPLY;
    const numbers = this.numbers;
    const hash = hashOf(numbers[at + FLAGS]! & PROTOCOL_BITS, numbers[tuple]!, numbers[tuple + 1]!, numbers[tuple + 2]!);
    return hash & (this.buckets.length - 1);
  }

  private link(slot: number, reply: number): void {
    const bucket = this.bucketOf(slot, reply);
    this.numbers[slot * RECORD + NEXT + reply] = this.buckets[bucket]!;
    this.buckets[bucket] = slot * 2 + reply + 1;
  }

  private unlink(slot: number, reply: number): void {
    const bucket = this.bucketOf(slot, reply);
    const numbers = this.numbers;
    const flow = slot * 2 + reply + 1;
    const next = numbers[slot * RECORD + NEXT + reply]!;
    let each = this.buckets[bucket]!;
    if (each === flow) {
      this.buckets[bucket] = next;
      return;
    }
    while (each > 0) {
      const link = ((each - 1) >> 1) * RECORD + NEXT + ((each - 1) & 1);
      each = numbers[link]!;
      if (each !== flow) continue;
      numbers[link] = next;
      return;
    }
  }

  private grow(): void {
    this.buckets = new Int32Array(Math.max(4 * FEWEST, 2 * this.buckets.length));
    for (let slot = 0; slot < this.used; slot++) {
      const flags = this.get(slot, FLAGS);
      if (flags & (CONFIRMED | LINKED_ORIGINAL)) this.link(slot, 0);
      if (flags & (CONFIRMED | LINKED_REPLY)) this.link(slot, 1);
    }
  }

  /** A full table: Linux drops what was not assured, or refuses; here a quarter of the oldest goes at once. */
  private dropOldest(): void {
    this.earlyDrops += MAX_ENTRIES / 4;
    for (const slot of this.byAge().slice(0, MAX_ENTRIES / 4)) this.removeSlot(slot);
  }

  remove({ slot }: ConntrackEntry): void {
    if (this.isConfirmed(slot)) this.removeSlot(slot);
  }

  private removeSlot(slot: number): void {
    this.take(slot);
    this.numbers[slot * RECORD + FLAGS]! |= FREE;
    this.free.push(slot);
  }

  private take(slot: number): void {
    this.tell('DESTROY', slot);
    this.confirmed--;
    this.unlink(slot, 0);
    this.unlink(slot, 1);
    this.numbers[slot * RECORD + FLAGS]! &= ~CONFIRMED;
  }

  /** Ends a connection whose record goes on with a new one that looks like one of its flows. The flags of what stays in its bucket. */
  private reuse(slot: number, reply: number): number {
    if (reply) {
      this.take(slot);
      return 0;
    }
    this.tell('DESTROY', slot);
    this.confirmed--;
    // without NAT the answers to both look the same
    if (!(this.get(slot, FLAGS) & (SOURCE_NAT | DESTINATION_NAT))) return LINKED_ORIGINAL | LINKED_REPLY;
    this.unlink(slot, 1);
    return LINKED_ORIGINAL;
  }

  /** The reply of an unconfirmed connection is about to look otherwise. */
  unlinkReply(slot: number): void {
    const flags = this.get(slot, FLAGS);
    if (!(flags & LINKED_REPLY)) return;
    this.unlink(slot, 1);
    this.set(slot, FLAGS, flags & ~LINKED_REPLY);
  }

  private isConfirmed(slot: number): boolean {
    return (this.numbers[slot * RECORD + FLAGS]! & CONFIRMED) !== 0;
  }

  /** Records in the table, oldest first. */
  private byAge(): number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < this.used; slot++) if (this.isConfirmed(slot)) slots.push(slot);
    return slots.sort((a, b) => (this.get(a, STAMP) - this.get(b, STAMP)) | 0);
  }

  /** Removes the entries for which `test` holds. */
  removeIf(test: (entry: ConntrackEntry) => boolean): void {
    for (let slot = 0; slot < this.used; slot++) {
      if (this.isConfirmed(slot) && test(new ConntrackEntry(this, slot))) this.removeSlot(slot);
    }
  }

  flush(): void {
    this.removeIf(() => true);
  }

  /** What has not expired, oldest first. */
  entries(now: number): ConntrackEntry[] {
    this.removeIf(({ expires }) => expires <= now);
    return this.byAge().map((slot) => new ConntrackEntry(this, slot));
  }

  /** Lines of `conntrack -L`, oldest first. */
  list(now: number, protocol?: Protocol): string {
    return this.entries(now)
      .filter((entry) => protocol === undefined || entry.protocol === protocol)
      .map((entry) => `${formatEntry(entry, now)}\n`)
      .join('');
  }
}

/** As `conntrack -L` prints it: `tcp      6 119 TIME_WAIT src=… dst=… sport=… dport=… src=… [ASSURED] mark=0 use=1`. */
export function formatEntry(entry: ConntrackEntry, now: number): string {
  // A timer that was just set reads one second less.
  const seconds = Math.max(0, Math.ceil((entry.expires - now) / 1000) - 1);
  return `${formatConnection(entry, seconds)} mark=0 use=1`;
}

/** A connection without what belongs to its place in the table. `seconds` it has left. `reset`: its first answer was a reset. */
export function formatConnection(entry: ConntrackEntry, seconds: number | undefined, reset = false): string {
  const name = entry.protocol.toLowerCase().padEnd(8);
  const left = seconds === undefined ? '' : ` ${seconds}`;
  const state = entry.state ? ` ${reset ? 'CLOSE' : entry.state}` : '';
  const unreplied = entry.replied && !reset ? '' : ' [UNREPLIED]';
  const assured = entry.assured ? ' [ASSURED]' : '';
  return `${name} ${NUMBERS[entry.protocol]}${left}${state} ${tuple(entry, 'original')}${unreplied} ${tuple(entry, 'reply')}${assured}`;
}

function tuple(entry: ConntrackEntry, direction: Direction): string {
  const t = entry[direction];
  const addresses = `src=${formatAddress(t.source)} dst=${formatAddress(t.destination)}`;
  if (entry.protocol === 'ICMP') return `${addresses} type=${direction === 'original' ? 8 : 0} code=0 id=${t.sourcePort}`;
  return `${addresses} sport=${t.sourcePort} dport=${t.destinationPort}`;
}
