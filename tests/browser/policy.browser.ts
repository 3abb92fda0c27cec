import { existsSync, readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expectIn, expectNone, test, watchForTrouble } from './harness';
import { bringToLife } from './live';
import { typeCommand } from './terminal';

/** Tells `found` of everything that the policy of a page stops, in this page and those it leads to. */
async function watchPolicy(page: Page, found: string[]): Promise<void> {
  await page.exposeFunction('reportViolation', (text: string) => found.push(text));
  await page.addInitScript(() => {
    const report = (window as unknown as { reportViolation(text: string): void }).reportViolation;
    document.addEventListener('securitypolicyviolation', (event) =>
      report(`${location.pathname}: ${event.effectiveDirective} stopped ${event.blockedURI} ${event.sample}`),
    );
  });
}

/** What the tests of each page do not do; those fail on what the policy stops as well, as it is an error on the console. */
const uses: Record<string, (page: Page) => Promise<void>> = {
  '/en/learn/clusterip/': async (page) => {
    await bringToLife(page);
    // Bash, awk and a regular expression, each with an engine of its own.
    expectIn(
      await typeCommand(page, `for n in 1 2; do kubectl get pods | grep -E 'R[u]n+ing' | awk '{print $3}'; done`),
      'Running',
    );
    expectIn(await typeCommand(page, `kubectl get svc -o jsonpath='{.items[*].metadata.name}'`), 'kubernetes');
    await page.getByRole('button', { name: 'English' }).hover();
    await page.getByRole('link', { name: '한국어' }).click();
    await page.waitForURL('**/learn/clusterip/');
  },
  '/search/': async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('서비스');
    await page.locator('.search a[href*="/search/?q="]').waitFor({ timeout: 10_000 });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/learn\//);
  },
};
const embeds = 'build/embed';
const embedded = existsSync(embeds)
  ? readdirSync(embeds, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && existsSync(`${embeds}/${entry.name}/index.html`),
    )
  : [];
for (const { name } of embedded.slice(0, 3)) uses[`/embed/${name}/`] = async () => {};

for (const [path, use] of Object.entries(uses)) {
  test(`nothing on ${path} needs what its policy forbids`, async ({ visit }) => {
    const found: string[] = [];
    await visit(
      path,
      async (page) => {
        await use(page);
        // What waits for a quiet moment has come by then.
        await page.waitForTimeout(1000);
        expectNone('Stopped by the policy', found);
      },
      { prepare: (page) => watchPolicy(page, found), colorScheme: 'light', reducedMotion: 'reduce' },
    );
  });
}

test('the policy stops a script that the build did not make, and every test would see it', async ({ browser, address }) => {
  const page = await browser.newPage();
  const found: string[] = [];
  await watchPolicy(page, found);
  await page.goto(`${address}/learn/no-such-lesson/`);
  const trouble = watchForTrouble(page, address);
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.injected = true">');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return 'injected' in window;
  });
  await page.close();
  if (ran) throw new Error('the script ran');
  expectIn(trouble.join('\n'), 'console error: ', 'Content Security Policy');
  expectIn(found.join('\n'), 'script-src-elem stopped inline', 'script-src-attr stopped inline');
});
