import { useRef } from 'react';
import type { Action } from '../../lab/log';
import type { LabSnapshot } from '../../lab/types';

/** Actions that begin something; the others only go on with it. */
const begins = new Set<Action['kind']>(['run', 'apply', 'connect']);

export interface LastAction {
  action: Action;
  /** The lab just before it. */
  before: LabSnapshot;
}

/** The learner's latest action on this visit and the lab before it; undefined before the first, and after something was taken back. */
export function useLastAction(snapshot: LabSnapshot): LastAction | undefined {
  const seen = useRef<{ snapshot: LabSnapshot; last?: LastAction }>({ snapshot });
  const previous = seen.current;
  if (previous.snapshot !== snapshot) {
    const { actions } = snapshot;
    const action = actions.findLast(({ kind }) => begins.has(kind));
    let { last } = previous;
    if (!action || (action !== last?.action && previous.snapshot.actions.includes(action))) last = undefined;
    else if (action !== last?.action) last = { action, before: previous.snapshot };
    // A repeated cluster is another cluster: what went before cannot be compared with it.
    if (snapshot.time < previous.snapshot.time) last = undefined;
    seen.current = { snapshot, ...(last && { last }) };
  }
  return seen.current.last;
}
