import { expect, it } from 'vitest';
import { timeFault } from './gotime';

it('names the first part of a time that Go cannot read', () => {
  const layout = 'as "2006-01-02T15:04:05Z07:00": cannot parse';
  expect(timeFault('2026-02-28T08:15:08Z')).toBeUndefined();
  expect(timeFault('2026-02-28T08:15:08.5+09:00')).toBeUndefined();
  expect(timeFault('x')).toBe(`parsing time "x" ${layout} "x" as "2006"`);
  expect(timeFault('2026-02-28')).toBe(`parsing time "2026-02-28" ${layout} "" as "T"`);
  expect(timeFault('2026-13-28T08:15:08Z')).toBe('parsing time "2026-13-28T08:15:08Z": month out of range');
  expect(timeFault('2026-02-29T08:15:08Z')).toBe('parsing time "2026-02-29T08:15:08Z": day out of range');
});
