import { base64 } from '../../apimachinery/base64';
import { invalid } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { boolean, named, stringMap } from '../schema';
import { age } from '../table';
import { validateImmutable, validateKeys } from './configmap';

export const secrets: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,
  generation: false,
  schema: objectSchema('Secret', { immutable: boolean, data: stringMap, stringData: stringMap, type: named('v1.SecretType') }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.type ||= 'Opaque';
    for (const [key, text] of Object.entries((object.stringData ?? {}) as Record<string, string>))
      object.data = { ...object.data, [key]: base64(text) };
    delete object.stringData;
  },
  validate: (secret) => validateKeys(secret, ['data']),
  validateUpdate: (object, old) => [
    ...(object.type === old.type ? [] : [invalid('type', object.type, 'field is immutable')]),
    ...validateImmutable(object, old),
  ],
  validatesUpdateFirst: true,
  selectableFields: (secret) => ({ type: secret.type ?? '' }),
  columns: [nameColumn, column('Type'), column('Data'), column('Age')],
  row: (secret, now) => [secret.metadata.name, secret.type, String(Object.keys(secret.data ?? {}).length), age(secret, now)],
};
