import { expect, it } from 'vitest';
import { goSort } from './gosort';

it('sorts, and turns items around that are less both ways', () => {
  const numbers = Array.from({ length: 500 }, (_item, index) => (index * 7919) % 101);
  const sorted = [...numbers];
  goSort(sorted, (a, b) => a < b);
  expect(sorted).toEqual([...numbers].sort((a, b) => a - b));
  const same = ['a', 'b', 'c'];
  goSort(same, () => true);
  expect(same).toEqual(['c', 'b', 'a']);
});
