import type { Hop, Loss, Packet, Trace } from '../../cluster/linux/trace';
import { endpoint } from './endpoint';

/**
 * send: a socket emits the packet · travel: it crosses a wire to `to` · translate: its addresses are rewritten ·
 * handle: a host dealt with it without changing it · deliver: a socket takes it · loss: it ends here.
 */
export type StepKind = 'send' | 'travel' | 'translate' | 'handle' | 'deliver' | 'loss';

/** One readable step of a packet: the hop that matters and the uninteresting hops that led to it. */
export interface Step {
  readonly kind: StepKind;
  /** Where it happens; for `travel`, where it starts. */
  readonly host: string;
  /** `travel`: the host it arrives at. */
  readonly to?: string;
  readonly direction: 'request' | 'reply';
  readonly leg: number;
  readonly before: Packet;
  readonly after: Packet;
  /** Which halves of the packet this step rewrote. */
  readonly changed: { readonly source: boolean; readonly destination: boolean };
  /** A translation that conntrack did from memory, not a rule. */
  readonly remembered: boolean;
  readonly chain?: string;
  readonly table?: string;
  readonly hook?: Hop['hook'];
  readonly interface?: string;
  /** The text of the rule, route or conntrack entry behind the step. */
  readonly text?: string;
  readonly loss?: Loss;
  /** Rules, routes and notes the packet passed on the way here, in order. */
  readonly details: readonly Hop[];
  /** Index of the last hop of this step in the trace. */
  readonly lastHop: number;
}

function changes(before: Packet, after: Packet): Step['changed'] {
  return {
    source: before.source !== after.source || before.sourcePort !== after.sourcePort,
    destination: before.destination !== after.destination || before.destinationPort !== after.destinationPort,
  };
}

/** Where a hop's packet goes on: the same place, direction and leg. */
function sameVisit(a: Hop, b: Hop): boolean {
  return a.host === b.host && a.direction === b.direction && a.leg === b.leg;
}

/**
 * Groups the hops of a trace into the steps a reader follows. Every hop is in exactly one step: as its subject or in its `details`.
 */
export function stepsOf(trace: Trace): Step[] {
  const steps: Step[] = [];
  const { hops } = trace;
  let details: Hop[] = [];

  const push = (kind: StepKind, hop: Hop, index: number, extra: Partial<Step> = {}) => {
    steps.push({
      kind,
      host: hop.host,
      direction: hop.direction,
      leg: hop.leg,
      before: hop.before,
      after: hop.after,
      changed: changes(hop.before, hop.after),
      remembered: hop.stage === 'conntrack',
      chain: hop.chain,
      table: hop.table,
      hook: hop.hook,
      interface: hop.interface,
      text: hop.text,
      loss: hop.loss,
      details,
      lastHop: index,
      ...extra,
    });
    details = [];
  };

  for (let index = 0; index < hops.length; index++) {
    const hop = hops[index]!;
    const next = hops[index + 1];
    const changed = changes(hop.before, hop.after);
    if (hop.loss || hop.stage === 'loss') push('loss', hop, index);
    else if (hop.stage === 'send' || hop.stage === 'deliver') push(hop.stage, hop, index);
    else if (hop.stage === 'transmit') {
      // The arrival belongs to the same wire: one step, not two.
      if (next?.stage === 'receive' && !next.loss) {
        push('travel', hop, index + 1, { to: next.host, after: next.after, interface: next.interface ?? hop.interface });
        index++;
      } else push('travel', hop, index, { to: hop.to });
    } else if (changed.source || changed.destination) push('translate', hop, index);
    else {
      details.push(hop);
      // A visit that ends without anything to show (the trace stops here): say so instead of losing the hops.
      if (!next || (!sameVisit(hop, next) && next.stage !== 'transmit' && next.stage !== 'deliver')) {
        const quiet = details;
        details = quiet.slice(0, -1);
        push('handle', hop, index);
      }
    }
  }
  return steps;
}

/** All hops of the step at `index`, as indices of `trace.hops`: what led to it, and its own. */
export function hopsOf(steps: readonly Step[], index: number): number[] {
  const first = (steps[index - 1]?.lastHop ?? -1) + 1;
  return Array.from({ length: steps[index]!.lastHop - first + 1 }, (_, at) => first + at);
}

/** Which connection a conntrack entry's text is about: its first tuple, whatever its state and age. */
const connectionOf = (text: string): string => /src=\S+ dst=\S+ \S+ \S+/.exec(text)?.[0] ?? text;

/** The notes in the conntrack notebook of each host, as of a step: each connection as it stands then. */
export function notesUntil(trace: Trace, lastHop: number): ReadonlyMap<string, readonly string[]> {
  const notes = new Map<string, Map<string, string>>();
  for (const hop of trace.hops.slice(0, lastHop + 1)) {
    if (hop.stage !== 'conntrack' || !hop.text) continue;
    const lines = notes.get(hop.host) ?? new Map<string, string>();
    notes.set(hop.host, lines.set(connectionOf(hop.text), hop.text));
  }
  return new Map([...notes].map(([host, lines]) => [host, [...lines.values()]]));
}

export const sourceOf = (packet: Packet): string => endpoint(packet.source, packet.sourcePort);
export const destinationOf = (packet: Packet): string => endpoint(packet.destination, packet.destinationPort);
