import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { packageOffline } from '../../deploy/package-offline';
import { expectIn, expectNone, test } from './harness';
import { withNginx } from './nginx';
import { freePort, visitor } from './open';
import { typeCommand } from './terminal';

/** A folder that everyone may read, gone when `use` is done. */
async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hosting-'));
  chmodSync(folder, 0o755);
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const expectEqual = (what: string, found: unknown, wanted: unknown): void =>
  expectNone(what, found === wanted ? [] : [`${String(found)} instead of ${String(wanted)}`]);

/** The links of the page that lead out of the site or nowhere. */
async function strayLinks(page: Page, address: string): Promise<string[]> {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href.replace(/[?#].*/, '')),
  );
  const own = [...new Set(links)].filter((link) => link.startsWith(new URL(address).origin));
  const answers = await Promise.all(own.map(async (link) => ({ link, ok: (await fetch(link)).ok })));
  return answers.filter(({ link, ok }) => !link.startsWith(`${address}/`) || !ok).map(({ link }) => link);
}

test('the offline package works below /a/b/c/ of a fresh nginx, in both languages', async ({ browser }) => {
  await inFolder(async (folder) => {
    packageOffline('build', path.join(folder, 'site'));
    const port = await freePort();
    const address = `http://127.0.0.1:${port}/a/b/c`;
    const config = `
      pid ${folder}/nginx.pid;
      error_log stderr;
      events {}
      http {
        include /etc/nginx/mime.types;
        access_log off;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${tmpdir()}/nginx-${port}-${name};`).join('\n')}
        server {
          listen 127.0.0.1:${port};
          error_page 404 /a/b/c/404.html;
          location /a/b/c/ { alias ${folder}/site/; }
        }
      }`.replace(`pid ${folder}`, `pid ${tmpdir()}`);
    await withNginx(config, folder, `${address}/`, async () => {
      const visit = visitor(browser, address);
      await visit('/learn/nodeport/', async (page) => {
        expectNone('Links of the page as it comes', await strayLinks(page, address));
        expectIn(await typeCommand(page, 'kubectl get nodes'), 'node-1', 'Ready');
        // On by the router, back, then into the other language and on again.
        await page.locator('.rail a[href$="/learn/loadbalancer/"]').click();
        await page.waitForURL(`${address}/learn/loadbalancer/`);
        expectNone('Links after going on', await strayLinks(page, address));
        await page.goBack();
        await page.waitForURL(`${address}/learn/nodeport/`);
        await page.getByRole('button', { name: '한국어' }).hover();
        await page.getByRole('link', { name: 'English' }).click();
        await page.waitForURL(`${address}/en/learn/nodeport/`);
        await page.waitForLoadState('networkidle');
        expectIn(await typeCommand(page, 'kubectl get nodes | wc -l'), /[1-9]/);
        await page.keyboard.press('Escape');
        await page.locator('.rail a[href$="/learn/loadbalancer/"]').click();
        await page.waitForURL(`${address}/en/learn/loadbalancer/`);
        await page.getByRole('button', { name: 'English' }).hover();
        await page.getByRole('link', { name: '한국어' }).click();
        await page.waitForURL(`${address}/learn/loadbalancer/`);
      });
      for (const [base, word] of [
        ['', '서비스'],
        ['/en', 'endpoint'],
      ] as const) {
        await visit(`${base}/`, async (page) => {
          await page.keyboard.press('Control+k');
          await page.keyboard.type(word);
          await page.locator(`.search a[href*="/a/b/c${base}/search/?q="]`).waitFor({ timeout: 10_000 });
          await page.keyboard.press('Enter');
          await page.waitForURL(`${address}${base}/learn/**`);
        });
      }
      // As a phone's menu makes it, anew.
      await visit(
        '/en/',
        async (page) => {
          await page.locator('.navbar__toggle').click();
          await page.locator('.navbar-sidebar img').first().waitFor();
          expectNone('Links of the menu', await strayLinks(page, address));
        },
        { viewport: { width: 390, height: 844 } },
      );
      const page = await browser.newPage();
      const answer = await page.goto(`${address}/en/learn/no-such-lesson/`);
      expectEqual('Status of a page that does not exist', answer?.status(), 404);
      await page.getByRole('link', { name: 'To the home page' }).click();
      await page.waitForURL(`${address}/en/`);
      await page.close();
    });
  });
});

test('deploy/nginx serves the site as nobody, read-only, with its headers', async ({ browser }) => {
  await inFolder(async (folder) => {
    const site = path.join(folder, 'site');
    cpSync('build', site, { recursive: true });
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const config = readFileSync('deploy/nginx/nginx.conf', 'utf8')
      .replaceAll(' /tmp/', ` ${tmpdir()}/nginx-${port}-`)
      .replace('listen 8080', `listen 127.0.0.1:${port}`)
      .replaceAll('/usr/share/nginx/site', site)
      .replace('access_log /dev/stdout', 'access_log off');
    await withNginx(config, folder, `${address}/healthz`, async () => {
      const get = (at: string) => fetch(address + at, { redirect: 'manual' });
      const home = await get('/');
      const policy = home.headers.get('content-security-policy') ?? '';
      expectIn(policy, "script-src 'self' 'sha256-", "frame-ancestors 'self'");
      expectEqual('nosniff', home.headers.get('x-content-type-options'), 'nosniff');
      const script = /src="?(\/assets\/js\/main[^\s">]*)/.exec(await home.text())?.[1] ?? '';
      expectIn((await get(script)).headers.get('cache-control') ?? '', 'immutable');
      expectEqual('A folder without its slash leads to', (await get('/learn/ports')).headers.get('location'), '/learn/ports/');
      expectEqual('What is for hosts', (await get('/_headers')).status, 404);
      expectIn(await (await get('/learn/no-such-lesson/')).text(), 'lang=ko');
      const english = await get('/en/learn/no-such-lesson/');
      expectIn(await english.text(), 'lang=en');
      expectEqual('Policy of a page that does not exist', english.headers.get('content-security-policy'), policy);
      if (existsSync('build/embed')) {
        const embed = await get('/embed/');
        expectEqual('Who may frame an embed', /frame-ancestors/.test(embed.headers.get('content-security-policy') ?? ''), false);
      }
      await visitor(browser, address)('/en/learn/clusterip/', async (page) => {
        expectIn(await typeCommand(page, 'kubectl get nodes | wc -l'), /[1-9]/);
      });
    });
  });
});
