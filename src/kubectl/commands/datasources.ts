import { configMapKey, envVarName } from '../../cluster/apimachinery/names';
import type { Invocation } from '../command';
import { untakenKey } from '../../cluster/apimachinery/protokey';
import { KubectlError } from '../errors';
import { flag } from '../flags';

/** Flags that fill the data of a ConfigMap or Secret. */
export const dataFlags = [
  flag('append-hash', 'bool', 'Append a hash of the data to the name.'),
  flag('from-env-file', 'list', 'File with lines of key=value.'),
  flag('from-file', 'list', 'File, directory or key=file to take a value from.'),
  flag('from-literal', 'array', 'key=value.'),
];

/** The keys and values that the flags name. @throws KubectlError Upstream: kubectl create configmap/secret */
export function readData({ session, flags }: Invocation, kind: 'ConfigMap' | 'Secret', name: string): Record<string, string> {
  const { environment } = session;
  const [files, literals, envFiles] = ['from-file', 'from-literal', 'from-env-file'].map((flagName) => flags.list(flagName)) as [
    string[],
    string[],
    string[],
  ];
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0))
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal');
  const secret = kind === 'Secret';
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    const problems = configMapKey(key);
    const quoted = JSON.stringify(key);
    if (problems.length > 0)
      throw new KubectlError(
        secret
          ? `${quoted} is not valid key name for a Secret ${problems.join(';')}`
          : `${quoted} is not a valid key name for a ConfigMap: ${problems.join(',')}`,
      );
    if (Object.hasOwn(data, key))
      throw new KubectlError(
        secret
          ? `cannot add key ${key}, another key by that name already exists`
          : `cannot add key ${quoted}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
      );
    if (key === '__proto__') throw new KubectlError(untakenKey);
    data[key] = value;
  };
  const read = (path: string): string => {
    const text = environment.readFile(path);
    if (text === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`);
    return text;
  };
  const addFiles = () => {
    for (const source of files) {
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
  };
  if (!secret) addFiles();
  for (const source of literals) {
    const at = source.indexOf('=');
    if (at <= 0) throw new KubectlError(`invalid literal source ${source}, expected key=value`);
    add(source.slice(0, at), source.slice(at + 1));
  }
  if (secret) addFiles();
  for (const path of envFiles) {
    if (environment.readDirectory(path)) throw new KubectlError(`env ${secret ? 'secret' : 'config'} file cannot be a directory`);
    for (const raw of read(path)
      .replace(/^\uFEFF/, '')
      .split('\n')) {
      const line = raw.trimStart().replace(/\r$/, '');
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
