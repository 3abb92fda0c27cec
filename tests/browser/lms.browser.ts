import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { packageLms, standards } from '../../deploy/package-lms';
import { reachedKey } from '../../src/lab/progress/keys';
import { readCourse } from '../../src/plugins/course';
import { activityId, actor, fakeLms, registration, sessionId } from './fakelms';
import { expectIn, expectNone, test } from './harness';

const course = (await readCourse('.', 'en')).flatMap(({ lessons }) => lessons);
const keys = (ids: (id: string) => boolean) =>
  course.flatMap(({ id, lab = '', goals }) => (ids(id) ? goals.map((goal) => reachedKey(lab, goal)) : []));
const lessons = keys((id) => id !== 'exam');
const exam = keys((id) => id === 'exam');
const all = lessons.length + exam.length;

const launchFrame = async (page: Page): Promise<Frame> => {
  await page.waitForLoadState('load');
  for (let wait = 0; wait < 100; wait++) {
    const found = page.frames().find((frame) => frame.url().includes('/lms.html'));
    if (found) return found;
    await page.waitForTimeout(50);
  }
  throw new Error('no launch page');
};
const says = (launch: Frame, text: string) => launch.getByRole('status').filter({ hasText: text }).waitFor({ timeout: 15_000 });
const reported = (launch: Frame, count: number) => says(launch, `Reported. Goals reached: ${count} of ${all}`);

/** What the lessons write when goals are reached, in the site's own frame. */
async function reach(launch: Frame, reachedKeys: string[]): Promise<void> {
  const site = launch.childFrames()[0]!;
  await site.waitForLoadState('load');
  await site.evaluate((list) => {
    for (const key of list) localStorage.setItem(key, 'true');
  }, reachedKeys);
}

/** One goal, the other lessons', the exam: what every platform is told of. */
async function learn(launch: Frame): Promise<void> {
  await reported(launch, 0);
  await reach(launch, lessons.slice(0, 1));
  await reported(launch, 1);
  await reach(launch, lessons);
  await reported(launch, lessons.length);
  await reach(launch, exam);
  await reported(launch, all);
}

/** A learner whose browser knows nothing of the course yet. */
async function fresh(browser: Browser, address: string, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await use(page);
  } finally {
    await context.close();
  }
}

interface Noted {
  calls: string[][];
  data: Record<string, string>;
}
const noted = (page: Page): Promise<Noted> =>
  page.evaluate(() => {
    const { calls, data } = window as unknown as Noted;
    return { calls, data };
  });

/** The values an element was given, in their order. */
const valuesOf = ({ calls }: Noted, element: string) =>
  calls.flatMap(([name, given, value]) => (/SetValue$/.test(name!) && given === element ? [value!] : []));

test('a learning platform is told of launch, progress, completion and end, by SCORM 1.2, SCORM 2004 and cmi5', async ({
  browser,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lms-'));
  await packageLms('build', folder, 'en', standards);
  const lms = await fakeLms(folder);
  try {
    for (const edition of ['12', '2004'] as const) {
      const is12 = edition === '12';
      const prefix = is12 ? 'LMS' : '';
      const [start, end] = is12 ? ['LMSInitialize', 'LMSFinish'] : ['Initialize', 'Terminate'];
      await fresh(browser, `${lms.address}/scorm${edition}.html`, async (page) => {
        const launch = await launchFrame(page);
        await learn(launch);
        const before = await noted(page);
        await launch.getByRole('button', { name: 'End and leave' }).click();
        await says(launch, 'This session has ended');
        const after = await noted(page);
        const names = after.calls.map(([name]) => name!);
        const wrong = after.calls.filter(
          (call) => /Initialize|Finish|Terminate|Commit|SetValue/.test(call[0]!) && call.at(-1) !== 'true',
        );
        expectNone(`Refused (SCORM ${edition})`, wrong.map(String));
        expectIn(names.join(' '), new RegExp(`^${start} `), new RegExp(` ${prefix}Commit ${end}$`));
        expectIn(String(names.filter((name) => name === start || name === end).length), /^2$/);
        expectIn(String(before.calls.filter(([name]) => name === `${prefix}Commit`).length), /^[4-9]/);
        const status = is12
          ? ['cmi.core.lesson_status', 'incomplete,completed,passed']
          : ['cmi.completion_status', 'incomplete,completed'];
        expectIn(`${valuesOf(after, status[0]!)}!`, `${status[1]}!`);
        if (is12) {
          expectIn(valuesOf(after, 'cmi.core.score.raw').join(), /^0,2,98,100$/);
          expectIn(valuesOf(after, 'cmi.core.session_time').join(), /^0000:00:\d\d\.\d\d$/);
        } else {
          expectIn(valuesOf(after, 'cmi.progress_measure').join(), /^0,0\.02,1$/);
          expectIn(valuesOf(after, 'cmi.success_status').join(), /^passed$/);
          expectIn(valuesOf(after, 'cmi.session_time').join(), /^PT[\d.]+S$/);
          expectIn(valuesOf(after, 'cmi.exit').join(), /^normal$/);
        }
        expectIn(after.data[is12 ? 'cmi.core.lesson_location' : 'cmi.location']!, 'en/');
        lms.keep(edition, after.data);
      });
      // On another machine the platform's memory brings it back; leaving the page ends the session too.
      await fresh(browser, `${lms.address}/scorm${edition}.html`, async (page) => {
        const launch = await launchFrame(page);
        await reported(launch, all);
        await page.evaluate(() => {
          document.querySelector('iframe')!.src = 'about:blank';
        });
        await page.waitForTimeout(300);
        const { calls, data } = await noted(page);
        expectIn(calls.at(-1)!.join(), new RegExp(`^${end},,true$`));
        expectIn(data[is12 ? 'cmi.core.lesson_status' : 'cmi.completion_status']!, is12 ? 'passed' : 'completed');
      });
      await fresh(browser, `${lms.address}/scorm${edition}.html?broken`, async (page) => {
        const launch = await launchFrame(page);
        await says(launch, `did not accept this. The lessons work`);
        await launch.childFrames()[0]!.getByRole('heading', { level: 1 }).waitFor();
      });
    }

    await fresh(browser, lms.cmi5Launch(), async (page) => {
      const launch = await launchFrame(page);
      await learn(launch);
      await launch.getByRole('button', { name: 'End and leave' }).click();
      await page.waitForURL('**/done');
    });
    const { requests, statements, states } = lms.xapi;
    expectIn(
      requests.join('; '),
      /^POST fetch; GET activities\/state LMS\.LaunchData; GET agents\/profile cmi5LearnerPreferences; GET activities\/state packet-to-pod; POST statements;/,
    );
    expectIn(String(requests.filter((one) => one === 'POST fetch').length), /^1$/);
    const verb = ({ verb: { id } }: (typeof statements)[0]) => id.split('/').at(-1)!;
    expectIn(statements.map(verb).join(), /^initialized,progressed,progressed,completed,passed,terminated$/);
    const problems: string[] = [];
    for (const statement of statements) {
      const { context, result } = statement;
      const name = verb(statement);
      const categories = (context.contextActivities.category ?? []).map(({ id }) => id.split('/').at(-1)).join();
      const wanted = name === 'progressed' ? '' : name === 'completed' || name === 'passed' ? 'cmi5,moveon' : 'cmi5';
      const holds: Record<string, boolean> = {
        category: categories === wanted,
        grouping: context.contextActivities.grouping?.length === 1,
        session: context.extensions[sessionId] === 'session-1',
        registration: context.registration === registration,
        object: statement.object.id === activityId,
        actor: JSON.stringify(statement.actor) === JSON.stringify(actor),
        id: /^[0-9a-f-]{36}$/.test(statement.id),
        timestamp: /Z$/.test(statement.timestamp),
        duration: ['completed', 'passed', 'terminated'].includes(name) === /^PT/.test(String(result?.duration)),
        completion: (name === 'completed') === (result?.completion === true),
        success: (name === 'passed') === (result?.success === true),
      };
      for (const [what, right] of Object.entries(holds))
        if (!right) problems.push(`${name}: ${what}: ${JSON.stringify(statement)}`);
    }
    expectNone('Statements that are not as cmi5 asks', problems);
    // What was completed and passed is not said again in the same registration.
    statements.length = 0;
    await fresh(browser, lms.cmi5Launch(), async (page) => {
      await reported(await launchFrame(page), all);
      await page.goto('about:blank');
      await page.waitForTimeout(300);
    });
    expectIn(statements.map(verb).join(), /^initialized,progressed,terminated$/);
    expectIn(states.get('packet-to-pod')!, '"completed":true', '"passed":true');
    await fresh(browser, lms.cmi5Launch('yes'), async (page) => says(await launchFrame(page), 'fetch: 1 already in use'));
    await fresh(browser, `${lms.address}/content/scorm12/lms.html`, async (page) =>
      says(await launchFrame(page), 'No learning platform was found'),
    );
    expectIn(readFileSync(path.join(folder, 'scorm12/imsmanifest.xml'), 'utf8'), '<schemaversion>1.2<', 'href="assets/js/');
  } finally {
    await lms.close();
    rmSync(folder, { recursive: true });
  }
});
