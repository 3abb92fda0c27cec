import type { Command } from './command';
import { globalFlags } from './commonflags';
import { KubectlError } from './errors';
import type { Flag } from './flags';
import { suggestions } from './suggestions';

/** The command that a call means, and what is left of its arguments. */
export interface FoundCommand {
  command: Command;
  /** `kubectl create service`. */
  path: string;
  args: string[];
}

/**
 * The command that the arguments name; flags may stand anywhere. Upstream: cobra Command.Find.
 * @throws KubectlError where kubectl has no command of that name
 */
export function findCommand(root: Command, args: readonly string[]): FoundCommand {
  let found: FoundCommand = { command: root, path: root.name, args: [...args] };
  for (;;) {
    const { command, path } = found;
    const at = firstWord(found.args, command);
    const next = command.commands?.find(
      ({ name, aliases }) => at >= 0 && (name === found.args[at] || aliases?.includes(found.args[at] as string)),
    );
    if (!next) break;
    found = { command: next, path: `${path} ${next.name}`, args: found.args.toSpliced(at, 1) };
  }
  const unknown = found.args[firstWord(found.args, found.command)];
  if (found.command !== root || unknown === undefined) return found;
  // upstream looks for a plugin of that name first
  if (args[0]?.startsWith('-')) {
    throw new KubectlError(`Error: flags cannot be placed before plugin name: ${args[0]}`, { verbatim: true });
  }
  const similar = suggestions(
    unknown,
    (root.commands ?? []).filter(({ hidden }) => !hidden),
  );
  throw new KubectlError(
    `unknown command ${JSON.stringify(unknown)} for ${JSON.stringify(root.name)}${similar ? `\n\nDid you mean this?\n${similar}` : ''}`,
  );
}

/** Where the first argument is that is no flag and no value of one; -1 without. A flag that nobody knows takes the next. Upstream: cobra stripFlags. */
function firstWord(args: readonly string[], command: Command): number {
  const flags = mergeFlags(command.flags ?? []);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '--') break;
    if (!arg.startsWith('-')) {
      if (arg !== '') return index;
    } else if (!arg.includes('=') && (arg.startsWith('--') || arg.length === 2)) {
      const definition = flags.find((flag) => (arg.startsWith('--') ? flag.name === arg.slice(2) : flag.short === arg[1]));
      if (definition?.type !== 'bool' && definition?.bare === undefined) index++;
    }
  }
  return -1;
}

/** A command's own flags and those of all commands. */
export function mergeFlags(own: readonly Flag[]): Flag[] {
  const names = new Set(own.map((flag) => flag.name));
  const shorts = new Set(own.map((flag) => flag.short));
  const inherited = globalFlags
    .filter((flag) => !names.has(flag.name))
    .map((flag) => ({ ...flag, inherited: true, ...(flag.short && shorts.has(flag.short) && { short: undefined }) }));
  return [...own, ...inherited];
}
