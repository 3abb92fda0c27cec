import { describe, expect, it } from 'vitest';
import { readCourse } from '../../plugins/course';
import { compactProgress, readCompact } from './compact';

const now = '2026-11-23T00:00:00.000Z';
const course = (await readCourse('.', 'en')).flatMap(({ lessons }) => lessons);
const everything = {
  name: '',
  saved: now,
  lessons: Object.fromEntries(
    course
      .filter(({ goals }) => goals.length > 0)
      .map(({ id, goals }) => [
        id,
        {
          goals: Object.fromEntries(goals.map((goal, index) => [goal, index === 0 ? null : now])),
          predictions: { [`${id}-first`]: 'an-option', [`${id}-other`]: 'another' },
        },
      ]),
  ),
};

describe('what a learning platform keeps', () => {
  it('is all of a finished course, in what the smallest allows', () => {
    const text = compactProgress(everything, 4096);
    expect(text.length).toBeGreaterThan(1000);
    expect(readCompact(text, now)).toEqual(everything);
  });

  it('leaves out what must go, and is never cut off', () => {
    const some = compactProgress(everything, 3000);
    expect(Object.values(readCompact(some, now)!.lessons)[0]).toMatchObject({ predictions: {} });
    expect(compactProgress(everything, 100)).toBe('');
  });

  it.each(['', 'bookmark=3', '[]', '{"clusterip":1}', '{"__proto__":[{}]}', '{"a":[{"b":"~"}]}'])('is not %s', (text) =>
    expect(readCompact(text, now)?.lessons ?? {}).toEqual({}),
  );
});
