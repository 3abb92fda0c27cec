import { expect, it } from 'vitest';
import { base64 } from '../../apimachinery/base64';
import type { Json } from '../../apimachinery/object';
import { Cluster } from '../../cluster';

const { api } = new Cluster();
const create = (plural: string, body: Json) =>
  api.handle({ method: 'POST', path: `/api/v1/namespaces/default/${plural}`, query: { dryRun: 'All' }, body }).body;
const causes = ({ details, message }: Json): string[] =>
  details?.causes?.map(({ field, message }: Json) => `${field}: ${message}`) ?? [message];
const metadata = { name: 'a' };
const redacted = 'Invalid value: "<secret contents redacted>"';

// Upstream: pkg/apis/core/validation TestValidateSecret, TestValidateConfigMap
it.each<[string, string, Json, string[]]>([
  [
    'a key twice',
    'configmaps',
    { data: { a: 'x', b: 'y' }, binaryData: { a: '' } },
    ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
  ],
  [
    'bytes that are none',
    'configmaps',
    { binaryData: { a: '%' } },
    ['ConfigMap in version "v1" cannot be handled as a ConfigMap: illegal base64 data at input byte 0'],
  ],
  ['too much', 'configmaps', { data: { a: 'x'.repeat(2 ** 20 + 1) } }, ['[]: Too long: may not be more than 1048576 bytes']],
  [
    'text for bytes',
    'secrets',
    { data: { a: 'secret!' } },
    ['Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 6'],
  ],
  ['tls', 'secrets', { type: 'kubernetes.io/tls' }, ['data[tls.crt]: Required value', 'data[tls.key]: Required value']],
  [
    'basic-auth',
    'secrets',
    { type: 'kubernetes.io/basic-auth', stringData: { user: 'a' } },
    ['data[username]: Required value', 'data[password]: Required value'],
  ],
  ['ssh-auth', 'secrets', { type: 'kubernetes.io/ssh-auth' }, ['data[ssh-privatekey]: Required value']],
  ['dockercfg', 'secrets', { type: 'kubernetes.io/dockercfg' }, ['data[.dockercfg]: Required value']],
  [
    'dockerconfigjson that is none',
    'secrets',
    { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64('oops') } },
    [`data[.dockerconfigjson]: ${redacted}: invalid character 'o' looking for beginning of value`],
  ],
  [
    'a token without an account',
    'secrets',
    { type: 'kubernetes.io/service-account-token' },
    ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
  ],
])('%s', (_name, plural, body, expected) => {
  expect(causes(create(plural, { metadata, ...body }))).toEqual(expected);
});
