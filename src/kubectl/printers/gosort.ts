/** Up to this length Go's sort.Sort sorts by insertion. */
const SHORT = 12;

/**
 * Sorts in place as Go's sort.Sort does for short lists, whatever `less` answers for equal items: an order that says "less" both ways
 * turns equal items around. Longer lists keep the order of equal items.
 */
export function goSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  if (items.length > SHORT) {
    items.sort((a, b) => Number(less(b, a)) - Number(less(a, b)));
    return;
  }
  for (let i = 1; i < items.length; i++) {
    for (let j = i; j > 0 && less(items[j] as T, items[j - 1] as T); j--) {
      [items[j], items[j - 1]] = [items[j - 1] as T, items[j] as T];
    }
  }
}
