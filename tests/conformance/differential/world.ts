import { Cluster } from '../../../src/cluster/cluster';
import { Files } from '../../../src/shell/files';
import { Jobs } from '../../../src/shell/jobs';
import { standardPrograms } from '../../../src/shell/programs';
import { Shell } from '../../../src/shell/shell';
import type { Case } from './case';
import { FIXTURE } from './fixture';

export interface Outcome {
  exit: number;
  stdout: string;
  stderr: string;
}

/** Time of the fixture's objects before the first command, ms: ages are then in minutes, and seconds of real time do not show. */
const AGE = (20 * 60 + 30) * 1000;

/** Real time that a command may be at work, ms. */
const LIMIT = 30_000;

/** A cluster with the fixture in it, and our terminal on it. Two made for the same case and time are the same in every byte. */
export class World {
  readonly cluster: Cluster;
  private readonly jobs: Jobs;
  private readonly files: Files;
  private readonly shell: Shell;

  /** @param time virtual time of the first command, ms since the epoch */
  constructor(
    private readonly one: Case,
    time: number,
    kubeconfig: string,
  ) {
    this.cluster = new Cluster({ startTime: time - AGE, seed: 7 });
    this.jobs = new Jobs(() => this.cluster.now());
    this.files = new Files('/home/learner', { '.kube/config': kubeconfig });
    this.cluster.subscribe(() => this.jobs.noteChange());
    this.shell = new Shell({ world: this.cluster, files: this.files, programs: standardPrograms, jobs: this.jobs, script: true });
    for (const manifest of one.manifests ?? [FIXTURE]) this.#apply(manifest);
    this.cluster.settle();
    this.cluster.advanceTo(time);
    for (const [name, text] of Object.entries(one.files ?? {})) this.files.write(`/home/learner/${name}`, text);
  }

  #apply(manifest: string): void {
    this.files.write('/home/learner/fixture.yaml', manifest);
    let errors = '';
    const run = this.shell.program(this.shell.frame, ['kubectl', 'apply', '-f', 'fixture.yaml'], {
      stdin: '',
      stdout: () => undefined,
      stderr: (text) => (errors += text),
    });
    const step = run.next();
    this.files.remove('/home/learner/fixture.yaml');
    if (!step.done || step.value !== 0) throw new Error(`the fixture: ${errors}`);
  }

  /** Runs a command line in our terminal; virtual time passes only while it waits. */
  async run(line: string): Promise<Outcome> {
    const output = { stdout: '', stderr: '' };
    const controller = new AbortController();
    let exit: number | undefined;
    const finished = this.shell
      .run(line, {
        stdin: this.one.stdin ?? '',
        stdout: (text) => (output.stdout += text),
        stderr: (text) => (output.stderr += text),
        signal: controller.signal,
      })
      .then(
        (code) => (exit = code),
        (error: unknown) => {
          output.stderr += `UNCAUGHT ${error instanceof Error ? error.stack : String(error)}`;
          exit = 255;
        },
      );
    const deadline = this.cluster.now() + 120_000;
    const limit = Date.now() + LIMIT;
    while (exit === undefined) {
      await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 0))]);
      if (exit !== undefined) break;
      // a program of the terminal may be loaded when it is first used, which takes real time
      if (this.jobs.atWork && Date.now() < limit) continue;
      const due = this.jobs.nextWake ?? this.cluster.nextEvent() ?? deadline;
      if (due >= deadline) controller.abort();
      this.cluster.advanceTo(Math.max(this.cluster.now() + 1, Math.min(due, deadline)));
      this.jobs.wake();
    }
    this.shell.reset();
    return { exit: exit ?? 255, ...output };
  }
}
