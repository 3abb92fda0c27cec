import type { Page } from 'playwright-core';
import { expectIn, test } from './harness';
import { typeCommand } from './terminal';

const wide = { viewport: { width: 1440, height: 900 } };
const languages = [
  {
    base: '/',
    nodes: /^노드 수/,
    proxy: 'kube-proxy 모드',
    wrong: '1부터 20까지의 정수를 적는다.',
    import: '가져와서 적용',
    export: '만든 것을 파일로 내보내기',
    timeline: '타임라인',
    happened: '일어난 일',
    goOn: '여기서부터 다시 하기',
    pause: '멈춤',
  },
  {
    base: '/en/',
    nodes: /^Nodes/,
    proxy: 'kube-proxy mode',
    wrong: 'Enter a whole number from 1 to 20.',
    import: 'Import and apply',
    export: 'Export what was made as a file',
    timeline: 'Timeline',
    happened: 'What happened',
    goOn: 'Go on from here',
    pause: 'Pause',
  },
];
const manifest =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: mine\nspec:\n  selector: {app: test}\n  ports: [{port: 80}]\n';

async function expectTyped(page: Page, line: string, part: string): Promise<void> {
  expectIn(await typeCommand(page, line), part);
}

for (const words of languages) {
  test(`the playground makes the cluster that its settings and its address say (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}playground/?cloud=none`,
      async (page) => {
        await expectTyped(page, 'kubectl get nodes', 'node-3');
        const nodes = page.getByLabel(words.nodes);
        await nodes.fill('21');
        await page.getByText(words.wrong).waitFor();
        await nodes.fill('5');
        await nodes.press('Enter');
        await page.getByLabel(words.proxy).selectOption('nftables');
        await page.waitForURL('**/playground/?nodes=5&cloud=none&proxy=nftables');
        await expectTyped(page, 'kubectl get nodes', 'node-5');
        await expectTyped(page, 'kubectl expose deployment test --type=LoadBalancer --port=80', 'service/test exposed');
        await expectTyped(page, 'kubectl get svc test', '<pending>');
        await expectTyped(page, 'ssh node-5 nft list table ip kube-proxy | grep default/test', 'default/test');
      },
      wide,
    );
  });

  test(`the playground takes manifests in and gives them out (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}playground/`,
      async (page) => {
        const text = page.locator('main textarea[rows]');
        const apply = page.getByRole('button', { name: words.import });
        await text.fill('kind: Service');
        await apply.click();
        await page.getByText('apiVersion not set').waitFor();
        await text.fill(manifest);
        await apply.click();
        await page.getByText('service/mine created').first().waitFor();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: words.export }).click(),
        ]);
        const stream = await download.createReadStream();
        let out = '';
        for await (const chunk of stream) out += String(chunk);
        expectIn(out, 'name: mine');
        expectIn(out, 'kind: Deployment');
      },
      wide,
    );
  });

  test(`the timeline shows an earlier state and goes on from there (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}playground/`,
      async (page) => {
        await expectTyped(page, 'kubectl apply -f test-service.yaml', 'service/test created');
        await page.waitForTimeout(1500);
        await expectTyped(page, 'kubectl delete service test', 'deleted');
        const map = page.locator('.bench [data-figure="map"]');
        await page.getByRole('tab', { name: words.timeline }).click();
        const lines = page.getByRole('list', { name: words.happened });
        await lines.getByRole('button', { name: 'kubectl apply -f test-service.yaml' }).click();
        // Where the map stands in the bench it is hidden, and up to date.
        await map.getByText('test NodePort').waitFor({ state: 'attached' });
        await page.getByRole('button', { name: words.goOn }).click();
        await expectTyped(page, 'kubectl get service test', 'NodePort');
        await page.getByRole('button', { name: words.pause }).click();
        const age = await typeCommand(page, 'kubectl get service test --no-headers');
        await page.waitForTimeout(2500);
        expectIn(await typeCommand(page, 'kubectl get service test --no-headers'), age);
      },
      wide,
    );
  });
}
