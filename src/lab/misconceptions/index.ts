import type { Lab, LabSnapshot, Localized } from '../types';
import { inCommands } from './commands';
import { inConnections } from './connections';
import { inHolding } from './holding';
import { misconceptions, type MisconceptionId } from './list';
import { inObjects } from './objects';
import { inManifests } from './policies';
import type { Detector, Evidence, Misconception } from './types';

/** Most telling first: what was handed to the API server and what it said, then what a command was about, then what its connections met. */
export const detectors: Partial<Record<MisconceptionId, Detector>> = {
  ...inManifests,
  ...inObjects,
  ...inCommands,
  ...inHolding,
  ...inConnections,
};

export interface Noticed {
  misconception: Misconception;
  /** What the evidence shows instead, in one or two sentences. */
  feedback: Localized;
}

/** The misconception that what the learner just did shows, if it shows one. */
function notice(evidence: Evidence): Noticed | undefined {
  for (const [id, detect] of Object.entries(detectors)) {
    const feedback = detect(evidence);
    const misconception = misconceptions.find((one) => one.id === id);
    if (feedback && misconception) return { misconception, feedback };
  }
  return undefined;
}

/** What the learner's latest command shows, when the lab looked like `before` just before it. */
export function noticeIn(lab: Lab, before: LabSnapshot): Noticed | undefined {
  const after = lab.getSnapshot();
  const action = after.actions.findLast(({ kind }) => kind === 'run' || kind === 'apply' || kind === 'connect');
  const known = new Set(before.traces.map(({ id }) => id));
  const entry = lab.terminal.transcript.at(-1);
  const ran = action?.kind === 'run' && entry !== undefined;
  return notice({
    command: ran ? entry.command : '',
    output: ran ? entry.output : '',
    exit: ran ? (entry.exit ?? 0) : 0,
    place: lab.terminal.place,
    ...(action?.kind === 'apply' && { applied: action.file }),
    files: after.files,
    traces: after.traces.filter(({ id }) => !known.has(id)),
    before,
    after,
    cloud: lab.scenario.cloud,
  });
}
