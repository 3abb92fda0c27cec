import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { validateAddress } from '../../apimachinery/ip';
import { deepEqual } from '../../apimachinery/json';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { string, struct } from '../schema';
import { age } from '../table';

export const ipAddresses: ResourceDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  singular: 'ipaddress',
  shortNames: ['ip'],
  namespaced: false,
  generation: false,
  schema: objectSchema('IPAddress', {
    spec: struct('IPAddressSpec', {
      parentRef: struct('ParentReference', { group: string, resource: string, namespace: string, name: string }),
    }),
  }),
  validateName: (name) =>
    validateAddress('metadata.name', name).length > 0 ? ['must be a valid IP address in canonical form'] : [],
  setDefaults(object) {
    object.spec ??= {};
  },
  validate(object): FieldError[] {
    const parent = object.spec.parentRef;
    if (!parent) return [required('spec.parentRef')];
    return ['resource', 'name'].filter((field) => !parent[field]).map((field) => required(`spec.parentRef.${field}`));
  },
  validateUpdate: (object, old) =>
    deepEqual(object.spec.parentRef, old.spec.parentRef)
      ? []
      : [invalid('spec.parentRef', object.spec.parentRef, 'field is immutable')],
  selectableFields: ({ spec }) => ({
    'spec.parentRef.group': spec.parentRef?.group ?? '',
    'spec.parentRef.resource': spec.parentRef?.resource ?? '',
    'spec.parentRef.namespace': spec.parentRef?.namespace ?? '',
    'spec.parentRef.name': spec.parentRef?.name ?? '',
  }),
  columns: [nameColumn, column('ParentRef'), column('Age')],
  row({ metadata, spec, ...object }, now) {
    const { group, resource, namespace, name } = spec.parentRef ?? {};
    const parent = [group, resource, namespace, name].filter(Boolean).join('/');
    return [metadata.name, parent, age({ metadata, ...object }, now)];
  },
};
