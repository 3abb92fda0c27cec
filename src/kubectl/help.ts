import type { Command } from './command';
import { globalFlags } from './commonflags';
import type { Flag } from './flags';

/** Help of a command: what it does, examples, its flags. */
export function commandHelp(command: Command, path: string): string {
  const parts = [`${command.long?.trimEnd() ?? `${command.short}.`}\n`];
  if (command.aliases?.length) parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}\n`);
  if (command.examples?.length) parts.push(`Examples:\n${command.examples.map((line) => `  ${line}\n`).join('')}`);
  if (command.commands) parts.push(`Available Commands:\n${commandList(command.commands)}`);
  if (command.flags?.length) parts.push(`Options:\n${command.flags.map(flagHelp).join('\n')}`);
  parts.push(`Usage:\n  ${path} ${command.use ?? (command.commands ? 'SUBCOMMAND [options]' : '[flags] [options]')}\n`);
  const more = command.commands ? `Use "${path} <command> --help" for more information about a given command.\n` : '';
  parts.push(`${more}Use "kubectl options" for a list of global command-line options (applies to all commands).\n`);
  return parts.join('\n');
}

/** The flags every command takes. */
export function optionsHelp(): string {
  return `The following options can be passed to any command:\n\n${globalFlags.map(flagHelp).join('\n')}`;
}

/** Names and one-line descriptions, aligned. */
function commandList(commands: readonly Command[]): string {
  const width = Math.max(11, ...commands.map((command) => command.name.length)) + 3;
  return commands.map((command) => `  ${command.name.padEnd(width)}${command.short}\n`).join('');
}

const DEFAULTS: Record<Flag['type'], string> = { bool: 'false', int: '0', list: '[]', array: '[]', string: "''", duration: '0s' };

function flagHelp(flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  const value = flag.default === undefined ? DEFAULTS[flag.type] : flag.type === 'string' ? `'${flag.default}'` : flag.default;
  const note = flag.support === 'simulated' ? '' : ` (${flag.support} here)`;
  return `    ${short}--${flag.name}=${value}:\n\t${flag.help}${note}\n`;
}
