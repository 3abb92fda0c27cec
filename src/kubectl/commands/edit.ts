import type { Command } from '../command';
import { fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag, validateFlag } from '../commonflags';
import { editTargets } from '../editing';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';

export const edit: Command = {
  name: 'edit',
  short: 'Edit a resource on the server',
  use: '(RESOURCE/NAME | -f FILENAME)',
  examples: ['kubectl edit svc test'],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    validateFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-edit'),
    flag('output-patch', 'bool', 'Show the patch.'),
    flag('subresource', 'string', 'Subresource to edit: status, scale.'),
    flag('windows-line-endings', 'bool', 'Use the line ends of Windows.'),
  ],
  *run(invocation): Generator<Suspend, number, void> {
    const { session, flags, args } = invocation;
    const built = buildTargets(session, { flags, args, listsAll: true });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    if (found.length === 0) throw new KubectlError('edit cancelled, no objects found');
    return yield* editTargets(invocation, found, 'live');
  },
};
