import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { int32, string, struct, time } from '../schema';
import { age } from '../table';

export const leases: ResourceDefinition = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  namespaced: true,
  createsOnUpdate: true,
  generation: false,
  schema: objectSchema('Lease', {
    spec: struct('LeaseSpec', {
      holderIdentity: string,
      leaseDurationSeconds: int32,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: int32,
      strategy: string,
      preferredHolder: string,
    }),
  }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.spec ??= {};
  },
  validate: () => [],
  columns: [nameColumn, column('Holder'), column('Age')],
  row: (lease, now) => [lease.metadata.name, lease.spec?.holderIdentity ?? '', age(lease, now)],
};
