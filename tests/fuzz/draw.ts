import { Random } from '../../src/cluster/random';

/** Draws from a seed: the same seed draws the same. */
export class Draw {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** An integer from 0 to below `count`. */
  below(count: number): number {
    return this.random.uint32() % count;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  from<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to draw from');
    return item;
  }

  /** Some of the items, `most` at most, each as often as it is drawn. */
  some<Item>(items: readonly Item[], most: number): Item[] {
    return Array.from({ length: this.below(most + 1) }, () => this.from(items));
  }
}
