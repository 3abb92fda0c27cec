import { generator } from './generate';

export const createServiceAccount = generator({
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Create a service account with the specified name',
  use: 'NAME [--dry-run=server|client|none]',
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  failure: 'failed to create serviceaccount: ',
  build: (_, name) => ({ metadata: { name } }),
});
