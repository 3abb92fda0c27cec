import { parseSelector } from '../../cluster/apimachinery/selector';
import type { Command } from '../command';
import { allNamespacesFlag, fieldSelectorFlag, selectorFlag } from '../commonflags';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flags';
import { ignoredFlags } from './notsimulated';

const shared = [
  selectorFlag,
  flag('sort-by', 'string', 'cpu or memory.'),
  ...ignoredFlags('bool:no-headers bool:show-swap bool:use-protocol-buffers=true'),
];

/** A cluster without a metrics server has only mistakes to answer. @param selector how --selector is named in one of them */
function topOf(command: Omit<Command, 'run'>, selector: string): Command {
  return {
    ...command,
    *run({ flags, args, path }) {
      if (args.length > 1) throw usageError(path, `${command.name} ${command.use}`);
      const order = flags.string('sort-by');
      if (order !== '' && order !== 'cpu' && order !== 'memory') throw new KubectlError('--sort-by accepts only cpu or memory');
      if (args.length > 0 && flags.string('selector')) throw new KubectlError(`only one of NAME or ${selector} can be provided`);
      try {
        parseSelector(flags.string('selector'));
      } catch (error) {
        throw new KubectlError((error as Error).message);
      }
      throw new KubectlError('Metrics API not available');
    },
  };
}

export const top: Command = {
  name: 'top',
  short: 'Display resource (CPU/memory) usage',
  use: '[flags] [options]',
  commands: [
    topOf(
      {
        name: 'node',
        short: 'Display resource (CPU/memory) usage of nodes',
        aliases: ['nodes', 'no'],
        use: '[NAME | -l label]',
        flags: [...shared, ...ignoredFlags('bool:show-capacity')],
      },
      '--selector',
    ),
    topOf(
      {
        name: 'pod',
        short: 'Display resource (CPU/memory) usage of pods',
        aliases: ['pods', 'po'],
        use: '[NAME | -l label]',
        flags: [...shared, allNamespacesFlag, fieldSelectorFlag, ...ignoredFlags('bool:containers bool:sum')],
      },
      'selector',
    ),
  ],
};
