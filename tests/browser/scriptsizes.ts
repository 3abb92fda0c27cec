import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';

/** A script's size over the wire, KB. */
const sizeOf = async (response: Response): Promise<number> => gzipSync(await response.body()).length / 1024;

/**
 * Watches a page for scripts, from now on.
 *
 * @returns What gives, when asked, each script that has come by then, once, by its path.
 */
export function watchScripts(page: Page): () => Promise<{ file: string; size: number }[]> {
  const scripts = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const file = new URL(response.url()).pathname;
    if (!file.endsWith('.js') || scripts.has(file)) return;
    const size = sizeOf(response);
    scripts.set(file, size);
    // A page may close before all of a late script is here. Whoever asks for its size hears of that; nobody else needs to.
    size.catch(() => undefined);
  });
  return () => Promise.all([...scripts].map(async ([file, size]) => ({ file, size: await size })));
}
