import type { Suspend } from '../kubectl/types';

interface Job {
  generator: Generator<Suspend, number, void>;
  until: number | undefined;
  onChange: boolean;
  changed: boolean;
  finish(exit: number, error?: unknown): void;
}

/** Exit code of a program that Ctrl-C ended (128 + SIGINT). */
export const interrupted = 130;

/** Programs that wait: for a moment of virtual time, or for any change in the cluster. */
export class Jobs {
  private readonly jobs = new Set<Job>();
  private working = 0;
  /** Those who wait until no promises are at work. */
  private readonly calmed: (() => void)[] = [];

  constructor(private readonly now: () => number) {}

  /** Starts a program; resolves with its exit code. `signal` is Ctrl-C. */
  run(generator: Generator<Suspend, number, void>, signal?: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.jobs.delete(job);
        // a program may end with a code of its own (`finally { return 1; }`)
        const ended = generator.return(interrupted);
        resolve(ended.done ? ended.value : interrupted);
      };
      const job: Job = {
        generator,
        until: undefined,
        onChange: true,
        changed: true,
        finish: (exit, error) => {
          this.jobs.delete(job);
          signal?.removeEventListener('abort', stop);
          if (error === undefined) resolve(exit);
          else reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      this.jobs.add(job);
      this.resume(job);
    });
  }

  /** Runs what takes promises and no virtual time: shell grammar, and loading it. */
  async work<T>(run: () => Promise<T>): Promise<T> {
    this.working++;
    try {
      return await run();
    } finally {
      this.leave();
    }
  }

  /** Inside `work`: waits for a program, which may take virtual time. */
  async pause<T>(run: () => Promise<T>): Promise<T> {
    this.leave();
    try {
      return await run();
    } finally {
      this.working++;
    }
  }

  /** Whether promises are at work; virtual time should wait for them. */
  get atWork(): boolean {
    return this.working > 0;
  }

  private leave(): void {
    if (--this.working === 0) for (const resolve of this.calmed.splice(0)) resolve();
  }

  /**
   * Resolves when all that was started has ended or waits for virtual time, and no macrotask later: whether a part of a program still had
   * to be fetched makes no difference to what comes next.
   */
  async calm(): Promise<void> {
    do {
      if (this.atWork) await new Promise<void>((resolve) => this.calmed.push(resolve));
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    } while (this.atWork);
  }

  /** Lets promises come to rest, which takes no virtual time. */
  async rest(): Promise<void> {
    do await new Promise<void>((resolve) => setTimeout(resolve, 0));
    while (this.atWork);
  }

  get size(): number {
    return this.jobs.size;
  }

  /** The earliest moment for which a program waits, virtual ms. */
  get nextWake(): number | undefined {
    let next: number | undefined;
    for (const job of this.jobs) if (job.until !== undefined && (next === undefined || job.until < next)) next = job.until;
    return next;
  }

  /** Whether a program waits for a change rather than for a moment. */
  get waitingForChange(): boolean {
    return [...this.jobs].some((job) => job.onChange);
  }

  /** Something changed: call `wake` soon. */
  noteChange(): void {
    for (const job of this.jobs) job.changed = true;
  }

  /** Resumes every program whose time has come. Not to be called from inside a cluster's notification. */
  wake(): void {
    for (const job of [...this.jobs])
      if (this.jobs.has(job) && ((job.onChange && job.changed) || (job.until !== undefined && job.until <= this.now())))
        this.resume(job);
  }

  private resume(job: Job): void {
    job.changed = false;
    try {
      const step = job.generator.next();
      if (step.done) job.finish(step.value);
      else {
        job.until = step.value.until;
        job.onChange = job.until === undefined || step.value.change === true;
      }
    } catch (error) {
      job.finish(1, error);
    }
  }
}
