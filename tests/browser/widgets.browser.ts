import type { Locator, Page } from 'playwright-core';
import { readWidgets } from '../../src/plugins/widget-props';
import { violations } from './axe';
import { expectIn, expectNone, test } from './harness';

const korean = {
  base: '/',
  apply: '적용',
  happened: '실제',
  nodePort: '노드',
  once: '목적지가 바뀐 횟수: 1',
  twice: '두 번',
  met: /지나간 규칙: [1-9]/,
  hint: '힌트 1/3',
  giveUp: '포기하고 풀이 보기',
  solution: '풀이 보기',
  replay: '터미널에서 풀이 실행',
  reached: '이루었다',
  wrong: '아니다.',
  right: '맞다.',
};
const english: typeof korean = {
  base: '/en/',
  apply: 'Apply',
  happened: 'What happens',
  nodePort: 'node',
  once: 'times the destination changed: 1',
  twice: 'Twice',
  met: /rules met: [1-9]/,
  hint: 'Hint 1/3',
  giveUp: 'Give up and show the solution',
  solution: 'Show the solution',
  replay: 'Run the solution in the terminal',
  reached: 'Reached',
  wrong: 'No.',
  right: 'Right.',
};
type Words = typeof korean;

const button = (within: Locator, name: string) => within.getByRole('button', { name, exact: true });

/** Waits until the text is there: what a lab does takes a moment. */
async function shows(within: Locator, text: string | RegExp): Promise<void> {
  await within.getByText(text).first().waitFor({ timeout: 10_000 });
}

/** What each widget is for, done once, in the order in which they build on each other in the catalogue's one lab. */
const walks: Record<string, (widget: Locator, words: Words, page: Page) => Promise<void>> = {
  async Predict(widget, words) {
    await widget.getByRole('radio').nth(1).check();
    await widget.locator('button[type=submit]').click();
    await shows(widget.locator('dl'), words.twice);
    if ((await widget.locator('dt').count()) !== 1) throw new Error('the answer stands here, not where it is shown again');
  },
  async Predicted(widget, words) {
    await shows(widget.locator('dl'), words.twice);
    await shows(widget.locator('dl'), words.happened);
  },
  async Goal(widget, words) {
    await button(widget, words.hint).click();
    await widget.getByRole('listitem').first().waitFor();
  },
  async Manifest(widget, words) {
    await button(widget, words.apply).click();
    await shows(widget.getByRole('status'), 'service/test created');
  },
  async ServiceTable(widget, words) {
    const port = widget.getByRole('button', { name: '30088', exact: true });
    await port.click();
    expectIn(await widget.getByRole('status').innerText(), 'nodePort', words.nodePort);
  },
  async Terminal(widget) {
    await widget.getByRole('button', { name: /curl -s http/ }).click();
    await shows(widget.getByRole('log'), /^test-/);
  },
  async ClusterMap(widget) {
    const step = widget.getByRole('slider');
    await step.press('End');
    expectIn(await widget.locator('svg').first().innerHTML(), '10.244.');
  },
  async PacketSteps(widget, _words, page) {
    const step = widget.getByRole('listitem').filter({ hasText: 'DNAT' }).first();
    await step.getByRole('button').first().click();
    if ((await step.getAttribute('aria-current')) !== 'step') throw new Error('the step is not the current one');
    const now = page.locator('[data-widget=ClusterMap] [aria-live]').first();
    await shows(now, /→ 10\.244\.\d\.\d+:5000/);
  },
  async Rules(widget, words) {
    await widget.getByRole('combobox').first().selectOption('node-3');
    await shows(widget, words.met);
    await widget.locator('li [data-stop]').first().focus();
    if ((await widget.getByRole('status').innerText()).trim() === '') throw new Error('no word on why the rule exists');
  },
  async Ports(widget, words, page) {
    await shows(widget.getByRole('status').last(), words.once);
    const field = widget.getByRole('textbox', { name: 'nodePort:' });
    await field.fill('30099');
    await field.press('Enter');
    await page.locator('[data-widget=Manifest] .cm-content', { hasText: 'nodePort: 30099' }).waitFor();
    await shows(page.locator('[data-widget=ServiceTable] table'), '30099');
    await field.fill('30088');
    await field.press('Enter');
    await shows(page.locator('[data-widget=ServiceTable] table'), '30088');
  },
  async Glossary(widget) {
    await widget.getByRole('link').first().waitFor();
  },
  async NotSimulated(widget) {
    await widget.getByText('kubectl proxy').waitFor();
  },
  async Misconceptions(widget) {
    await widget.getByRole('link').first().waitFor();
  },
  async Ladder(widget) {
    await widget.locator('summary').first().click();
    await widget.getByRole('button').first().waitFor();
    await widget.locator('summary').nth(1).click();
    await widget.locator('details details[open]').waitFor();
  },
  async Exam(widget, words) {
    const last = widget.locator('ol > li').last();
    await button(last, words.giveUp).click();
    await shows(last, /^\$ /);
  },
  async Quiz(widget, words) {
    await widget.getByRole('button').nth(0).click();
    await shows(widget, words.wrong);
    await widget.getByRole('button').nth(1).click();
    await shows(widget, words.right);
  },
};

for (const words of [korean, english]) {
  test(`each widget of the catalogue does what it is for (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}components/`,
      async (page) => {
        const registered = readWidgets(process.cwd()).map(({ name }) => name);
        expectNone(
          'Not walked',
          registered.filter((name) => !(name in walks)),
        );
        for (const [name, walk] of Object.entries(walks)) {
          const widget = page.locator(`[data-widget=${name}]`);
          await widget.scrollIntoViewIfNeeded();
          await walk(widget, words, page).catch((error: unknown) => {
            throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
          });
        }
        // What the others did reached the goal.
        const goal = page.locator('[data-widget=Goal]');
        await shows(goal, words.reached);
        await button(goal, words.solution).click();
        await shows(goal, '$ kubectl apply -f test-nodeport.yaml');
        const terminal = page.locator('[data-widget=Terminal]').getByRole('log');
        const ran = await terminal.locator('> div').count();
        await button(goal, words.replay).click();
        await shows(terminal.locator(`> div:nth-child(n + ${ran + 1})`), 'kubectl apply -f test-nodeport.yaml');
        await goal.getByRole('button', { name: words.replay, exact: true, disabled: false }).waitFor();
        await shows(goal, words.reached);
        expectNone('axe, with every widget used', await violations(page));
      },
      { reducedMotion: 'reduce' },
    );
  });
}
