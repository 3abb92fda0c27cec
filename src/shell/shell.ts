import type { Suspend } from '../kubectl/types';
import { Background } from './background';
import { resolvePath, type Files } from './files';
import type { History } from './history';
import type { Jobs } from './jobs';
import { type Machine, Machines, promptOf } from './machines';
import { type Program, type ProgramContext, type ProgramTable, waitFor } from './program';
import { backgroundParts, plainWords } from './words';
import type { TraceListener, World } from './world';
import { wellFormed } from './wellformed';

/** One shell of the stack: the first one, then one for each ssh or kubectl exec. */
export interface Frame {
  readonly machine: Machine;
  directory: string;
  variables: Record<string, string>;
  lastExit: number;
  /** What runs beside its prompt. */
  readonly background: Background;
  /** Called when the shell is left, with its exit code. */
  readonly ended?: ((exit: number, stdout: (text: string) => void) => void) | undefined;
}

export interface ShellOptions {
  world: World;
  /** The learner's home on the laptop and the vm. */
  files: Files;
  programs: ProgramTable;
  jobs: Jobs;
  /** Default `internet`. */
  place?: string;
  /** Opens the manifest editor on a file; the function it returns tells whether it has been closed. */
  openEditor?: (path: string) => () => boolean;
  onTrace?: TraceListener;
  history?: History;
  /** Empties the screen. */
  clear?: () => void;
  /** Lines typed to a program until Ctrl-D. Without it a program finds its input empty. */
  readTerminal?: () => Generator<Suspend, string, void>;
  /** A script's errors name the line, as `bash -c` does; a terminal's do not. Default false. */
  script?: boolean;
}

export interface RunOptions {
  stdin?: string;
  stdout(text: string): void;
  stderr(text: string): void;
  signal?: AbortSignal;
}

/** Commands of just-bash that are worth loading it for when they come alone. */
export const bashCommands: ReadonlySet<string> = new Set(
  (
    'awk base64 basename bash chmod comm column cp cut date diff dirname du env expr find fold grep egrep fgrep head join jq ln md5sum mkdir mv nl paste ' +
    'printenv rev rg rm rmdir sed seq sh sha256sum sort split stat strings tac tail tee time touch tr tree type uniq unexpand wc which xargs yq alias'
  ).split(' '),
);

/** Runs command lines on the simulated machines. Knows nothing of keys and screens. */
export class Shell {
  readonly machines: Machines;
  private readonly frames: Frame[] = [];

  constructor(readonly options: ShellOptions) {
    this.machines = new Machines(options.files, options.world);
    this.enter(options.place ?? 'internet');
  }

  get world(): World {
    return this.options.world;
  }

  get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  get depth(): number {
    return this.frames.length;
  }

  get place(): string {
    return this.frame.machine.place;
  }

  get prompt(): string {
    return promptOf(this.frame.machine, this.frame.directory);
  }

  /** A login shell on that machine (ssh, kubectl exec). */
  enter(place: string, container?: string, ended?: Frame['ended']): void {
    this.frames.push({ ...this.newFrame(this.machines.at(place, container)), ended });
  }

  /** A shell on a machine that is another view of one, such as a node's file system seen from a container. */
  enterMachine(machine: Machine): void {
    this.frames.push(this.newFrame(machine));
  }

  /** Leaves the innermost shell, and returns it; the first one stays. */
  leave(): Frame | undefined {
    if (this.frames.length === 1) return undefined;
    const left = this.frames.pop();
    left?.background.stop();
    return left;
  }

  /** Back to one shell at its starting place, on machines as they were at first. */
  reset(): void {
    this.stopBackground();
    this.frames.length = 0;
    this.machines.reset();
    this.enter(this.options.place ?? 'internet');
  }

  /** Ends what runs beside the prompts. */
  stopBackground(): void {
    for (const { background } of this.frames) background.stop();
  }

  newFrame(machine: Machine): Frame {
    const background = new Background();
    return { machine, directory: machine.files.home, variables: { ...machine.env }, lastExit: 0, background };
  }

  /** Runs a command line (or a script of several lines) in the innermost shell. Resolves with the exit code. */
  async run(line: string, options: RunOptions): Promise<number> {
    const frame = this.frame;
    const exit = await this.runIn(frame, wellFormed(line), options);
    frame.lastExit = exit;
    await this.settle(frame);
    const ended = frame.background.report();
    // a script's shell has no job control
    if (ended !== '' && this.options.script !== true) options.stderr(ended);
    return exit;
  }

  /** As `run`, in a given shell, e.g. one that kubectl exec made for one command. */
  async runIn(frame: Frame, line: string, options: RunOptions): Promise<number> {
    const parts = backgroundParts(line);
    if (parts) return this.runParts(frame, parts, options);
    const { home } = frame.machine.files;
    const lines = line.split('\n').filter((one) => one.trim() !== '');
    const plain = lines.map((one) => plainWords(one, home));
    if (plain.every((words) => words !== undefined && (words.length === 0 || !this.needsBash(frame, words)))) {
      let exit = lines.length === 0 ? frame.lastExit : 0;
      for (const words of plain) {
        if (words?.length) exit = await this.runWords(frame, words, options);
        if (options.signal?.aborted) return exit;
      }
      return exit;
    }
    return this.bash(frame, line, options);
  }

  /** Runs a line with `&`: those commands go on while the rest runs, and at a prompt after it. */
  private async runParts(frame: Frame, parts: ReturnType<typeof backgroundParts> & object, options: RunOptions): Promise<number> {
    const atPrompt = this.frames.includes(frame) && this.options.script !== true;
    const { background } = frame;
    let exit = 0;
    for (const { text, background: beside } of parts) {
      if (options.signal?.aborted || (atPrompt && !this.frames.includes(frame))) break;
      if (!beside) exit = await this.runIn(frame, text, options);
      else {
        const { stdout, stderr } = options;
        // bash gives them an empty input
        background.start(
          text,
          (started) => atPrompt && stderr(started),
          (signal) => this.runIn({ ...frame }, text, { stdin: '', stdout, stderr, signal }),
        );
        // what comes next must find it at work, not being fetched
        await this.options.jobs.calm();
      }
    }
    if (!atPrompt) {
      const stop = () => background.stop();
      if (options.signal?.aborted) stop();
      options.signal?.addEventListener('abort', stop, { once: true });
      await Promise.all(background.running.map(({ ended }) => ended));
      options.signal?.removeEventListener('abort', stop);
    }
    return exit;
  }

  /** Lets jobs end that have seen what they waited for. */
  private async settle({ background }: Frame): Promise<void> {
    if (background.running.length === 0) return;
    this.options.jobs.noteChange();
    this.options.jobs.wake();
    await this.options.jobs.calm();
  }

  /** Runs one program; an unknown one answers as the machine's shell does. */
  runWords(frame: Frame, words: readonly string[], options: RunOptions): Promise<number> {
    return this.options.jobs.run(this.program(frame, words, options), options.signal);
  }

  /** The running program itself, for programs that run others (ssh, kubectl exec). */
  *program(frame: Frame, words: readonly string[], options: RunOptions): Generator<Suspend, number, void> {
    const [name = '', ...args] = words;
    const program = this.programsOf(frame.machine).get(name);
    if (program) return yield* program(this.context(frame, name, args, options));
    if (bashCommands.has(name)) {
      const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      return yield* this.wait(this.bash(frame, line, options));
    }
    options.stderr(this.notFound(frame.machine, name));
    return 127;
  }

  /** Runs shell text inside a program (`sh -c`, an editor command). */
  *script(frame: Frame, text: string, options: RunOptions): Generator<Suspend, number, void> {
    return yield* this.wait(this.runIn(frame, text, options));
  }

  /** Whether a program of that name is there. */
  knows(machine: Machine, name: string): boolean {
    return this.programsOf(machine).has(name) || (bashCommands.has(name) && machine.image?.userland !== 'none');
  }

  programsOf(machine: Machine): ReadonlyMap<string, Program> {
    return this.options.programs(machine);
  }

  /** What the machine's shell says of a program that is not there. `line`: of a script. */
  notFound(machine: Machine, name: string, line = 1): string {
    if (machine.shell === 'sh')
      return `sh: ${machine.kind === 'node' || machine.image?.userland === 'debian' ? `${line}: ` : ''}${name}: not found\n`;
    return `bash: ${this.options.script ? `line ${line}: ` : ''}${name}: command not found\n`;
  }

  private context(frame: Frame, name: string, args: readonly string[], options: RunOptions): ProgramContext {
    const readTerminal = this.options.readTerminal;
    return {
      name,
      args,
      machine: frame.machine,
      directory: frame.directory,
      env: frame.variables,
      stdin: options.stdin,
      stdout: options.stdout,
      stderr: options.stderr,
      *readInput() {
        if (options.stdin !== undefined) return options.stdin;
        return readTerminal ? yield* readTerminal() : '';
      },
      shell: this,
    };
  }

  private bash(frame: Frame, line: string, options: RunOptions): Promise<number> {
    return this.options.jobs.work(async () => (await import('./bash')).runBash(this, frame, line, options));
  }

  /** Waits inside a program for a part of it that is still to be loaded. That takes no virtual time. */
  load<T>(run: () => Promise<T>): Generator<Suspend, T, void> {
    return this.wait(this.options.jobs.work(run));
  }

  private *wait<T>(promise: Promise<T>): Generator<Suspend, T, void> {
    const { jobs } = this.options;
    return yield* waitFor(promise, () => {
      jobs.noteChange();
      jobs.wake();
    });
  }

  private needsBash(frame: Frame, words: readonly string[]): boolean {
    const name = words[0] ?? '';
    return !this.programsOf(frame.machine).has(name) && bashCommands.has(name);
  }
}

/** The path a program was given, absolute. */
export function pathOf(context: Pick<ProgramContext, 'directory' | 'machine'>, path: string): string {
  return resolvePath(
    path === '~' || path.startsWith('~/') ? context.machine.files.home : context.directory,
    path.replace(/^~\/?/, ''),
  );
}
