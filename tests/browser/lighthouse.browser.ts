import lighthouse from 'lighthouse';
import { expectNone, test } from './harness';

/** The home page starts a whole cluster in its first view, on a processor slowed down fourfold: its script time is bounded, not hidden. */
const least = (path: string, category: string) => (path === '/' && category === 'performance' ? 85 : 95);

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

for (const path of ['/', '/learn/loadbalancer/', '/en/learn/loadbalancer/']) {
  test(`Lighthouse mobile is at least ${least(path, 'performance')} in all four on ${path}`, async ({
    address,
    debuggingPort,
  }) => {
    // A busy machine slows a run down, nothing speeds one up: the best of three is the page's own.
    let best: Awaited<ReturnType<typeof measure>> | undefined;
    for (let attempt = 0; attempt < 3 && (!best || best.low.length > 0); attempt++) {
      const measured = await measure(address, path, debuggingPort);
      if (!best || measured.sum > best.sum) best = measured;
    }
    const { low, categories, audits } = best!;
    const reasons = low.flatMap(({ id }) =>
      (categories[id]?.auditRefs ?? [])
        .map(({ id: audit, weight }) => ({ audit: audits[audit], weight }))
        .filter(({ audit, weight }) => weight > 0 && audit && (audit.score ?? 1) < 0.9)
        .map(({ audit }) => `${id}: ${audit?.title} ${audit?.displayValue ?? ''}`),
    );
    expectNone('Below the bar', [...low.map(({ id, score }) => `${id} ${score}`), ...reasons]);
  });
}
