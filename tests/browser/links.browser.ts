import type { Locator, Page } from 'playwright-core';
import { expectNone, test } from './harness';

/** Where the catalogue shows its Service's node port, and how each place is pointed at: with the mouse or by keyboard. */
const places: Record<string, { widget: string; point: (widget: Locator) => Promise<void> }> = {
  'the manifest': {
    widget: 'Manifest',
    point: (widget) => widget.locator('.cm-line', { hasText: 'nodePort: 30088' }).hover(),
  },
  'get svc': {
    widget: 'ServiceTable',
    point: (widget) => widget.getByRole('button', { name: '30088', exact: true }).focus(),
  },
  'the ribbon of ports': {
    widget: 'Ports',
    point: (widget) => widget.getByRole('textbox', { name: 'nodePort:' }).focus(),
  },
  'a rule': {
    widget: 'Rules',
    point: (widget) =>
      widget
        .locator('li code span', { hasText: /^30088$/ })
        .first()
        .hover(),
  },
  'a step': {
    widget: 'PacketSteps',
    point: (widget) => widget.getByRole('listitem').first().getByRole('button').first().hover(),
  },
  'the map': {
    widget: 'ClusterMap',
    point: (widget) => widget.locator('svg text', { hasText: ':30088' }).first().hover(),
  },
};

const lit = '[class*="lit_"]';

/** Applies the manifest, sends a packet to the node port, and unfolds the rules that it met. */
async function prepare(page: Page, widget: (name: string) => Promise<Locator>, apply: string): Promise<void> {
  const manifest = await widget('Manifest');
  await manifest.locator('.cm-content').waitFor();
  await manifest.getByRole('button', { name: apply, exact: true }).click();
  await (await widget('Ports')).getByRole('button', { name: /:30088$/ }).click();
  for (const { widget: name } of Object.values(places)) await widget(name);
  await page.locator('[data-widget=Rules] li code', { hasText: '30088' }).first().waitFor();
}

for (const [base, apply] of [
  ['/', '적용'],
  ['/en/', 'Apply'],
] as const) {
  test(`a number that is pointed at in one place lights up in all others (${base})`, async ({ visit }) => {
    await visit(
      `${base}components/`,
      async (page) => {
        const widget = async (name: string) => {
          const found = page.locator(`[data-widget=${name}]`);
          await found.scrollIntoViewIfNeeded();
          // what is near comes alive when the browser has a moment
          await page.waitForTimeout(200);
          return found;
        };
        await prepare(page, widget, apply);
        const wrong: string[] = [];
        for (const [from, { widget: name, point }] of Object.entries(places)) {
          await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
          await page.mouse.move(0, 0);
          await page
            .waitForFunction((selector) => !document.querySelector(selector), lit, { timeout: 2000 })
            .catch(() => {
              wrong.push(`something is lit before ${from} is pointed at`);
            });
          await point(await widget(name));
          for (const [to, other] of Object.entries(places)) {
            await page
              .locator(`[data-widget=${other.widget}] ${lit}`)
              .first()
              .waitFor({ state: 'attached', timeout: 2000 })
              .catch(() => wrong.push(`${from} -> ${to}: dark`));
          }
        }
        expectNone('Linked values', wrong);
      },
      { viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' },
    );
  });
}
