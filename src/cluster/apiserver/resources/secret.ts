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
  selectableFields: (secret) => ({ type: secret.type ?? '' }),
  columns: [nameColumn, column('Type'), column('Data'), column('Age')],
  row: (secret, now) => [secret.metadata.name, secret.type, String(Object.keys(secret.data ?? {}).length), age(secret, now)],
};

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Text as UTF-8, in base64. */
function base64(text: string): string {
  const bytes = utf8(text);
  let encoded = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (shift: number) => DIGITS[(bits >> shift) & 63]!;
    encoded += digit(18) + digit(12) + (b === undefined ? '=' : digit(6)) + (c === undefined ? '=' : digit(0));
  }
  return encoded;
}

function utf8(text: string): number[] {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'))
    .split(/(%..|.)/)
    .filter(Boolean)
    .map((part) => (part.length === 3 ? parseInt(part.slice(1), 16) : part.charCodeAt(0)));
}
