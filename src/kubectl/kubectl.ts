import type { Command, Invocation } from './command';
import { completions, type Completions } from './completion/complete';
import { logLine } from './log';
import { describeError, FatalLog, KubectlError, StatusError, AggregateError, usageError } from './errors';
import { findCommand, mergeFlags, type FoundCommand } from './findcommand';
import { FlagValues, parseFlags, type Flag } from './flags';
import { commandHelp } from './help';
import { ROOT, showHelp } from './rootcommand';
import { Session } from './session';
import type { KubectlEnvironment, Suspend } from './types';

/** What Tab offers for the last of the arguments. */
export const complete = (args: readonly string[], environment: KubectlEnvironment): Completions =>
  completions(ROOT, args, environment);

/**
 * Runs `kubectl ARGS`. It waits by yielding; the driver resumes it.
 * @param args what stands behind `kubectl`
 * @returns the exit code
 */
export function* kubectl(args: string[], environment: KubectlEnvironment): Generator<Suspend, number, void> {
  let errorExit = 1;
  try {
    const found = findCommand(ROOT, args);
    errorExit = found.command.errorExit ?? 1;
    return yield* runCommand(found, environment, args);
  } catch (error) {
    if (error instanceof FatalLog) {
      environment.stderr(logLine('F', environment.now(), error.message));
      return 1;
    }
    if (!(error instanceof KubectlError || error instanceof StatusError || error instanceof AggregateError)) throw error;
    const { text, exit } = describeError(error);
    environment.stderr(text);
    return errorExit === 1 ? exit : errorExit;
  }
}

function* runCommand(
  found: FoundCommand,
  environment: KubectlEnvironment,
  typed: readonly string[],
): Generator<Suspend, number, void> {
  const { command, path, args } = found;
  if (command.rawArguments && command.run) {
    const flags = new FlagValues([]);
    const commandLine = () => path;
    return (yield* command.run({ session: new Session(environment, flags), path, args, flags, dash: -1, commandLine })) || 0;
  }
  const flags = mergeFlags(command.flags ?? []);
  const { values, rest, dash } = parseFlags(path, flags, args, command.flagsHint?.(path));
  for (const { name, deprecated } of flags)
    if (deprecated && values.has(name)) environment.stderr(`Flag --${name} has been deprecated, ${deprecated}\n`);
  if (values.boolean('help')) {
    showHelp(found, environment);
    return 0;
  }
  if (!command.run) return bareGroup(command, path, rest, environment);
  checkRequired(flags, values);
  const commandLine = () => {
    const whole = parseFlags(path, flags, typed);
    return ['kubectl', ...whole.rest, ...whole.values.given].join(' ');
  };
  const session = new Session(environment, values);
  const invocation: Invocation = { session, path, args: rest, flags: values, dash, commandLine };
  const running = command.run(invocation);
  const exit = command.interruptExit === undefined ? (yield* running) || 0 : yield* withInterrupt(running, command.interruptExit);
  const { warnings } = invocation.session;
  if (exit === 0 && warnings > 0 && values.boolean('warnings-as-errors'))
    throw new KubectlError(`${warnings} warning${warnings === 1 ? '' : 's'} received`);
  return exit;
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

function checkRequired(flags: readonly Flag[], values: FlagValues): void {
  const missing = flags.filter((flag) => flag.required && !values.has(flag.name)).map((flag) => JSON.stringify(flag.name));
  if (missing.length > 0) throw new KubectlError(`required flag(s) ${missing.join(', ')} not set`);
}

function bareGroup(command: Command, path: string, args: readonly string[], environment: KubectlEnvironment): number {
  if (args.length > 0 && command.groupExit !== 0) throw usageError(path, `unknown command ${JSON.stringify(args.join(' '))}`);
  const text = commandHelp(command, path);
  if (command.groupHelp === 'stdout') environment.stdout(text);
  else environment.stderr(text);
  return command.groupExit ?? 1;
}
