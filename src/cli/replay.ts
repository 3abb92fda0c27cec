import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './replay/compare';
import { diffLines } from './replay/diff';
import type { Recording } from './replay/recording';
import { replay } from './replay/replay';

const usage = 'usage: npm run -s replay -- [--json] [--proxy-mode iptables] FILE...\n';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, 'proxy-mode': { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help || positionals.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  const total = { passed: 0, failed: 0, leftOut: 0 };
  for (const file of positionals) {
    const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;
    const proxyMode = values['proxy-mode'];
    const actual = await replay(recording, !values.json && proxyMode !== undefined ? { proxyMode } : {});
    if (values.json) {
      process.stdout.write(JSON.stringify({ file, steps: actual }) + '\n');
      continue;
    }
    const { passed, failures } = compare(recording, actual);
    total.passed += passed;
    total.failed += failures.length;
    total.leftOut += actual.filter((result) => result === undefined).length;
    for (const { step, cmd, why, recorded, actual: ours } of failures) {
      process.stdout.write(`${basename(file)} step ${step}: ${cmd.split('\n')[0] ?? ''}: ${why.join(', ')}\n`);
      for (const stream of ['stdout', 'stderr'] as const)
        if (recorded[stream] !== ours[stream]) process.stdout.write(`  ${stream}\n${diffLines(recorded[stream], ours[stream])}`);
    }
  }
  if (values.json) return 0;
  if (total.leftOut > 0) process.stdout.write(`${total.leftOut} steps left out: not in ${values['proxy-mode'] ?? ''} mode\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed > 0 ? 1 : 0;
}

process.exitCode = await main();
