import type { Locator, Page } from 'playwright-core';

/** How much faster the learner's clock runs: the page takes up at most this much of it at once. */
const HURRY = 10;

/** Gives the page a fast clock, so that what takes a cluster some seconds takes less of ours. Call it before the page opens. */
export async function hurryTime(page: Page): Promise<void> {
  await page.addInitScript((factor) => {
    const real = performance.now.bind(performance);
    performance.now = () => factor * real();
  }, HURRY);
}

/** Puts the lab back to where the lesson starts. */
export async function startOver(page: Page, { reset, sure }: { reset: string; sure: string }): Promise<void> {
  await page.getByRole('button', { name: reset, exact: true }).locator('visible=true').first().click();
  await page.getByRole('dialog').getByRole('button', { name: sure, exact: true }).click();
  await page
    .locator('[data-figure="terminal"]:visible')
    .first()
    .getByRole('log')
    .locator('> div')
    .first()
    .waitFor({ state: 'detached' });
}

/** Waits until a part of the page has the words. */
export async function expectText(place: Locator, words: string | RegExp, what: string): Promise<void> {
  const found = place.filter({ hasText: words });
  try {
    await found.waitFor({ state: 'attached', timeout: 10_000 });
  } catch {
    const there = await place.allInnerTexts();
    throw new Error(`${what}: expected\n  ${String(words)}\nthere is\n  ${there.join('\n')}`);
  }
}
