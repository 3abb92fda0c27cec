import { generator } from './generate';

export const createNamespace = generator({
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  use: 'NAME [--dry-run=server|client|none]',
  apiVersion: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  clusterScoped: true,
  build: (_, name) => ({ metadata: { name }, spec: {}, status: {} }),
});
