import lighthouse from 'lighthouse';
import { expectNone, test } from './harness';
import { lighthousePages } from './pages';

/** What keeps the page from 100 for anything but speed; that depends on the machine too: `npm run bench -- pages` measures it. */
async function shortcomings(address: string, path: string, port: number): Promise<string[]> {
  const result = await lighthouse(`${address}${path}`, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['accessibility', 'best-practices', 'seo'],
  });
  if (!result) throw new Error(`Lighthouse gave no result for ${path}`);
  const { categories, audits } = result.lhr;
  const low = Object.values(categories).filter(({ score }) => score !== 1);
  return low.flatMap(({ id, score, auditRefs }) => [
    `${path} ${id} ${Math.round((score ?? 0) * 100)}`,
    ...auditRefs
      .filter(({ id: audit, weight }) => weight > 0 && (audits[audit]?.score ?? 1) < 1)
      .map(({ id: audit }) => `${path} ${id}: ${audits[audit]?.title} ${audits[audit]?.displayValue ?? ''}`),
  ]);
}

test('Lighthouse mobile gives 100 for accessibility, best practices and SEO on a page of each type', async (bench) => {
  const found: string[] = [];
  // One after the other: two Lighthouses in one process take each other's marks.
  for (const path of lighthousePages) found.push(...(await shortcomings(bench.address, path, bench.debuggingPort)));
  expectNone('Below 100', found);
});
