import type { Command } from './command';
import { globalFlags } from './commonflags';
import { describeError, KubectlError, StatusError, AggregateError, usageError } from './errors';
import { parseFlags, type Flag, type FlagValues } from './flags';
import { commandHelp, optionsHelp } from './help';
import { COMMANDS, GROUPS } from './root';
import { Session } from './session';
import { suggestions } from './suggestions';
import type { KubectlEnvironment, Suspend } from './types';

/**
 * Runs `kubectl ARGS`. It waits by yielding; the driver resumes it.
 * @param args what stands behind `kubectl`
 * @returns the exit code
 */
export function* kubectl(args: string[], environment: KubectlEnvironment): Generator<Suspend, number, void> {
  let errorExit = 1;
  try {
    const found = findCommand(args);
    if (typeof found === 'number') return printRoot(args, environment);
    errorExit = found.command.errorExit ?? 1;
    return yield* runCommand(found, environment);
  } catch (error) {
    if (!(error instanceof KubectlError || error instanceof StatusError || error instanceof AggregateError)) throw error;
    const { text, exit } = describeError(error);
    environment.stderr(text);
    return errorExit === 1 ? exit : errorExit;
  }
}

interface Found {
  command: Command;
  path: string;
  args: string[];
}

/** The command that the arguments name. Flags may stand before it. */
function findCommand(args: readonly string[]): Found | 0 {
  let commands: readonly Command[] = COMMANDS;
  let command: Command | undefined;
  let path = 'kubectl';
  const rest = [...args];
  for (let index = 0; index < rest.length;) {
    const arg = rest[index] as string;
    if (arg === '--') break;
    if (arg.startsWith('-') && arg !== '-') {
      index += takesNext(arg, command) ? 2 : 1;
      continue;
    }
    const next = commands.find((candidate) => candidate.name === arg || candidate.aliases?.includes(arg));
    if (!next) {
      if (!command) {
        if (arg === 'help' || arg === 'options' || arg === 'alpha') return 0;
        const similar = suggestions(arg, COMMANDS);
        throw new KubectlError(`unknown command "${arg}" for "kubectl"${similar ? `\n\nDid you mean this?\n${similar}` : ''}`);
      }
      break;
    }
    command = next;
    path += ` ${next.name}`;
    rest.splice(index, 1);
    commands = next.commands ?? [];
    if (commands.length === 0) break;
  }
  return command ? { command, path, args: rest } : 0;
}

function takesNext(arg: string, command: Command | undefined): boolean {
  if (arg.includes('=')) return false;
  const flags = [...(command?.flags ?? []), ...globalFlags];
  const definition = arg.startsWith('--')
    ? flags.find((flag) => flag.name === arg.slice(2))
    : flags.find((flag) => flag.short === arg[1] && arg.length === 2);
  return definition !== undefined && definition.type !== 'bool' && definition.bare === undefined;
}

function* runCommand({ command, path, args }: Found, environment: KubectlEnvironment): Generator<Suspend, number, void> {
  const flags = mergeFlags(command.flags ?? []);
  const { values, rest, dash } = parseFlags(
    path,
    flags,
    args,
    command.usageForFlags ? `See '${path} -h' for help and examples` : undefined,
  );
  if (values.boolean('help')) {
    environment.stdout(commandHelp(command, path));
    return 0;
  }
  if (!command.run) return bareGroup(command, path, rest, environment);
  checkRequired(flags, values);
  const invocation = { session: new Session(environment, values), path, args: rest, flags: values, dash };
  const running = command.run(invocation);
  return command.interruptExit === undefined ? (yield* running) || 0 : yield* withInterrupt(running, command.interruptExit);
}

/** Ends with a code of its own when Ctrl-C closes the generator. */
function* withInterrupt(
  running: Generator<Suspend, number | void, void>,
  interruptExit: number,
): Generator<Suspend, number, void> {
  let ended = false;
  try {
    const exit = (yield* running) || 0;
    ended = true;
    return exit;
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    // eslint-disable-next-line no-unsafe-finally -- the way a closed generator tells its value
    if (!ended) return interruptExit;
  }
}

function mergeFlags(own: readonly Flag[]): Flag[] {
  const names = new Set(own.map((flag) => flag.name));
  const shorts = new Set(own.map((flag) => flag.short));
  const inherited = globalFlags
    .filter((flag) => !names.has(flag.name))
    .map((flag) => (flag.short && shorts.has(flag.short) ? { ...flag, short: undefined } : flag));
  return [...own, ...inherited];
}

function checkRequired(flags: readonly Flag[], values: FlagValues): void {
  const missing = flags.filter((flag) => flag.required && !values.has(flag.name)).map((flag) => JSON.stringify(flag.name));
  if (missing.length > 0) throw new KubectlError(`required flag(s) ${missing.join(', ')} not set`);
}

function bareGroup(command: Command, path: string, args: readonly string[], environment: KubectlEnvironment): number {
  if (args.length > 0) throw usageError(path, `unknown command ${JSON.stringify(args.join(' '))}`);
  const text = commandHelp(command, path);
  if (command.groupHelp === 'stdout') environment.stdout(text);
  else environment.stderr(text);
  return command.groupExit ?? 1;
}

/** `kubectl`, `kubectl help TOPIC` and `kubectl options`. */
function printRoot(args: readonly string[], environment: KubectlEnvironment): number {
  const [first, ...topic] = args.filter((arg) => !arg.startsWith('-'));
  if (first === 'alpha') {
    environment.stderr('No alpha commands are available in this version of kubectl\n');
    return 0;
  }
  if (first === 'options') {
    environment.stdout(optionsHelp());
    return 0;
  }
  if (first === 'help' && topic.length > 0) {
    let commands: readonly Command[] = COMMANDS;
    let command: Command | undefined;
    for (const name of topic) {
      command = commands.find((candidate) => candidate.name === name);
      commands = command?.commands ?? [];
    }
    if (command) environment.stdout(commandHelp(command, `kubectl ${topic.join(' ')}`));
    else environment.stderr(`Unknown help topic [${topic.map((name) => `\`${name}\``).join(' ')}]\n\n\n${rootCommands()}`);
    return 0;
  }
  environment.stdout(`kubectl controls the Kubernetes cluster manager.\n\n${rootCommands()}`);
  return 0;
}

function rootCommands(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const groups = GROUPS.map(({ title, commands }) => {
    const lines = commands.map((command) => `  ${command.name.padEnd(width + 2)} ${command.short}\n`);
    const plugins = title.startsWith('Other') ? 'Subcommands provided by plugins:\n\n' : '';
    return `${plugins}${title}\n${lines.join('')}\n`;
  });
  return `${groups.join('')}Usage:
  kubectl [flags] [options]

Use "kubectl <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`;
}
