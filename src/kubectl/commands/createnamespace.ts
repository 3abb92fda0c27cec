import type { Command } from '../command';
import { createGenerated, exactlyOneName, generatorFlags } from './generate';

export const createNamespace: Command = {
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  use: 'NAME',
  flags: generatorFlags,
  *run(invocation) {
    const name = exactlyOneName(invocation);
    const mapping = invocation.session.discovery.find('namespaces');
    createGenerated(invocation, mapping, { kind: 'Namespace', apiVersion: 'v1', metadata: { name }, spec: {}, status: {} });
  },
};
