import { deepEqual } from '../../apimachinery/json';
import { invalid } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import { nonNegative, validateReplicas } from './replicas';
import { objectSchema } from '../metadata';
import { column, nameColumn, wide, type ResourceDefinition } from '../resource';
import { any, int32, struct } from '../schema';
import { age } from '../table';
import {
  formatSelector,
  labelSelectorSchema,
  podTemplateSchema,
  setTemplateDefaults,
  validateTemplate,
  workloadCells,
} from './workload';

export const replicaSets: ResourceDefinition = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  subresources: ['scale', 'status'],
  generation: true,
  schema: objectSchema('ReplicaSet', {
    spec: struct('ReplicaSetSpec', {
      replicas: int32,
      minReadySeconds: int32,
      selector: labelSelectorSchema,
      template: podTemplateSchema,
    }),
    status: any,
  }),
  status: 'ReplicaSetStatus',
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.spec ??= {};
    object.spec.replicas ??= 1;
    setTemplateDefaults(object.spec);
  },
  prepareForCreate(object) {
    object.status = { replicas: 0 };
  },
  validate: (object) => [...nonNegative(object.spec, ['minReadySeconds'], 'spec'), ...validateTemplate(object.spec)],
  validateStatus: ({ status }) => validateReplicas(status, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']),
  validateUpdate: (object, old) =>
    deepEqual(object.spec.selector, old.spec.selector)
      ? []
      : [invalid('spec.selector', object.spec.selector ?? null, 'field is immutable')],
  selectableFields: (set) => ({ 'status.replicas': String(set.status?.replicas ?? 0) }),
  columns: [
    nameColumn,
    column('Desired'),
    column('Current'),
    column('Ready'),
    column('Age'),
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row: (set, now) => [
    set.metadata.name,
    set.spec.replicas,
    set.status?.replicas ?? 0,
    set.status?.readyReplicas ?? 0,
    age(set, now),
    ...workloadCells(set.spec),
    formatSelector(set.spec.selector),
  ],
};
