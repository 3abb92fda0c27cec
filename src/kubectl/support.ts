import type { Command } from './command';
import { globalFlags } from './commonflags';
import type { Flag, Support } from './flags';
import { GROUPS } from './root';

/** What becomes of one flag here. */
export interface FlagSupport {
  name: string;
  short?: string;
  help: string;
  support: Support;
}

/** One command or subcommand with its flags; data for a page that tells what the simulator does. */
export interface CommandSupport {
  /** `kubectl create service clusterip`. */
  path: string;
  /** The heading of kubectl's help under which its first word stands. */
  group: string;
  short: string;
  support: Support;
  flags: FlagSupport[];
}

/** Every command in the order of kubectl's help. */
export function commandSupport(): CommandSupport[] {
  return GROUPS.flatMap(({ title, commands }) =>
    commands.flatMap((command) => describe(command, 'kubectl', title.replace(/:$/, ''))),
  );
}

/** The flags that every command takes. */
export function globalFlagSupport(): FlagSupport[] {
  return globalFlags.map(flagSupport);
}

function describe(command: Command, parent: string, group: string): CommandSupport[] {
  const path = `${parent} ${command.name}`;
  const own: CommandSupport = {
    path,
    group,
    short: command.short,
    support: command.notSimulated ? 'not simulated' : 'simulated',
    flags: (command.flags ?? []).map(flagSupport),
  };
  const inner = (command.commands ?? []).flatMap((child) => describe(child, path, group));
  return command.run || inner.length === 0 ? [own, ...inner] : inner;
}

const flagSupport = ({ name, short, help, support }: Flag): FlagSupport => ({
  name,
  ...(short !== undefined && { short }),
  help,
  support,
});
