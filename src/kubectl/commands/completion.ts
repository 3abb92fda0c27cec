import type { Command } from '../command';
import { SCRIPTS } from '../completion/scripts';
import { usageError } from '../errors';

export const completion: Command = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  use: 'SHELL',
  *run({ args, path, session }) {
    if (args.length === 0) throw usageError(path, 'Shell not specified.');
    if (args.length > 1) throw usageError(path, 'Too many arguments. Expected only the shell type.');
    const [shell = ''] = args;
    const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
    if (script === undefined) throw usageError(path, `Unsupported shell type ${JSON.stringify(shell)}.`);
    session.out(script);
  },
};
