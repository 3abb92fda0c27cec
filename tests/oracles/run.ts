import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run oracles -- [NAME ...]`: asks the oracles, all or those named, and writes their counts to results.json, from which the site's
 * page on support takes them. Nobody writes that file by hand.
 */
interface Oracle {
  /** What anyone can run; its counts are read from what it prints. */
  command: string;
  counts: RegExp;
}

const ORACLES: Record<string, Oracle> = {
  recordings: { command: 'npm run -s replay -- tests/fixtures/recorded/*.json', counts: /^(\d+) passed, (\d+) failed$/m },
  differential: { command: 'npm run -s test:differential', counts: /^(\d+) same, (\d+) different$/m },
  tutorials: { command: 'npm run -s test:tutorials', counts: /^(\d+) passed, (\d+) failed$/m },
  kernel: { command: 'npm run -s test:kernel', counts: /^kernel: (\d+) passed, (\d+) failed/m },
};

const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => path.join(folder, name));

const file = path.join(import.meta.dirname, 'results.json');
const results = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
const named = process.argv.slice(2);
let failed = false;
for (const name of named.length > 0 ? named : Object.keys(ORACLES)) {
  const oracle = ORACLES[name];
  if (!oracle) throw new Error(`no oracle ${name}: there are ${Object.keys(ORACLES).join(', ')}`);
  process.stdout.write(`${name}: ${oracle.command}\n`);
  const words = oracle.command.split(' ').flatMap((word) => (word.endsWith('/*.json') ? filesIn(path.dirname(word)) : [word]));
  const { stdout } = spawnSync(words[0] ?? '', words.slice(1), {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [, passed, different] = oracle.counts.exec(stdout) ?? [];
  if (passed === undefined || different === undefined) {
    process.stdout.write(`${name} printed no counts\n`);
    failed = true;
    continue;
  }
  const date = new Date().toISOString().slice(0, 10);
  results[name] = { passed: Number(passed), failed: Number(different), date, command: oracle.command.replace(' -s', '') };
  writeFileSync(file, JSON.stringify(results, undefined, 2) + '\n');
  process.stdout.write(`${name}: ${passed} passed, ${different} failed\n`);
}
process.exitCode = failed ? 1 : 0;
