import type { ConntrackState, NatAddress, TransportName } from './rule';

/** A part of a packet that sets and maps are asked for. */
export type Field = 'ip saddr' | 'ip daddr' | 'meta l4proto' | 'th sport' | 'th dport';

/** What a rule or a map's element decides. */
export type NftVerdict =
  { readonly kind: 'accept' | 'drop' | 'return' } | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** One expression or statement of a rule, in the order it was written. */
export type Statement =
  | { readonly kind: 'ct state'; readonly states: readonly ConntrackState[] }
  | { readonly kind: 'ct status'; readonly status: 'DNAT' | 'SNAT' }
  /** `ip saddr 10.0.0.0/8`, `ip saddr != { 192.0.2.7, 10.0.0.0/8 }`. */
  | {
      readonly kind: 'address';
      readonly field: 'ip saddr' | 'ip daddr';
      readonly negated: boolean;
      readonly among: AddressSet;
    }
  /** `FIELD . FIELD @SET` */
  | { readonly kind: 'lookup'; readonly key: readonly Field[]; readonly negated: boolean; readonly set: string }
  /** `FIELD . FIELD vmap @MAP` */
  | { readonly kind: 'vmap'; readonly key: readonly Field[]; readonly map: string }
  /** `numgen random mod N vmap { 0 : VERDICT, ... }` */
  | { readonly kind: 'draw'; readonly verdicts: readonly NftVerdict[] }
  | { readonly kind: 'l4proto'; readonly protocol: TransportName }
  | { readonly kind: 'fib'; readonly field: 'saddr' | 'daddr' }
  | { readonly kind: 'mark'; readonly mask: number; readonly value: number; readonly negated: boolean }
  | { readonly kind: 'set mark'; readonly operator: '|' | '^' | '&'; readonly value: number }
  | { readonly kind: 'update'; readonly set: string; readonly field: 'ip saddr' | 'ip daddr' }
  | { readonly kind: 'dnat'; readonly to: NatAddress }
  /** `dnat ip to numgen random mod N map { 0 : ADDRESS . PORT, ... }` */
  | { readonly kind: 'draw dnat'; readonly to: readonly Required<NatAddress>[] }
  | { readonly kind: 'masquerade'; readonly fullyRandom: boolean }
  | { readonly kind: 'reject' }
  | { readonly kind: 'verdict'; readonly verdict: NftVerdict };

/** Addresses from `from` to `to`, both as unsigned numbers. */
export interface AddressRange {
  readonly from: number;
  readonly to: number;
}

/** What stands behind `ip saddr`: one block, or an anonymous set of them in braces. */
export interface AddressSet {
  readonly braces: boolean;
  readonly ranges: readonly AddressRange[];
}

export interface NftRule {
  readonly statements: readonly Statement[];
  readonly comment?: string;
}
