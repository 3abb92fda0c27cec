import type { Page } from 'playwright-core';

interface Typing {
  /** The line comes at once, as pasted. */
  whole?: boolean;
}

/** Types a command line into the first terminal in sight, key by key as a learner would, and gives what was printed. */
export async function typeCommand(page: Page, line: string, { whole = false }: Typing = {}): Promise<string> {
  const terminal = page.locator('[data-figure="terminal"]:visible').first();
  await terminal.scrollIntoViewIfNeeded();
  const keys = terminal.locator('textarea.xterm-helper-textarea');
  await keys.waitFor({ state: 'attached', timeout: 15_000 });
  await keys.focus();
  const log = terminal.getByRole('log');
  const before = await log.locator('> div').count();
  await (whole ? page.keyboard.insertText(line) : page.keyboard.type(line));
  await page.keyboard.press('Enter');
  const entry = log.locator('> div').nth(before);
  await entry.waitFor({ state: 'attached', timeout: 10_000 });
  // While a command runs there is a button that interrupts it.
  await terminal.getByRole('button', { name: 'Ctrl-C' }).waitFor({ state: 'detached', timeout: 20_000 });
  const output = entry.locator('> div').nth(1);
  return (await output.count()) > 0 ? ((await output.textContent()) ?? '') : '';
}
