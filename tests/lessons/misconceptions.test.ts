import { describe, expect, it } from 'vitest';
import { parts, plan } from '../../course';
import { misconceptions } from '../../src/lab/misconceptions/list';
import { readLesson } from './mdx';

const written = parts.flatMap(({ lessons }) => lessons);
const planned = plan.flatMap(({ lessons }) => lessons);

describe('misconceptions', () => {
  it.each(misconceptions.map((one) => [one.id, one] as const))('%s is met at headings that exist', (_, { met }) => {
    expect(met.length).toBeGreaterThan(0);
    for (const { lesson, anchor } of met) {
      expect(planned).toContain(lesson);
      if (!written.includes(lesson)) continue;
      const anchors = readLesson('ko', `${lesson}.mdx`).headings.map((heading) => heading.anchor);
      expect(anchors, `src/lab/misconceptions/list.ts names a heading of ${lesson}`).toContain(anchor);
    }
  });

  it('are all met as soon as the course is written', () => {
    const pending = misconceptions.filter(({ met }) => !met.some(({ lesson }) => written.includes(lesson))).map(({ id }) => id);
    if (pending.length > 0) console.log(`not met yet: ${pending.join(', ')}`);
    if (planned.every((lesson) => written.includes(lesson))) expect(pending).toEqual([]);
  });
});
