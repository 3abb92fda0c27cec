import { interrupted } from './jobs';

interface BackgroundJob {
  readonly number: number;
  readonly pid: number;
  readonly line: string;
  readonly ended: Promise<number>;
  readonly stop: () => void;
  exit?: number;
}

const FIRST_PID = 2101;
/** Between the numbers of two processes. */
const STRIDE = 13;

/** Command lines that a shell runs beside the prompt (`COMMAND &`). */
export class Background {
  private jobs: BackgroundJob[] = [];
  private started = 0;

  /** Starts one; `run` is given the signal that ends it. `announce` is told its number and process before. */
  start(line: string, announce: (text: string) => void, run: (signal: AbortSignal) => Promise<number>): void {
    const number = Math.max(0, ...this.jobs.map((job) => job.number)) + 1;
    const pid = FIRST_PID + STRIDE * this.started++;
    announce(`[${number}] ${pid}\n`);
    const controller = new AbortController();
    const job: BackgroundJob = {
      number,
      pid,
      line,
      ended: run(controller.signal).then(
        (exit) => (job.exit = exit),
        () => (job.exit = 1),
      ),
      stop: () => controller.abort(),
    };
    this.jobs.push(job);
  }

  /** By `%1`, `%%`, `%+` or process id; without a name the last one. */
  find(name = '%%'): BackgroundJob | undefined {
    if (name === '%%' || name === '%+') return this.running.at(-1);
    return this.jobs.find(({ number, pid }) => name === `%${number}` || name === `${pid}`);
  }

  get running(): readonly BackgroundJob[] {
    return this.jobs.filter(({ exit }) => exit === undefined);
  }

  stop(): void {
    for (const job of this.jobs) job.stop();
  }

  /** Forgets one without a word: somebody waited for it. */
  forget(job: BackgroundJob): void {
    this.jobs = this.jobs.filter((each) => each !== job);
  }

  /** The lines with which bash says that jobs have ended; it says so once. */
  report(): string {
    const ended = this.jobs.filter(({ exit }) => exit !== undefined);
    const text = ended.map((job) => this.line(job)).join('');
    this.jobs = this.jobs.filter(({ exit }) => exit === undefined);
    return text;
  }

  /** `jobs` */
  list(): string {
    return this.jobs.map((job) => this.line(job)).join('');
  }

  private line(job: BackgroundJob): string {
    const { exit, number, line } = job;
    const place = this.jobs.indexOf(job) - this.jobs.length;
    const sign = place === -1 ? '+' : place === -2 ? '-' : ' ';
    const state = exit === undefined ? 'Running' : exit === 0 ? 'Done' : exit === interrupted ? 'Terminated' : `Exit ${exit}`;
    return `[${number}]${sign}  ${state.padEnd(24)}${line}${exit === undefined ? ' &' : ''}\n`;
  }
}
