import type { Command } from '../command';
import { outputFlags } from '../commonflags';
import { ignoredFlags, notSimulatedCommand } from './notsimulated';

export const kuberc: Command = {
  name: 'kuberc',
  short: 'Manage kuberc configuration files',
  long: `Manage user preferences (kuberc) file.

 The kuberc file allows you to customize your kubectl experience.`,
  examples: [
    '# View the current kuberc configuration',
    'kubectl kuberc view',
    '',
    '# Set a default value for a command flag',
    'kubectl kuberc set --section defaults --command get --option output=wide',
    '',
    '# Create an alias for a command',
    'kubectl kuberc set --section aliases --name getn --command get --prependarg nodes --option output=wide',
  ],
  commands: [
    notSimulatedCommand('set', 'Set values in the kuberc configuration', {
      use: '--section (defaults|aliases) --command COMMAND',
      flags: ignoredFlags(
        'array:allowlist-entry array:appendarg string:command string:kuberc string:name array:option bool:overwrite string:policy array:prependarg string:section',
      ),
    }),
    notSimulatedCommand('view', 'Display the current kuberc configuration', {
      use: '',
      flags: [
        ...outputFlags.map((one) => (one.name === 'output' ? { ...one, default: 'yaml' } : one)),
        ...ignoredFlags('string:kuberc'),
      ],
    }),
  ],
};
