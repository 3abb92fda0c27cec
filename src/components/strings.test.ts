import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const messages = (locale: string): Record<string, { message: string }> =>
  JSON.parse(readFileSync(`${here}/../../i18n/${locale}/code.json`, 'utf8')) as Record<string, { message: string }>;

const used = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .flatMap((file) => [...readFileSync(`${here}/${file}`, 'utf8').matchAll(/id: '(widget\.[\w.]+)',\s*message:\s*'([^']*)'/g)])
  .map(([, id = '', message = '']) => ({ id, message }));

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("the widgets' strings", () => {
  const en = messages('en');

  it('are all there in English, with the same inserted words', () => {
    expect(used.length).toBeGreaterThan(100);
    for (const { id, message } of used) {
      expect(en[id]?.message, id).toBeTruthy();
      expect(placeholders(en[id]?.message ?? ''), id).toEqual(placeholders(message));
    }
  });

  it('are all used', () => {
    const ids = new Set(used.map(({ id }) => id));
    expect(Object.keys(en).filter((id) => id.startsWith('widget.') && !ids.has(id))).toEqual([]);
  });

  it('hang no Korean particle on an inserted word', () => {
    expect(used.filter(({ message }) => /\}[가-힣]/.test(message))).toEqual([]);
  });
});
