import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { validateCanonicalAddress } from '../../apimachinery/ip';
import { deepEqual } from '../../apimachinery/json';
import { dns1123Subdomain, pathSegment } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { string, struct } from '../schema';
import { age } from '../table';

/** The reference as the server's own type spells it, which errors show. */
const inGo = ({ group = '', resource = '', namespace = '', name = '' }: Json = {}): Json => ({
  Group: group,
  Resource: resource,
  Namespace: namespace,
  Name: name,
});

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
  validateName: (name) => validateCanonicalAddress('metadata.name', name).map(({ detail }) => detail),
  setDefaults(object) {
    object.spec ??= {};
    const parent: Json = object.spec.parentRef ?? {};
    for (const field of Object.keys(parent)) if (parent[field] === '') delete parent[field];
  },
  validate(object): FieldError[] {
    const parent = object.spec.parentRef;
    if (!parent) return [required('spec.parentRef')];
    const errors: FieldError[] = [];
    const check = (field: string, messages: readonly string[]) =>
      errors.push(...messages.map((message) => invalid(`spec.parentRef.${field}`, parent[field], message)));
    if (parent.group) check('group', dns1123Subdomain(parent.group));
    for (const field of ['resource', 'name'])
      if (parent[field]) check(field, pathSegment(parent[field]));
      else errors.push(required(`spec.parentRef.${field}`));
    if (parent.namespace) check('namespace', pathSegment(parent.namespace));
    return errors;
  },
  validateUpdate: (object, old) =>
    deepEqual(object.spec.parentRef, old.spec.parentRef)
      ? []
      : [invalid('spec.parentRef', inGo(object.spec.parentRef), 'field is immutable')],
  selectableFields: ({ spec }) => ({
    'spec.parentRef.group': spec.parentRef?.group ?? '',
    'spec.parentRef.resource': spec.parentRef?.resource ?? '',
    'spec.parentRef.namespace': spec.parentRef?.namespace ?? '',
    'spec.parentRef.name': spec.parentRef?.name ?? '',
  }),
  // the server declares no column for the age that it sends all the same, so kubectl shows none
  columns: [nameColumn, column('ParentRef')],
  row({ metadata, spec, ...object }, now) {
    const { group, resource = '', namespace, name } = spec.parentRef;
    const kind = (group ? `${resource}.${group}` : resource).toLowerCase();
    const parent = namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
    return [metadata.name, parent, age({ metadata, ...object }, now)];
  },
};
