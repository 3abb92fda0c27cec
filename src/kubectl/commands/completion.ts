import type { Command } from '../command';
import { notSimulated, usageError } from '../errors';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'];

export const completion: Command = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  use: 'SHELL',
  *run({ args, path }) {
    if (args.length === 0) throw usageError(path, 'Shell not specified.');
    if (args.length > 1) throw usageError(path, 'Too many arguments. Expected only the shell type.');
    const [shell = ''] = args;
    if (!SHELLS.includes(shell)) throw usageError(path, `Unsupported shell type ${JSON.stringify(shell)}.`);
    throw notSimulated('need completion scripts: Tab completes in its terminals already');
  },
};
