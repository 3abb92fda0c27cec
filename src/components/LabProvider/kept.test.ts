import { describe, expect, it } from 'vitest';
import { countUpTo, flag, someOf } from './kept';

describe('what widgets accept from storage', () => {
  it('is only what they could have written', () => {
    expect([0, 3, 4, -1, 1.5, '1', null, {}].map(countUpTo(3))).toEqual([0, 3, ...Array(6).fill(undefined)]);
    expect([[], [0, 2], [2, 2], [3], ['0'], { length: 1 }, 'ab'].map(someOf(3))).toEqual([
      [],
      [0, 2],
      ...Array(5).fill(undefined),
    ]);
    expect([true, false, 'true', 1, null].map(flag)).toEqual([true, false, undefined, undefined, undefined]);
  });
});
