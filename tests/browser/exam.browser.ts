import type { Locator, Page } from 'playwright-core';
import { getScenario } from '../../src/lab/scenarios';
import { violations } from './axe';
import { expectIn, expectNone, test } from './harness';
import { typeCommand } from './terminal';

const korean = {
  base: '',
  language: 'ko',
  score: (right: number) => `맞은 과제: ${right}/6`,
  giveUp: '포기하고 풀이 보기',
  replay: '터미널에서 풀이 실행',
  end: '여기서 끝내기',
  endYes: '끝낸다',
  over: (right: number) => `시험이 끝났다. 맞은 과제: ${right}/6`,
  again: '같은 시험 다시 보기',
  againYes: '다시 본다',
  open: '이 시드로 열기',
  seed: '이 시험의 시드',
  missed: '맞히지 못한 과제와 다루는 레슨',
} as const;
const english = {
  base: '/en',
  language: 'en',
  score: (right: number) => `Tasks right: ${right} of 6`,
  giveUp: 'Give up and show the solution',
  replay: 'Run the solution in the terminal',
  end: 'End the exam here',
  endYes: 'End it',
  over: (right: number) => `The exam is over. Tasks right: ${right} of 6.`,
  again: 'Take the same exam again',
  againYes: 'Take it again',
  open: 'Open this seed',
  seed: 'Seed of this exam',
  missed: 'Tasks missed, and the lessons about them',
} as const;

const button = (within: Locator | Page, name: string) => within.getByRole('button', { name, exact: true });

for (const words of [korean, english]) {
  test(`an exam is taken to its end, and again (${words.base || '/ko'})`, async ({ visit }) => {
    const { goals } = getScenario('exam-7');
    await visit(`${words.base}/learn/exam/`, async (page) => {
      const widget = page.locator('[data-figure="exam"]');
      const shows = (text: string) => widget.getByText(text, { exact: true }).first().waitFor({ timeout: 15_000 });
      await widget.scrollIntoViewIfNeeded();
      await shows(words.score(0));
      const seed = widget.getByRole('textbox', { name: words.seed });
      await seed.fill('7');
      await button(widget, words.open).click();
      await widget.getByText(goals[0]!.title[words.language].split('`')[0]!.trim()).first().waitFor({ timeout: 15_000 });
      await shows(words.score(0));
      expectIn(page.url(), 'seed=7');
      expectNone('a focus that was lost', [
        ...((await page.evaluate(() => document.activeElement === document.body)) ? ['body'] : []),
      ]);

      // A wrong repair, then a right one.
      const tasks = widget.locator('ol > li');
      const { mistakes = [], checks, solution } = goals[0]!;
      for (const line of mistakes[0]!.lines) await typeCommand(page, line);
      const failure = checks[mistakes[0]!.failedCheck]!.failure[words.language];
      await tasks.first().getByText(failure.split('`')[0]!.trim()).first().waitFor({ timeout: 15_000 });
      await button(widget, words.again).click();
      await button(page, words.againYes).click();
      for (const line of solution) await typeCommand(page, line);
      await shows(words.score(1));

      // Giving up shows the solution, and running it does not make the task right.
      await button(tasks.nth(1), words.giveUp).click();
      await button(tasks.nth(1), words.replay).click();
      await tasks.nth(1).getByRole('button', { name: words.replay, exact: true, disabled: false }).waitFor({ timeout: 30_000 });
      await shows(words.score(1));

      await button(widget, words.end).click();
      await button(page, words.endYes).click();
      await shows(words.over(1));
      const missed = widget.getByRole('list', { name: words.missed });
      expectIn(String(await missed.getByRole('link').count()), '5');
      expectNone('axe, at the end of an exam', await violations(page));

      // Kept over a reload, address or not.
      await page.goto(page.url().replace('?seed=7', ''), { waitUntil: 'networkidle' });
      await widget.scrollIntoViewIfNeeded();
      await shows(words.over(1));
    });
  });
}
