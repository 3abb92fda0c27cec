import type { KubeObject } from '../apimachinery/object';

/** One write of a resource, as watches are told of it. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The state after; for DELETED the last state. Its resourceVersion is the write's. */
  readonly object: KubeObject;
  /** The state before. */
  readonly old: KubeObject | undefined;
  /** The number of the write. */
  readonly version: number;
  /** When it was written, ms since the epoch. */
  readonly time: number;
}

/** Changes younger than this, ms, are not dropped for newer ones while there is room. */
const FRESH = 75_000;
const LEAST = 100;
/** Upstream keeps ten times as many; a tab of a browser is smaller than a server. */
const MOST = 10 * 1024;

/**
 * The last changes of a resource, for watches and lists that ask for an older resourceVersion. Room for 100 changes doubles when it is
 * full of fresh ones, and halves when it is full and its newest quarter is no longer fresh.
 * Upstream: k8s.io/apiserver/pkg/storage/cacher/watch_cache_history.go.
 */
export class History {
  #changes: Change[] = [];
  /** Where the oldest change stands: what is before is dropped later, many at once. */
  #start = 0;
  #room = LEAST;
  /** The version that a watch must at least ask for. */
  #oldest: number;

  /** @param since the version from which on nothing is missing */
  constructor(since: number) {
    this.#oldest = since;
  }

  /** The oldest version whose later changes are all here. */
  get oldest(): number {
    return this.#oldest;
  }

  record(change: Change): void {
    const changes = this.#changes;
    if (changes.length - this.#start === this.#room) this.#resize(change.time);
    while (changes.length - this.#start >= this.#room) this.#start++;
    if (this.#start > 0) this.#oldest = changes[this.#start]!.version - 1;
    if (this.#start >= this.#room) {
      changes.splice(0, this.#start);
      this.#start = 0;
    }
    changes.push(change);
  }

  /** The changes after a version, oldest first. */
  since(version: number): readonly Change[] {
    const changes = this.#changes;
    let [low, high] = [this.#start, changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (changes[middle]!.version > version) high = middle;
      else low = middle + 1;
    }
    return changes.slice(low);
  }

  #resize(now: number): void {
    const age = (fromStart: number) => now - this.#changes[this.#start + fromStart]!.time;
    if (age(0) < FRESH) this.#room = Math.min(this.#room * 2, MOST);
    else if (age(this.#room - this.#room / 4) > FRESH) this.#room = Math.max(this.#room / 2, LEAST);
  }
}
