import { createServer, type AddressInfo } from 'node:net';
import { findChromium, launch } from './chromium';
import type { Browser } from 'playwright-core';
import { expectNone, watchForTrouble, type Bench } from './harness';
import { serve } from './serve';

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `visit` of a site that is served at `address`, without a slash at the end. Without its service worker, which would fetch all of the site each time. */
export function visitor(browser: Browser, address: string): Bench['visit'] {
  return async (at, use, { prepare, ...options } = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    try {
      await context.addInitScript(() => {
        if ('ServiceWorkerContainer' in window)
          ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('none in this test'));
      });
      const page = await context.newPage();
      const trouble = watchForTrouble(page, address);
      await prepare?.(page);
      await page.goto(`${address}${at}`, { waitUntil: 'networkidle' });
      await use(page);
      expectNone('The page reported trouble', trouble);
    } finally {
      await context.close();
    }
  };
}

/** Serves build/ and opens a browser on it. */
export async function openBench(): Promise<Bench & { close(): Promise<void> }> {
  const { address, close } = await serve('build');
  const debuggingPort = await freePort();
  const browser = await launch(await findChromium(), debuggingPort);
  return {
    browser,
    address,
    debuggingPort,
    visit: visitor(browser, address),
    async close() {
      await browser.close();
      await close();
    },
  };
}
