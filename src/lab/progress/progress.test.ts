import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../shell/testing';
import { progressCsv } from './csv';
import { cleanName, longestProgress, parseProgress, progressText, type Progress } from './file';
import { differences, mergeProgress } from './merge';
import { knownProgress, readProgress, storeReached, writeProgress, type CountedLesson } from './stored';

const course: CountedLesson[] = [
  { id: 'first', lab: 'one', goals: ['a', 'b'] },
  { id: 'list', goals: [] },
  { id: 'exam', lab: 'exam', goals: ['passed'] },
];
const early = '2026-01-01T00:00:00.000Z';
const late = '2026-02-01T00:00:00.000Z';
const of = (goals: Record<string, string | null>, predictions: Record<string, string> = {}, name = ''): Progress => ({
  name,
  saved: late,
  lessons: { first: { goals, predictions } },
});

describe('a progress file', () => {
  it('takes what one browser remembers to another', () => {
    const from = memoryStorage();
    storeReached(from, 'one', 'b', early);
    storeReached(from, 'one', 'b', late);
    from.setItem('predictions:one', '{"where":"pod"}');
    from.setItem('learner', '김 =1+1');
    const read = parseProgress(progressText(readProgress(from, course, late)));
    expect(read).toEqual({ progress: of({ b: early }, { where: 'pod' }, '김 =1+1') });
    const to = memoryStorage();
    writeProgress(to, course, read.progress!);
    expect(readProgress(to, course, late)).toEqual(read.progress);
  });

  it('knows a goal that was reached before times were kept', () => {
    const from = memoryStorage();
    from.setItem('progress:exam:reached:passed', 'true');
    expect(readProgress(from, course, late).lessons).toEqual({ exam: { goals: { passed: null }, predictions: {} } });
  });

  it('may be of a course with other goals', () => {
    const { known, unknown } = knownProgress(of({ a: early, gone: late }), course);
    expect([known, unknown]).toEqual([of({ a: early }), 1]);
  });

  const whole = JSON.parse(progressText(of({ a: early }))) as object;
  it.each([
    ['tooLong', ' '.repeat(longestProgress + 1)],
    ['notJson', ''],
    ['notJson', progressText(of({ a: early })).slice(0, -9)],
    ['foreign', '[]'],
    ['foreign', '{"kind":"Service"}'],
    ['newer', JSON.stringify({ ...whole, version: 2 })],
    ['damaged', JSON.stringify({ ...whole, version: '1' })],
    ['damaged', JSON.stringify({ ...whole, saved: 'yesterday' })],
    ['damaged', JSON.stringify({ ...whole, saved: '2026-99-99T99:99:99Z' })],
    ['damaged', JSON.stringify({ ...whole, lessons: { first: { goals: { a: 1 }, predictions: {} } } })],
    ['damaged', JSON.stringify({ ...whole, lessons: { first: { goals: [], predictions: {} } } })],
    ['damaged', JSON.stringify({ ...whole, lessons: null })],
    ['damaged', JSON.stringify(whole).replace('"first"', '"__proto__"')],
    ['damaged', JSON.stringify(whole).replace('"a"', '"<b>"')],
  ])('is refused as %s: %.60s', (problem, text) => expect(parseProgress(text)).toEqual({ problem }));

  it('has no name that disguises text', () => {
    expect(cleanName('  김\u202e민수\u0000\n ')).toBe('김 민수');
    expect(cleanName('가'.repeat(100))).toHaveLength(80);
  });
});

describe('a merge', () => {
  it('keeps what either has, at the earlier time, and what is here where both differ', () => {
    const mine = of({ a: late }, { where: 'pod' }, '김');
    const theirs = of({ a: early, b: null }, { where: 'node', when: 'now' }, '이');
    expect(differences(mine, theirs)).toEqual({ goals: 1, predictions: 1, otherPredictions: 1, otherName: true });
    expect(mergeProgress(mine, theirs)).toEqual(of({ a: early, b: null }, { where: 'pod', when: 'now' }, '김'));
    expect(mergeProgress(theirs, mine).lessons.first!.goals).toEqual({ a: early, b: null });
  });
});

describe('the table of a team', () => {
  it('is one that a spreadsheet opens, and nothing in it runs', () => {
    const text = progressCsv(
      [
        { file: 'kim.json', progress: of({ a: early, b: late }, {}, '김, "철수"') },
        { file: '=cmd|A1.json', progress: of({}, {}, '@SUM(1)') },
        { file: '＝1.json', progress: of({}, {}, ' -1') },
      ],
      course,
    );
    expect(text).toBe(
      [
        '\ufeffname,file,saved,goals reached,goals,last reached,first (of 2),exam (of 1)',
        `"김, ""철수""",kim.json,${late},2,3,${late},2,0`,
        `"'@SUM(1)","'=cmd|A1.json",${late},0,3,,0,0`,
        `"' -1","'＝1.json",${late},0,3,,0,0`,
        '',
      ].join('\r\n'),
    );
  });
});
