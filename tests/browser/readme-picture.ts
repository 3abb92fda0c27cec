import { findChromium, launch } from './chromium';
import { serve } from './serve';
import { typeCommand } from './terminal';

/** Makes README's picture, static/img/home.png, from the built site: `tsx tests/browser/readme-picture.ts`. */
const site = await serve('build');
const browser = await launch(await findChromium());
const page = await browser.newPage({ viewport: { width: 1240, height: 1130 }, colorScheme: 'light', reducedMotion: 'reduce' });
await page.goto(`${site.address}/en/`, { waitUntil: 'networkidle' });
await typeCommand(page, 'kubectl get svc');
const next = page.getByRole('button', { name: 'Next' }).first();
for (let step = 0; step < 15; step++) await next.click();
await page.evaluate(() => {
  (document.activeElement as HTMLElement | null)?.blur();
  window.scrollTo(0, 0);
});
await page.waitForTimeout(500);
await page.screenshot({ path: 'static/img/home.png' });
await browser.close();
await site.close();
