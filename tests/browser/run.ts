import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { findChromium, launch } from './chromium';
import { expectNone, tests, watchForTrouble, type Bench } from './harness';
import { serve } from './serve';

/**
 * Runs the browser tests against build/: `tsx tests/browser/run.ts [--report FILE] [PART-OF-NAME]`.
 * The report is JSON: { passed, failed, tests: [{ name, error? }] }.
 */
const args = process.argv.slice(2);
const reportAt = args.indexOf('--report');
const report = reportAt >= 0 ? args.splice(reportAt, 2)[1] : undefined;
const wanted = args[0] ?? '';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

for (const file of readdirSync(import.meta.dirname).sort()) {
  if (file.endsWith('.browser.ts')) await import(path.join(import.meta.dirname, file));
}

const site = await serve('build');
const debuggingPort = await freePort();
const browser = await launch(await findChromium(), debuggingPort);
const bench: Bench = {
  browser,
  address: site.address,
  debuggingPort,
  async visit(at, use, options) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    try {
      const page = await context.newPage();
      const trouble = watchForTrouble(page, site.address);
      await page.goto(`${site.address}${at}`, { waitUntil: 'networkidle' });
      await use(page);
      expectNone('The page reported trouble', trouble);
    } finally {
      await context.close();
    }
  },
};

const results: { name: string; error?: string }[] = [];
for (const { name, run } of tests) {
  if (!name.includes(wanted)) continue;
  try {
    await run(bench);
    results.push({ name });
    console.log(`ok    ${name}`);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    results.push({ name, error: text });
    console.log(`FAIL  ${name}\n      ${text.replaceAll('\n', '\n      ')}`);
  }
}
await browser.close();
await site.close();

const failed = results.filter(({ error }) => error !== undefined).length;
const passed = results.length - failed;
if (report) writeFileSync(report, JSON.stringify({ passed, failed, tests: results }, null, 2));
console.log(`browser: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
