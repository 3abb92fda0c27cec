import { dns1123Label } from '../../apimachinery/names';
import { objectSchema, validateFinalizerNames } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, list, string, struct } from '../schema';
import { age } from '../table';

/** What the subresource finalize writes. Upstream: pkg/registry/core/namespace namespaceFinalizeStrategy. */
export const FINALIZE = {
  prepareForUpdate: () => undefined,
  validateUpdate: () => [],
};

export const namespaces: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  subresources: ['finalize', 'status'],
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  generation: false,
  schema: objectSchema('Namespace', { spec: struct('NamespaceSpec', { finalizers: list(string) }), status: any }),
  validateName: dns1123Label,
  setDefaults(object) {
    object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name };
    object.spec ??= {};
    if (object.spec.finalizers?.length === 0) delete object.spec.finalizers;
    object.status ??= { phase: 'Active' };
  },
  prepareForCreate(object) {
    const given: string[] = object.spec.finalizers ?? [];
    object.spec.finalizers = given.includes('kubernetes') ? given : [...given, 'kubernetes'];
    object.status = { phase: 'Active' };
  },
  prepareForUpdate(object, old) {
    object.spec = old.spec;
  },
  validate: (object) => validateFinalizerNames(object.spec.finalizers ?? [], 'spec.finalizers'),
  selectableFields: (namespace) => ({ 'status.phase': namespace.status?.phase ?? '' }),
  columns: [nameColumn, column('Status'), column('Age')],
  row: (namespace, now) => [namespace.metadata.name, namespace.status?.phase ?? '', age(namespace, now)],
};
