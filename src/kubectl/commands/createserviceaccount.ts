import type { Command } from '../command';
import { builtin } from '../discovery';
import { createGenerated, exactlyOneName, generatorFlags } from './generate';

export const createServiceAccount: Command = {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Create a service account with the specified name',
  use: 'NAME [--dry-run=server|client|none]',
  flags: generatorFlags,
  *run(invocation) {
    const name = exactlyOneName(invocation);
    const object = { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name } };
    const mapping = builtin(invocation.session, 'v1', 'ServiceAccount', 'serviceaccounts');
    createGenerated(invocation, mapping, object, 'failed to create serviceaccount');
  },
};
