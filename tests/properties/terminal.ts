import { Cluster } from '../../src/cluster/cluster';
import { Files } from '../../src/shell/files';
import { Jobs } from '../../src/shell/jobs';
import { standardPrograms } from '../../src/shell/programs';
import { Shell } from '../../src/shell/shell';

/** A small cluster, and kubectl on it: whatever is uncaught in there is thrown here. */
export class Terminal {
  readonly cluster = new Cluster({ cloud: 'none' });
  private readonly files = new Files('/home/learner');
  private readonly shell = new Shell({
    world: this.cluster,
    files: this.files,
    programs: standardPrograms,
    jobs: new Jobs(() => this.cluster.now()),
  });

  constructor() {
    this.kubectl(['create', 'deployment', 'web', '--image=nginx', '--port=80']);
    this.kubectl(['expose', 'deployment', 'web']);
    this.cluster.settle();
  }

  /** Runs kubectl until it ends or waits for something. @returns the exit code; undefined when it waits */
  kubectl(args: readonly string[], files: Readonly<Record<string, string>> = {}): number | undefined {
    for (const [name, text] of Object.entries(files)) this.files.write(`/home/learner/${name}`, text);
    const run = this.shell.program(this.shell.frame, ['kubectl', ...args], {
      stdin: '',
      stdout: (text) => checkText(text),
      stderr: (text) => checkText(text),
    });
    const step = run.next();
    if (step.done) return step.value;
    run.return(130);
    return undefined;
  }
}

/** What JavaScript says when something was missing must not reach a learner. */
function checkText(text: string): void {
  if (typeof text !== 'string' || /\[object Object\]|Cannot read propert|is not a function|is not iterable/.test(text))
    throw new Error(`printed: ${text}`);
}
