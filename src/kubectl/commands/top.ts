import type { Command } from '../command';
import { allNamespacesFlag, fieldSelectorFlag, selectorFlag } from '../commonflags';
import { flag } from '../flags';
import { ignoredFlags, notSimulatedCommand } from './notsimulated';

/** A cluster without a metrics server answers so. */
const answer = 'Metrics API not available';
const shared = [
  selectorFlag,
  flag('sort-by', 'string', 'cpu or memory.'),
  ...ignoredFlags('bool:no-headers bool:show-swap bool:use-protocol-buffers=true'),
];

export const top: Command = {
  name: 'top',
  short: 'Display resource (CPU/memory) usage',
  use: '[flags] [options]',
  commands: [
    notSimulatedCommand('node', 'Display resource (CPU/memory) usage of nodes', {
      answer,
      aliases: ['nodes', 'no'],
      use: '[NAME | -l label]',
      flags: [...shared, ...ignoredFlags('bool:show-capacity')],
    }),
    notSimulatedCommand('pod', 'Display resource (CPU/memory) usage of pods', {
      answer,
      aliases: ['pods', 'po'],
      use: '[NAME | -l label]',
      flags: [...shared, allNamespacesFlag, fieldSelectorFlag, ...ignoredFlags('bool:containers bool:sum')],
    }),
  ],
};
