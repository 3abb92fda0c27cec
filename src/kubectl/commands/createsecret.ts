import { base64 } from '../../cluster/apimachinery/base64';
import { keyPairError } from '../../cluster/apimachinery/keypair';
import type { Command, Invocation } from '../command';
import { KubectlError } from '../errors';
import { flag, type Flag } from '../flags';
import { goJson } from '../../cluster/apimachinery/gojson';
import { dataFlags, readData } from './datasources';
import { generator, nameWithHash } from './generate';

const [appendHash, , fromFile] = dataFlags as [Flag, Flag, Flag];

/** A subcommand of `create secret`: what it asks for, and the data. */
function secret(
  command: Pick<Command, 'name' | 'short' | 'use' | 'flags'>,
  type: (invocation: Invocation) => string,
  read: (invocation: Invocation, name: string) => Record<string, string>,
): Command {
  return generator({
    ...command,
    apiVersion: 'v1',
    kind: 'Secret',
    resource: 'secrets',
    failure: 'failed to create secret ',
    build: (invocation, name) => {
      const texts = read(invocation, name);
      const data = Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, base64(value)]));
      const content = { kind: 'Secret', type: type(invocation), data };
      return {
        metadata: { name: invocation.flags.boolean('append-hash') ? nameWithHash(name, content) : name },
        ...(Object.keys(data).length > 0 && { data }),
        ...(content.type && { type: content.type }),
      };
    },
  });
}

const generic = secret(
  {
    name: 'generic',
    short: 'Create a secret from a local file, directory, or literal value',
    use: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
    flags: [...dataFlags, flag('type', 'string', 'The type of the secret.')],
  },
  ({ flags }) => flags.string('type'),
  (invocation, name) => readData(invocation, 'Secret', name),
);

const dockerRegistry = secret(
  {
    name: 'docker-registry',
    short: 'Create a secret for use with a Docker registry',
    use: 'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
    flags: [
      appendHash,
      fromFile,
      flag('docker-email', 'string', 'Email for the registry.'),
      flag('docker-password', 'string', 'Password for the registry.'),
      flag('docker-server', 'string', 'Address of the registry.', { default: 'https://index.docker.io/v1/' }),
      flag('docker-username', 'string', 'User name for the registry.'),
    ],
  },
  () => 'kubernetes.io/dockerconfigjson',
  (invocation, name) => {
    const { flags } = invocation;
    const [username, password, email, server] = ['username', 'password', 'email', 'server'].map((key) =>
      flags.string(`docker-${key}`),
    ) as [string, string, string, string];
    if (flags.list('from-file').length > 0) return readData(invocation, 'Secret', name);
    if (!username || !password || !server)
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    const auth = base64(`${username}:${password}`);
    const config = { auths: { [server]: { username, password, ...(email && { email }), auth } } };
    return { '.dockerconfigjson': goJson(config, { indent: 0, sorted: false }) };
  },
);

const tls = secret(
  {
    name: 'tls',
    short: 'Create a TLS secret',
    use: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
    flags: [
      appendHash,
      flag('cert', 'string', 'File with the certificate, PEM.'),
      flag('key', 'string', 'File with the private key, PEM.'),
    ],
  },
  () => 'kubernetes.io/tls',
  ({ flags, session }) => {
    if (!flags.string('key') || !flags.string('cert')) throw new KubectlError('key and cert must be specified');
    const read = (path: string) => {
      const text = session.environment.readFile(path);
      if (text === undefined) throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`);
      return text;
    };
    const [cert, key] = [read(flags.string('cert')), read(flags.string('key'))];
    const wrong = keyPairError(cert, key);
    if (wrong !== undefined) throw new KubectlError(wrong);
    return { 'tls.crt': cert, 'tls.key': key };
  },
);

export const createSecret: Command = {
  name: 'secret',
  short: 'Create a secret using a specified subcommand',
  long: `Create a secret with specified type.

 A docker-registry type secret is for accessing a container registry.

 A generic type secret indicate an Opaque secret type.

 A tls type secret holds TLS certificate and its associated key.`,
  use: '(docker-registry | generic | tls)',
  commands: [dockerRegistry, generic, tls],
};
