/** A task for later: data, so that a snapshot of the cluster can carry it. `owner` finds the handler, `key` says what to do. */
export interface Timer {
  readonly at: number;
  readonly sequence: number;
  readonly owner: string;
  readonly key: string;
}

/**
 * Virtual time and the event loop of a cluster. Nothing in the core knows another clock.
 * Timers that are due run in order of time, then of scheduling, so the same inputs always give the same run.
 */
export class Clock {
  #now: number;
  #sequence = 0;
  #timers: Timer[] = [];
  readonly #handlers = new Map<string, (key: string) => void>();

  /** @param startTime ms since the epoch */
  constructor(startTime: number) {
    this.#now = startTime;
  }

  /** Virtual time, ms since the epoch. */
  now(): number {
    return this.#now;
  }

  /** Names the handler that runs an owner's timers. */
  register(owner: string, handler: (key: string) => void): void {
    this.#handlers.set(owner, handler);
  }

  /** Runs `key` of `owner` after `delay` ms. The same owner and key may be scheduled more than once. */
  schedule(owner: string, key: string, delay: number): void {
    const timer: Timer = { at: this.#now + Math.max(0, delay), sequence: this.#sequence++, owner, key };
    const timers = this.#timers;
    let index = timers.length;
    timers.push(timer);
    // binary min-heap by (at, sequence)
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, timers[parent]!)) break;
      timers[index] = timers[parent]!;
      index = parent;
    }
    timers[index] = timer;
  }

  /** When the next timer is due, ms since the epoch; undefined when there is none. */
  next(): number | undefined {
    return this.#timers[0]?.at;
  }

  /** Moves time to `time` (never backwards) and runs everything due on the way, each at its own moment. */
  advanceTo(time: number): void {
    for (let timer = this.#timers[0]; timer && timer.at <= time; timer = this.#timers[0]) {
      this.#pop();
      if (timer.at > this.#now) this.#now = timer.at;
      this.#handlers.get(timer.owner)?.(timer.key);
    }
    if (time > this.#now) this.#now = time;
  }

  #pop(): void {
    const timers = this.#timers;
    const last = timers.pop()!;
    if (timers.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= timers.length) break;
      if (child + 1 < timers.length && before(timers[child + 1]!, timers[child]!)) child++;
      if (!before(timers[child]!, last)) break;
      timers[index] = timers[child]!;
      index = child;
    }
    timers[index] = last;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
