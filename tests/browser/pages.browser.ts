import type { Page } from 'playwright-core';
import { colourViolations, violations } from './axe';
import { expectNone, test } from './harness';
import { bringToLife, useEachWidget } from './live';
import { pages } from './pages';
import { watchScripts } from './scriptsizes';

/**
 * Kilobytes of script, gzip, that a page may ask for on the first look, before scrolling. A lesson waits with its lab until a figure comes
 * near. The home page and the playground are a running cluster (150 KB for the lab with its YAML and API) with a terminal (30 KB without
 * the fonts); kubectl comes with the first command.
 */
const budgets = { lesson: 143, home: 335, playground: 335, search: 135 };

/** As a reader on a phone meets the page. */
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What reaches beyond the right edge of the window. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`)
      .slice(0, 8);
  });

/** Changes the reader's preference as the system would, and waits until the page has followed. */
async function prefer(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(`html[data-theme=${theme}]`).waitFor();
}

for (const { name, locale, path } of pages) {
  const budget = name in budgets ? budgets[name as keyof typeof budgets] : budgets.lesson;
  test(`${name} (${locale}) opens on a phone with at most ${budget} KB of script, fits it, and works without errors`, async ({
    visit,
  }) => {
    let scripts: ReturnType<typeof watchScripts>;
    await visit(
      path,
      async (page) => {
        // What waits for a quiet moment has come by then.
        await page.waitForTimeout(2500);
        const sizes = await scripts();
        const total = sizes.reduce((sum, { size }) => sum + size, 0);
        console.log(`      ${path}: ${total.toFixed(1)} KB`);
        sizes.sort((a, b) => b.size - a.size);
        expectNone('Over the budget', total <= budget ? [] : sizes.map(({ file, size }) => `${size.toFixed(1)} KB ${file}`));
        await bringToLife(page);
        const lang = await page.getAttribute('html', 'lang');
        if (lang !== locale) throw new Error(`html lang is ${lang}`);
        expectNone('Reaches beyond the right edge', await tooWide(page));
      },
      {
        ...phone,
        prepare: (page) => {
          scripts = watchScripts(page);
        },
      },
    );
  });

  test(`${name} (${locale}) has no accessibility violations, light and dark`, async ({ visit }) => {
    await visit(
      path,
      async (page) => {
        expectNone('axe, light, before anything is live', await violations(page));
        await prefer(page, 'dark');
        expectNone('axe, dark, before anything is live', await colourViolations(page));
        await bringToLife(page);
        await useEachWidget(page);
        expectNone('axe, dark, with every figure live and used', await violations(page));
        await prefer(page, 'light');
        expectNone('axe, light, with every figure live and used', await colourViolations(page));
      },
      // Half of them with a bench beside the prose, the other half with figures in it.
      { colorScheme: 'light', reducedMotion: 'reduce', viewport: { width: locale === 'ko' ? 1280 : 1000, height: 900 } },
    );
  });
}

test('a page that does not exist says so in its own language', async ({ browser, address }) => {
  const page = await browser.newPage();
  const response = await page.goto(`${address}/learn/no-such-lesson/`);
  if (response?.status() !== 404) throw new Error(`status ${response?.status()}`);
  const title = await page.textContent('h1');
  await page.close();
  if (!title?.includes('경로가 없다')) throw new Error(`heading: ${title}`);
});

test('search finds an inflected Korean word', async ({ visit }) => {
  await visit(`/search/?q=${encodeURIComponent('서비스')}`, async (page) => {
    await page.locator('main a[href*="/learn/"]').first().waitFor({ timeout: 10_000 });
  });
});

test('the search field keeps what is typed while its engine comes', async ({ visit }) => {
  await visit('/learn/nodeport/', async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('클러스터');
    await page.locator('.search a[href*="/search/?q="]').waitFor({ timeout: 10_000 });
    const typed = await page.locator('.search input').inputValue();
    if (typed !== '클러스터') throw new Error(`the field has ${typed}`);
  });
});

/** For those who show a pasted link: they read the HTML as it is served (deploy/sharing), and nothing changes it later. */
const forLinks = ':not([property^="og:image"], [type="application/json+oembed"])';

/** What a page says of itself to browsers and search engines. */
const about = (page: Page): Promise<string[]> =>
  page.evaluate(
    (ours) => [
      document.title,
      ...[...document.documentElement.attributes].map(({ name, value }) => `${name}=${value}`).sort(),
      ...[...document.querySelectorAll(`head :is(meta, link:not([rel=stylesheet], [rel=prefetch], [rel=preload]))${ours}`)]
        .map((element) => element.outerHTML)
        .sort(),
    ],
    forLinks,
  );

test('a page that a link leads to says the same of itself as one that is opened, and so does the one before, back again', async ({
  visit,
}) => {
  const [from, to] = ['/learn/source-note/', '/learn/nodeport/'];
  const opened: Record<string, string[]> = {};
  for (const path of [from, to, '/']) {
    await visit(path, async (page) => {
      opened[path] = await about(page);
    });
  }
  await visit(from, async (page) => {
    const expectAbout = async (path: string) => {
      await page.waitForURL(`**${path}`);
      // The head follows with the next frame.
      for (let frame = 0; frame < 10 && (await about(page)).join() !== opened[path]!.join(); frame++)
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      const now = new Set(await about(page));
      expectNone(
        `Missing after going on to ${path}`,
        opened[path]!.filter((line) => !now.delete(line)),
      );
      expectNone(`Left after going on to ${path}`, [...now]);
    };
    await expectAbout(from);
    await page.locator(`.rail a[href="${to}"]`).click();
    await expectAbout(to);
    await page.locator('.navbar__brand').click();
    await expectAbout('/');
    await page.goBack();
    await expectAbout(to);
    await page.goBack();
    await expectAbout(from);
  });
});

test('the menu of a phone comes when it is opened, and leads to a lesson', async ({ visit }) => {
  await visit(
    '/',
    async (page) => {
      await page.locator('.navbar__toggle').click();
      await page.locator('.navbar-sidebar').getByRole('link', { name: '레슨' }).click();
      await page.waitForURL('**/learn/**');
      await page.locator('.navbar__toggle').click();
      const menu = page.locator('.navbar-sidebar');
      await menu.getByRole('link', { name: 'NodePort', exact: true }).click();
      await page.waitForURL('**/learn/nodeport/');
      await page.locator('.navbar__toggle').click();
      await menu.getByRole('button', { name: '메인 메뉴로' }).click();
      await menu.getByRole('button', { name: '언어' }).click();
      await menu.getByRole('link', { name: 'English' }).click();
      await page.waitForURL('**/en/learn/nodeport/');
    },
    phone,
  );
});

test('the colour mode and the language are one press away', async ({ visit }) => {
  await visit('/learn/nodeport/', async (page) => {
    await page.getByRole('button', { name: '한국어' }).hover();
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL('**/en/learn/nodeport/');
  });
});
