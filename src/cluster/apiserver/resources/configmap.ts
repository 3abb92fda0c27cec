import { base64ToBytes } from '../../apimachinery/base64';
import { forbidden, invalid, tooLong, type FieldError } from '../../apimachinery/fielderror';
import { deepEqual } from '../../apimachinery/json';
import { configMapKey, dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { boolean, bytesMap, stringMap } from '../schema';
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

/** How much a ConfigMap or Secret may hold, bytes. */
const MAX_SIZE = 1024 * 1024;

/** @param field what the error is about @param texts the values of `data` @param bytes values in base64 */
export function validateSize(field: string, texts: Json, bytes: Json): FieldError[] {
  let size = 0;
  for (const text of Object.values<string>(texts ?? {})) size += new TextEncoder().encode(text).length;
  for (const text of Object.values<string>(bytes ?? {})) size += base64ToBytes(text).length;
  return size > MAX_SIZE ? [tooLong(field, `may not be more than ${MAX_SIZE} bytes`)] : [];
}

/** Upstream: ValidateConfigMap. */
function validate(map: Json): FieldError[] {
  const twice = Object.keys(map.data ?? {}).filter((key) => Object.hasOwn(map.binaryData ?? {}, key));
  return [
    ...validateKeys(map, ['data']),
    ...twice.map((key) => invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    ...validateKeys(map, ['binaryData']),
    // the whole object, as a path without a name reads
    ...validateSize('[]', map.data, map.binaryData),
  ];
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
  schema: objectSchema('ConfigMap', { immutable: boolean, data: stringMap, binaryData: bytesMap }),
  validateName: dns1123Subdomain,
  setDefaults: () => undefined,
  validate,
  validateUpdate: validateImmutable,
  validatesUpdateFirst: true,
  columns: [nameColumn, column('Data'), column('Age')],
  row: (map, now) => [map.metadata.name, String(count(map.data) + count(map.binaryData)), age(map, now)],
};
