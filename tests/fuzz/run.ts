import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { play } from './session';

/** `npm run test:fuzz -- [--seed S] [--count N] [--report FILE]`: random command lines and manifests, and what went wrong with them. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' }, report: { type: 'string' } } });

/** Inputs of one session. */
const each = 40;
/** Of so many sessions one is played twice. */
const twiceEvery = 10;

function numberOf(flag: 'seed' | 'count', fallback: number): number {
  const number = Number(values[flag] ?? fallback);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new RangeError(`--${flag} takes a whole number from 1 on`);
}

// whatever ends the process before the last session has failed
process.exitCode = 1;
const faults: string[] = [];
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    faults.push(`${event}: ${error instanceof Error ? String(error.stack) : String(error)}`);
    console.log(`FAIL  ${faults.at(-1)}`);
  });

const seed = numberOf('seed', 1);
const count = numberOf('count', 5000);
let inputs = 0;
let sessions = 0;
let longest = 0;
for (; inputs < count; sessions++) {
  const own = seed * 1_000_000 + sessions;
  const session = await play(own, Math.min(each, count - inputs));
  inputs += session.inputs;
  longest = Math.max(longest, session.longest);
  const found = session.faults;
  if (sessions % twiceEvery === 0 && (await play(own, session.inputs)).transcript !== session.transcript)
    found.push(`seed ${own}: a second time it printed something else`);
  for (const fault of found) console.log(`FAIL  ${fault}`);
  faults.push(...found);
}
console.log(
  `fuzz: ${inputs} command lines and manifests in ${sessions} sessions (seed ${seed}), longest busy ${longest.toFixed(0)} ms, ${faults.length} faults`,
);
const failed = Math.min(faults.length, inputs);
if (values.report) writeFileSync(values.report, JSON.stringify({ passed: inputs - failed, failed }));
process.exit(failed === 0 ? 0 : 1);
