import { base64, fromBase64 } from '../../apimachinery/base64';
import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { goMapError } from '../../apimachinery/gojsonerror';
import { keyPairError } from '../../apimachinery/keypair';
import { dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { boolean, bytesMap, named, stringMap } from '../schema';
import { age } from '../table';
import { validateImmutable, validateKeys, validateSize } from './configmap';

/** What a Secret's type asks for. Upstream: ValidateSecret. */
function validateType({ type, data = {}, metadata }: Json): FieldError[] {
  const has = (key: string) => Object.hasOwn(data, key);
  const needs = (...keys: string[]) => keys.filter((key) => !has(key)).map((key) => required(`data[${key}]`));
  switch (type) {
    case 'kubernetes.io/service-account-token':
      return metadata.annotations?.[ACCOUNT] ? [] : [required(`metadata.annotations[${ACCOUNT}]`)];
    case 'kubernetes.io/dockercfg':
      return [...needs('.dockercfg'), ...validateJson('.dockercfg', data)];
    case 'kubernetes.io/dockerconfigjson':
      return [...needs('.dockerconfigjson'), ...validateJson('.dockerconfigjson', data)];
    case 'kubernetes.io/basic-auth':
      return has('username') || has('password') ? [] : needs('username', 'password');
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')];
    case 'kubernetes.io/tls':
      return needs('tls.crt', 'tls.key');
    default:
      return [];
  }
}

const ACCOUNT = 'kubernetes.io/service-account.name';

function validateJson(key: string, data: Json): FieldError[] {
  if (!Object.hasOwn(data, key)) return [];
  const fault = goMapError(fromBase64(data[key]));
  return fault === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', fault)];
}

export const secrets: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,
  generation: false,
  schema: objectSchema('Secret', { immutable: boolean, data: bytesMap, stringData: stringMap, type: named('v1.SecretType') }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.type ||= 'Opaque';
    for (const [key, text] of Object.entries((object.stringData ?? {}) as Record<string, string>))
      object.data = { ...object.data, [key]: base64(text) };
    delete object.stringData;
  },
  validate: (secret) => [
    ...validateKeys(secret, ['data']),
    ...validateSize('data', undefined, secret.data),
    ...validateType(secret),
  ],
  validateUpdate: (object, old) => [
    ...(object.type === old.type ? [] : [invalid('type', object.type, 'field is immutable')]),
    ...validateImmutable(object, old),
  ],
  validatesUpdateFirst: true,
  // Upstream: pkg/registry/core/secret warningsForSecret
  warnings({ type, data = {} }) {
    const wrong =
      type === 'kubernetes.io/tls' ? keyPairError(fromBase64(data['tls.crt']), fromBase64(data['tls.key'])) : undefined;
    return wrong === undefined ? [] : [wrong];
  },
  selectableFields: (secret) => ({ type: secret.type ?? '' }),
  columns: [nameColumn, column('Type'), column('Data'), column('Age')],
  row: (secret, now) => [secret.metadata.name, secret.type, String(Object.keys(secret.data ?? {}).length), age(secret, now)],
};
