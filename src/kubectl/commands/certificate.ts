import type { Command } from '../command';
import { filenameFlags, outputFlags } from '../commonflags';
import { flag } from '../flags';
import { notSimulatedCommand } from './notsimulated';

const flags = [
  ...filenameFlags,
  ...outputFlags,
  flag('force', 'bool', 'Also what has been decided before.', { support: 'not simulated' }),
];

export const certificate: Command = {
  name: 'certificate',
  short: 'Modify certificate resources',
  long: 'Modify certificate resources.',
  groupHelp: 'stdout',
  groupExit: 0,
  commands: [
    notSimulatedCommand('approve', 'Approve a certificate signing request', { flags, use: '(-f FILENAME | NAME)' }),
    notSimulatedCommand('deny', 'Deny a certificate signing request', { flags, use: '(-f FILENAME | NAME)' }),
  ],
};
