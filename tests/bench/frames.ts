import type { Browser, Page } from 'playwright-core';
import type { Bench } from '../browser/harness';
import { typeCommand } from '../browser/terminal';

/** A mid-range phone's processor, as Lighthouse imitates it. */
const SLOWDOWN = 4;
/** Work longer ago than this was over before the frame was asked for, ms. */
const BEFORE = 100;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Processor time of the thread itself, µs. */
  tdur?: number;
  args?: { data?: { message?: string } };
}

/** How long is looked at, ms: the request's first steps, with the rule that rewrites its destination. */
const PLAYING = 7000;

const MARK = 'packet plays';

/**
 * What each frame cost the page's main thread, ms. A frame's work is the task that drew it and everything that the thread ran since
 * the frame before. It is measured in the thread's own processor time, from the browser's trace: Chromium slows a page down by keeping
 * that very thread busy, so the slowdown counts, while the time that other programs of this machine took from the thread does not. Wall
 * clock (requestAnimationFrame, long tasks) would measure them too.
 */
async function frameWork(browser: Browser, page: Page, use: () => Promise<void>): Promise<number[]> {
  // Without the screenshots and samples that would be work of their own.
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await page.evaluate((mark) => console.timeStamp(mark), MARK);
  await use();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mark = traceEvents.find(({ name, args }) => name === 'TimeStamp' && args?.data?.message === MARK);
  if (!mark) throw new Error('the trace has no mark');
  const own = traceEvents.filter(({ pid, tid, ts }) => pid === mark.pid && tid === mark.tid && ts >= mark.ts);
  const tasks = own.filter(({ name, ph }) => name === 'RunTask' && ph === 'X').sort((a, b) => a.ts - b.ts);
  const drawn = own.filter(({ name }) => name === 'Commit').map(({ ts }) => ts);
  const draws = (task: TraceEvent) => drawn.some((ts) => ts >= task.ts && ts <= task.ts + (task.dur ?? 0));
  const frames: number[] = [];
  let since: TraceEvent[] = [];
  for (const task of tasks) {
    since.push(task);
    if (!draws(task)) continue;
    const recent = since.filter(({ ts }) => ts >= task.ts - BEFORE * 1000);
    frames.push(recent.reduce((sum, { tdur }) => sum + (tdur ?? 0), 0) / 1000);
    since = [];
  }
  return frames;
}

/** A page whose map has a packet to follow, and what brings it there. */
const places: {
  name: string;
  path: string;
  viewport: { width: number; height: number };
  prepare?: (page: Page) => Promise<void>;
}[] = [
  { name: 'on the home page', path: '/', viewport: { width: 412, height: 823 } },
  {
    name: "in a lesson's bench whose views have all been opened",
    path: '/learn/loadbalancer/',
    viewport: { width: 1440, height: 900 },
    prepare: async (page) => {
      await typeCommand(page, 'kubectl apply -f test-loadbalancer.yaml');
      await typeCommand(page, 'ssh vm curl -sS http://192.168.0.11:30352/hostname');
      for (const tab of (await page.locator('.bench [role=tab]').all()).reverse()) {
        await tab.click();
        await page.waitForLoadState('networkidle');
      }
    },
  },
];

/** The most main-thread work of one frame, ms, while a packet plays on a map on a slowed processor, for each place. */
export async function longestFrames({ browser, visit }: Bench): Promise<{ name: string; longest: number; note: string }[]> {
  const found: { name: string; longest: number; note: string }[] = [];
  for (const { name, path, viewport, prepare } of places) {
    await visit(
      path,
      async (page) => {
        await prepare?.(page);
        const map = page.locator('[data-figure=map]:visible').first();
        const step = map.getByRole('slider');
        const play = map.getByRole('button', { name: '재생' });
        await play.waitFor();
        const cdp = await page.context().newCDPSession(page);
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
        // Other programs also cost the thread its caches, and nothing makes a frame cheaper than it is: the best of three plays.
        const plays: number[][] = [];
        for (let attempt = 0; attempt < 3; attempt++) {
          await step.press('Home');
          await play.click();
          // Nothing is asked of the page meanwhile: the questions would be work of its main thread too.
          const frames = await frameWork(browser, page, () => new Promise((resolve) => setTimeout(resolve, PLAYING)));
          const played = Number(await step.inputValue());
          if (played < 3 || frames.length < 20) throw new Error(`the packet went ${played} steps in ${frames.length} frames`);
          plays.push(frames.sort((a, b) => b - a));
          await step.press('Home');
        }
        const [best = []] = plays.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
        const top = best.slice(0, 4).map((ms) => ms.toFixed(1));
        found.push({ name, longest: best[0] ?? 0, note: `${best.length} frames, the longest ${top.join(', ')} ms` });
      },
      { viewport },
    );
  }
  return found;
}
