import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expectIn, expectNone, test, watchForTrouble } from './harness';
import { serve } from './serve';
import { typeCommand } from './terminal';

/** Waits until the browser has kept the site and answers for it. */
const kept = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        if (navigator.serviceWorker.controller) resolve();
        else navigator.serviceWorker.addEventListener('controllerchange', () => resolve());
      }),
  );

test('both languages work without a network after one visit, and a new version says that it is there', async ({ browser }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offline-'));
  const site = path.join(folder, 'site');
  cpSync('build', site, { recursive: true });
  const server = await serve(site);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  let stopped = false;
  const stop = async () => {
    if (!stopped) await server.close();
    stopped = true;
  };
  try {
    const page = await context.newPage();
    const trouble = watchForTrouble(page, server.address);
    await page.goto(`${server.address}/learn/glossary/`);
    await kept(page);
    const worker = path.join(site, 'sw.js');
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(/VERSION = "/, '$&next '));
    await page.reload();
    // The press ends in a reload, once the new worker has taken over.
    const reloaded = page.waitForEvent('load', { timeout: 60_000 });
    await page.getByRole('button', { name: '새 버전 열기' }).click({ timeout: 30_000 });
    await reloaded;
    await page.waitForFunction(async () => (await caches.keys()).join().includes(' next '));
    await page.waitForLoadState('networkidle');
    await stop();

    await page.goto(`${server.address}/learn/nodeport/`);
    expectIn(await typeCommand(page, 'kubectl get nodes'), 'node-1', 'Ready');
    await page.goto(`${server.address}/en/learn/clusterip/?from=a-link`);
    expectIn(await typeCommand(page, 'kubectl get nodes | wc -l'), /[1-9]/);
    await page.locator('.navbar__search-input').click();
    await page.keyboard.type('endpoint');
    await page.locator('.search a[href*="/en/search/?q="]').waitFor({ timeout: 10_000 });
    await page.goto(`${server.address}/en/learn/no-such-lesson/`);
    expectIn((await page.textContent('h1')) ?? '', 'There is no route');
    // Of the fonts, those that were used are there.
    expectNone(
      'The page reported trouble',
      trouble.filter((line) => !/assets\/fonts\/|Failed to load resource: net::ERR_FAILED$/.test(line)),
    );
  } finally {
    await context.close();
    await stop();
    rmSync(folder, { recursive: true });
  }
});
