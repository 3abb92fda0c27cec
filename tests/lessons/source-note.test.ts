import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folders, readLesson } from './mdx';

const verdicts = { ko: ['맞다', '부정확하다', '오래되었다'], en: ['Right', 'Imprecise', 'Outdated'] };

/** The points of the note, by anchor: the number of the verdict, and the places in the course that it leads to. */
function points(language: keyof typeof folders): { anchor: string; verdict: number | undefined; places: string[] }[] {
  const text = readFileSync(join(folders[language], 'source-note.mdx'), 'utf8');
  return text
    .split(/^#{2,3} /m)
    .slice(1)
    .flatMap((section) => {
      const [heading = '', ...body] = section.split('\n');
      const anchor = /#([\w-]+) \*\//.exec(heading)?.[1] ?? '';
      const said = body.join('\n').trim();
      if (said === '') return [];
      const word = /^\*\*([^*]+?)\.?\*\*/.exec(said)?.[1];
      return [
        {
          anchor,
          verdict: word === undefined ? undefined : verdicts[language].indexOf(word),
          places: [...said.matchAll(/\]\(\.\/([\w-]+)\.mdx#([\w-]+)\)/g)].map(([, lesson, place]) => `${lesson}#${place}`),
        },
      ];
    });
}

describe('the source note', () => {
  const all = points('ko');

  it('is judged alike in both languages', () => {
    expect(all.length).toBeGreaterThan(15);
    expect(points('en')).toEqual(all);
  });

  it.each(all.map((point) => [point.anchor, point] as const))('%s has a verdict and lessons', (anchor, { verdict, places }) => {
    // the one question of the note has an answer instead
    if (anchor === 'where-from') expect(verdict).toBeUndefined();
    else expect(verdict).toBeGreaterThanOrEqual(0);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) {
      const [lesson = '', heading] = place.split('#');
      expect(readLesson('ko', `${lesson}.mdx`).headings.map((one) => one.anchor)).toContain(heading);
    }
  });
});
