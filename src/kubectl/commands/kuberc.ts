import type { Command } from '../command';
import { outputFlags } from '../commonflags';
import { ignoredFlags, notSimulatedCommand } from './notsimulated';

export const kuberc: Command = {
  name: 'kuberc',
  short: 'Manage kuberc configuration files',
  long: 'Manage the file of your preferences for kubectl.',
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
