import { readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { isCrash } from './crash';
import { tests } from './harness';
import { openBench } from './open';

/**
 * Runs the browser tests against build/: `tsx tests/browser/run.ts [--report FILE] [PART-OF-NAME]`.
 * The report is JSON: { passed, failed, tests: [{ name, error? }] }.
 */
const args = process.argv.slice(2);
const reportAt = args.indexOf('--report');
const report = reportAt >= 0 ? args.splice(reportAt, 2)[1] : undefined;
const wanted = args[0] ?? '';

for (const file of readdirSync(import.meta.dirname).sort()) {
  if (file.endsWith('.browser.ts')) await import(path.join(import.meta.dirname, file));
}

const bench = await openBench();
const waiting = tests.filter(({ name }) => name.includes(wanted));
const results: { name: string; error?: string }[] = [];

function fail(name: string, error: unknown, took = ''): void {
  const text = error instanceof Error ? error.message : String(error);
  results.push({ name, error: text });
  console.log(`FAIL  ${name}${took}\n      ${text.replaceAll('\n', '\n      ')}`);
}

// What nobody awaits fails the run, but must not end it before the other tests have told their results. Lighthouse alone leaves
// the news of a lost tab to nobody, and its test looks once more.
process.on('unhandledRejection', (error) => {
  if (!isCrash(error)) fail('every promise is awaited', error);
});

/** Takes one test after the other. Each has a browser context of its own, so several of these run side by side. */
async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { name, run } = next;
    const begun = performance.now();
    const took = () => ` (${((performance.now() - begun) / 1000).toFixed(1)} s)`;
    try {
      await run(bench);
      results.push({ name });
      console.log(`ok    ${name}${took()}`);
    } catch (error) {
      fail(name, error, took());
    }
  }
}
// A page mostly waits for itself, but more than two at a time make each other late.
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
await bench.close();

const failed = results.filter(({ error }) => error !== undefined).length;
const passed = results.length - failed;
if (report) writeFileSync(report, JSON.stringify({ passed, failed, tests: results }, null, 2));
console.log(`browser: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
