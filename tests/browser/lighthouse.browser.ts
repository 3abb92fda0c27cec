import lighthouse from 'lighthouse';
import { expectNone, test } from './harness';

/**
 * Only the speed depends on the machine; the other three are 100 in every run. The home page and the playground start a whole cluster in
 * their first view, on a processor slowed down fourfold: its script time is bounded, not hidden.
 */
function least(path: string, category: string): number {
  if (category !== 'performance') return 100;
  return path === '/' || path === '/playground/' ? 85 : 95;
}

async function measure(address: string, path: string, port: number) {
  const result = await lighthouse(`${address}${path}`, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
  });
  if (!result) throw new Error('Lighthouse gave no result');
  const { categories, audits } = result.lhr;
  const scores = Object.values(categories).map(({ id, score }) => ({ id, score: Math.round((score ?? 0) * 100) }));
  console.log(`      ${scores.map(({ id, score }) => `${id} ${score}`).join(', ')}`);
  const sum = scores.reduce((total, { score }) => total + score, 0);
  return { categories, audits, sum, low: scores.filter(({ id, score }) => score < least(path, id)) };
}

/** The categories below their bar, and the audits that cost them most. */
const reasons = ({ low, categories, audits }: Awaited<ReturnType<typeof measure>>): string[] => [
  ...low.map(({ id, score }) => `${id} ${score}`),
  ...low.flatMap(({ id }) =>
    (categories[id]?.auditRefs ?? [])
      .map(({ id: audit, weight }) => ({ audit: audits[audit], weight }))
      .filter(({ audit, weight }) => weight > 0 && audit && (audit.score ?? 1) < 0.9)
      .map(({ audit }) => `${id}: ${audit?.title} ${audit?.displayValue ?? ''}`),
  ),
];

for (const path of ['/', '/playground/', '/learn/loadbalancer/', '/en/learn/loadbalancer/']) {
  test(`Lighthouse mobile is ${least(path, 'performance')} or more for speed and 100 for all else on ${path}`, async ({
    address,
    debuggingPort,
  }) => {
    // A busy machine slows a run down, nothing speeds one up: the best of three is the page's own.
    let best: Awaited<ReturnType<typeof measure>> | undefined;
    for (let attempt = 0; attempt < 3 && (!best || best.low.length > 0); attempt++) {
      const measured = await measure(address, path, debuggingPort);
      expectNone('Not a matter of speed', reasons({ ...measured, low: measured.low.filter(({ id }) => id !== 'performance') }));
      if (!best || measured.sum > best.sum) best = measured;
    }
    expectNone('Below the bar', reasons(best!));
  });
}
