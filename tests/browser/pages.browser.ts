import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expectNone, test } from './harness';
import { pages } from './pages';

/** Figures come to life when they come into view. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += 500) {
      window.scrollTo(0, top);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    window.scrollTo(0, 0);
  });
  await page.waitForLoadState('networkidle');
}

for (const { name, locale, path } of pages) {
  test(`${name} (${locale}) loads without errors or foreign requests`, async ({ visit }) => {
    await visit(path, async (page) => {
      await scrollThrough(page);
      const lang = await page.getAttribute('html', 'lang');
      if (lang !== locale) throw new Error(`html lang is ${lang}`);
    });
  });

  test(`${name} (${locale}) is no wider than a phone`, async ({ visit }) => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    await visit(
      path,
      async (page) => {
        await scrollThrough(page);
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
    test(`${name} (${locale}, ${theme}) has no accessibility violations`, async ({ visit }) => {
      await visit(
        `${path}?docusaurus-theme=${theme}`,
        async (page) => {
          await scrollThrough(page);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expectNone(
            'axe',
            violations.flatMap(({ id, nodes }) =>
              nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`),
            ),
          );
        },
        { colorScheme: theme, reducedMotion: 'reduce' },
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

test('the colour mode and the language are one press away', async ({ visit }) => {
  await visit('/learn/nodeport/', async (page) => {
    await page.getByRole('button', { name: '한국어' }).hover();
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL('**/en/learn/nodeport/');
  });
});
