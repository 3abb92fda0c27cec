import type { Conntrack, ConntrackEntry } from './conntrack';
import type { Skb, Tuple } from './packet';

/** Which half of an address pair a hook may rewrite: PREROUTING and OUTPUT the destination, INPUT and POSTROUTING the source. */
export type Manip = 'source' | 'destination';

/** Ports tried before giving up on a free one. Linux: net/netfilter/nf_nat_core.c, NF_NAT_MAX_ATTEMPTS */
const MAX_ATTEMPTS = 128;

/** From now on the connection goes to `address` (and `port`). */
export function setDestination(entry: ConntrackEntry, address: number, port: number | undefined): void {
  const reply = entry.reply;
  if (reply.source === address && (port === undefined || reply.sourcePort === port)) return;
  reply.source = address;
  if (port !== undefined) reply.sourcePort = port;
  entry.destinationNat = true;
}

export interface SourceChoice {
  readonly address: number;
  readonly port?: number;
  /** `--random-fully`: any free port. Otherwise the client's own port stays when it is free. */
  readonly randomFully?: boolean;
}

/**
 * From now on the connection comes from `address`. The port is kept, given, or drawn by `random` (in [0,1)).
 * Linux: net/netfilter/nf_nat_core.c, nf_nat_l4proto_unique_tuple
 */
export function setSource(
  entry: ConntrackEntry,
  choice: SourceChoice,
  table: Conntrack,
  random: () => number,
  now: number,
): void {
  const wanted: Tuple = { ...entry.reply, destination: choice.address };
  const port = choice.port ?? entry.original.sourcePort;
  setPort(entry, wanted, port);
  if (choice.randomFully || table.clashes(entry, wanted, now)) {
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      setPort(entry, wanted, drawPort(port, random));
      if (!table.clashes(entry, wanted, now)) break;
    }
  }
  entry.sourceNat ||= wanted.destination !== entry.original.source || wanted.destinationPort !== entry.original.sourcePort;
  Object.assign(entry.reply, wanted);
}

function setPort(entry: ConntrackEntry, reply: Tuple, port: number): void {
  reply.destinationPort = port;
  // An echo's identifier stands in both places.
  if (entry.protocol === 'ICMP') reply.sourcePort = port;
}

/** Privileged ports are replaced by privileged ones. */
function drawPort(port: number, random: () => number): number {
  const [from, to] = port < 512 ? [1, 511] : port < 1024 ? [600, 1023] : [1024, 65535];
  return from + Math.floor(random() * (to - from + 1));
}

/** Does this connection rewrite the `manip` half of packets in the direction of `skb`? */
export function rewrites(entry: ConntrackEntry, skb: Skb, manip: Manip): boolean {
  const original = skb.direction === 'original';
  // Answers are translated the other way round: what was a new destination is a source to be put back.
  return original === (manip === 'destination') ? entry.destinationNat : entry.sourceNat;
}

/** Rewrites a packet (or what an ICMP error quotes) as its connection says. Linux: nf_nat_packet, nf_nat_icmp_reply_translation */
export function translate(entry: ConntrackEntry, skb: Skb, manip: Manip): void {
  // What this packet should look like when it has left the host: the other direction's tuple turned round.
  const other = skb.direction === 'original' ? entry.reply : entry.original;
  if (manip === 'destination') {
    skb.destination = other.source;
    if (skb.quoted) {
      skb.quoted.source = other.source;
      skb.quoted.sourcePort = other.sourcePort;
    } else {
      skb.destinationPort = other.sourcePort;
    }
  } else {
    skb.source = other.destination;
    if (skb.quoted) {
      skb.quoted.destination = other.destination;
      skb.quoted.destinationPort = other.destinationPort;
    } else {
      skb.sourcePort = other.destinationPort;
    }
  }
  if (skb.protocol === 'ICMP' && !skb.quoted)
    skb.sourcePort = skb.destinationPort = manip === 'destination' ? other.sourcePort : other.destinationPort;
}
