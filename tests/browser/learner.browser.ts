import type { Locator, Page } from 'playwright-core';
import { parts } from '../../course';
import { scenarios } from '../../src/lab/scenarios';
import type { Goal } from '../../src/lab/types';
import { readLesson } from '../lessons/mdx';
import { expectNone, test } from './harness';
import { expectText, hurryTime, startOver } from './learner';
import { typeCommand } from './terminal';

/**
 * A learner who goes through every page that asks for something: predicts, tries each goal wrongly and reads what is said about it,
 * then reaches it by typing, answers the quizzes, and finds the goals ticked off on the home page.
 */
const languages = {
  ko: {
    base: '/',
    open: '아직',
    passed: '이루었다',
    right: '맞다.',
    wrong: '아니다.',
    reset: '처음부터',
    sure: '처음부터 시작한다',
  },
  en: {
    base: '/en/',
    open: 'Not yet',
    passed: 'Reached',
    right: 'Right.',
    wrong: 'No.',
    reset: 'Start over',
    sure: 'Start over',
  },
} as const;
type Language = keyof typeof languages;

/** A goal as its page has it. Where several wrong attempts are known, each language tries another one. */
interface Task {
  goal: Goal;
  mistake?: { lines: string[]; feedback: string };
}

/** What stands on the page for a sentence of a scenario: its backticks make code. */
const shown = (sentence: string): string => sentence.replaceAll('`', '');

function tasksOf(lesson: string, language: Language): Task[] {
  const { frontMatter, widgets } = readLesson(language, `${lesson}.mdx`);
  const goals = scenarios.find(({ name }) => name === frontMatter.lab)?.goals ?? [];
  // A page may ask for its goals in another way than one by one; that is not for this learner.
  if (!widgets.some(({ name }) => name === 'Goal')) return [];
  return goals.map((goal) => {
    const mistake = goal.mistakes?.at(language === 'ko' ? 0 : -1);
    const feedback = mistake && goal.checks[mistake.failedCheck]?.failure[language];
    return feedback === undefined ? { goal } : { goal, mistake: { lines: mistake?.lines ?? [], feedback: shown(feedback) } };
  });
}

async function answerPredictions(page: Page): Promise<void> {
  for (const predict of await page.locator('[data-figure="predict"]').all()) {
    await predict.locator('input[type=radio]').first().check();
    await predict.locator('button[type=submit]').click();
    await predict.locator('dl').waitFor();
  }
  for (const predicted of await page.locator('[data-figure="predicted"]').all()) await predicted.locator('dt').nth(1).waitFor();
}

/** Tries the answers one after the other, until one that is right comes after one that is wrong: each must say why. */
async function answerQuiz(quiz: Locator, { right, wrong }: (typeof languages)[Language]): Promise<void> {
  const words: string[] = [];
  for (const option of await quiz.locator('li').all()) {
    await option.getByRole('button').click();
    const why = option.getByRole('status');
    await why.locator('strong').waitFor();
    const text = await why.innerText();
    const said = [right, wrong].find((one) => text.startsWith(one));
    if (said === undefined || text.length < said.length + 8) throw new Error(`a quiz does not say why: ${text}`);
    words.push(said);
  }
  if (!words.includes(wrong) || words.filter((one) => one === right).length !== 1)
    throw new Error(`answers of a quiz: ${words.join(' ')}`);
}

async function reachGoal(page: Page, { goal, mistake }: Task, language: Language): Promise<void> {
  const words = languages[language];
  const figure = page.locator('[data-figure="goal"]').filter({ hasText: shown(goal.title[language]) });
  await figure.scrollIntoViewIfNeeded();
  const state = figure.locator('span').first();
  await expectText(state, RegExp(`^${words.open}$`), `goal ${goal.id} at first`);
  const failures = goal.checks.map(({ failure }) => shown(failure[language]));
  const attempt = mistake?.lines ?? [];
  for (const line of attempt) await typeCommand(page, line, { whole: true });
  await expectText(
    figure.getByRole('status'),
    mistake?.feedback ?? failures[0] ?? '',
    `goal ${goal.id} after ${attempt.join('; ')}`,
  );
  const said = await figure.innerText();
  if (language === 'en' && /[가-힣]/.test(said)) throw new Error(`Korean on an English page: ${said}`);
  if (attempt.length > 0) await startOver(page, words);
  const output: string[] = [];
  for (const line of goal.solution) output.push(`$ ${line}\n${await typeCommand(page, line, { whole: true })}`);
  await expectText(state, RegExp(`^${words.passed}$`), `goal ${goal.id} after\n${output.join('\n')}`);
  expectNone(
    `goal ${goal.id} is reached and still missed`,
    (await figure.getByRole('status').innerText()).split('\n').filter(Boolean),
  );
}

for (const language of ['ko', 'en'] as const) {
  const words = languages[language];
  for (const lesson of parts.flatMap(({ lessons }) => lessons)) {
    const tasks = tasksOf(lesson, language);
    if (tasks.length === 0) continue;
    const wrong = tasks.filter(({ mistake }) => mistake).length;
    test(`a learner goes through ${lesson} (${language}): goals ${tasks.length}, wrong attempts ${wrong}`, async ({ visit }) => {
      await visit(
        `${words.base}learn/${lesson}/`,
        async (page) => {
          await answerPredictions(page);
          for (const [index, task] of tasks.entries()) {
            // Each goal is told from where the lesson starts.
            if (index > 0) await startOver(page, words);
            await reachGoal(page, task, language);
          }
          for (const quiz of await page.locator('[data-figure="quiz"]').all()) await answerQuiz(quiz, words);
          await page.goto(new URL(words.base, page.url()).href, { waitUntil: 'networkidle' });
          const entry = page.locator('li').filter({ has: page.locator(`a[href$="/learn/${lesson}/"]`) });
          await expectText(entry.getByRole('img'), `✓ ${tasks.length}/${tasks.length}`, 'the home page');
        },
        { prepare: hurryTime },
      );
    });
  }
}
