import { expect, it } from 'vitest';
import { exam } from '../../src/lab/exam';
import { readLesson } from './mdx';

it('each task of an exam names a heading of a lesson', () => {
  const places = new Map<string, Set<string>>();
  for (let seed = 1; seed <= 100; seed++)
    for (const { exam: task } of exam(seed).goals) {
      const { lesson, anchor } = task!.lesson;
      places.set(lesson, (places.get(lesson) ?? new Set<string>()).add(anchor));
    }
  expect(places.size).toBeGreaterThan(8);
  for (const [lesson, anchors] of places) {
    const headings = readLesson('ko', `${lesson}.mdx`).headings.map(({ anchor }) => anchor);
    for (const anchor of anchors) expect(headings, `src/lab/exam/families names a heading of ${lesson}`).toContain(anchor);
  }
});
