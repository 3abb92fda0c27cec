import type { Loss, Trace } from '../../cluster/linux/trace';
import { stepsOf } from '../trace/steps';
import { pointsText } from './boxes';
import type { Layout, Point } from './layout';
import { spotOf, waysOf } from './path';

/** Where connections ended, and how many: at whoever answered, or where they were lost. */
export interface End {
  readonly host: string;
  readonly loss?: Loss;
  readonly count: number;
}

/** The ends of these connections, the most frequent first. */
export function endsOf(traces: readonly Trace[]): End[] {
  const ends = new Map<string, End>();
  for (const trace of traces) {
    const { host, loss } = endOf(trace);
    const key = `${host} ${loss?.kind ?? ''}`;
    ends.set(key, { host, ...(loss && { loss }), count: (ends.get(key)?.count ?? 0) + 1 });
  }
  return [...ends.values()].sort((a, b) => b.count - a.count);
}

function endOf(trace: Trace): { host: string; loss?: Loss } {
  const lost = trace.hops.findLast(({ loss }) => loss);
  if (lost?.loss) return { host: lost.host, loss: lost.loss };
  const taken = trace.hops.findLast(({ stage, direction }) => stage === 'deliver' && direction === 'request');
  return { host: trace.backendHost ?? taken?.host ?? trace.from };
}

/** The way of a connection's request from its start to its end, as it is drawn: pods of folded nodes are at their node. */
export function wayOf(layout: Layout, trace: Trace, nodeOf: ReadonlyMap<string, string>): Point[] {
  const drawn = (host: string) => (spotOf(layout, host) ? host : (nodeOf.get(host) ?? host));
  const steps = stepsOf(trace)
    .filter(({ direction }) => direction === 'request')
    .map((step) => ({ ...step, host: drawn(step.host), ...(step.to !== undefined && { to: drawn(step.to) }) }));
  const points = waysOf(layout, steps).flatMap(({ way }) => way);
  return points.filter(({ x, y }, index) => x !== points[index - 1]?.x || y !== points[index - 1]?.y);
}

/** Connections that go the same way are one line. */
export interface Line {
  readonly way: readonly Point[];
  readonly count: number;
}

export function linesOf(layout: Layout, traces: readonly Trace[], nodeOf: ReadonlyMap<string, string>): Line[] {
  const lines = new Map<string, Line>();
  for (const trace of traces) {
    const way = wayOf(layout, trace, nodeOf);
    const key = pointsText(way);
    lines.set(key, { way, count: (lines.get(key)?.count ?? 0) + 1 });
  }
  return [...lines.values()];
}
