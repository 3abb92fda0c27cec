import type { Command } from '../command';
import { KubectlError } from '../errors';
import { findCommand, mergeFlags } from '../findcommand';
import { parseFlags, type Flag, type FlagValues } from '../flags';
import { Session } from '../session';
import type { KubectlEnvironment } from '../types';
import { argumentCompleter, flagCompleter } from './completers';
import { DIRECTIVES } from './directives';

/** One thing that may stand there, and what it is. */
export interface Candidate {
  value: string;
  description?: string;
}

export interface Completions {
  candidates: Candidate[];
  /** Sum of `DIRECTIVES`: what a shell is to do with the candidates. */
  directive: number;
  /** Why there are none. */
  error?: string;
}

/**
 * What may stand for the last argument of a command line. Upstream: cobra Command.getCompletions.
 * @param args what stands behind `kubectl`, the last one unfinished (empty: nothing is typed yet)
 */
export function completions(root: Command, args: readonly string[], environment: KubectlEnvironment): Completions {
  const typed = args.slice(0, -1);
  const nothing = (error: string): Completions => ({ candidates: [], directive: DIRECTIVES.Default, error });
  let found;
  try {
    found = findCommand(root, typed);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return nothing(`unable to find a command for arguments: [${typed.join(' ')}]`);
  }
  const { command, path } = found;
  const flags = mergeFlags(command.flags ?? []);
  const { flag, rest, word, unknown } = valueOf(flags, found.args, args.at(-1) ?? '');
  let parsed;
  try {
    parsed = parseFlags(path, flags, rest, '');
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return nothing(`Error while parsing flags from args [${rest.join(' ')}]: ${error.message.trimEnd()}`);
  }
  const { values, rest: words, dash } = parsed;
  const flagsEnded = dash >= 0;
  if (unknown !== undefined && !flagsEnded) return nothing(`Subcommand '${command.name}' does not support flag '${unknown}'`);
  if (values.has('help')) return { candidates: [], directive: DIRECTIVES.NoFileComp };
  const session = new Session(environment, values);
  if (flag && !flagsEnded) {
    if (flag.name === 'filename')
      return { candidates: [{ value: 'json' }, { value: 'yaml' }, { value: 'yml' }], directive: DIRECTIVES.FilterFileExt };
    const { candidates, directive } = offer(flagCompleter(path, flag)?.(session, words, word));
    return { candidates: candidates ?? [], directive: directive ?? DIRECTIVES.Default };
  }
  if (word.startsWith('-') && !word.includes('=') && !flagsEnded)
    return { candidates: flagNames(command, flags, values, word, command === root), directive: DIRECTIVES.NoFileComp };
  return argumentsOf(root, command, path, { session, flags, values, words, word });
}

interface Line {
  session: Session;
  flags: readonly Flag[];
  values: FlagValues;
  words: string[];
  word: string;
}

function argumentsOf(root: Command, command: Command, path: string, line: Line): Completions {
  const { session, flags, values, words, word } = line;
  const candidates: Candidate[] = [];
  let directive: number = DIRECTIVES.Default;
  const ownFlagGiven = (command.flags ?? []).some(({ name }) => values.has(name));
  if (words.length === 0 && !ownFlagGiven) {
    const commands = subcommands(command);
    candidates.push(...commands.filter(({ value }) => value.startsWith(word)));
    if (commands.length > 0) directive = DIRECTIVES.NoFileComp;
  }
  candidates.push(...required(flags, values, word));
  if (command.name !== 'help') {
    const more = offer(argumentCompleter(path)?.(session, words, word));
    return { candidates: [...candidates, ...(more.candidates ?? [])], directive: more.directive ?? directive };
  }
  return { candidates: topics(root, words, word), directive: DIRECTIVES.NoFileComp };
}

/** What a completer offers, as candidates. */
function offer(offered: { values: readonly string[]; directive: number } | undefined): Partial<Completions> {
  return offered ? { candidates: offered.values.map((value) => ({ value })), directive: offered.directive } : {};
}

function subcommands(command: Command): Candidate[] {
  return (command.commands ?? [])
    .filter(({ hidden, offered }) => !hidden || offered)
    .map(({ name, short }) => ({ value: name, description: short }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** The commands that `help` can tell about. */
function topics(root: Command, words: readonly string[], word: string): Candidate[] {
  try {
    return subcommands(findCommand(root, words).command).filter(({ value }) => value.startsWith(word));
  } catch (error) {
    if (error instanceof KubectlError) return [];
    throw error;
  }
}

const byName = (a: Flag, b: Flag) => (a.name < b.name ? -1 : 1);

/** Flags of all commands first, then those of this one; where a flag must be given, only that. */
function flagNames(command: Command, flags: readonly Flag[], values: FlagValues, word: string, isRoot: boolean): Candidate[] {
  const missing = required(flags, values, word);
  if (missing.length > 0) return missing;
  const [inherited, own] = [true, false].map((inherits) =>
    flags.filter(({ inherited = false, name }) => inherits === (inherited && (isRoot || name !== 'help'))).sort(byName),
  ) as [Flag[], Flag[]];
  const several = ['list', 'array', 'map', 'pairs'];
  return [...inherited, ...own]
    .filter((flag) => !values.has(flag.name) || several.includes(flag.type))
    .flatMap((flag) => spellings(flag, word, flag.name === 'help' ? `help for ${command.name}` : flag.help));
}

function required(flags: readonly Flag[], values: FlagValues, word: string): Candidate[] {
  return flags.filter((flag) => flag.required && !values.has(flag.name)).flatMap((flag) => spellings(flag, word, flag.help));
}

function spellings({ name, short, hidden, deprecated }: Flag, word: string, description: string): Candidate[] {
  if (hidden || deprecated) return [];
  return [`--${name}`, ...(short ? [`-${short}`] : [])]
    .filter((spelling) => spelling.startsWith(word))
    .map((value) => ({ value, description }));
}

/**
 * Which flag's value is being typed: of `--flag=val`, or of the flag in front. Upstream: cobra checkIfFlagCompletion.
 * @returns the flag, the arguments without it and the part of the value; `unknown`: the name of a flag that there is not
 */
function valueOf(
  flags: readonly Flag[],
  args: readonly string[],
  last: string,
): { flag?: Flag; rest: string[]; word: string; unknown?: string } {
  const equals = last.startsWith('-') ? last.indexOf('=') : -1;
  if (last.startsWith('-') && equals < 0) return { rest: [...args], word: last };
  const previous = args.at(-1) ?? '';
  const spelled =
    equals >= 0 ? last.slice(0, equals) : /^(--.+|-[^-].*)$/.test(previous) && !previous.includes('=') ? previous : '';
  if (spelled === '') return { rest: [...args], word: last };
  const name = spelled.startsWith('--') ? spelled.slice(2) : spelled.slice(-1);
  const flag = flags.find((one) => (name.length === 1 && one.short === name) || one.name === name);
  if (!flag) return { rest: [...args], word: last, unknown: name };
  if (equals >= 0) return { flag, rest: [...args], word: last.slice(equals + 1) };
  if (flag.type === 'bool' || flag.bare !== undefined) return { rest: [...args], word: last };
  return { flag, rest: args.slice(0, -1), word: last };
}
