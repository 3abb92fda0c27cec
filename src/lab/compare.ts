import type { KubeObject } from '../cluster/apimachinery/object';
import type { Trace } from '../cluster/linux/trace';
import { changesBetween } from './changes';
import type { Action, SavedLab } from './log';
import type { LabState, Moment } from './timeline';

/** When two runs of a scenario part, virtual ms since the learner arrived: at the first thing that was done in one of them only. */
export function partingTime(left: SavedLab, right: SavedLab): number {
  const same = (a: Action | undefined, b: Action | undefined) =>
    a !== undefined && b !== undefined && JSON.stringify({ ...a, idle: false }) === JSON.stringify({ ...b, idle: false });
  let index = 0;
  while (same(left.actions[index], right.actions[index])) index++;
  const next = [left, right].flatMap(({ actions }) => actions[index]?.at ?? []);
  return Math.min(...next, ...(next.length === 0 ? [left.time, right.time] : []));
}

/** The same request in two runs; one of them may not have made it. */
export interface TracePair {
  readonly left?: Trace;
  readonly right?: Trace;
  /** What a caller or a server would notice. Which of several pods answered is chance, and told by `backend`. */
  readonly differs: { readonly outcome: boolean; readonly source: boolean; readonly backend: boolean };
}

const requestOf = ({ from, protocol, destination, destinationPort }: Trace): string =>
  `${from} ${protocol} ${destination}:${destinationPort}`;

/** Requests of two runs from `since` on (virtual ms since the epoch), paired in the order in which the same request was made. */
export function pairTraces(left: readonly Trace[], right: readonly Trace[], since: number): TracePair[] {
  const later = (traces: readonly Trace[]) => traces.filter(({ time }) => time >= since);
  const waiting = new Map<string, Trace[]>();
  for (const trace of later(right)) {
    const same = waiting.get(requestOf(trace)) ?? [];
    waiting.set(requestOf(trace), [...same, trace]);
  }
  const pairs = later(left).map((trace) => pair(trace, waiting.get(requestOf(trace))?.shift()));
  return [...pairs, ...[...waiting.values()].flat().map((trace) => pair(undefined, trace))];
}

function pair(left: Trace | undefined, right: Trace | undefined): TracePair {
  const differs = {
    outcome: left?.outcome !== right?.outcome,
    source: left?.sourceSeen !== right?.sourceSeen,
    backend: left?.backend !== right?.backend,
  };
  return { ...(left && { left }), ...(right && { right }), differs };
}

/** One place in an object that two runs do not agree on; a side without a value does not have it. */
export interface FieldDifference {
  /** `services/test`, with the namespace before it where it is not `default`. */
  readonly object: string;
  /** `spec.ports[http].nodePort`; empty: the whole object is in one run only. */
  readonly path: string;
  readonly left?: string;
  readonly right?: string;
}

/** Fields that differ because something was written at another time or once more, and say nothing else. */
const clerical =
  /^(resourceVersion|managedFields|uid|creationTimestamp|generation|observedGeneration|lastTransitionTime|lastHeartbeatTime|startedAt|startTime|kubectl\.kubernetes\.io\/last-applied-configuration|endpoints\.kubernetes\.io\/last-change-trigger-time)$/;

const resources = [
  ['services', 'services'],
  ['endpointSlices', 'endpointslices'],
  ['pods', 'pods'],
  ['nodes', 'nodes'],
] as const;

/** Where the objects of two runs differ, without what only tells when something was written. */
export function objectDifferences(left: LabState, right: LabState): FieldDifference[] {
  return resources.flatMap(([list, resource]) => {
    const name = ({ metadata }: KubeObject) =>
      [resource, metadata.namespace === 'default' ? undefined : metadata.namespace, metadata.name].filter(Boolean).join('/');
    const [a, b] = [left, right].map((state) => new Map(state[list].map((object) => [name(object), object])));
    const names = [...new Set([...a!.keys(), ...b!.keys()])];
    return names.flatMap((object): FieldDifference[] => {
      const [one, other] = [a!.get(object), b!.get(object)];
      if (!one || !other) return [{ object, path: '', ...(one ? { left: object } : { right: object }) }];
      return changesBetween(one, other, clerical).map(({ path, before, after }) => ({
        object,
        path,
        ...(before !== undefined && { left: before }),
        ...(after !== undefined && { right: after }),
      }));
    });
  });
}

/** What happened in two runs, side by side; a row with one side happened in that run only. */
export interface MomentPair {
  readonly left?: Moment;
  readonly right?: Moment;
}

/** What makes two moments of different runs the same. */
function sameness(moment: Moment): string {
  switch (moment.kind) {
    case 'action': {
      const { at: _at, ...action } = moment.action;
      return JSON.stringify(action);
    }
    case 'write':
      return `write ${moment.verb} ${moment.resource} ${moment.namespace}/${moment.name} ${moment.by}`;
    case 'sync':
      return `sync ${moment.service}`;
    case 'event':
      return `event ${moment.type} ${moment.reason} ${moment.about} ${moment.message}`;
    case 'packet':
      return `packet ${requestOf(moment.trace)}`;
  }
}

/** A connection that a figure made is told by its packet. */
const isTold = (moment: Moment): boolean => moment.kind !== 'action' || moment.action.kind !== 'connect';

/** The moments of two runs from `since` on (virtual ms since the epoch), the same ones beside each other. */
export function alignMoments(left: readonly Moment[], right: readonly Moment[], since: number): MomentPair[] {
  const later = (moments: readonly Moment[]) => moments.filter((moment) => moment.time >= since && isTold(moment));
  const [a, b] = [later(left), later(right)];
  const [keysA, keysB] = [a.map(sameness), b.map(sameness)];
  // Longest common subsequence of what is left of both, by where it begins.
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i]![j] = keysA[i] === keysB[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const rows: MomentPair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && keysA[i] === keysB[j]) rows.push({ left: a[i++]!, right: b[j++]! });
    else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) rows.push({ left: a[i++]! });
    else rows.push({ right: b[j++]! });
  }
  return rows;
}
