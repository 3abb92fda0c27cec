import type { Locator, Page } from 'playwright-core';
import { getScenario } from '../../src/lab/scenarios';
import { expectIn, expectNone, test } from './harness';

const wide = { viewport: { width: 1440, height: 900 } };
const languages = [
  { base: '/', reached: '이루었다', leave: 'Esc와 Tab을 차례로', editorLeave: 'Esc와 Tab으로 나가기', right: '맞다.' },
  { base: '/en/', reached: 'Reached', leave: 'Esc, then Tab', editorLeave: 'Esc, then Tab', right: 'Right.' },
];
/** More presses than there are stops on a lesson: what is not reached by then is not reached by Tab. */
const STOPS = 200;

const has = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

/** Presses Tab until the element has the focus; out of a terminal or an editor with Esc first, as the page says. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'attached', timeout: 10_000 });
  for (let press = 0; press < STOPS; press++) {
    if (await has(target)) return;
    const typing = await page.evaluate(() => document.activeElement?.matches('.xterm textarea, .cm-content') ?? false);
    if (typing) await page.keyboard.press('Escape');
    await page.keyboard.press(key);
  }
  throw new Error(`not reached with ${key}: ${String(target)}`);
}

async function waitForText(within: Locator, text: string): Promise<void> {
  await within.getByText(text).first().waitFor({ state: 'attached', timeout: 15_000 });
}

/** Types a line where the focus is, in the terminal, and waits for its output. */
async function type(page: Page, line: string, output: string): Promise<void> {
  const log = page.locator('.bench').getByRole('log');
  const entry = log.locator('> div').nth(await log.locator('> div').count());
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  await waitForText(entry, output);
}

for (const words of languages) {
  test(`the NodePort lesson is done from start to end with the keyboard alone (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}learn/nodeport/`,
      async (page) => {
        await page.evaluate(() => {
          for (const event of ['pointerdown', 'mousedown', 'mousemove', 'touchstart', 'wheel'])
            addEventListener(event, () => ((window as { pointed?: string }).pointed = event), true);
        });
        const figures = (kind: string) => page.locator(`article [data-figure=${kind}]:visible`);
        const bench = page.locator('.bench');
        const cue = (part: string, at: number) =>
          page.locator(`article [data-cue=${part}]:visible`).nth(at).getByRole('button').first();
        const editor = bench.locator('.cm-content:visible');
        const keys = bench.locator('.xterm textarea');

        // A prediction: arrows choose, Enter commits; what follows has the focus, not the top of the page.
        await tabTo(page, figures('predict').getByRole('radio').first());
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await figures('predict').locator('dl').waitFor();
        await tabTo(page, cue('manifest', 0));
        await page.keyboard.press('Enter');

        // The manifest, applied from the editor.
        await tabTo(page, editor);
        expectIn(await bench.innerText(), words.editorLeave);
        await page.keyboard.press('Control+Enter');
        await waitForText(bench.getByRole('status'), 'service/test created');
        await waitForText(figures('goal').nth(0), words.reached);

        // The terminal, with completion.
        await tabTo(page, keys);
        expectIn(await bench.innerText(), words.leave);
        await type(page, 'curl -s http://192.168.0.13:30088/hostname', 'test-');
        await page.keyboard.type('kubectl get serv');
        await page.keyboard.press('Tab');
        await type(page, ' test', '30001:30088/TCP');

        // The packet, step by step, to its answer.
        await tabTo(page, bench.getByRole('tab', { selected: true }), 'Shift+Tab');
        await page.keyboard.press('Home');
        const step = bench.getByRole('slider').first();
        await tabTo(page, step);
        const now = bench.locator('[data-figure=map] [aria-live]');
        const seen: string[] = [];
        const last = Number(await step.getAttribute('max'));
        for (let at = 0; at <= last; at++) {
          seen.push(await now.innerText());
          await page.keyboard.press('ArrowRight');
        }
        expectIn(seen.join('\n'), /192\.168\.0\.13:30088 → 10\.244\.\d\.\d+:5000/);

        // The first task: the cue opens its file, the number is corrected in the editor.
        await tabTo(page, cue('manifest', 1), 'Shift+Tab');
        await page.keyboard.press('Enter');
        await bench.locator('.cm-content', { hasText: 'name: web' }).waitFor();
        await tabTo(page, editor);
        await page.keyboard.press('Control+Enter');
        await waitForText(bench.getByRole('status'), '30000-32767');
        const lines = (getScenario('nodeport').files['web-nodeport.yaml'] ?? '').split('\n');
        await page.keyboard.press('Control+Home');
        for (let at = lines.findIndex((line) => line.includes('nodePort: 80')); at > 0; at--)
          await page.keyboard.press('ArrowDown');
        await page.keyboard.press('End');
        await page.keyboard.press('Backspace');
        await page.keyboard.press('Backspace');
        await page.keyboard.type('30090');
        await page.keyboard.press('Control+Enter');
        await waitForText(bench.getByRole('status'), 'service/web created');
        await waitForText(figures('goal').nth(1), words.reached);

        // The open task, in the terminal; then a hint, and its solution, without losing the focus on the way.
        await tabTo(page, keys);
        for (const line of getScenario('nodeport').goals[2]!.solution.slice(0, 1)) await page.keyboard.type(`${line}\n`);
        await type(page, 'kubectl apply -f test-nodeport.yaml', 'service/test configured');
        await waitForText(figures('goal').nth(2), words.reached);
        await tabTo(page, figures('goal').nth(2).getByRole('button').first(), 'Shift+Tab');
        await page.keyboard.press('Enter');
        await figures('goal').nth(2).locator('pre').waitFor();
        if (!(await has(figures('goal').nth(2).getByRole('button').first())))
          throw new Error('the focus is lost with the solution');

        // Recall.
        for (const quiz of await figures('quiz').all()) {
          for (const answer of await quiz.getByRole('button').all()) {
            await tabTo(page, answer);
            await page.keyboard.press('Enter');
          }
          await waitForText(quiz, words.right);
        }
        expectNone('Goals that are not reached', await figures('goal').filter({ hasNotText: words.reached }).allInnerTexts());
        const pointed = await page.evaluate(() => (window as { pointed?: string }).pointed);
        if (pointed) throw new Error(`a pointer was used: ${pointed}`);
      },
      wide,
    );
  });
}
