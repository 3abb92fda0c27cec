import { formatAddress } from './address';
import type { ConntrackEntry, Direction } from './conntrack';
import type { Packet, Protocol } from './trace';

/** Addresses and ports of a flow in one direction. ICMP echo carries its identifier in both ports. */
export interface Tuple {
  source: number;
  sourcePort: number;
  destination: number;
  destinationPort: number;
}

/** How conntrack classifies the packet on the host where it is now. */
export type CtState = 'NONE' | 'INVALID' | 'NEW' | 'RELATED' | 'ESTABLISHED';

/** A packet on its way. One object crosses all hosts and is changed by them; `toPacket` takes a picture of it for the trace. */
export interface Skb extends Tuple {
  protocol: Protocol;
  mark: number;
  ttl: number;
  payload: Packet['payload'];
  /** Length of the IP packet. */
  bytes: number;
  /** For ICMP errors: the head of the packet that they are about. */
  quoted: (Tuple & { protocol: Protocol }) | undefined;
  /** Belong to the host where the packet is; cleared when it leaves. */
  entry: ConntrackEntry | undefined;
  direction: Direction;
  state: CtState;
  /** A raw rule said so. */
  untracked: boolean;
}

/** Linux: a SYN carries 20 bytes of options, later segments 12 (a time stamp); `ping` sends 56 bytes; an ICMP error quotes a packet. */
const BYTES: Readonly<Record<Packet['payload'], number>> = {
  SYN: 60,
  'SYN-ACK': 60,
  RST: 40,
  data: 52,
  FIN: 52,
  'echo-request': 84,
  'echo-reply': 84,
  'icmp-port-unreachable': 88,
  'icmp-net-unreachable': 88,
  'icmp-host-unreachable': 88,
  'icmp-time-exceeded': 88,
};

/** Length of an IP packet, headers included. */
export function bytesOf(payload: Packet['payload']): number {
  return BYTES[payload];
}

/** A fresh packet as a socket or the kernel emits it. */
export function newSkb(protocol: Protocol, tuple: Tuple, payload: Packet['payload'], quoted?: Skb['quoted']): Skb {
  const { source, sourcePort, destination, destinationPort } = tuple;
  return {
    protocol,
    source,
    sourcePort,
    destination,
    destinationPort,
    mark: 0,
    ttl: 64,
    payload,
    bytes: BYTES[payload],
    quoted,
    entry: undefined,
    direction: 'original',
    state: 'NONE',
    untracked: false,
  };
}

/** The answer to a packet that arrived, as its receiver emits it: made of the packet itself, which nobody needs any more. */
export function turnRound(skb: Skb, payload: Packet['payload']): Skb {
  const { source, sourcePort } = skb;
  skb.source = skb.destination;
  skb.sourcePort = skb.destinationPort;
  skb.destination = source;
  skb.destinationPort = sourcePort;
  skb.mark = 0;
  skb.ttl = 64;
  skb.payload = payload;
  skb.bytes = BYTES[payload];
  skb.quoted = undefined;
  skb.entry = undefined;
  skb.direction = 'original';
  skb.state = 'NONE';
  skb.untracked = false;
  return skb;
}

export function toPacket(skb: Skb): Packet {
  const icmp = skb.protocol === 'ICMP';
  return {
    protocol: skb.protocol,
    source: formatAddress(skb.source),
    sourcePort: icmp ? 0 : skb.sourcePort,
    destination: formatAddress(skb.destination),
    destinationPort: icmp ? 0 : skb.destinationPort,
    mark: skb.mark,
    ttl: skb.ttl,
    payload: skb.payload,
    ...(skb.quoted ? { quoted: quotedPacket(skb.quoted) } : icmp ? { identifier: skb.sourcePort } : {}),
  };
}

function quotedPacket({ protocol, source, sourcePort, destination, destinationPort }: NonNullable<Skb['quoted']>) {
  return {
    protocol,
    source: formatAddress(source),
    sourcePort,
    destination: formatAddress(destination),
    destinationPort,
  };
}
