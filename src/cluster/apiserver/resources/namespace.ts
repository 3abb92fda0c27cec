import { dns1123Label } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, list, string, struct } from '../schema';
import { age } from '../table';

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
    object.status ??= { phase: 'Active' };
  },
  prepareForCreate(object) {
    object.spec.finalizers = ['kubernetes'];
    object.status = { phase: 'Active' };
  },
  validate: () => [],
  selectableFields: (namespace) => ({ 'status.phase': namespace.status?.phase ?? '' }),
  columns: [nameColumn, column('Status'), column('Age')],
  row: (namespace, now) => [namespace.metadata.name, namespace.status?.phase ?? '', age(namespace, now)],
};
