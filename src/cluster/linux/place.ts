import type { Host } from './host';
import type { Skb } from './packet';
import type { Hook } from './rule';
import type { Packet } from './trace';
import type { TraceLog } from './trace-log';

/** The rule that refused a packet, and what REJECT tells the sender. */
export interface Refusal {
  readonly answer?: Packet['payload'];
  readonly table: string;
  readonly chain: string;
  readonly text: string;
}

/** Where a packet is while rules look at it. One object goes with a connection attempt from hook to hook. */
export interface Place {
  host: Host;
  hook: Hook;
  skb: Skb;
  inInterface: string | undefined;
  outInterface: string | undefined;
  /** Virtual ms since the epoch. */
  readonly now: number;
  /** In [0,1). */
  readonly random: () => number;
  readonly log: TraceLog | undefined;
  /** Rules must neither remember nor count the packet. */
  readonly probe: boolean;
  /** Set with the verdict REFUSED. */
  refusal: Refusal | undefined;
}

/** How a chain let go of a packet. A number: this is asked for every chain of every packet. */
export type Verdict = typeof CONTINUE | typeof ACCEPTED | typeof BOUND | typeof REFUSED;
/** The end of the chain, or RETURN. */
export const CONTINUE = 0;
export const ACCEPTED = 1;
/** A nat rule decided where the connection goes to or comes from. */
export const BOUND = 2;
/** `place.refusal` says by which rule. */
export const REFUSED = 3;
