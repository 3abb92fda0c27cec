/** What is due at one moment, in the order in which it was scheduled. Data, so that a snapshot of the cluster can carry it. */
interface Moment {
  /** ms since the epoch */
  readonly at: number;
  /** Find the handlers. */
  readonly owners: string[];
  /** Say what to do, one for each owner. */
  readonly keys: string[];
  /** How many of them have been done. */
  done: number;
}

/**
 * Virtual time and the event loop of a cluster. Nothing in the core knows another clock.
 * Timers that are due run in order of time, then of scheduling, so the same inputs always give the same run.
 */
export class Clock {
  #now: number;
  /** A binary min-heap. Timers are many, moments few: what reacts to the same change is due at the same one. */
  readonly #moments: Moment[] = [];
  readonly #byTime = new Map<number, Moment>();
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
    const at = this.#now + Math.max(0, delay);
    let moment = this.#byTime.get(at);
    if (!moment) {
      this.#byTime.set(at, (moment = { at, owners: [], keys: [], done: 0 }));
      this.#push(moment);
    }
    moment.owners.push(owner);
    moment.keys.push(key);
  }

  /** When the next timer is due, ms since the epoch; undefined when there is none. */
  next(): number | undefined {
    return this.#first()?.at;
  }

  /** Moves time to `time` (never backwards) and runs everything due on the way, each at its own moment. */
  advanceTo(time: number): void {
    while (this.step(time));
    if (time > this.#now) this.#now = time;
  }

  /** Runs the next timer if it is due by `limit` (ms since the epoch), at its own moment. Returns whether there was one. */
  step(limit: number): boolean {
    const moment = this.#first();
    if (!moment || moment.at > limit) return false;
    const index = moment.done++;
    if (moment.at > this.#now) this.#now = moment.at;
    this.#handlers.get(moment.owners[index]!)?.(moment.keys[index]!);
    return true;
  }

  /** The next moment with something left to do. */
  #first(): Moment | undefined {
    const moments = this.#moments;
    while (moments.length > 0) {
      const moment = moments[0]!;
      if (moment.done < moment.keys.length) return moment;
      this.#byTime.delete(moment.at);
      this.#pop();
    }
    return undefined;
  }

  #push(moment: Moment): void {
    const moments = this.#moments;
    let index = moments.length;
    moments.push(moment);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (moments[parent]!.at < moment.at) break;
      moments[index] = moments[parent]!;
      index = parent;
    }
    moments[index] = moment;
  }

  #pop(): void {
    const moments = this.#moments;
    const last = moments.pop()!;
    if (moments.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= moments.length) break;
      if (child + 1 < moments.length && moments[child + 1]!.at < moments[child]!.at) child++;
      if (last.at < moments[child]!.at) break;
      moments[index] = moments[child]!;
      index = child;
    }
    moments[index] = last;
  }
}
