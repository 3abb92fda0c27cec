import type { Page } from 'playwright-core';
import { violations } from './axe';
import { expectIn, expectNone, test } from './harness';
import { typeCommand } from './terminal';

const wide = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' as const };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' as const };
const languages = [
  {
    base: '/',
    timeout: '답이 오지 않았다(TIMEOUT)',
    source: /거기서 본 출발지: 192\.168\.0\.11/,
    preserved: /거기서 본 출발지: 198\.51\.100\.7/,
    goOn: '이 실행을 이어 가기',
    first: '처음 실행',
    command: '다른 명령으로',
    timeline: '타임라인',
    happened: '일어난 일',
    fork: '여기서 갈라져 나가기',
    together: '함께 보기',
    folded: '이름만 그린 노드: 18 / 20',
    kubeProxy: '모든 노드의 규칙을 고쳐 쓴다: test',
  },
  {
    base: '/en/',
    timeout: 'No answer (TIMEOUT)',
    source: /source seen there: 192\.168\.0\.11/,
    preserved: /source seen there: 198\.51\.100\.7/,
    goOn: 'Go on with this run',
    first: 'First run',
    command: 'With another command',
    timeline: 'Timeline',
    happened: 'What happened',
    fork: 'Fork here',
    together: 'Together',
    folded: 'Nodes drawn by name only: 18 of 20',
    kubeProxy: 'Rewrites the rules on every node: test',
  },
];

const policyOf = (page: Page) => typeCommand(page, 'kubectl get service test -o jsonpath={.spec.externalTrafficPolicy}');
const names = (page: Page) =>
  page
    .locator('[data-figure="compare"]:visible li input')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

for (const words of languages) {
  test(`two runs are compared, kept over a reload and gone on with (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}learn/nodeport/`,
      async (page) => {
        await typeCommand(page, 'kubectl apply -f test-nodeport.yaml');
        await page.locator('.bench [data-view="compare"]').click();
        const panel = page.locator('.bench [data-figure="compare"]');
        await panel.getByRole('button', { name: 'externalTrafficPolicy: Local' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.locator('svg').nth(1).waitFor();
        const rows = await dialog.getByRole('table').first().getByRole('row').allInnerTexts();
        expectIn(rows[1] ?? '', words.source, words.preserved);
        expectIn(rows[3] ?? '', words.timeout);
        // Both maps stand at the end of the request that differs most; the right one shows where it was lost.
        expectIn(await dialog.locator('svg').nth(1).innerHTML(), 'DROPPED');
        expectIn(await dialog.getByRole('table').nth(1).innerText(), 'spec.externalTrafficPolicy', 'Cluster', 'Local');
        expectIn(await dialog.getByRole('table').nth(2).innerText(), 'kubectl patch service test', words.kubeProxy);
        expectNone('axe, comparing', await violations(page));
        await page.keyboard.press('Escape');

        await page.reload({ waitUntil: 'networkidle' });
        await page.locator('.bench [data-view="compare"]').click();
        const goOn = panel.getByRole('button', { name: words.goOn });
        await goOn.click();
        await panel.locator('li').first().locator(`input[value="externalTrafficPolicy: Local"]`).waitFor();
        expectIn(await policyOf(page), 'Local');
        expectIn((await names(page)).join(), words.first);
        await goOn.click();
        await panel.locator('li').first().locator(`input[value="${words.first}"]`).waitFor();
        expectIn(await policyOf(page), 'Cluster');
      },
      wide,
    );
  });

  test(`a fork keeps the run as it was, and a command that fails is told (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}playground/`,
      async (page) => {
        await typeCommand(page, 'kubectl apply -f test-service.yaml');
        await page.waitForTimeout(1200);
        await typeCommand(page, 'kubectl delete service test');
        await page.getByRole('tab', { name: words.timeline }).click();
        const lines = page.getByRole('list', { name: words.happened });
        await lines.getByRole('button', { name: 'kubectl apply -f test-service.yaml' }).click();
        await page.getByRole('button', { name: words.fork }).click();
        expectIn(await typeCommand(page, 'kubectl get service test'), 'NodePort');
        await page.locator('.bench [data-view="compare"]').click();
        const panel = page.locator('.bench [data-figure="compare"]');
        await panel.locator('li').nth(1).waitFor();
        if ((await names(page))[1] !== words.first) throw new Error(`runs: ${(await names(page)).join()}`);
        const field = panel.getByLabel(words.command);
        await field.fill('kubectl delete service none');
        await field.press('Enter');
        await panel.getByText('services "none" not found').waitFor();
      },
      wide,
    );
  });

  test(`a comparison stacks on a phone (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}playground/`,
      async (page) => {
        await typeCommand(page, 'kubectl apply -f test-service.yaml');
        const figure = page.locator('[data-figure="compare"]:visible');
        await figure.scrollIntoViewIfNeeded();
        await figure.getByRole('button', { name: 'externalTrafficPolicy: Local' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.locator('svg').nth(1).waitFor();
        const wideParts = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
        if (wideParts > 0) throw new Error(`the dialog is ${wideParts} px too wide`);
        const [left, right] = await Promise.all([0, 1].map((n) => dialog.locator('svg').nth(n).boundingBox()));
        if (!left || !right || right.y < left.y + left.height) throw new Error('the maps are not below each other');
      },
      phone,
    );
  });

  test(`twenty nodes fold to what a packet passes, and connections are drawn together (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}playground/?nodes=20`,
      async (page) => {
        await typeCommand(page, 'kubectl apply -f test-service.yaml');
        const map = page.locator('.bench [data-figure="map"]');
        // A node without a pod of the Service sends the packet on to another.
        await typeCommand(page, 'curl -s -m 2 http://192.168.0.30:30080/hostname');
        await map.getByText(words.folded).click();
        await map.getByRole('button', { name: /^node-7 / }).press('Enter');
        await map.locator('svg').getByText('192.168.0.17').waitFor();
        await typeCommand(page, 'curl -s -m 2 http://192.168.0.30:30080/hostname');
        await typeCommand(page, 'curl -s -m 2 http://192.168.0.30:30099/');
        await map.getByRole('button', { name: words.together }).click();
        const said = map.locator('[aria-live]').first();
        await said.getByText('REFUSED').waitFor();
        expectIn(await said.innerText(), '3/3');
        await map.getByRole('slider').press('Home');
        expectIn(await said.innerText(), '1/3');
        expectNone('axe, with twenty nodes', await violations(page));
      },
      wide,
    );
  });
}
