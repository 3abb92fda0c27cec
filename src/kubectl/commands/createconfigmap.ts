import { dataFlags, readData } from './datasources';
import { generator, nameWithHash } from './generate';

export const createConfigMap = generator({
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  use: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  examples: ['kubectl create configmap web --from-literal=color=blue --from-file=index.html'],
  flags: dataFlags,
  apiVersion: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  failure: 'failed to create configmap: ',
  build: (invocation, name) => {
    const data = readData(invocation, 'ConfigMap', name);
    const hashed = invocation.flags.boolean('append-hash') ? nameWithHash(name, { kind: 'ConfigMap', data }) : name;
    return { metadata: { name: hashed }, ...(Object.keys(data).length > 0 && { data }) };
  },
});
