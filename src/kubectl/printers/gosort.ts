/** Up to this length Go's sort.Sort sorts by insertion. */
const SHORT = 12;

type Less = (i: number, j: number) => boolean;
type Hint = 'unknown' | 'increasing' | 'decreasing';

/**
 * Sorts in place as Go's sort.Sort does, so that equal items come in the same order there and here, whatever `less` answers for them.
 * It is a pattern-defeating quicksort. Upstream: sort.pdqsort.
 */
export function goSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  if (items.length > 1) new Sorter(items, less).sort(0, items.length, 32 - Math.clz32(items.length));
}

class Sorter<T> {
  constructor(
    private readonly items: T[],
    private readonly isLess: (a: T, b: T) => boolean,
  ) {}

  private readonly less: Less = (i, j) => this.isLess(this.items[i] as T, this.items[j] as T);

  private swap(i: number, j: number): void {
    const { items } = this;
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }

  sort(from: number, to: number, allowedBad: number): void {
    let [a, b, limit] = [from, to, allowedBad];
    let [balanced, partitioned] = [true, true];
    for (;;) {
      const length = b - a;
      if (length <= SHORT) return this.insertion(a, b);
      if (limit === 0) return this.heap(a, b);
      if (!balanced) {
        this.breakPatterns(a, b);
        limit--;
      }
      let { pivot, hint } = this.choosePivot(a, b);
      if (hint === 'decreasing') {
        for (let i = a, j = b - 1; i < j; i++, j--) this.swap(i, j);
        pivot = b - 1 - (pivot - a);
        hint = 'increasing';
      }
      if (balanced && partitioned && hint === 'increasing' && this.nearlySorted(a, b)) return;
      if (a > 0 && !this.less(a - 1, pivot)) {
        a = this.partitionEqual(a, b, pivot);
        continue;
      }
      const { middle, already } = this.partition(a, b, pivot);
      partitioned = already;
      const [left, right] = [middle - a, b - middle];
      balanced = Math.min(left, right) >= Math.floor(length / 8);
      if (left < right) {
        this.sort(a, middle, limit);
        a = middle + 1;
      } else {
        this.sort(middle + 1, b, limit);
        b = middle;
      }
    }
  }

  private insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.less(j, j - 1); j--) this.swap(j, j - 1);
  }

  private heap(a: number, b: number): void {
    const size = b - a;
    const sift = (low: number, high: number) => {
      for (let root = low; ;) {
        let child = 2 * root + 1;
        if (child >= high) return;
        if (child + 1 < high && this.less(a + child, a + child + 1)) child++;
        if (!this.less(a + root, a + child)) return;
        this.swap(a + root, a + child);
        root = child;
      }
    };
    for (let i = Math.floor((size - 1) / 2); i >= 0; i--) sift(i, size);
    for (let i = size - 1; i >= 0; i--) {
      this.swap(a, a + i);
      sift(0, i);
    }
  }

  /** Everything below the pivot to its left; `already`: nothing had to move. */
  private partition(a: number, b: number, pivot: number): { middle: number; already: boolean } {
    this.swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    const close = () => {
      while (i <= j && this.less(i, a)) i++;
      while (i <= j && !this.less(j, a)) j--;
    };
    close();
    const already = i > j;
    while (i <= j) {
      this.swap(i++, j--);
      close();
    }
    this.swap(j, a);
    return { middle: j, already };
  }

  /** Everything equal to the pivot to the left, where it is done with. */
  private partitionEqual(a: number, b: number, pivot: number): number {
    this.swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !this.less(a, i)) i++;
      while (i <= j && this.less(a, j)) j--;
      if (i > j) return i;
      this.swap(i++, j--);
    }
  }

  /** Puts right up to five items that are out of order; whether that sorted all. */
  private nearlySorted(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < 5; step++) {
      while (i < b && !this.less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < 50) return false;
      this.swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.less(j, j - 1); j--) this.swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && this.less(j, j - 1); j++) this.swap(j, j - 1);
    }
    return false;
  }

  private breakPatterns(a: number, b: number): void {
    const length = b - a;
    if (length < 8) return;
    let random = BigInt(length);
    const next = () => {
      random ^= (random << 13n) & 0xffffffffffffffffn;
      random ^= random >> 7n;
      random ^= (random << 17n) & 0xffffffffffffffffn;
      return random;
    };
    const modulus = 2 ** (32 - Math.clz32(length));
    const index = a + Math.floor(length / 4) * 2 - 1;
    for (let i = 0; i < 3; i++) {
      let other = Number(next() & BigInt(modulus - 1));
      if (other >= length) other -= length;
      this.swap(index - 1 + i, a + other);
    }
  }

  private choosePivot(a: number, b: number): { pivot: number; hint: Hint } {
    const length = b - a;
    const quarter = Math.floor(length / 4);
    let swaps = 0;
    let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3];
    const median = (...indices: [number, number, number]): number => {
      const order = (at: 0 | 1) => {
        const [first, second] = [indices[at], indices[at + 1] as number];
        if (!this.less(second, first)) return;
        indices[at] = second;
        indices[at + 1] = first;
        swaps++;
      };
      order(0);
      order(1);
      order(0);
      return indices[1];
    };
    if (length < 8) return { pivot: j, hint: 'unknown' };
    if (length >= 50) {
      i = median(i - 1, i, i + 1);
      j = median(j - 1, j, j + 1);
      k = median(k - 1, k, k + 1);
    }
    j = median(i, j, k);
    return { pivot: j, hint: swaps === 0 ? 'increasing' : swaps === 12 ? 'decreasing' : 'unknown' };
  }
}
