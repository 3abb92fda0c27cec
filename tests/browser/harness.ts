import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** What a browser test gets. */
export interface Bench {
  browser: Browser;
  /** Where the built site is served, without a slash at the end. */
  address: string;
  /** The browser's debugging port, for tools that drive it themselves. */
  debuggingPort: number;
  /** Opens a page of the site in a context of its own and closes it when `use` is done. Fails on any trouble that the page itself reports. */
  visit(path: string, use: (page: Page) => Promise<void>, options?: VisitOptions): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Sees the page before it opens. */
  prepare?: (page: Page) => unknown;
}

interface BrowserTest {
  name: string;
  run(bench: Bench): Promise<void>;
}

export const tests: BrowserTest[] = [];

/** Registers a test; `run.ts` runs them in the order of their files and lines. */
export function test(name: string, run: (bench: Bench) => Promise<void>): void {
  tests.push({ name, run });
}

/** Fails with every line of `found`, so that one run shows all there is to mend. */
export function expectNone(what: string, found: string[]): void {
  if (found.length > 0) throw new Error(`${what}:\n  ${found.join('\n  ')}`);
}

/** Fails unless all parts are in the text. */
export function expectIn(output: string, ...parts: (string | RegExp)[]): void {
  for (const part of parts) {
    if (typeof part === 'string' ? !output.includes(part) : !part.test(output))
      throw new Error(`no ${String(part)} in:\n${output}`);
  }
}

/** Console errors and warnings, uncaught errors, failed requests and requests to anyone but the site itself. */
export function watchForTrouble(page: Page, address: string): string[] {
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) trouble.push(`third-party request: ${url}`);
  });
  page.on('requestfailed', (request) => {
    // A request that the page itself gave up, as when it is left, is not a failure.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      trouble.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) trouble.push(`HTTP ${response.status()}: ${response.url()}`);
  });
  return trouble;
}
