import type { Page } from 'playwright-core';
import { expectIn, expectNone, test } from './harness';
import { typeCommand } from './terminal';

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const lesson = 'learn/clusterip/';
const languages = [
  {
    base: '/',
    undo: /^실행 취소/,
    redo: /^다시 실행/,
    reset: '처음부터',
    sure: '처음부터 시작한다',
    share: '공유',
    link: '링크',
    accept: '이 실습을 연다',
    decline: '열지 않는다',
    created: '서비스가 생겼다: test (ClusterIP, 클러스터 IP',
    looked: '보기만 했다',
    lost: '라우터. 이 목적지로 가는 경로를 모른다',
    damaged: '손상되어 읽을 수 없다',
    unkept: '저장 공간이 가득 찼거나 막혀 있어',
    gotIt: '확인',
    shared: '링크로 받은 실습을 보고 있다',
  },
  {
    base: '/en/',
    undo: /^Undo/,
    redo: /^Redo/,
    reset: 'Start over',
    sure: 'Start over',
    share: 'Share',
    link: 'Link',
    accept: 'Open this lab',
    decline: 'Do not open',
    created: 'Service created: test (ClusterIP, cluster IP',
    looked: 'That only looked',
    lost: 'Router. There is no route to this destination',
    damaged: 'is damaged and cannot be read',
    unkept: 'storage is full or blocked',
    gotIt: 'Got it',
    shared: 'You are looking at a lab from a link',
  },
];

const screenText = (page: Page) => page.locator('[data-figure="terminal"]:visible').first().getByRole('log').innerText();
const happened = (page: Page) => page.locator('[class*="happened"]:visible').first();

async function expectText(of: () => Promise<string>, part: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt++) {
    if ((await of()).includes(part)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expectIn(await of(), part);
}

/** Layout shifts since the page was opened, as Lighthouse counts them: without those that follow an input. */
const layoutShift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 500);
      }),
  );

for (const words of languages) {
  const { base } = words;
  test(`the bench stands beside the prose on wide screens only (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        const visible = (selector: string) => page.locator(`${selector}:visible`).count();
        const counts = async () => [
          await visible('.bench'),
          await visible('.bench-cue'),
          await visible('[data-figure="terminal"]'),
        ];
        const [bench, cues, terminals] = await counts();
        if (bench !== 1 || !cues || terminals !== 1)
          throw new Error(`wide: ${bench} bench, ${cues} cues, ${terminals} terminals`);
        await page.locator('.bench [data-figure="terminal"] textarea').waitFor({ state: 'attached' });
        const shift = await layoutShift(page);
        if (shift >= 0.02) throw new Error(`layout shift ${shift}`);
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
        if (!(await page.locator('.bench [data-figure="terminal"]').isVisible())) throw new Error('the bench scrolled away');
        await page.emulateMedia({ media: 'print' });
        const [printed, , figures] = await counts();
        if (printed !== 0 || !figures) throw new Error(`on paper: ${printed} bench, ${figures} terminals`);
        await page.emulateMedia({ media: 'screen' });
        await page.setViewportSize({ width: 1000, height: 900 });
        const [narrow, left, inline] = await counts();
        if (narrow !== 0 || left !== 0 || !inline) throw new Error(`narrow: ${narrow} bench, ${left} cues, ${inline} terminals`);
      },
      wide,
    );
  });

  test(`without scripts a lesson has its figures in the prose (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        const count = (selector: string) => page.locator(`${selector}:visible`).count();
        const found = [
          await count('.bench'),
          await count('[data-figure="manifest"] pre'),
          await count('[data-figure="map"] svg'),
        ];
        if (found[0] !== 0 || !found[1] || !found[2]) throw new Error(`bench, manifests, maps: ${found.join(', ')}`);
      },
      { ...wide, javaScriptEnabled: false },
    );
  });

  test(`nothing moves on a phone while a lesson comes alive (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        await page.waitForTimeout(1000);
        const shift = await layoutShift(page);
        if (shift >= 0.02) throw new Error(`layout shift ${shift}`);
      },
      phone,
    );
  });

  test(`a cue opens its file, runs its commands and lights its part (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        const cue = page.locator('[data-cue="manifest"]').nth(1);
        await cue.hover();
        await page.locator('.bench [data-view="manifest"][class*="pointed"]').waitFor();
        await cue.getByRole('button').first().click();
        await page.locator('.bench .cm-content', { hasText: 'name: web' }).waitFor();
        await page.locator('[data-cue="terminal"] button[class*="command"]').first().click();
        await expectText(() => screenText(page), 'IP=$(kubectl get svc test');
        // Arrow keys go from tab to tab.
        await page.locator('.bench [role=tab][aria-selected=true]').press('ArrowLeft');
        await page.locator('.bench [data-figure="map"]:visible').waitFor();
      },
      wide,
    );
  });

  test(`what just happened is said in words, and only what is known (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        const said = () => happened(page).innerText();
        await typeCommand(page, 'kubectl apply -f test-clusterip.yaml');
        await expectText(said, words.created);
        await typeCommand(page, 'kubectl get pods');
        await expectText(said, words.looked);
        await typeCommand(page, 'curl -sS -m 2 http://$(kubectl get svc test -o jsonpath={.spec.clusterIP}):8080/');
        await expectText(said, words.lost);
        await typeCommand(page, 'NAME=value');
        await page.waitForTimeout(300);
        if (/[^\s]/.test(await said())) throw new Error(`after a variable: ${await said()}`);
      },
      wide,
    );
  });

  test(`the lab outlives a reload; undo, redo and reset say what they do (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        const undo = page.locator('.bench').getByRole('button', { name: words.undo });
        const redo = page.locator('.bench').getByRole('button', { name: words.redo });
        await typeCommand(page, 'kubectl apply -f test-clusterip.yaml');
        const address = /ClusterIP +([\d.]+)/.exec(await typeCommand(page, 'kubectl get svc test'))?.[1] ?? 'no address';
        await typeCommand(page, 'kubectl delete service test');
        await typeCommand(page, 'kubectl get svc');
        await expectText(() => undo.innerText(), 'kubectl delete service test');
        await page.reload({ waitUntil: 'networkidle' });
        await expectText(() => screenText(page), 'service "test" deleted');
        await undo.click();
        await expectText(() => redo.innerText(), 'kubectl delete service test');
        expectIn(await typeCommand(page, 'kubectl get svc test'), address);
        // By keyboard, from inside the terminal.
        await page.keyboard.press('Alt+z');
        await expectText(() => redo.innerText(), 'kubectl apply -f test-clusterip.yaml');
        expectIn(await typeCommand(page, 'kubectl get svc test'), 'NotFound');
        await page.locator('.bench').getByRole('button', { name: words.reset, exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: words.sure }).click();
        await expectText(async () => ((await screenText(page)) === '' ? 'empty' : 'not yet'), 'empty');
        if (await undo.isEnabled()) throw new Error('there is something to undo after a reset');
      },
      wide,
    );
  });

  test(`a lab that cannot be read is set aside with a notice (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        // Before anything of the page runs: a page that is left keeps its own lab.
        await page.addInitScript(() => {
          localStorage.setItem('lab:clusterip', '{"version":1');
          localStorage.setItem('progress:clusterip:quiz:clusterip-where-rewritten', '[99,"x"]');
        });
        await page.reload({ waitUntil: 'networkidle' });
        await expectText(() => page.locator('.bench').innerText(), words.damaged);
        const aside = await page.evaluate(() => localStorage.getItem('lab-set-aside:clusterip'));
        if (aside !== '{"version":1') throw new Error(`set aside: ${aside}`);
        expectIn(await typeCommand(page, 'kubectl get pods'), 'Running');
      },
      wide,
    );
  });

  for (const [refused, how] of [
    ['is full', 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };'],
    [
      'is denied',
      // Docusaurus tells authors of it on the console, which is no trouble of ours.
      `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
       const { warn } = console;
       console.warn = (text) => String(text).startsWith("Docusaurus browser storage is not available") || warn(text);`,
    ],
  ] as const) {
    test(`a lesson works where storage ${refused}, and says once that nothing lasts (${base})`, async ({ visit }) => {
      await visit(
        `${base}${lesson}`,
        async (page) => {
          expectIn(await typeCommand(page, 'kubectl create service clusterip unkept --tcp=80'), 'created');
          const notice = page.getByRole('status').getByText(words.unkept);
          await notice.waitFor();
          await page.getByRole('button', { name: words.gotIt }).click();
          await notice.waitFor({ state: 'detached' });
          expectIn(await typeCommand(page, 'kubectl delete service unkept'), 'deleted');
          if (await notice.isVisible()) throw new Error('it says so again');
        },
        { ...wide, prepare: (page) => page.addInitScript(how) },
      );
    });
  }

  test(`hints, answers and reached goals outlive a reload (${base})`, async ({ visit }) => {
    await visit(
      `${base}${lesson}`,
      async (page) => {
        const goal = page.locator('[data-figure="goal"]').nth(1);
        await goal.scrollIntoViewIfNeeded();
        await goal.getByRole('button').first().click();
        const quiz = page.locator('[data-figure="quiz"]').first();
        await quiz.getByRole('button').nth(1).click();
        await page.reload({ waitUntil: 'networkidle' });
        await goal.scrollIntoViewIfNeeded();
        await goal.locator('ol li').waitFor();
        if ((await goal.locator('ol li').count()) !== 1) throw new Error('not one hint');
        const open = await quiz.getByRole('button').nth(1).getAttribute('aria-expanded');
        if (open !== 'true') throw new Error('the answer that was tried is closed');
      },
      wide,
    );
  });

  test(`a shared lab asks first, and leaves the reader's own as it was (${base})`, async ({ browser, address, visit }) => {
    let link = '';
    await visit(
      `${base}${lesson}`,
      async (page) => {
        await typeCommand(page, 'kubectl apply -f test-clusterip.yaml');
        await typeCommand(page, 'kubectl scale deployment test --replicas=3');
        await page.locator('.bench').getByRole('button', { name: words.share, exact: true }).click();
        const field = page.getByRole('dialog').getByRole('textbox', { name: words.link });
        await expectText(() => field.inputValue(), '#lab=');
        link = await field.inputValue();
      },
      wide,
    );
    const context = await browser.newContext(wide);
    try {
      const page = await context.newPage();
      await page.goto(`${address}${base}${lesson}`, { waitUntil: 'networkidle' });
      await typeCommand(page, 'touch mine');
      for (const answer of [words.decline, words.accept]) {
        await page.goto('about:blank');
        await page.goto(link, { waitUntil: 'networkidle' });
        const dialog = page.getByRole('dialog');
        expectIn(await dialog.innerText(), 'kubectl scale deployment test --replicas=3');
        const before = await screenText(page).catch(() => '');
        if (before.includes('kubectl')) throw new Error(`ran before it was asked:\n${before}`);
        await dialog.getByRole('button', { name: answer }).click();
        if (page.url().includes('#lab=')) throw new Error('the link is still in the address');
        await expectText(() => screenText(page), answer === words.accept ? 'deployment.apps/test scaled' : 'touch mine');
      }
      await expectText(() => page.locator('.bench').innerText(), words.shared);
      expectIn(await typeCommand(page, 'kubectl get svc'), 'test');
      await page.reload({ waitUntil: 'networkidle' });
      await expectText(() => screenText(page), 'touch mine');
      if ((await screenText(page)).includes('scaled')) throw new Error('the shared lab took the place of the own one');
      await page.goto('about:blank');
      await page.goto(`${address}${base}${lesson}#lab=1.xxxx`, { waitUntil: 'networkidle' });
      await page.getByRole('dialog').getByRole('button').click();
    } finally {
      await context.close();
    }
  });

  test(`tables are not broken on a phone but scrolled sideways, by touch too (${base})`, async ({ visit }) => {
    await visit(
      `${base}learn/loadbalancer/`,
      async (page) => {
        await typeCommand(page, 'kubectl apply -f test-loadbalancer.yaml');
        await typeCommand(page, 'kubectl get svc test');
        const rows = page.locator('[data-figure="terminal"]:visible').first().locator('.xterm-rows');
        await expectText(
          async () => (await rows.innerText()).replaceAll(' ', ' '),
          '30080:30352/TCP,30081:31824/TCP,30082:31996/TCP',
        );
        const lines = (await rows.innerText()).split('\n').map((line) => line.replaceAll(' ', ' '));
        expectNone(
          'Broken lines',
          lines.filter((line) => line.startsWith('NAME') && !line.includes('AGE')),
        );
        const box = await rows.boundingBox();
        if (!box) throw new Error('no terminal');
        const scrolled = () =>
          rows.evaluate((element) => {
            let at: Element | null = element;
            while (at && at.scrollLeft === 0) at = at.parentElement;
            return at?.scrollLeft ?? 0;
          });
        const before = await scrolled();
        const session = await page.context().newCDPSession(page);
        const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
          session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
        const y = Math.round(box.y + 100);
        await touch('touchStart', [{ x: 250, y }]);
        for (let x = 240; x > 100; x -= 10) await touch('touchMove', [{ x, y }]);
        await touch('touchEnd', []);
        await page.waitForTimeout(200);
        const after = await scrolled();
        if (after <= before) throw new Error(`scrolled from ${before} to ${after}`);
      },
      phone,
    );
  });
}
