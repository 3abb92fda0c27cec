import { expect, test } from 'vitest';
import { rfc3339, rfc3339Micro } from './time';

test('times print as a Date does', () => {
  // a step that meets every hour, month and kind of year from 1600 to 2600
  for (let time = -11_676_096_000_000; time < 19_880_000_000_000; time += 8_999_999_777) {
    expect(rfc3339(time)).toBe(`${new Date(time).toISOString().slice(0, 19)}Z`);
  }
  for (const day of ['2000-02-29', '2100-02-28', '2100-03-01', '1969-12-31', '2026-12-31']) {
    expect(rfc3339(Date.parse(`${day}T23:59:59Z`))).toBe(`${day}T23:59:59Z`);
  }
  expect(rfc3339Micro(Date.parse('2026-11-22T08:15:08.007Z'))).toBe('2026-11-22T08:15:08.007000Z');
});
