import type { Json, KubeObject } from '../cluster/apimachinery/object';
import { KubectlError } from './errors';
import { checkMetadata, checkTypeMeta } from './manifestcheck';
import type { KubectlEnvironment } from './types';
import { parseYamlDocument, YamlError } from './yaml/parse';

/** One object of a manifest, or why there is none. After an error of a file nothing more of it is read. */
export interface ManifestItem {
  /** As messages name it: the path, or STDIN. */
  source: string;
  object?: KubeObject;
  error?: Error;
}

export interface ReadOptions {
  recursive: boolean;
  /** Check apiVersion and kind before anything else (--validate is not false). */
  validate: boolean;
}

const MAX_BYTES = 65_536;
const MAX_DOCUMENTS = 100;
const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Reads all objects of -f arguments, in order. @throws KubectlError when a path does not exist */
export function readManifests(environment: KubectlEnvironment, names: readonly string[], options: ReadOptions): ManifestItem[] {
  return names
    .flatMap((name) => expand(environment, name, options.recursive))
    .flatMap((file) => readFile(environment, file, options));
}

function expand(environment: KubectlEnvironment, name: string, recursive: boolean): string[] {
  if (name === '-') return ['-'];
  if (/^https?:\/\//.test(name))
    throw new KubectlError(`unable to read URL "${name}": this simulator has no internet to read it from`);
  const entries = environment.readDirectory(name);
  if (!entries) {
    if (environment.readFile(name) === undefined) throw new KubectlError(`the path "${name}" does not exist`);
    return [name];
  }
  const directory = cleanPath(name);
  const files: string[] = [];
  for (const entry of entries) {
    const path = directory === '.' ? entry : directory === '/' ? `/${entry}` : `${directory}/${entry}`;
    if (environment.readDirectory(path)) {
      if (recursive) files.push(...expand(environment, path, true));
    } else if (EXTENSIONS.some((extension) => entry.endsWith(extension))) files.push(path);
  }
  if (files.length === 0)
    throw new KubectlError(`error reading [${name}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`);
  return files;
}

/** `a` of `./a/../a/`, as Go's filepath.Clean. */
function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/') || '.';
}

function readFile(environment: KubectlEnvironment, path: string, options: ReadOptions): ManifestItem[] {
  return path === '-'
    ? readManifestText('STDIN', environment.stdin, options)
    : readManifestText(path, environment.readFile(path) ?? '', options);
}

/** Reads all objects of one text. @param source the text's name in messages */
export function readManifestText(source: string, text: string, options: Pick<ReadOptions, 'validate'>): ManifestItem[] {
  const items: ManifestItem[] = [];
  try {
    if (text.length > MAX_BYTES)
      throw new KubectlError(`error parsing ${source}: this simulator reads manifests of up to ${MAX_BYTES} bytes`);
    const documents = splitDocuments(text);
    if (documents.length > MAX_DOCUMENTS) {
      throw new KubectlError(`error parsing ${source}: this simulator reads up to ${MAX_DOCUMENTS} documents`);
    }
    for (const document of documents) items.push(...readDocument(source, document, options));
  } catch (error) {
    if (error instanceof YamlError) items.push({ source, error: new KubectlError(`error parsing ${source}: ${error.message}`) });
    else if (error instanceof KubectlError) items.push({ source, error });
    else throw error;
  }
  return items;
}

function readDocument(source: string, document: () => Json | undefined, options: Pick<ReadOptions, 'validate'>): ManifestItem[] {
  const value = document();
  if (value === undefined || value === null) return [];
  const problem = options.validate ? checkTypeMeta(value) : undefined;
  if (problem) {
    throw new KubectlError(
      `error validating ${JSON.stringify(source)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  }
  const missing = typeof value.kind !== 'string' || value.kind === '' ? 'Kind' : !value.apiVersion ? 'apiVersion' : undefined;
  if (missing) {
    const text =
      missing === 'Kind'
        ? `Object 'Kind' is missing in '${JSON.stringify(value)}'`
        : `Object 'apiVersion' is missing in '${JSON.stringify(value)}'`;
    throw new KubectlError(`unable to decode ${JSON.stringify(source)}: ${text}`);
  }
  const objects: Json[] = value.kind.endsWith('List') && Array.isArray(value.items) ? value.items : [value];
  return objects.map((object) => {
    const wrong = checkMetadata(object);
    if (wrong) return { source, error: new KubectlError(`unable to decode ${JSON.stringify(source)}: ${wrong}`) };
    return { source, object: object as KubeObject };
  });
}

/** The documents of a stream, each parsed when asked for. */
function splitDocuments(text: string): (() => Json | undefined)[] {
  if (text.trimStart().startsWith('{')) {
    const json = splitJson(text);
    if (json) return json;
  }
  const documents: string[] = [];
  let lines: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    if (!line.startsWith('---')) {
      lines.push(line);
      continue;
    }
    const rest = line.slice(3).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      documents.push(lines.join(''));
      return [
        ...documents.map((document) => () => parseYamlDocument(document)),
        () => {
          throw new YamlError(`invalid Yaml document separator: ${rest}`);
        },
      ];
    }
    if (lines.length > 0) documents.push(lines.join(''));
    lines = [];
  }
  if (lines.length > 0) documents.push(lines.join(''));
  return documents.map((document) => () => parseYamlDocument(document));
}

/** A stream of JSON objects; undefined when it must be read as YAML. */
function splitJson(text: string): (() => Json)[] | undefined {
  const values: (() => Json)[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const end = endOfObject(rest);
    if (end === undefined) {
      values.push(() => {
        throw new YamlError('unexpected EOF');
      });
      return values;
    }
    try {
      const value = JSON.parse(rest.slice(0, end)) as Json;
      values.push(() => value);
    } catch {
      return undefined;
    }
    rest = rest.slice(end).trim();
    if (rest !== '' && !rest.startsWith('{')) return undefined;
  }
  return values;
}

function endOfObject(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return index + 1;
  }
  return undefined;
}
