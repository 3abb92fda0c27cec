import { forbidden, invalid, type FieldError } from '../../apimachinery/fielderror';
import { deepEqual } from '../../apimachinery/json';
import { configMapKey, dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { boolean, stringMap } from '../schema';
import { age } from '../table';

/** Upstream: ValidateConfigMapUpdate, ValidateSecretUpdate. */
export function validateImmutable(object: Json, old: Json): FieldError[] {
  if (!old.immutable) return [];
  const unset = object.immutable ? [] : [forbidden('immutable', 'field is immutable when `immutable` is set')];
  const changed = ['data', 'binaryData'].filter((field) => !deepEqual(object[field] ?? {}, old[field] ?? {}));
  return [...unset, ...changed.map((field) => forbidden(field, 'field is immutable when `immutable` is set'))];
}

export function validateKeys(object: Json, fields: readonly string[]): FieldError[] {
  return fields.flatMap((field) =>
    Object.keys(object[field] ?? {}).flatMap((key) =>
      configMapKey(key).map((message) => invalid(`${field}[${key}]`, key, message)),
    ),
  );
}

const count = (map: Json): number => Object.keys(map ?? {}).length;

export const configMaps: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  generation: false,
  schema: objectSchema('ConfigMap', { immutable: boolean, data: stringMap, binaryData: stringMap }),
  validateName: dns1123Subdomain,
  setDefaults: () => undefined,
  validate: (map) => validateKeys(map, ['data', 'binaryData']),
  validateUpdate: validateImmutable,
  validatesUpdateFirst: true,
  columns: [nameColumn, column('Data'), column('Age')],
  row: (map, now) => [map.metadata.name, String(count(map.data) + count(map.binaryData)), age(map, now)],
};
