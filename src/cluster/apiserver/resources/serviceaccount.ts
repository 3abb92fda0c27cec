import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, boolean, keyedList } from '../schema';
import { age } from '../table';

export const serviceAccounts: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  subresources: ['token'],
  namespaced: true,
  generation: false,
  schema: objectSchema('ServiceAccount', {
    secrets: keyedList({ name: undefined }, any),
    imagePullSecrets: any,
    automountServiceAccountToken: boolean,
  }),
  validateName: dns1123Subdomain,
  setDefaults: () => undefined,
  validate: () => [],
  columns: [nameColumn, column('Age')],
  row: (account, now) => [account.metadata.name, age(account, now)],
};
