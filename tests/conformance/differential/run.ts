import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { diffLines } from '../../../src/cli/replay/diff';
import { loadKubectl } from '../../../src/shell/programs/loadkubectl';
import type { Case } from './case';
import { cases } from './cases';
import { normalize } from './normalize';
import { Theirs } from './theirs';
import { World, type Outcome } from './world';

const usage = 'usage: npm run test:differential -- [--report FILE] [--quiet] [PART-OF-NAME-OR-COMMAND...]\n';

/** Commands side by side: real kubectls mostly wait for their process to start. */
const LANES = 2;
/** Virtual time between two commands, ms: what the first one began comes to its end. */
const GAP = 5000;

interface Total {
  same: number;
  different: number;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { report: { type: 'string' }, quiet: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stderr.write(usage);
    return 2;
  }
  const began = performance.now();
  // loading them takes real time
  await import('just-bash');
  await loadKubectl();
  const wanted = (one: Case) =>
    positionals.length === 0 ||
    positionals.some((part) => one.name.includes(part) || one.steps.some((step) => step.includes(part)));
  const queue = cases.filter(wanted);
  const steps = queue.reduce((sum, one) => sum + one.steps.length, 0);
  const total: Total = { same: 0, different: 0 };
  await Promise.all(Array.from({ length: LANES }, () => lane(queue, total, values.quiet ?? false)));
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${total.same} same, ${total.different} different\n${seconds} s\n`);
  const left = steps - total.same - total.different;
  if (left > 0) process.stdout.write(`${left} not run\n`);
  if (values.report) writeFileSync(values.report, JSON.stringify({ passed: total.same, failed: total.different + left }));
  return steps === 0 || total.different + left > 0 ? 1 : 0;
}

async function lane(queue: Case[], total: Total, quiet: boolean): Promise<void> {
  const theirs = await Theirs.start();
  for (let one = queue.shift(); one; one = queue.shift()) await compare(one, theirs, total, quiet);
  await theirs.stop();
}

async function compare(one: Case, theirs: Theirs, total: Total, quiet: boolean): Promise<void> {
  const time = Math.floor(Date.now() / 1000) * 1000;
  const ours = new World(one, time, theirs.kubeconfig);
  const real = new World(one, time, theirs.kubeconfig);
  theirs.begin(real, one);
  for (const step of one.steps) {
    const [expected, actual] = [await theirs.run(step, one.stdin), await ours.run(step)].map(normalized) as [Outcome, Outcome];
    const same = expected.exit === actual.exit && expected.stdout === actual.stdout && expected.stderr === actual.stderr;
    if (same) total.same++;
    else {
      total.different++;
      report(one, step, expected, actual, quiet);
    }
    if (one.still) continue;
    const next = Math.max(ours.cluster.now(), real.cluster.now()) + GAP;
    ours.cluster.advanceTo(next);
    real.cluster.advanceTo(next);
  }
}

const normalized = ({ exit, stdout, stderr }: Outcome): Outcome => ({
  exit,
  stdout: normalize(stdout),
  stderr: normalize(stderr),
});

/** - what kubectl prints, + what ours prints. */
function report(one: Case, step: string, expected: Outcome, actual: Outcome, quiet: boolean): void {
  const exit = expected.exit === actual.exit ? '' : `  exit ${expected.exit}/${actual.exit}\n`;
  const streams = (['stdout', 'stderr'] as const)
    .filter((stream) => expected[stream] !== actual[stream])
    .map((stream) => `  ${stream}\n${diffLines(expected[stream], actual[stream])}`);
  process.stdout.write(`[${one.name}] ${step}\n${quiet ? '' : exit + streams.join('')}`);
}

process.exitCode = await main();
