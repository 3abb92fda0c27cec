import type { Locator, Page } from 'playwright-core';
import { violations } from './axe';
import { expectNone, test } from './harness';

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const lesson = 'learn/clusterip/';
const languages = [
  {
    base: '/',
    required: 'port<integer> (필수)',
    newFile: '+ 새 파일',
    compare: '클러스터와 비교',
    clean: '거절할 곳이 없다',
    errors: '오류: 1, 줄: 8',
    makes: '새로 만든다: Service default/web',
    keeps: '그대로 둔다: Service default/web',
    changes: '바꾼다: spec.type, 지금 NodePort, 적용하면 LoadBalancer',
  },
  {
    base: '/en/',
    required: 'port<integer> (required)',
    newFile: '+ New file',
    compare: 'Compare with the cluster',
    clean: 'Nothing here that the API server would reject',
    errors: 'Errors: 1, lines: 8',
    makes: 'Makes Service default/web',
    keeps: 'Leaves Service default/web as it is',
    changes: 'Changes spec.type, now NodePort, after applying LoadBalancer',
  },
];

const editorOf = (root: Locator): Locator => root.locator('.cm-content[contenteditable=true]').first();
const inList = (root: Locator, text: string): Locator => root.locator('.cm-tooltip-autocomplete li', { hasText: text }).first();

/** Takes what is chosen once `text` is among the completions. */
async function take(page: Page, root: Locator, text: string): Promise<void> {
  await inList(root, text).waitFor();
  // CodeMirror does not listen to a list that has only just appeared.
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
}

/** Writes a Service by keyboard with what completion offers, up to a node port that it may not have yet. */
async function writeService(page: Page, root: Locator, required: string): Promise<void> {
  const { keyboard } = page;
  await keyboard.press('Control+Space');
  await inList(root, 'Deployment').waitFor({ timeout: 15_000 });
  await keyboard.type('Serv', { delay: 30 });
  await take(page, root, 'Service');
  await keyboard.type('web\n');
  await keyboard.press('Shift+Tab');
  await keyboard.type('sp', { delay: 30 });
  // the first answer waits for the schema
  await take(page, root, 'spec');
  await inList(root, 'externalTrafficPolicy').waitFor({ timeout: 15_000 });
  expectNone(
    'Fields that are not the writer’s',
    await root.locator('.cm-tooltip-autocomplete li', { hasText: /^status/ }).allInnerTexts(),
  );
  await keyboard.type('ports', { delay: 30 });
  await take(page, root, 'ports');
  await take(page, root, required);
  await keyboard.type('80\nnodePort: 30080', { delay: 10 });
}

for (const words of languages) {
  test(`the manifest editor completes, explains, checks, compares and applies (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}${lesson}`,
      async (page) => {
        const { keyboard } = page;
        const root = page.locator('.bench [role=tabpanel]:visible');
        await page.locator('.bench [data-view="manifest"]').click();
        await editorOf(root).waitFor();
        await root.getByRole('button', { name: words.newFile }).click();
        await root.getByRole('button', { name: 'manifest.yaml', exact: true, pressed: true }).waitFor();
        const editor = editorOf(root);
        await editor.click();
        await writeService(page, root, words.required);

        // What the API server says of it, at its line, and no longer once it is mended.
        const note = root.getByRole('note').filter({
          hasText: 'Service "web" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when `type` is \'ClusterIP\'',
        });
        await note.waitFor();
        await root.getByRole('status').filter({ hasText: words.errors }).waitFor();
        await keyboard.press('Enter');
        await keyboard.press('Shift+Tab');
        await keyboard.type('type: ', { delay: 30 });
        await inList(root, 'LoadBalancer').waitFor();
        await keyboard.type('Node', { delay: 30 });
        await take(page, root, 'NodePort');
        await note.waitFor({ state: 'detached' });
        await root.getByRole('status').filter({ hasText: words.clean }).waitFor();

        // The field's description, by pointer and by key.
        const help = root.locator('.cm-tooltip', { hasText: 'The port that will be exposed by this service.' });
        await editor.getByText('port', { exact: true }).first().hover();
        await help.waitFor();
        await page.mouse.move(0, 0);
        await help.waitFor({ state: 'detached' });
        await keyboard.press('F1');
        await root.locator('.cm-tooltip', { hasText: 'LoadBalancer' }).waitFor();
        expectNone('axe, with a description open', await violations(page));
        await keyboard.press('Escape');

        // What applying would change, then applying by keyboard.
        await root.getByRole('button', { name: words.compare }).click();
        await root.getByText(words.makes).waitFor();
        await editor.focus();
        await keyboard.press('Control+Enter');
        await root.getByText('service/web created').waitFor();
        await root.getByText(words.keeps).waitFor();
        await keyboard.press('Control+End');
        for (let i = 0; i < 'NodePort'.length; i++) await keyboard.press('Backspace');
        await keyboard.type('LoadBalancer');
        await root.getByText(words.changes).waitFor();
        await root.locator('.cm-deletedChunk', { hasText: 'type: NodePort' }).waitFor();
        await root.locator('.cm-changedLine', { hasText: 'type: LoadBalancer' }).waitFor();
        expectNone('axe, with a comparison open', await violations(page));

        // Tab indents; after Esc it leaves.
        const isInside = () => editor.evaluate((element) => element.contains(document.activeElement));
        await keyboard.press('Tab');
        if (!(await isInside())) throw new Error('Tab left the editor');
        await keyboard.press('Control+z');
        await keyboard.press('Escape');
        await keyboard.press('Escape');
        await keyboard.press('Tab');
        if (await isInside()) throw new Error('Esc, Tab did not leave the editor');

        // Another file and back, and a reload: what was written is still there, applied or not.
        await root.getByRole('button', { name: 'web.yaml', exact: true }).click();
        await root.getByRole('button', { name: 'web.yaml', exact: true, pressed: true }).waitFor();
        await editorOf(root).getByText('LoadBalancer').waitFor({ state: 'detached' });
        await root.getByRole('button', { name: 'manifest.yaml', exact: true }).click();
        await editorOf(root).getByText('LoadBalancer').waitFor();
        await page.reload({ waitUntil: 'networkidle' });
        await page.locator('.bench [data-view="manifest"]').click();
        await root.getByRole('button', { name: 'manifest.yaml', exact: true }).click();
        await editorOf(root).getByText('LoadBalancer').waitFor();
      },
      wide,
    );
  });

  test(`the manifest editor fits a phone with everything open (${words.base})`, async ({ visit }) => {
    await visit(
      `${words.base}${lesson}`,
      async (page) => {
        const root = page.locator('[data-figure="manifest"]:visible').first();
        await root.scrollIntoViewIfNeeded();
        const editor = editorOf(root);
        await editor.waitFor();
        await editor.click();
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Delete');
        await writeService(page, root, words.required);
        await root.getByRole('note').filter({ hasText: 'spec.ports[0].nodePort: Forbidden' }).waitFor();
        await page.keyboard.press('F1');
        const box = await root.locator('.cm-tooltip').first().boundingBox();
        if (!box || box.x < 0 || box.x + box.width > phone.viewport.width + 1)
          throw new Error(`description at ${JSON.stringify(box)}`);
        await root.getByRole('button', { name: words.compare }).click();
        await root.locator('[class*=verdict]').waitFor();
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) throw new Error(`${over} px too wide`);
      },
      phone,
    );
  });
}
