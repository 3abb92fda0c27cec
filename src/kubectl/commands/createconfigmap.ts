import type { Command } from '../command';
import { builtin } from '../discovery';
import { dataFlags, readData } from './datasources';
import { createGenerated, exactlyOneName, generatorFlags, refuseAppendHash } from './generate';

export const createConfigMap: Command = {
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  use: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  examples: ['kubectl create configmap web --from-literal=color=blue --from-file=index.html'],
  flags: [...generatorFlags, ...dataFlags],
  *run(invocation) {
    const name = exactlyOneName(invocation);
    refuseAppendHash(invocation);
    const data = readData(invocation, 'ConfigMap', name);
    const filled = Object.keys(data).length > 0;
    const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name }, ...(filled && { data }) };
    createGenerated(
      invocation,
      builtin(invocation.session, 'v1', 'ConfigMap', 'configmaps'),
      object,
      'failed to create configmap',
    );
  },
};
