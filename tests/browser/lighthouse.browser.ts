import lighthouse, { type Result } from 'lighthouse';
import { expectNone, test } from './harness';
import { isCrash } from './crash';
import { lighthousePages } from './pages';

async function runOnce(url: string, port: number): Promise<Result> {
  const onlyCategories = ['accessibility', 'best-practices', 'seo'];
  const given = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories });
  if (!given) throw new Error(`Lighthouse gave no result for ${url}`);
  const { runtimeError } = given.lhr;
  if (isCrash(runtimeError)) throw Object.assign(new Error(runtimeError!.message), runtimeError);
  return given.lhr;
}

/** Lighthouse on a page; once more where Chromium itself has lost the tab. */
const run = (url: string, port: number): Promise<Result> =>
  runOnce(url, port).catch((error: unknown) => {
    if (!isCrash(error)) throw error;
    console.log(`      the tab of ${url} crashed: once more`);
    return runOnce(url, port);
  });

/** What keeps the page from 100 for anything but speed; that depends on the machine too: `npm run bench -- pages` measures it. */
async function shortcomings(address: string, path: string, port: number): Promise<string[]> {
  const { categories, audits } = await run(`${address}${path}`, port);
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
