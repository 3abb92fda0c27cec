import { readFileSync } from 'node:fs';
import { expectIn, test } from './harness';

test('progress goes from one browser to another as a file, and into the table of a team', async ({ visit }) => {
  let file = '';
  await visit('/en/progress/', async (page) => {
    await page.evaluate(() => localStorage.setItem('progress:clusterip:reached:no-such-goal', 'true'));
    await page.evaluate(() => localStorage.setItem('progress:exam:reached:passed', 'true'));
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByLabel('Name').fill('홍길동');
    await page.keyboard.press('Tab');
    const exported = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export a progress file' }).press('Enter');
    file = readFileSync(await (await exported).path(), 'utf8');
    expectIn(file, '"name": "홍길동"', '"passed": null');
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('body').innerText();
    expectIn(printed, 'self-attested', '1/1');
    if (/Export|Collect|Footer|Print or save/.test(printed)) throw new Error(`on paper:\n${printed}`);
  });
  await visit('/progress/', async (page) => {
    const chosen = { name: 'hong.json', mimeType: 'application/json', buffer: Buffer.from(file) };
    await page.getByLabel('진도 파일 가져오기').setInputFiles({ ...chosen, buffer: Buffer.from(file.slice(0, -9)) });
    await page.getByText('JSON이 아니거나').waitFor();
    await page.getByLabel('진도 파일 가져오기').setInputFiles(chosen);
    await page.getByRole('button', { name: '합친다' }).press('Enter');
    await page.getByText('합쳤다. 새로 온 것: 목표 1개').waitFor();
    expectIn(await page.getByLabel('이름').inputValue(), '홍길동');
    await page.getByLabel('팀원의 진도 파일').setInputFiles([chosen]);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV로 저장' }).click();
    expectIn(readFileSync(await (await saved).path(), 'utf8'), '\ufeffname,file,', '홍길동,hong.json,');
  });
});
