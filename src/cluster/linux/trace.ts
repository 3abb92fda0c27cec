/**
 * What happened to one connection attempt (or datagram, or echo request), hop by hop.
 * Maps, lists and explanations are all drawn from this; it is data only and carries no prose: a `reason` is a code
 * with parameters which the page words in the reader's language.
 */
export type Protocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP';

/** The header fields that netfilter and routing look at. */
export interface Packet {
  readonly protocol: Protocol;
  /** IPv4 address. */
  readonly source: string;
  /** 0 for ICMP. */
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** nfmark (kube-proxy uses 0x4000). */
  readonly mark: number;
  readonly ttl: number;
  /** What it carries: a TCP flag set, a datagram, or an ICMP message. */
  readonly payload:
    | 'SYN'
    | 'SYN-ACK'
    | 'RST'
    | 'data'
    | 'FIN'
    | 'echo-request'
    | 'echo-reply'
    | 'icmp-port-unreachable'
    | 'icmp-net-unreachable'
    | 'icmp-host-unreachable'
    | 'icmp-time-exceeded';
  /** Of an echo. */
  readonly identifier?: number;
  /** Of an ICMP error: what it is about. */
  readonly quoted?: Pick<Packet, 'protocol' | 'source' | 'sourcePort' | 'destination' | 'destinationPort'>;
}

/**
 * One step of a packet. `stage`:
 * send (a socket emits it) · route (a routing decision) · rule (a netfilter rule matched) · conntrack (an entry was made, or an
 * entry translated the packet) · transmit (leaves by `interface` towards `to`) · receive (arrives at `interface`) ·
 * deliver (a socket takes it) · loss (it ends here: see `loss`).
 */
export interface Hop {
  /** `internet`, `vm`, `router`, `control-plane`, `node:NAME`, `pod:NAMESPACE/NAME`, `lb:NAMESPACE/NAME`. */
  readonly host: string;
  readonly direction: 'request' | 'reply';
  /** Connections behind a proxy (a load balancer) are legs of one trace: 0 client to proxy, 1 proxy to backend. */
  readonly leg: number;
  readonly stage: 'send' | 'route' | 'rule' | 'conntrack' | 'transmit' | 'receive' | 'deliver' | 'loss';
  readonly interface?: string;
  /** Where `transmit` goes: the next host. */
  readonly to?: string;
  /** netfilter place: hook, table and chain, for `rule` and rule-made losses. */
  readonly hook?: 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
  readonly table?: string;
  readonly chain?: string;
  /** The rule's own text as `iptables-save` or `nft list` prints it, or the route's as `ip route` prints it, or the conntrack entry's as `conntrack -L` prints it. */
  readonly text?: string;
  /** nft: the element of a map that matched, e.g. `10.96.0.1 . tcp . 443 : goto service-…`. */
  readonly element?: string;
  /** `conntrack`: whether this packet made the entry in `text`, or the host knew the connection already. */
  readonly entry?: 'made' | 'used';
  readonly before: Packet;
  readonly after: Packet;
  readonly loss?: Loss;
}

export interface Loss {
  readonly kind: 'refused' | 'dropped' | 'unreachable' | 'timeout';
  /**
   * no-listener (no socket: RST or port unreachable) · no-connection (a packet of a connection that began elsewhere: RST) · reject-rule · drop-rule · no-route · no-neighbour (nobody has that address on the link) ·
   * ttl-exceeded · not-ours (arrived at a host that does not forward) · martian (comes from outside with an address of this host, or
   * goes to 127.0.0.0/8) · rp-filter (answers would leave by another interface) · no-backend (a proxy without members)
   */
  readonly reason:
    | 'no-listener'
    | 'no-connection'
    | 'reject-rule'
    | 'drop-rule'
    | 'no-route'
    | 'no-neighbour'
    | 'ttl-exceeded'
    | 'not-ours'
    | 'martian'
    | 'rp-filter'
    | 'no-backend';
}

/** As in real probes: see tests/fixtures/recorded. `connected`: handshake but no byte; `closed`: handshake, then end of stream. */
export type Outcome = 'answered' | 'refused' | 'timeout' | 'unreachable' | 'connected' | 'closed' | 'EPERM';

export interface Trace {
  /** Counts up within a cluster. */
  readonly id: number;
  /** Virtual time, ms since the epoch. */
  readonly time: number;
  readonly from: string;
  readonly protocol: Protocol;
  readonly destination: string;
  readonly destinationPort: number;
  readonly outcome: Outcome;
  /** Name of whoever answered: `p1` for a pod in any namespace, `vm`, `internet`; absent when nobody did. */
  readonly backend?: string;
  /** Host id of whoever answered, e.g. `pod:default/p1`. */
  readonly backendHost?: string;
  /** The peer address the answering socket saw. */
  readonly sourceSeen?: string;
  readonly sourcePortSeen?: number;
  readonly hops: readonly Hop[];
}
