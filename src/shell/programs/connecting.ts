import type { ConnectResult } from '../../cluster/network';

/** ms until Linux gives up on an unanswered SYN, after its sixth retry. */
export const SYN_TIMEOUT = 130_000;

/** ms until the last host on the way gives up asking who has the address (three ARP requests) and says host unreachable. */
export const NEIGHBOUR_TIMEOUT = 3_070;

/** Whether the packet got to a link on which nobody has its address. */
export const nobodyThere = ({ trace }: ConnectResult): boolean =>
  trace?.hops.some((hop) => hop.loss?.reason === 'no-neighbour') === true;
