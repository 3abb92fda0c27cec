import { Masks } from './masks';
import { comparableEntries, comparableProbe } from './probes';
import type { Actual, Recording, Step } from './recording';
import { comparableRules } from './rules';

export interface Failure {
  /** Index in the recording. */
  step: number;
  cmd: string;
  /** `exit 0/1`, `stdout`, `stderr`. */
  why: string[];
  recorded: Step;
  actual: Actual;
}

export interface Comparison {
  passed: number;
  failures: Failure[];
}

/** What only sets the scene; nothing of it is compared. */
const scene = /^@(ready|lb|wait|ccm|route|arp|octavia|facts)\b/;

/** Compares a replay with its recording; `undefined` in `actual` is a step that was left out. */
export function compare(recording: Recording, actual: readonly (Actual | undefined)[]): Comparison {
  const masks = new Masks();
  let passed = 0;
  const failures: Failure[] = [];
  recording.steps.forEach((recorded, step) => {
    const result = actual[step];
    if (!result || recorded.racy || scene.test(recorded.cmd)) return;
    const why = differences(recorded, result, masks);
    if (why.length === 0) passed++;
    else failures.push({ step, cmd: recorded.cmd, why, recorded, actual: result });
  });
  return { passed, failures };
}

function differences(recorded: Step, actual: Actual, masks: Masks): string[] {
  const { cmd } = recorded;
  const equal = (view: (text: string) => string) => (view(recorded.stdout) === view(actual.stdout) ? [] : ['stdout']);
  if (/^@(flow|ping|http|hold)\b/.test(cmd)) return equal((text) => comparableProbe(recorded, text));
  if (cmd.startsWith('@conntrack')) return equal(comparableEntries);
  if (cmd.startsWith('@proxy')) return equal(comparableRules);
  const why = recorded.exit === actual.exit ? [] : [`exit ${recorded.exit}/${actual.exit}`];
  for (const stream of ['stdout', 'stderr'] as const) if (!masks.sameOutput(recorded[stream], actual[stream])) why.push(stream);
  return why;
}
