import type { ConntrackEntry } from './conntrack';
import type { Skb } from './packet';
import type { Place } from './place';

/** Which half of an address pair a hook may rewrite: PREROUTING and OUTPUT the destination, INPUT and POSTROUTING the source. */
export type Manip = 'source' | 'destination';

/** Ports tried before giving up on a free one. Linux: net/netfilter/nf_nat_core.c, NF_NAT_MAX_ATTEMPTS */
const MAX_ATTEMPTS = 128;

/** From now on the connection goes to `address` (and `port`). */
export function setDestination(entry: ConntrackEntry, address: number, port: number | undefined): void {
  const old = entry.replySourcePort;
  if (entry.replySource !== address || (port !== undefined && port !== old)) entry.setReplySource(address, port ?? old);
}

/**
 * From now on the connection comes from `address`, and its packet is rewritten. The port is `port`, or the client's own as long as no
 * other connection would look alike; with `randomFully` any free one. Linux: net/netfilter/nf_nat_core.c, nf_nat_l4proto_unique_tuple
 */
export function setSource(
  { host, skb, random, now }: Pick<Place, 'host' | 'skb' | 'random' | 'now'>,
  entry: ConntrackEntry,
  address: number,
  port: number | undefined,
  randomFully: boolean,
): void {
  const table = host.conntrack;
  const first = port ?? entry.originalSourcePort;
  // An echo's identifier stands in both places.
  const isEcho = skb.protocol === 'ICMP';
  const { replySource, replySourcePort } = entry;
  let chosen = first;
  for (let drawn = randomFully ? 0 : -1; drawn < MAX_ATTEMPTS; drawn++) {
    if (drawn >= 0) chosen = drawPort(first, random);
    if (!table.clashes(entry, replySource, isEcho ? chosen : replySourcePort, address, chosen, now)) break;
  }
  const changed = address !== entry.originalSource || chosen !== entry.originalSourcePort;
  entry.setReplyDestination(address, chosen, isEcho ? chosen : replySourcePort, changed);
  translate(entry, skb, 'source');
}

/** Privileged ports are replaced by privileged ones. */
function drawPort(port: number, random: () => number): number {
  const from = port < 512 ? 1 : port < 1024 ? 600 : 1024;
  const to = port < 512 ? 511 : port < 1024 ? 1023 : 65535;
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
  const original = skb.direction === 'original';
  let port: number;
  if (manip === 'destination') {
    skb.destination = original ? entry.replySource : entry.originalSource;
    port = original ? entry.replySourcePort : entry.originalSourcePort;
    if (skb.quoted) {
      skb.quoted.source = skb.destination;
      skb.quoted.sourcePort = port;
    } else skb.destinationPort = port;
  } else {
    skb.source = original ? entry.replyDestination : entry.originalDestination;
    port = original ? entry.replyDestinationPort : entry.originalDestinationPort;
    if (skb.quoted) {
      skb.quoted.destination = skb.source;
      skb.quoted.destinationPort = port;
    } else skb.sourcePort = port;
  }
  if (skb.protocol === 'ICMP' && !skb.quoted) skb.sourcePort = skb.destinationPort = port;
}
