import { violations } from './axe';
import { expectNone, test } from './harness';
import { bringToLife, useEachWidget } from './live';
import { pages } from './pages';

for (const { name, locale, path } of pages) {
  test(`${name} (${locale}) loads without errors or foreign requests`, async ({ visit }) => {
    await visit(path, async (page) => {
      await bringToLife(page);
      const lang = await page.getAttribute('html', 'lang');
      if (lang !== locale) throw new Error(`html lang is ${lang}`);
    });
  });

  test(`${name} (${locale}) is no wider than a phone`, async ({ visit }) => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    await visit(
      path,
      async (page) => {
        await bringToLife(page);
        const wide = await page.evaluate(() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`)
            .slice(0, 8);
        });
        expectNone('Reaches beyond the right edge', wide);
      },
      phone,
    );
  });

  for (const theme of ['light', 'dark'] as const) {
    // Half of them with a bench beside the prose, the other half with figures in it.
    const width = (theme === 'light') === (locale === 'ko') ? 1280 : 1000;
    test(`${name} (${locale}, ${theme}) has no accessibility violations`, async ({ visit }) => {
      await visit(
        `${path}?docusaurus-theme=${theme}`,
        async (page) => {
          expectNone('axe, before anything is live', await violations(page));
          await bringToLife(page);
          await useEachWidget(page);
          expectNone('axe, with every figure live and used', await violations(page));
        },
        { colorScheme: theme, reducedMotion: 'reduce', viewport: { width, height: 900 } },
      );
    });
  }
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

test('the colour mode and the language are one press away', async ({ visit }) => {
  await visit('/learn/nodeport/', async (page) => {
    await page.getByRole('button', { name: '한국어' }).hover();
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL('**/en/learn/nodeport/');
  });
});
