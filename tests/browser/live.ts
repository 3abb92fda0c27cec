import type { Page } from 'playwright-core';

/** What stands in each kind of figure once it is live; before that there is a still picture without it. */
const alive: Record<string, string> = {
  '[data-figure="map"]': 'select:not(:disabled)',
  '[data-figure="terminal"]': 'textarea.xterm-helper-textarea',
  '[data-figure="manifest"]': '.cm-content',
};

async function waitForLife(page: Page): Promise<void> {
  for (const [figure, sign] of Object.entries(alive)) {
    for (const found of await page.locator(`${figure}:visible`).all()) {
      await found.scrollIntoViewIfNeeded();
      await found.locator(sign).first().waitFor({ state: 'attached', timeout: 15_000 });
    }
  }
}

/** Figures come to life when they come into view. Scrolls to each and waits for it, then goes back to the top. */
export async function bringToLife(page: Page): Promise<void> {
  await waitForLife(page);
  // In a bench, one view after the other; the first one last.
  for (const tab of (await page.locator('.bench [role=tab]:visible').all()).reverse()) {
    await tab.click();
    await waitForLife(page);
  }
  for (const figure of await page.locator('[data-figure]:visible').all()) await figure.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForLoadState('networkidle');
}

/** Uses one widget of each kind that the page has, as a learner would: predicts, asks for a hint, sends a packet, follows it. */
export async function useEachWidget(page: Page): Promise<void> {
  const predict = page.locator('[data-figure="predict"]').first();
  if ((await predict.count()) > 0) {
    await predict.locator('input[type=radio]').first().check();
    await predict.locator('button[type=submit]').click();
    await predict.locator('dl').waitFor();
  }
  const goal = page.locator('[data-figure="goal"]').first();
  if ((await goal.count()) > 0) {
    await goal.getByRole('button').first().click();
    await goal.locator('li').first().waitFor();
  }
  const quiz = page.locator('[data-figure="quiz"]').first();
  if ((await quiz.count()) > 0) for (const option of await quiz.getByRole('button').all()) await option.click();
  const command = page.locator('button[class*="command"]:visible').first();
  if ((await command.count()) > 0) await command.click();
  const map = page.locator('[data-figure="map"]:visible').first();
  if ((await map.count()) > 0) {
    await map.locator('form button[type=submit]').click();
    const scrub = map.locator('input[type=range]');
    await scrub.waitFor();
    await scrub.press('End');
  }
}
