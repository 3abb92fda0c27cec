import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { openBench } from '../browser/open';
import { longestFrames } from './frames';
import { lighthouseSpeed } from './lighthouse';
import type { RuleCosts } from './ours';
import type { Measured } from './workload';

/** `npm run bench -- [TASK...]`: our figures beside the peer's, both bundled alike, each thing measured in a process of its own. */
const out = resolve('node_modules/.cache/bench');
const wanted = process.argv.slice(2);

await build({
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: true,
    minify: true,
    target: 'node20',
    rollupOptions: {
      input: {
        ours: resolve('tests/bench/ours.ts'),
        peer: resolve('tests/bench/peer.ts'),
        child: resolve('tests/bench/child.ts'),
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      preserveEntrySignatures: 'strict',
    },
  },
});

function measure<T>(side: 'ours' | 'peer', task: string): T {
  const child = spawnSync('node', [`${out}/child.mjs`, `${out}/${side}.mjs`, task], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 300_000,
  });
  const line = child.stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`${side} ${task} gave no figure`);
  return JSON.parse(line) as T;
}

interface Row {
  what: string;
  bar: number;
  ours: number;
  peer?: number;
  unit: string;
  /** The greater the better. */
  more?: boolean;
  note?: string;
}

const rows: Row[] = [];
let missed = 0;
function show(row: Row): void {
  rows.push(row);
  const met = row.more ? row.ours >= row.bar : row.ours <= row.bar;
  if (!met) missed++;
  const number = (value: number | undefined) => (value === undefined ? '-' : Math.round(value).toLocaleString('en'));
  const cells = [
    row.what.padEnd(46),
    ...[row.bar, row.ours, row.peer].map((value) => number(value).padStart(9)),
    row.unit.padEnd(5),
  ];
  process.stdout.write(`${cells.join(' ')} ${met ? 'met' : 'MISSED'}${row.note ? `  ${row.note}` : ''}\n`);
}

const has = (task: string) => wanted.length === 0 || wanted.includes(task);
process.stdout.write(`${''.padEnd(46)} ${['bar', 'ours', 'peer'].map((word) => word.padStart(9)).join(' ')}\n`);
const ms = (task: string, what: string, bar: number) => {
  if (has(task))
    show({ what, bar, ours: measure<Measured>('ours', task).ms, peer: measure<Measured>('peer', task).ms, unit: 'ms' });
};
ms('cold', 'new cluster to first answer, cold, with loading', 60);
ms('warm', 'new cluster to first answer, warm', 10);
ms('services', '1,000 Services created', 100);
if (has('pods')) {
  const [ours, peer] = [measure<Measured>('ours', 'pods'), measure<Measured>('peer', 'pods')];
  const note = peer.done < 1000 ? `the peer was stopped at ${peer.done} pods` : undefined;
  if (ours.done < 1000) throw new Error(`${ours.done} pods are ready`);
  show({ what: '1,000 pods ready', bar: 300, ours: ours.ms, peer: peer.ms, unit: 'ms', ...(note && { note }) });
}
if (has('requests')) {
  const [ours, peer] = [measure<Measured>('ours', 'requests'), measure<Measured>('peer', 'requests')].map(
    ({ done, ms }) => (done / ms) * 1000,
  );
  show({ what: 'requests without a trace', bar: 300_000, ours: ours!, peer: peer!, unit: '1/s', more: true });
}
if (has('rules')) {
  const { costs } = measure<{ costs: { count: number; iptables: RuleCosts; nftables: RuleCosts }[] }>('ours', 'rules');
  for (const mode of ['iptables', 'nftables'] as const) {
    const growth = (of: keyof RuleCosts) => costs.map((each) => each[mode][of].toFixed(2)).join(' / ');
    const { build, change } = costs.at(-1)![mode];
    const sizes = 'ms of processor time for 10 / 100 / 1,000 / 10,000';
    show({
      what: `rules of 10,000 Services x 10, ${mode}`,
      bar: 3000,
      ours: build,
      unit: 'ms',
      note: `${growth('build')} ${sizes}`,
    });
    const micro = { bar: 10_000, ours: change * 1000, unit: 'us' };
    show({ what: '... one endpoint changed, to the next packet', ...micro, note: `${growth('change')} ${sizes}` });
  }
}
if (has('limits')) {
  const { load, list, bytes } = measure<{ load: number; list: number; bytes: number }>('ours', 'limits');
  show({ what: '5,000 nodes, 150,000 pods, 10,000 Services load', bar: 30_000, ours: load, unit: 'ms' });
  show({ what: '... in memory of', bar: 2000, ours: bytes / 1e6, unit: 'MB' });
  show({ what: '... kubectl get svc -A', bar: 200, ours: list, unit: 'ms' });
}
if (has('pages')) {
  if (!existsSync('build')) throw new Error('the pages are measured in build/: run `npm run build` before');
  const bench = await openBench();
  for (const { path, speed, note } of await lighthouseSpeed(bench))
    show({ what: `Lighthouse mobile, speed of ${path}`, bar: 100, ours: speed, unit: '', more: true, note });
  for (const { name, longest, note } of await longestFrames(bench))
    show({ what: `longest frame ${name}`, bar: 50, ours: longest, unit: 'ms', note });
  await bench.close();
}
process.stdout.write(`${rows.length - missed} bars met, ${missed} missed\n`);
process.exitCode = missed > 0 ? 1 : 0;
