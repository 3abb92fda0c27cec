import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findChromium, launch } from './chromium';
import { pages } from './pages';
import { serve } from './serve';

/** Pictures of every page, to be looked at: `tsx tests/browser/screenshots.ts FOLDER [PART-OF-NAME]`, after a build. */
const folder = process.argv[2];
if (!folder) throw new Error('usage: tsx tests/browser/screenshots.ts FOLDER [PART-OF-NAME]');
mkdirSync(folder, { recursive: true });

const site = await serve('build');
const browser = await launch(await findChromium());
for (const page of pages) {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [390, 1440]) {
      const name = `${page.name}-${page.locale}-${theme}-${width}`;
      if (process.argv[3] && !name.includes(process.argv[3])) continue;
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' });
      const tab = await context.newPage();
      await tab.goto(`${site.address}${page.path}?docusaurus-theme=${theme}`, { waitUntil: 'networkidle' });
      await tab.evaluate(() => document.fonts.ready.then(() => undefined));
      await tab.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
      await context.close();
    }
  }
}
await browser.close();
await site.close();
