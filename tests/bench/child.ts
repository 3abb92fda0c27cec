import { pathToFileURL } from 'node:url';
import type * as Ours from './ours';

/** Measures one thing in a process of its own: BUNDLE TASK. Prints one line of JSON. */
const [bundle = '', task = ''] = process.argv.slice(2);
const begin = performance.now();
const side = (await import(pathToFileURL(bundle).href)) as Omit<typeof Ours, 'pods'> & {
  pods: (count: number, limit: number) => ReturnType<typeof Ours.pods>;
};

const PEER_LIMIT = 60_000;

async function median(times: number, run: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push(await run());
  return all.sort((a, b) => a - b)[Math.floor(times / 2)]!;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const tasks: Record<string, () => Promise<object>> = {
  cold: async () => {
    await side.first();
    return { ms: performance.now() - begin };
  },
  warm: async () => {
    await median(10, () => timed(side.first));
    return { ms: await median(15, () => timed(side.first)) };
  },
  services: async () => {
    await side.services(200);
    return { ms: await median(3, async () => (await side.services(1000)).ms) };
  },
  pods: async () => {
    await side.pods(50, PEER_LIMIT);
    return side.pods(1000, PEER_LIMIT);
  },
  requests: async () => {
    await side.requests(300);
    return side.requests(1000);
  },
  rules: () => {
    const costs = [10, 100, 1000, 10_000].map((count) => ({
      count,
      iptables: side.rules(count, 'iptables'),
      nftables: side.rules(count, 'nftables'),
    }));
    return Promise.resolve({ costs });
  },
  limits: () => side.limits(5000, 150_000, 10_000),
};

process.stdout.write(`\n${JSON.stringify(await tasks[task]!())}\n`);
process.exit(0);
