import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { builtin } from '../discovery';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { goJson } from '../printers/gojson';
import { base64 } from './base64';
import { dataFlags, readData } from './datasources';
import { createGenerated, exactlyOneName, generatorFlags, refuseAppendHash } from './generate';

const [appendHash, , fromFile] = dataFlags as [(typeof dataFlags)[0], (typeof dataFlags)[0], (typeof dataFlags)[0]];

function createSecretObject(invocation: Invocation, name: string, type: string, data: Record<string, string>): void {
  refuseAppendHash(invocation);
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)]));
  const secret: Json = {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { name },
    ...(Object.keys(data).length > 0 && { data: encoded }),
    ...(type && { type }),
  };
  createGenerated(invocation, builtin(invocation.session, 'v1', 'Secret', 'secrets'), secret, 'failed to create secret', ' ');
}

const generic: Command = {
  name: 'generic',
  short: 'Create a secret from a local file, directory, or literal value',
  use: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: [...generatorFlags, ...dataFlags, flag('type', 'string', 'The type of the secret.')],
  *run(invocation) {
    const name = exactlyOneName(invocation);
    createSecretObject(invocation, name, invocation.flags.string('type'), readData(invocation, 'Secret', name));
  },
};

const dockerRegistry: Command = {
  name: 'docker-registry',
  short: 'Create a secret for use with a Docker registry',
  use: 'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  flags: [
    ...generatorFlags,
    appendHash,
    fromFile,
    flag('docker-email', 'string', 'Email for the registry.'),
    flag('docker-password', 'string', 'Password for the registry.'),
    flag('docker-server', 'string', 'Address of the registry.', { default: 'https://index.docker.io/v1/' }),
    flag('docker-username', 'string', 'User name for the registry.'),
  ],
  *run(invocation) {
    const { flags } = invocation;
    const name = exactlyOneName(invocation);
    const type = 'kubernetes.io/dockerconfigjson';
    const [username, password, email, server] = ['username', 'password', 'email', 'server'].map((key) =>
      flags.string(`docker-${key}`),
    ) as [string, string, string, string];
    if (flags.list('from-file').length > 0)
      return createSecretObject(invocation, name, type, readData(invocation, 'Secret', name));
    if (!username || !password || !server)
      throw new KubectlError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    const auth = base64(`${username}:${password}`);
    const config = { auths: { [server]: { username, password, ...(email && { email }), auth } } };
    createSecretObject(invocation, name, type, { '.dockerconfigjson': goJson(config, { indent: 0, sorted: false }) });
  },
};

const tls: Command = {
  name: 'tls',
  short: 'Create a TLS secret',
  use: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  flags: [
    ...generatorFlags,
    appendHash,
    flag('cert', 'string', 'File with the certificate, PEM.'),
    flag('key', 'string', 'File with the private key, PEM.'),
  ],
  *run(invocation) {
    const { flags, session } = invocation;
    const name = exactlyOneName(invocation);
    if (!flags.string('key') || !flags.string('cert')) throw new KubectlError('key and cert must be specified');
    const read = (path: string) => {
      const text = session.environment.readFile(path);
      if (text === undefined) throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`);
      return text;
    };
    const [cert, key] = [read(flags.string('cert')), read(flags.string('key'))];
    if (!/-----BEGIN CERTIFICATE-----/.test(cert))
      throw new KubectlError('tls: failed to find any PEM data in certificate input');
    if (!/-----BEGIN (\w+ )?PRIVATE KEY-----/.test(key)) throw new KubectlError('tls: failed to find any PEM data in key input');
    createSecretObject(invocation, name, 'kubernetes.io/tls', { 'tls.crt': cert, 'tls.key': key });
  },
};

export const createSecret: Command = {
  name: 'secret',
  short: 'Create a secret using a specified subcommand',
  use: '(docker-registry | generic | tls)',
  commands: [dockerRegistry, generic, tls],
};
