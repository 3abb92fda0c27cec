import type { Locator, Page } from 'playwright-core';
import { getScenario } from '../../src/lab/scenarios';
import { expectIn, expectNone, test } from './harness';

const korean = {
  base: '/',
  plain: '일반 입력창',
  reached: '이루었다',
  made: '서비스가 생겼다: test',
  noRoute: '이 목적지로 가는 경로를 모른다',
  right: '맞다.',
};
const english: typeof korean = {
  base: '/en/',
  plain: 'Plain input',
  reached: 'Reached',
  made: 'Service created: test',
  noRoute: 'There is no route to this destination',
  right: 'Right.',
};

/** The terminal's input field and its record, as a screen reader has them: no canvas, no emulated screen. */
function plainTerminal(page: Page): { log: Locator; run(line: string): Promise<string> } {
  const terminal = page.locator('[data-figure=terminal]:visible').first();
  const log = terminal.getByRole('log');
  return {
    log,
    async run(line) {
      const field = terminal.getByRole('textbox');
      const before = await log.locator('> div').count();
      await field.fill(line);
      await field.press('Enter');
      const entry = log.locator('> div').nth(before);
      await entry.waitFor();
      // While a command runs, nothing can be submitted.
      await terminal.locator('button[type=submit]:not(:disabled)').waitFor({ timeout: 20_000 });
      return entry.innerText();
    },
  };
}

async function waitForText(within: Locator, text: string): Promise<void> {
  await within.getByText(text).first().waitFor({ timeout: 15_000 });
}

for (const words of [korean, english]) {
  test(`the ClusterIP lesson is done from start to end with its text forms alone (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}learn/clusterip/`,
      async (page) => {
        // What is drawn is gone: what is left must say it all.
        await page.addStyleTag({ content: 'svg, canvas, img, .xterm { display: none !important; }' });
        const figures = (kind: string) => page.locator(`[data-figure=${kind}]:visible`);
        const predict = figures('predict').first();
        await predict.getByRole('radio').nth(0).check();
        await predict.locator('button[type=submit]').click();
        await predict.locator('dl').waitFor();

        await figures('terminal').first().scrollIntoViewIfNeeded();
        await figures('terminal').first().getByRole('button', { name: words.plain }).click();
        const { run } = plainTerminal(page);
        expectIn(await run('cat test-clusterip.yaml'), 'targetPort: 8080');
        expectIn(await run('kubectl apply -f test-clusterip.yaml'), 'service/test created');
        await waitForText(page.locator('article'), words.made);
        const address = /ClusterIP +([\d.]+)/.exec(await run('kubectl get svc test'))?.[1] ?? 'no address';
        expectIn(await run(`kubectl exec client -- curl -s http://${address}:8080/hostname`), /\ntest-/);
        expectIn(await run(`curl -sS http://${address}:8080/hostname`), 'curl: (7)');

        // The table and each value in it.
        const table = figures('services').first();
        await table.getByRole('button', { name: address }).focus();
        expectIn(await table.getByRole('status').innerText(), 'spec.clusterIP');
        expectIn(await table.getByRole('row').last().innerText(), 'test', address, '8080/TCP');

        // Where the packets went, as ordered lists: the one that was lost, then the one that was answered.
        const map = figures('map').first();
        await map.scrollIntoViewIfNeeded();
        const steps = map.getByRole('list').first();
        await waitForText(steps, words.noRoute);
        expectIn(await map.innerText(), 'NO ROUTE');
        await map.locator('select').first().selectOption({ index: 1 });
        await waitForText(steps, `${address}:8080 → 10.244.`);

        // Every goal: what is missing is said in words before, and that nothing is after.
        for (const [at, goal] of getScenario('clusterip').goals.entries()) {
          const figure = figures('goal').nth(at);
          await figure.scrollIntoViewIfNeeded();
          const missing = goal.checks[0]!.failure[words === korean ? 'ko' : 'en'].split('`')[0]!.trim();
          if (at > 0) await waitForText(figure.getByRole('status'), missing);
          if (at > 0) for (const line of goal.solution) await run(line);
          await waitForText(figure, words.reached);
        }
        for (const quiz of await figures('quiz').all()) {
          for (const answer of await quiz.getByRole('button').all()) await answer.press('Enter');
          await waitForText(quiz, words.right);
        }
        expectNone('Goals that are not reached', await figures('goal').filter({ hasNotText: words.reached }).allInnerTexts());
        const drawn = await page.locator('svg:visible, canvas:visible, .xterm:visible').count();
        if (drawn > 0) throw new Error(`${drawn} drawings were there`);
      },
      { viewport: { width: 1000, height: 900 } },
    );
  });
}
