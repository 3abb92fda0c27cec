import type { Prefix } from './address';

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

export type TransportName = 'tcp' | 'udp' | 'sctp' | 'icmp';

/** A field of a rule that `!` can turn round. */
export interface Negatable<T> {
  readonly value: T;
  readonly negated?: boolean;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** One `-m MODULE ...` of a rule, in the order it was written. */
export type Match =
  | { readonly module: 'comment'; readonly comment: string }
  | {
      readonly module: 'tcp' | 'udp' | 'sctp';
      readonly sourcePort?: Negatable<PortRange>;
      readonly destinationPort?: Negatable<PortRange>;
    }
  | {
      readonly module: 'addrtype';
      readonly sourceType?: Negatable<AddressType>;
      readonly destinationType?: Negatable<AddressType>;
    }
  | { readonly module: 'mark'; readonly mark: number; readonly mask: number; readonly negated?: boolean }
  | { readonly module: 'conntrack'; readonly states: readonly ConntrackState[]; readonly negated?: boolean }
  /** `probability` is the kernel's 31-bit fraction: 0.5 is 0x40000000. */
  | { readonly module: 'statistic'; readonly probability: number }
  | {
      readonly module: 'recent';
      readonly action: 'set' | 'rcheck';
      readonly seconds?: number;
      readonly reap?: boolean;
      readonly name: string;
      readonly mask: string;
    }
  | { readonly module: 'nfacct'; readonly name: string };

export type AddressType = 'LOCAL' | 'UNICAST';

export type ConntrackState = 'INVALID' | 'NEW' | 'RELATED' | 'ESTABLISHED' | 'UNTRACKED' | 'SNAT' | 'DNAT';

export interface NatAddress {
  readonly address: number;
  readonly port?: number;
}

export type Target =
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'REJECT'; readonly with: RejectWith }
  /** `--set-xmark value/mask`: mark = (mark & ~mask) ^ value */
  | { readonly kind: 'MARK'; readonly value: number; readonly mask: number }
  | { readonly kind: 'DNAT'; readonly to: NatAddress }
  | { readonly kind: 'SNAT'; readonly to: NatAddress; readonly randomFully?: boolean }
  | { readonly kind: 'MASQUERADE'; readonly randomFully?: boolean }
  /** The packet is not tracked. */
  | { readonly kind: 'CT'; readonly notrack: true }
  | { readonly kind: 'jump'; readonly chain: string };

export type RejectWith = 'icmp-port-unreachable' | 'icmp-net-unreachable' | 'icmp-host-unreachable' | 'tcp-reset';

/** One rule: all of its fields and matches must hold, then the target acts. A rule without a target only counts. */
export interface Rule {
  readonly source?: Negatable<Prefix>;
  readonly destination?: Negatable<Prefix>;
  readonly inInterface?: Negatable<string>;
  readonly outInterface?: Negatable<string>;
  readonly protocol?: Negatable<TransportName>;
  readonly matches: readonly Match[];
  readonly target?: Target;
}
