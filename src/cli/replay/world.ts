import { Cluster } from '../../cluster/cluster';
import { Files } from '../../shell/files';
import { Jobs } from '../../shell/jobs';
import { standardPrograms } from '../../shell/programs';
import { Shell } from '../../shell/shell';
import { pseudo } from './pseudo';
import type { Actual, Recording, Step } from './recording';

/** The recordings' clusters were this old, ms, when their first command ran. */
const age = 1200;

/** A fresh cluster and shell for one recording; nothing is shared between two of them. */
export class ReplayWorld {
  readonly cluster: Cluster;
  readonly files = new Files('/home/learner');
  private readonly jobs: Jobs;
  private readonly shell: Shell;

  constructor(private readonly recording: Recording) {
    const first = recording.steps[0]?.start ?? 0;
    const setting = (name: 'serviceCIDR' | 'nodePortRange') => recording[name] ?? recording.env?.[name];
    const [serviceCIDR, nodePortRange] = [setting('serviceCIDR'), setting('nodePortRange')];
    this.cluster = new Cluster({
      startTime: Math.round(first * 1000) - age,
      nodes: recording.nodes,
      cloud: 'none',
      declaredPortsListen: true,
      // the recordings' stand-in for a kubelet took readiness and a late end from these annotations
      pods: {
        ready: (pod) => pod.metadata.annotations?.['oracle/ready'] !== 'false',
        holdsOn: (pod) => pod.metadata.annotations?.['oracle/hold-terminating'] === 'true',
      },
      ...(serviceCIDR === undefined ? {} : { serviceCIDR }),
      ...(nodePortRange === undefined ? {} : { nodePortRange }),
    });
    this.jobs = new Jobs(() => this.cluster.now());
    this.cluster.subscribe(() => this.jobs.noteChange());
    this.shell = new Shell({ world: this.cluster, files: this.files, programs: standardPrograms, jobs: this.jobs, script: true });
    for (const [name, value] of Object.entries(recording.env ?? {}))
      if (/^[A-Z_]+$/.test(name)) this.shell.frame.variables[name] = value;
  }

  /** Runs one step at its recorded time. */
  async run(step: Step): Promise<Actual> {
    this.advanceTo(step.start * 1000);
    for (const [name, text] of Object.entries(step.files)) this.files.write(`/home/learner/${name}`, text);
    const result = step.cmd.startsWith('@') ? pseudo(this.cluster, step.cmd) : await this.command(step.cmd, step);
    this.advanceTo(step.end * 1000);
    return { cmd: step.cmd, ...result };
  }

  private async command(cmd: string, step: Step): Promise<Omit<Actual, 'cmd'>> {
    const output = { stdout: '', stderr: '' };
    const controller = new AbortController();
    let exit: number | undefined;
    await import('just-bash'); // loading it takes real time, of which a replay has none
    const finished = this.shell
      .run(cmd, {
        stdin: step.stdin ?? '',
        stdout: (text) => (output.stdout += text),
        stderr: (text) => (output.stderr += text),
        signal: controller.signal,
      })
      .then(
        (code) => (exit = code),
        (error: unknown) => {
          output.stderr += error instanceof Error ? (error.stack ?? error.message) : String(error);
          exit = 1;
        },
      );
    await this.drive(() => exit !== undefined, finished, step, controller);
    // A shell of its own for each step, as the recordings had.
    this.shell.reset();
    for (const [name, value] of Object.entries(this.recording.env ?? {}))
      if (/^[A-Z_]+$/.test(name)) this.shell.frame.variables[name] = value;
    return { exit: exit ?? 1, ...output };
  }

  /** Lets virtual time pass for a program that waits; when the recorded time is up it is interrupted, as the recording's was. */
  private async drive(done: () => boolean, finished: Promise<unknown>, step: Step, controller: AbortController): Promise<void> {
    const during = [...(step.during ?? [])];
    const deadline = Math.max(step.end * 1000, this.cluster.now()) + 2000;
    await Promise.race([finished, tick()]);
    for (let idle = 0; !done();) {
      const next = during[0];
      const nextTime = next && step.start * 1000 + next.at * 1000;
      if (this.jobs.nextWake === undefined && idle < 50) {
        idle++; // just-bash may be at work, which takes promises and not virtual time
      } else if (next && nextTime !== undefined) {
        during.shift();
        this.advanceTo(nextTime);
        for (const [name, text] of Object.entries(next.files ?? {})) this.files.write(`/home/learner/${name}`, text);
        await new Shell({
          world: this.cluster,
          files: this.files,
          programs: standardPrograms,
          jobs: this.jobs,
          script: true,
        }).run(next.cmd, {
          stdin: '',
          stdout: () => undefined,
          stderr: () => undefined,
        });
      } else {
        const due = this.jobs.nextWake ?? this.cluster.nextEvent() ?? deadline;
        if (due >= deadline && this.cluster.now() >= step.end * 1000) controller.abort();
        this.advanceTo(Math.min(Math.max(due, this.cluster.now() + 1), Math.max(step.end * 1000, this.cluster.now())));
      }
      this.jobs.wake();
      await Promise.race([finished, tick()]);
    }
  }

  private advanceTo(time: number): void {
    if (time > this.cluster.now()) this.cluster.advanceTo(Math.round(time));
  }
}

/** Lets promises (just-bash) make progress. */
const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
