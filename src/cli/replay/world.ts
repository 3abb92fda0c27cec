import { Cluster } from '../../cluster/cluster';
import { Files } from '../../shell/files';
import { Jobs } from '../../shell/jobs';
import { standardPrograms } from '../../shell/programs';
import { type RunOptions, Shell } from '../../shell/shell';
import { provideFromPackages } from '../definitions';
import { timeToWrite, withLatency } from './latency';
import { pseudo } from './pseudo';
import { RecordedUids } from './recordeduids';
import type { Actual, Recording, Step } from './recording';

/** The recordings' clusters were this old, ms, when their first command ran. */
const age = 1200;
/** How much longer than the recorded one a program may take, ms. */
const grace = 2000;

/** A fresh cluster and shell for one recording; nothing is shared between two of them. */
export class ReplayWorld {
  readonly cluster: Cluster;
  readonly files = new Files('/home/learner');
  private readonly jobs: Jobs;
  private readonly shell: Shell;
  private readonly uids: RecordedUids;

  constructor(private readonly recording: Recording) {
    provideFromPackages();
    const first = recording.steps[0]?.start ?? 0;
    const setting = (name: 'serviceCIDR' | 'nodePortRange') => recording[name] ?? recording.env?.[name];
    const [serviceCIDR, nodePortRange] = [setting('serviceCIDR'), setting('nodePortRange')];
    this.uids = new RecordedUids(recording);
    this.cluster = new Cluster({
      uids: (kind, namespace, name) => this.uids.next(kind, namespace, name),
      startTime: Math.round(first * 1000) - age,
      nodes: recording.nodes,
      // idle until a recording starts it
      cloud: { first: '203.0.113.101', refuses: (service) => service.metadata.annotations?.['oracle/lb-fail'] },
      declaredPortsListen: true,
      // the recordings' stand-in for a kubelet started pods one after the other and took readiness and a late end from annotations
      pods: {
        startSpacing: 45,
        longestWait: Infinity,
        reportsCreating: false,
        ready: (pod) => pod.metadata.annotations?.['oracle/ready'] !== 'false',
        holdsOn: (pod) => pod.metadata.annotations?.['oracle/hold-terminating'] === 'true',
      },
      ...(serviceCIDR === undefined ? {} : { serviceCIDR }),
      ...(nodePortRange === undefined ? {} : { nodePortRange }),
    });
    this.jobs = new Jobs(() => this.cluster.now());
    this.cluster.subscribe(() => this.jobs.noteChange());
    this.shell = this.newShell();
    this.setEnvironment();
  }

  /** Runs one step at its recorded time. */
  async run(step: Step): Promise<Actual> {
    this.uids.enter(step);
    this.advanceTo(step.start * 1000);
    for (const [name, text] of Object.entries(step.files)) this.files.write(`/home/learner/${name}`, text);
    const result = step.cmd.startsWith('@') ? pseudo(this.cluster, step.cmd) : await this.command(step.cmd, step);
    this.advanceTo(step.end * 1000);
    return { cmd: step.cmd, ...result };
  }

  private async command(cmd: string, step: Step): Promise<Omit<Actual, 'cmd'>> {
    this.advanceTo(step.start * 1000 + timeToWrite((step.end - step.start) * 1000));
    const output = { stdout: '', stderr: '' };
    const controller = new AbortController();
    const main = start(this.shell, cmd, {
      stdin: step.stdin ?? '',
      stdout: (text) => (output.stdout += text),
      stderr: (text) => (output.stderr += text),
      signal: controller.signal,
    });
    await this.drive(main, step, controller);
    // A shell of its own for each step, as the recordings had.
    this.shell.reset();
    this.setEnvironment();
    return { exit: main.exit ?? 1, ...output };
  }

  /**
   * Lets virtual time pass for programs that wait, and does what the recording did meanwhile. When the recorded time is up, a program
   * that waits for changes is interrupted, as the recording's was.
   */
  private async drive(main: Running, step: Step, controller: AbortController): Promise<void> {
    const during = [...(step.during ?? [])];
    const running = [main];
    const end = Math.max(step.end * 1000, this.cluster.now());
    await this.jobs.rest();
    while (running.some(({ exit }) => exit === undefined)) {
      const next = during[0];
      const nextTime = next === undefined ? Infinity : (step.start + next.at) * 1000;
      const wake = this.jobs.nextWake ?? Infinity;
      // one that ended by itself in the recording may take a little longer here; one that was killed may not
      const limit = wake <= end + grace || (step.exit === 0 && this.jobs.waitingForChange) ? end + grace : end;
      const due = Math.min(nextTime, wake, this.cluster.nextEvent() ?? Infinity, limit);
      if (this.cluster.now() >= limit) controller.abort();
      else this.advanceTo(Math.max(due, this.cluster.now() + 1));
      if (next !== undefined && this.cluster.now() >= nextTime) {
        during.shift();
        for (const [name, text] of Object.entries(next.files ?? {})) this.files.write(`/home/learner/${name}`, text);
        running.push(start(this.newShell(), next.cmd, { stdin: '', stdout: ignore, stderr: ignore, signal: controller.signal }));
      }
      this.jobs.wake();
      await this.jobs.rest();
    }
  }

  private newShell(): Shell {
    return new Shell({
      world: withLatency(this.cluster),
      files: this.files,
      programs: standardPrograms,
      jobs: this.jobs,
      script: true,
    });
  }

  private setEnvironment(): void {
    for (const [name, value] of Object.entries(this.recording.env ?? {}))
      if (/^[A-Z_]+$/.test(name)) this.shell.frame.variables[name] = value;
  }

  private advanceTo(time: number): void {
    if (time > this.cluster.now()) this.cluster.advanceTo(Math.round(time));
  }
}

interface Running {
  /** Undefined while it runs. */
  exit: number | undefined;
}

function start(shell: Shell, cmd: string, options: RunOptions): Running {
  const running: Running = { exit: undefined };
  shell.run(cmd, options).then(
    (code) => (running.exit = code),
    (error: unknown) => {
      options.stderr(error instanceof Error ? (error.stack ?? error.message) : String(error));
      running.exit = 1;
    },
  );
  return running;
}

const ignore = (): void => undefined;
