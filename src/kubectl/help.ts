import type { Command } from './command';
import { globalFlags } from './commonflags';
import type { Flag } from './flags';
import { GROUPS } from './root';

/** Help of a command: what it does, then its usage. Upstream: kubectl/pkg/util/templates. */
export function commandHelp(command: Command, path: string): string {
  return `${command.long?.trim() ?? `${command.short}.`}\n\n${commandUsage(command, path)}`;
}

function commandUsage(command: Command, path: string): string {
  const parts: string[] = [];
  if (command.aliases?.length) parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}\n`);
  if (command.examples?.length) parts.push(`Examples:\n${command.examples.map((line) => `  ${line}\n`).join('')}`);
  if (command.commands) parts.push(`Available Commands:\n${commandList(command.commands)}`);
  if (command.flags?.length) parts.push(`Options:\n${flagsHelp(command.flags)}`);
  parts.push(`Usage:\n  ${usageLine(command, path)}\n`);
  const more = command.commands ? `Use "${path} <command> --help" for more information about a given command.\n` : '';
  parts.push(`${more}${GLOBAL_OPTIONS}`);
  return parts.join('\n');
}

const GLOBAL_OPTIONS = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

function usageLine(command: Command, path: string): string {
  const use = command.use ?? (command.commands ? 'SUBCOMMAND' : '[flags]');
  const line = use === '' ? path : `${path} ${use}`;
  return line.includes('[options]') ? line : `${line} [options]`;
}

/** Help of kubectl itself. */
export function rootHelp(): string {
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n${rootUsage()}`;
}

/** The commands in their groups. */
export function rootUsage(): string {
  const all = GROUPS.flatMap((group) => group.commands);
  const groups = GROUPS.map(({ title, commands }) => {
    const plugins = title.startsWith('Other') ? 'Subcommands provided by plugins:\n\n' : '';
    return `${plugins}${title}\n${commandList(commands, all)}\n`;
  });
  const more = 'Use "kubectl <command> --help" for more information about a given command.\n';
  return `${groups.join('')}Usage:\n  kubectl [flags] [options]\n\n${more}${GLOBAL_OPTIONS}`;
}

/** The flags every command takes. */
export function optionsHelp(home: string): string {
  const flags = globalFlags
    .filter((flag) => flag.name !== 'help')
    .map((flag) => (flag.name === 'cache-dir' ? { ...flag, default: `${home}/.kube/cache` } : flag));
  return `The following options can be passed to any command:\n\n${flagsHelp(flags)}\n`;
}

/** Names and one-line descriptions, as wide as the longest name of all. */
function commandList(commands: readonly Command[], all = commands): string {
  const width = Math.max(11, ...all.map((command) => command.name.length)) + 3;
  return commands.map((command) => `  ${command.name.padEnd(width)}${command.short}\n`).join('');
}

/** What the help shows as a flag's default where none is given. */
const DEFAULTS: Readonly<Record<string, string>> = {
  bool: 'false',
  int: '0',
  int32: '0',
  list: '[]',
  array: '[]',
  pairs: '[]',
  duration: '0s',
};

function flagsHelp(flags: readonly Flag[]): string {
  const shown = flags.filter((flag) => !flag.hidden && !flag.deprecated);
  return [...shown]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(flagHelp)
    .join('\n');
}

function flagHelp(flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '';
  const text = flag.default ?? DEFAULTS[flag.type] ?? '';
  const value = flag.type === 'string' ? `'${text}'` : text;
  const note = flag.support === 'simulated' ? '' : ` (${flag.support} here)`;
  return `    ${short}--${flag.name}=${value}:\n\t${flag.help}${note}\n`;
}
