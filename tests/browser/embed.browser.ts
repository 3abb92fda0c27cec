import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { violations } from './axe';
import { expectIn, expectNone, test } from './harness';
import { watchScripts } from './scriptsizes';

/** KB of script, gzip, before the terminal of an embed is touched. */
const BUDGET = 140;

interface Message {
  type?: string;
  height?: number;
  width?: number;
  goal?: string;
  reached?: number;
  total?: number;
}

interface Host {
  page: Page;
  frame: FrameLocator;
  /** What the frame has told the page. */
  told(): Promise<Message[]>;
  trouble: string[];
  scripts: ReturnType<typeof watchScripts>;
}

/** Shows `body` as a page of another origin, and `use`s it. */
async function elsewhere(
  browser: Browser,
  body: string,
  use: (host: Host) => Promise<void>,
  { files = {}, prepare }: { files?: Record<string, string>; prepare?: () => void } = {},
): Promise<void> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.setHeader('content-type', file === undefined ? 'text/html; charset=utf-8' : 'text/javascript');
    response.end(
      file ??
        `<!doctype html><title>wiki</title><link rel="icon" href="data:,"><script>told = [];
        addEventListener('message', ({ data }) => told.push(data))</script><body style="margin: 0">${body}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  try {
    if (prepare) await context.addInitScript(prepare);
    const page = await context.newPage();
    const trouble: string[] = [];
    const scripts = watchScripts(page);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => trouble.push(`uncaught: ${error.message}`));
    page.on('response', (response) => {
      if (response.status() >= 400) trouble.push(`HTTP ${response.status()}: ${response.url()}`);
    });
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' });
    const told = () => page.evaluate(() => (window as unknown as { told: Message[] }).told);
    await use({ page, frame: page.frameLocator('iframe'), told, trouble, scripts });
    expectNone('The page reported trouble', trouble);
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Touches the terminal of an embed, types a command into it and gives what was printed. */
async function typeInto({ page, frame }: Pick<Host, 'page' | 'frame'>, line: string): Promise<string> {
  const tab = frame.locator('[data-view="terminal"]');
  if ((await tab.count()) > 0) await tab.click();
  const terminal = frame.locator('[data-figure="terminal"]:visible').first();
  // A press on the picture, as a reader does it: the keyboard must follow when the terminal is there.
  const log = terminal.getByRole('log');
  if ((await log.count()) === 0) await terminal.locator('pre, textarea').first().click();
  const keys = terminal.locator('textarea.xterm-helper-textarea');
  await keys.waitFor({ state: 'attached', timeout: 15_000 });
  await keys.focus();
  const before = await log.locator('> div').count();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  const entry = log.locator('> div').nth(before);
  await entry.waitFor({ state: 'attached', timeout: 10_000 });
  await terminal.getByRole('button', { name: 'Ctrl-C' }).waitFor({ state: 'detached', timeout: 20_000 });
  return (await entry.textContent()) ?? '';
}

async function expectFits({ frame }: Pick<Host, 'frame'>): Promise<void> {
  const wide = await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  if (wide > 0) throw new Error(`reaches ${wide} px beyond the right edge`);
}

async function expectTold(told: Host['told'], what: string, fits: (message: Message) => boolean): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if ((await told()).some(fits)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the page was not told ${what}: ${JSON.stringify(await told())}`);
}

const frames: { name: string; attributes: string; prepare?: () => void }[] = [
  { name: 'a bare frame', attributes: '' },
  { name: 'sandbox="allow-scripts"', attributes: 'sandbox="allow-scripts"' },
  { name: 'sandbox with allow-same-origin', attributes: 'sandbox="allow-scripts allow-same-origin"' },
  {
    name: 'a frame whose storage is blocked',
    attributes: '',
    prepare: () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    },
  },
];
for (const { name, attributes, prepare } of frames) {
  test(`an embed works on another origin at 320 by 480 in ${name}, light until it is touched`, async ({ browser, address }) => {
    const lang = prepare ? 'en/' : '';
    await elsewhere(
      browser,
      `<iframe title="lab" width="320" height="480" ${attributes} src="${address}/${lang}embed/nodeport/"></iframe>`,
      async (host) => {
        await expectTold(host.told, 'ready', ({ type, height }) => type === 'ready' && height! > 300);
        const weight = (await host.scripts()).reduce((sum, { size }) => sum + size, 0);
        console.log(`      ${name}: ${weight.toFixed(1)} KB`);
        if (weight > BUDGET) throw new Error(`${weight.toFixed(1)} KB before the terminal is touched`);
        expectIn(await typeInto(host, 'kubectl get svc'), 'kubernetes', 'ClusterIP');
        await expectFits(host);
        await expectTold(host.told, 'its new height', ({ type }) => type === 'height');
        await typeInto(host, 'kubectl apply -f test-nodeport.yaml');
        await expectTold(
          host.told,
          'its progress',
          ({ type, goal, reached, total }) => type === 'progress' && goal === 'reach-nodeport' && reached! >= 1 && total === 3,
        );
      },
      { prepare },
    );
  });
}

const embeds = (folder: string): string[] => readdirSync(folder).filter((name) => !/^assets$|\./.test(name));

test('every embed opens in both languages without errors and fits 320 pixels', async ({ browser, address }) => {
  const names = embeds('build/embed');
  if (names.length < 45 || embeds('build/en/embed').join() !== names.join()) throw new Error(`embeds: ${names.join(' ')}`);
  const page = await browser.newPage({ viewport: { width: 320, height: 480 } });
  const found: string[] = [];
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && found.push(`${page.url()}: ${message.text()}`),
  );
  page.on('pageerror', (error) => found.push(`${page.url()}: ${error.message}`));
  for (const at of names.flatMap((name) => [`/embed/${name}/`, `/en/embed/${name}/`])) {
    await page.goto(address + at);
    // Until React has taken the server's picture over.
    await page.waitForFunction(() => Object.keys(document.querySelector('.embed-lab')!).some((key) => key.startsWith('__react')));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) found.push(`${at} reaches ${wide} px beyond the right edge`);
  }
  await page.close();
  expectNone('Embeds', found);
});

test('an embed follows its parameters, and names those that it cannot use', async ({ browser, address }) => {
  const page = await browser.newPage({ viewport: { width: 320, height: 480 } });
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  await page.goto(`${address}/embed/nodeport/?lang=en&theme=dark&ctl=1&height=600&view=goals&step=1`, {
    waitUntil: 'networkidle',
  });
  if (!page.url().includes('/en/embed/nodeport/?')) throw new Error(`lang=en leads to ${page.url()}`);
  await page.locator('html[data-theme=dark][lang=en]').waitFor();
  expectNone(
    'Fetched before the press',
    scripts.filter((url) => url.includes('main')),
  );
  const height = await page.locator('html').evaluate((html) => html.getBoundingClientRect().height);
  if (height !== 600) throw new Error(`height=600 gives ${height}`);
  await page.getByRole('button', { name: 'Start the lab' }).click();
  await page.locator('[data-panel=goals] [data-figure=goal]').first().getByText('Reached').waitFor();
  await page.locator('[data-view=goals][aria-selected=true]').waitFor();

  await page.goto(
    `${address}/embed/nodeport/?theme=neon&step=77&height=1&ctl=yes&scenario=%3Cimg%20src%3Dx%3E&lang=fr&view=none`,
  );
  const told = await page.locator('.embed-problems p').allTextContents();
  for (const value of ['theme=neon', 'step=77', 'height=1 ', 'ctl=yes', 'scenario=<img src=x>', 'lang=fr', 'view=none'])
    expectIn(told.join('\n'), value);
  await page.locator('[data-view=map][aria-selected=true]').waitFor();
  await page.close();
});

test('the parent script of embeds and @open-iframe-resizer/core make frames as high as their content; other messages do nothing', async ({
  browser,
  address,
}) => {
  const grown = async ({ page }: Host) => {
    await page.waitForFunction(() => document.querySelector('iframe')!.getBoundingClientRect().height > 400);
  };
  const frame = (attributes = '') =>
    `<iframe title="lab" width="320" height="150" ${attributes} src="${address}/embed/nodeport/"></iframe>`;
  await elsewhere(
    browser,
    `${frame('sandbox="allow-scripts"')}<script src="${address}/embed/parent.js"></script>`,
    async (host) => {
      await grown(host);
      const told = (await host.told()).length;
      const before = await host.frame.locator('html').evaluate((html) => html.outerHTML);
      await host.page.evaluate(() => {
        const { contentWindow } = document.querySelector('iframe')!;
        const signed = { source: 'packet-to-pod', version: 1 };
        for (const data of [
          'hello',
          null,
          { ...signed, type: 'run', line: 'kubectl delete pods --all' },
          { ...signed, type: 'hello', extra: '<img src=x onerror=alert(1)>' },
          { ...signed, type: 'theme', theme: 'x" onload="alert(1)' },
          { ...signed, version: 2, type: 'theme', theme: 'dark' },
          { type: '__proto__', __proto__: { polluted: true } },
        ])
          contentWindow!.postMessage(data, '*');
        // Nor does a page believe what another frame or window says.
        window.postMessage({ ...signed, type: 'height', height: 9999 }, '*');
      });
      await host.page.waitForTimeout(300);
      const now = await host.frame.locator('html').evaluate((html) => html.outerHTML);
      if (now !== before) throw new Error('a message that is not documented changed the embed');
      const answers = (await host.told()).slice(told).filter(({ type }) => type === 'ready');
      if (answers.length > 0) throw new Error(`an undocumented message was answered: ${JSON.stringify(answers)}`);
      const height = await host.page.locator('iframe').evaluate((element) => element.getBoundingClientRect().height);
      if (height > 2000) throw new Error(`a foreign message made the frame ${height} px high`);
      await host.page.evaluate(() =>
        document
          .querySelector('iframe')!
          .contentWindow!.postMessage({ source: 'packet-to-pod', version: 1, type: 'theme', theme: 'dark' }, '*'),
      );
      await host.frame.locator('html[data-theme=dark]').waitFor();
    },
  );
  const resizer = readFileSync('node_modules/@open-iframe-resizer/core/dist/index.js', 'utf8');
  await elsewhere(
    browser,
    `${frame()}<script type="module">import { initialize } from '/resizer.js'; initialize({}, 'iframe');</script>`,
    grown,
    { files: { '/resizer.js': resizer } },
  );
});

for (const { base, share, name, click } of [
  { base: '/', share: '공유', name: '넣을 곳', click: '눌러야 불러온다' },
  { base: '/en/', share: 'Share', name: 'Put it into', click: 'Load only when pressed' },
]) {
  test(`sharing a lesson gives the code for each kind of page to embed it (${base})`, async ({ visit, address }) => {
    await visit(`${base}learn/nodeport/`, async (page) => {
      await page.locator('.bench').getByRole('button', { name: share, exact: true }).click();
      const dialog = page.getByRole('dialog');
      const hosts = dialog.getByRole('combobox', { name });
      await dialog.getByLabel(click).check();
      const embed = `${address}${base}embed/nodeport/?ctl=1`;
      for (const host of await hosts.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))) {
        await hosts.selectOption(host);
        const code = await dialog.locator('textarea').inputValue();
        expectIn(code, host === 'markdown' ? `](${address}${base}learn/nodeport/)` : embed);
      }
      if ((await page.request.get(embed)).status() !== 200) throw new Error(`${embed} is not there`);
      expectNone('axe', await violations(page));
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });
  });
}

test('embeds have no accessibility violations, untouched and in use, light and dark', async ({ visit }) => {
  const found: string[] = [];
  for (const [theme, at] of [
    ['light', '/embed/nodeport/'],
    ['dark', '/en/embed/widget-ports/?step=99'],
  ]) {
    await visit(
      `${at}${at!.includes('?') ? '&' : '?'}theme=${theme}`,
      async (page) => {
        const note = async (when: string) =>
          found.push(...(await violations(page)).map((one) => `${at} ${theme} ${when}: ${one}`));
        await note('untouched');
        for (const tab of await page.getByRole('tab').all()) {
          await tab.click();
          await page.waitForLoadState('networkidle');
        }
        await note('in use');
      },
      { viewport: { width: 320, height: 480 }, reducedMotion: 'reduce' },
    );
  }
  expectNone('axe', found);
});
