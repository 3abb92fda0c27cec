import type { Suspend } from '../kubectl/types';
import type { Files } from './files';
import { smallDiff } from './bashdiff';
import { takeTurn, TURN, withTurns } from './bashturns';
import { interrupted } from './jobs';
import type { Frame, RunOptions, Shell } from './shell';

/** Bash has these itself, with the grammar's own rules; ours are for plain lines. */
const builtins = new Set(['cd', 'pwd', 'echo', 'exit', 'logout', 'help', 'cat']);

/** A learner's line, not a workload: a runaway loop ends soon. Regular expressions are RE2's, whose time grows with the text only. */
const limits = {
  maxSourceBytes: 64 * 1024,
  maxCommandCount: 5000,
  maxLoopIterations: 5000,
  maxCallDepth: 50,
  maxAwkIterations: 20000,
  maxSedIterations: 5000,
  maxJqIterations: 20000,
  maxBraceExpansionResults: 10_000,
  maxOutputSize: 512 * 1024,
  maxStringLength: 512 * 1024,
  maxFileSystemBytes: 8 * 1024 * 1024,
};

/** What a kubectl takes to start, ms. */
const startUp = 50;

/** Shell variables that bash sets for itself: not the learner's. */
const own =
  /^(BASH.*|SHELLOPTS|OSTYPE|MACHTYPE|HOSTTYPE|IFS|OPTIND|PATH|PWD|OLDPWD|HOME|USER|HOSTNAME|SHLVL|UID|EUID|PPID|_|\?|PS[124]|TERM|SHELL|LOGNAME)$/;

interface FileSystem {
  getAllPaths(): string[];
  readFile(path: string): Promise<string>;
  writeFile(path: string, text: string): Promise<void>;
  rm(path: string, options: { force: boolean }): Promise<void>;
  stat(path: string): Promise<{ isFile: boolean; isDirectory: boolean }>;
}

/**
 * Runs shell grammar through just-bash, over the machine's files and with our programs as its commands.
 * It is heavy, so it comes only with the first line that needs it. Its network is off and its limits are low.
 */
export async function runBash(shell: Shell, frame: Frame, script: string, options: RunOptions): Promise<number> {
  const { Bash, defineCommand } = await import('just-bash');
  const { machine } = frame;
  const { jobs } = shell.options;
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (options.signal?.aborted) return interrupted;
  options.signal?.addEventListener('abort', abort, { once: true });
  const stopped = new Promise<'stopped'>((resolve) =>
    options.signal?.addEventListener('abort', () => resolve('stopped'), { once: true }),
  );

  const customCommands = [...shell.programsOf(machine).keys()]
    .filter((name) => !builtins.has(name))
    .map((name) =>
      defineCommand(name, async (args, context) => {
        const output = { stdout: '', stderr: '' };
        await pull(context.fs, machine.files);
        const inner: Frame = { ...frame, directory: context.cwd, variables: { ...context.exportedEnv, ...frame.variables } };
        const piped = decode(context.stdin as unknown as string);
        // In a pipe or a substitution ls prints one name a line; bash cannot tell us where its output goes.
        const words = name === 'ls' ? [name, '-1', ...args] : [name, ...args];
        const program = shell.program(inner, words, {
          stdin: piped === '' ? options.stdin : piped,
          stdout: (text) => (output.stdout += text),
          stderr: (text) => (output.stderr += text),
        });
        const exitCode = await jobs.pause(() => jobs.run(inScript(shell, name, program), controller.signal));
        await push(machine.files, context.fs);
        return { ...output, exitCode };
      }),
    );
  const home = machine.files.home;
  customCommands.push(defineCommand('diff', (args, context) => smallDiff(Bash, args, context, limits)));
  customCommands.push(defineCommand(TURN, async ([status]) => ({ stdout: '', stderr: '', exitCode: await takeTurn(status) })));
  const bash = new Bash({
    cwd: frame.directory,
    env: { HOME: home, USER: machine.user, HOSTNAME: machine.hostname, ...frame.variables },
    files: { ...Object.fromEntries(machine.files.entries()) },
    customCommands,
    executionLimits: limits,
    defenseInDepth: false,
  });
  bash.registerTransformPlugin(withTurns(bash));
  for (const directory of [home, '/tmp', frame.directory]) await bash.fs.mkdir(directory, { recursive: true });
  await push(machine.files, bash.fs);
  const status = script.includes('$?') ? `(exit ${frame.lastExit})\n` : '';
  try {
    const result = await Promise.race([
      stopped,
      bash.exec(status + script, {
        rawScript: true,
        signal: controller.signal,
        ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
      }),
    ]);
    if (result === 'stopped') return interrupted;
    await pull(bash.fs, machine.files);
    frame.variables = Object.fromEntries(Object.entries(result.env).filter(([name]) => !own.test(name)));
    if (result.env.PWD) frame.directory = result.env.PWD;
    options.stdout(result.stdout);
    const errors = limitErrors(syntaxErrors(result.stderr, script, shell.options.script === true));
    options.stderr(
      errors.replace(/^bash: (?:line (\d+): )?(.*): command not found\n/gm, (_all, line: string | undefined, name: string) =>
        shell.notFound(machine, name, line === undefined ? 1 : Number(line) - (status === '' ? 0 : 1)),
      ),
    );
    return result.exitCode;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/** Between two commands of a script a real kubectl starts up and controllers react; a plain line waits for the learner anyway. */
function* inScript(shell: Shell, name: string, program: Generator<Suspend, number, void>): Generator<Suspend, number, void> {
  const exit = yield* program;
  if (name === 'kubectl') yield { until: shell.world.now() + startUp };
  return exit;
}

/** Errors of the grammar in bash's own words. A script's name the line and show it. */
function syntaxErrors(stderr: string, script: string, isScript: boolean): string {
  return stderr.replace(
    /^bash: syntax error: Parse error at (\d+):\d+: (syntax error near unexpected token .*)$/gm,
    (_all, line: string, message: string) =>
      isScript
        ? `bash: -c: line ${line}: ${message}\nbash: -c: line ${line}: \`${script.split('\n')[Number(line) - 1] ?? ''}'`
        : `bash: ${message}`,
  );
}

/** Errors of just-bash's limits in words of ours: whoever types cannot raise them. */
function limitErrors(stderr: string): string {
  const text = stderr
    .replace(/^\++ __turn .*\n/gm, '')
    .replaceAll('Maximum call stack size exceeded', 'too deep')
    .replace(/, increase executionLimits\.\w+/g, '');
  return /\bexceeded\b|: too deep$/m.test(text) && text !== '' && /limit|maximum|too /.test(text)
    ? `${text}this simulator stops a command line that takes too much\n`
    : text;
}

/** Pipes carry bytes, one a character; text programs want UTF-8 decoded. */
function decode(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes) || /[^\u0000-\u00ff]/.test(bytes)) return bytes; // eslint-disable-line no-control-regex -- byte ranges
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

const learners = (files: Files, path: string) =>
  path.startsWith(files.home === '/' ? '/' : `${files.home}/`) || path.startsWith('/tmp/');
const systems = /^\/(bin|usr|dev|proc|etc|sys|lib|sbin)\//;

async function pull(from: FileSystem, to: Files): Promise<void> {
  const paths = from.getAllPaths().filter((path) => learners(to, path) && !systems.test(path));
  const seen = new Set<string>();
  for (const path of paths) {
    const stat = await from.stat(path).catch(() => undefined);
    if (stat?.isDirectory) to.makeDirectory(path);
    if (!stat?.isFile) continue;
    seen.add(path);
    to.write(path, await from.readFile(path));
  }
  for (const [path] of to.entries()) if (!seen.has(path) && learners(to, path)) to.remove(path);
}

async function push(from: Files, to: FileSystem): Promise<void> {
  const known = new Map(from.entries());
  for (const [path, text] of known) {
    const there = await to.readFile(path).catch(() => undefined);
    if (there !== text) await to.writeFile(path, text);
  }
  for (const path of to.getAllPaths())
    if (!known.has(path) && learners(from, path) && !systems.test(path) && (await to.stat(path).catch(() => undefined))?.isFile)
      await to.rm(path, { force: true });
}
