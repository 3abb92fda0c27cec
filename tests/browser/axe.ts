import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

// Otherwise axe describes all that is right as well, which takes longer than to look for what is wrong.
const axe = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ['violations'] });

async function found(builder: AxeBuilder): Promise<string[]> {
  const { violations: all } = await builder.analyze();
  return all.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}

/** Every violation axe finds on the page as it is now. */
export function violations(page: Page): Promise<string[]> {
  return found(axe(page));
}

/** What a page without violations in one theme may still have in the other: those of colour. */
export function colourViolations(page: Page): Promise<string[]> {
  return found(axe(page).withRules(['color-contrast', 'link-in-text-block']));
}
