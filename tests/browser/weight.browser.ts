import { gzipSync } from 'node:zlib';
import type { Bench } from './harness';
import { expectNone, test } from './harness';
import { pages } from './pages';

/** As a reader on a phone meets the page, before scrolling. */
const phone = { viewport: { width: 412, height: 823 }, hasTouch: true, isMobile: true };

/**
 * Kilobytes of script, gzip, that a page may ask for on the first look. A lesson waits with its lab until a figure comes near. The home
 * page and the playground are a running cluster (150 KB for the lab with its YAML and API) with a terminal (30 KB without the fonts);
 * kubectl comes with the first command.
 */
const budgets = { lesson: 150, home: 345, playground: 345, search: 200 };

/** Every script a page asks for when it is opened, with its size over the wire in KB. */
async function scriptsOf({ browser, address }: Bench, path: string): Promise<Map<string, number>> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const scripts = new Map<string, number>();
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    const file = new URL(response.url()).pathname;
    if (!file.endsWith('.js')) return;
    // A file asked for twice comes once.
    reading.push(response.body().then((body) => void scripts.set(file, gzipSync(body).length / 1024)));
  });
  await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
  // What waits for a quiet moment has come by then.
  await page.waitForTimeout(2500);
  await Promise.all(reading);
  await context.close();
  return scripts;
}

for (const { name, locale, path } of pages) {
  const budget = name in budgets ? budgets[name as keyof typeof budgets] : budgets.lesson;
  test(`${name} (${locale}) opens with at most ${budget} KB of script`, async (bench) => {
    const scripts = await scriptsOf(bench, path);
    const total = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    console.log(`      ${total.toFixed(1)} KB`);
    if (total <= budget) return;
    expectNone(
      `${total.toFixed(1)} KB`,
      [...scripts].sort(([, a], [, b]) => b - a).map(([file, size]) => `${size.toFixed(1)} KB ${file}`),
    );
  });
}
