import type { Invocation } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';

/** Flags that fill the data of a ConfigMap or Secret. */
export const dataFlags = [
  flag('append-hash', 'bool', 'Append a hash of the data to the name.', { support: 'not simulated' }),
  flag('from-env-file', 'list', 'File with lines of key=value.'),
  flag('from-file', 'list', 'File, directory or key=file to take a value from.'),
  flag('from-literal', 'array', 'key=value.'),
];

/** What is wrong with a key of a ConfigMap or Secret. Upstream: validation.IsConfigMapKey. */
function configMapKey(key: string): string[] {
  const problems: string[] = [];
  if (key.length > 253) problems.push('must be no more than 253 characters');
  if (!/^[-._a-zA-Z0-9]+$/.test(key))
    problems.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  if (key === '.' || key === '..') problems.push(`must not be '${key}'`);
  else if (key.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

/** What is wrong with the name of an environment variable. Upstream: validation.IsEnvVarName. */
function envVarName(name: string): string[] {
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) return [];
  return [
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
  ];
}

/** The keys and values that the flags name. @param kind for error texts @throws KubectlError Upstream: kubectl create configmap/secret */
export function readData({ session, flags }: Invocation, kind: string, name: string): Record<string, string> {
  const { environment } = session;
  const envFiles = flags.list('from-env-file');
  if (envFiles.length > 0 && (flags.list('from-file').length > 0 || flags.list('from-literal').length > 0))
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal');
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    const problems = configMapKey(key);
    if (problems.length > 0)
      throw new KubectlError(
        `${JSON.stringify(key)} is not ${kind === 'Secret' ? '' : 'a '}valid key name for a ${kind}${kind === 'Secret' ? '' : ':'} ${problems.join(kind === 'Secret' ? ';' : ',')}`,
      );
    if (key in data)
      throw new KubectlError(
        `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ${kind} ${JSON.stringify(name)}`,
      );
    data[key] = value;
  };
  const read = (path: string): string => {
    const text = environment.readFile(path);
    if (text === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`);
    return text;
  };
  for (const source of flags.list('from-file')) {
    const [key, path] = fileSource(source);
    const entries = environment.readDirectory(path);
    if (!entries) add(key, read(path));
    else if (source.includes('=')) throw new KubectlError('cannot give a key name for a directory path');
    else
      for (const entry of entries) {
        const text = environment.readFile(`${path.replace(/\/$/, '')}/${entry}`);
        if (text !== undefined) add(entry, text);
      }
  }
  for (const source of flags.list('from-literal')) {
    const at = source.indexOf('=');
    if (at <= 0) throw new KubectlError(`invalid literal source ${source}, expected key=value`);
    add(source.slice(0, at), source.slice(at + 1));
  }
  for (const path of envFiles) {
    if (environment.readDirectory(path)) throw new KubectlError('env config file cannot be a directory');
    for (const raw of read(path).split('\n')) {
      const line = raw
        .replace(/^\uFEFF/, '')
        .trimStart()
        .replace(/\r$/, '');
      if (line === '' || line.startsWith('#')) continue;
      const at = line.indexOf('=');
      const key = at < 0 ? line : line.slice(0, at);
      const problems = envVarName(key);
      if (problems.length > 0) throw new KubectlError(`${JSON.stringify(key)} is not a valid key name: ${problems.join(';')}`);
      add(key, at < 0 ? (environment.env[key] ?? '') : line.slice(at + 1));
    }
  }
  return data;
}

function fileSource(source: string): [key: string, path: string] {
  const parts = source.split('=');
  const [key = '', path = ''] = parts;
  if (parts.length === 1) return [source.split('/').at(-1) ?? source, source];
  if (parts.length > 2) throw new KubectlError("key names or file paths cannot contain '='");
  if (key === '') throw new KubectlError(`key name for file path ${path} missing`);
  if (path === '') throw new KubectlError(`file path for key name ${key} missing`);
  return [key, path];
}
