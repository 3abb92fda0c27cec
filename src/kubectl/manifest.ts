import type { Json, KubeObject } from '../cluster/apimachinery/object';
import { KubectlError, throwGathered } from './errors';
import { checkMetadata, checkTypeMeta } from './manifestcheck';
import { goJson } from '../cluster/apimachinery/gojson';
import { globMatcher } from './glob';
import { parseJson } from './parsejson';
import type { KubectlEnvironment } from './types';
import { ConnectionRefused } from './unreachable';
import { parseYamlDocument, YamlError } from './yaml/parse';

/** One object of a manifest, or why there is none. After an error of a file nothing more of it is read. */
export interface ManifestItem {
  /** As messages name it: the path, or STDIN. */
  source: string;
  object?: KubeObject;
  /** It is one of a List's. */
  listed?: boolean;
  error?: Error;
}

export interface ReadOptions {
  recursive: boolean;
  /** Check apiVersion and kind before anything else (--validate is not false). */
  validate: boolean;
}

/** What is read of a manifest, here and by the editor's dry run. */
export const MAX_BYTES = 65_536;
export const MAX_DOCUMENTS = 100;
const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Reads all objects of -f arguments, in order. @throws KubectlError, AggregateError when there is nothing at a path */
export function readManifests(environment: KubectlEnvironment, names: readonly string[], options: ReadOptions): ManifestItem[] {
  return expand(environment, names, options.recursive).flatMap((file) => readFile(environment, file, options));
}

/** The files and URLs that -f arguments stand for. Upstream: cli-runtime/pkg/resource Builder.FilenameParam, Builder.Path. */
function expand(environment: KubectlEnvironment, names: readonly string[], recursive: boolean): string[] {
  const files: string[] = [];
  const errors: Error[] = [];
  for (const name of names) {
    if (name === '-' || isUrl(name)) files.push(name);
    else {
      const matches = exists(environment, name) ? [name] : glob(environment, name);
      if (!matches) {
        errors.push(new KubectlError(`pattern ${JSON.stringify(name)} is not valid: syntax error in pattern`));
        continue;
      }
      if (matches.length === 0) errors.push(new KubectlError(`the path "${name}" does not exist`));
      else files.push(...matches.flatMap((match) => walk(environment, match, recursive)));
      // only when nothing at all has been found so far
      if (files.length === 0 && errors.length === 0)
        errors.push(
          new KubectlError(`error reading [${matches.join(' ')}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`),
        );
    }
  }
  throwGathered(errors);
  return files;
}

const isUrl = (name: string) => /^https?:\/\//.test(name);

const exists = (environment: KubectlEnvironment, path: string) =>
  environment.readDirectory(path) !== undefined || environment.readFile(path) !== undefined;

/** A file, or the manifests of a directory by their endings. */
function walk(environment: KubectlEnvironment, name: string, recursive: boolean): string[] {
  const entries = environment.readDirectory(name);
  if (!entries) return [name];
  return entries.flatMap((entry) => {
    const path = joined(cleanPath(name), entry);
    if (environment.readDirectory(path)) return recursive ? walk(environment, path, true) : [];
    return EXTENSIONS.some((extension) => entry.endsWith(extension)) ? [path] : [];
  });
}

const joined = (directory: string, entry: string) =>
  directory === '.' ? entry : directory === '/' ? `/${entry}` : `${directory}/${entry}`;

/** What a pattern like `dir/*.yaml` means where the shell has left it as it is; undefined: nothing. Upstream: filepath.Glob. */
function glob(environment: KubectlEnvironment, pattern: string): string[] | undefined {
  const parts = pattern.split('/').filter((part) => part !== '');
  let found = [pattern.startsWith('/') ? '/' : '.'];
  for (const part of parts) {
    const matcher = globMatcher(part);
    if (matcher === null) return undefined;
    found = found.flatMap((directory) => {
      if (!matcher) return exists(environment, joined(directory, part)) ? [joined(directory, part)] : [];
      const entries = environment.readDirectory(directory) ?? [];
      return entries.filter(matcher).map((entry) => joined(directory, entry));
    });
  }
  return found;
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
  if (path === '-') return readManifestText('STDIN', environment.stdin, options);
  if (isUrl(path)) return [{ source: path, error: unreadUrl(path) }];
  return readManifestText(path, environment.readFile(path) ?? '', options);
}

/** Nothing listens on the machine itself, and there is no way to others. */
function unreadUrl(url: string): KubectlError {
  const host = url.replace(/^https?:\/\//, '').replace(/[/?#].*$/, '');
  if (host === '') return new KubectlError('Unable to connect to the server: http: no Host in request URL', { verbatim: true });
  if (/^(localhost|127\.[\d.]+)(:\d+)?$/.test(host)) return new ConnectionRefused(url);
  return new KubectlError(`unable to read URL "${url}": this simulator has no internet to read it from`);
}

/** Whether a text takes more bytes than that. */
export function isLongerThan(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes);
}

/** Reads all objects of one text. @param source the text's name in messages */
export function readManifestText(source: string, text: string, options: Pick<ReadOptions, 'validate'>): ManifestItem[] {
  const items: ManifestItem[] = [];
  try {
    if (isLongerThan(text, MAX_BYTES))
      throw new KubectlError(`error parsing ${source}: this simulator reads manifests of up to ${MAX_BYTES} bytes`);
    const documents = splitDocuments(text);
    if (documents.length > MAX_DOCUMENTS) {
      throw new KubectlError(`error parsing ${source}: this simulator reads up to ${MAX_DOCUMENTS} documents`);
    }
    for (const { read } of documents) items.push(...readDocument(source, read(), options, text.trimStart().startsWith('{')));
  } catch (error) {
    if (error instanceof YamlError) items.push({ source, error: new KubectlError(`error parsing ${source}: ${error.message}`) });
    else if (error instanceof KubectlError) items.push({ source, error });
    else throw error;
  }
  return items;
}

/** @param json the text was JSON, not YAML, which becomes JSON with sorted keys */
function readDocument(
  source: string,
  value: Json | undefined,
  options: Pick<ReadOptions, 'validate'>,
  json: boolean,
): ManifestItem[] {
  if (value === undefined || value === null) return [];
  const problem = options.validate ? checkTypeMeta(value) : undefined;
  if (problem) {
    throw new KubectlError(
      `error validating ${JSON.stringify(source)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  }
  if (typeof value.kind !== 'string' || value.kind === '') {
    const text = `Object 'Kind' is missing in '${goJson(value, { indent: 0, sorted: !json })}'`;
    throw new KubectlError(`unable to decode ${JSON.stringify(source)}: ${text}`);
  }
  return objectsOf(value).map((object) => {
    if (typeof object !== 'object' || Array.isArray(object)) {
      const type = Array.isArray(object) ? 'array' : typeof object === 'boolean' ? 'bool' : typeof object;
      const text = `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
      return { source, error: new KubectlError(`unable to decode ${JSON.stringify(source)}: ${text}`) };
    }
    const wrong = checkMetadata(object);
    if (wrong) return { source, error: new KubectlError(`unable to decode ${JSON.stringify(source)}: ${wrong}`) };
    return { source, object: object as KubeObject, ...(object !== value && { listed: true }) };
  });
}

/** The objects of one document: those of a list, or itself. */
export function objectsOf(value: Json): Json[] {
  const kind = String(value?.kind);
  if (!kind.endsWith('List') || !Array.isArray(value.items)) return [value];
  // upstream: unstructuredJSONScheme.decodeToList; the list tells what its items leave open
  const own = kind === 'List' ? undefined : { apiVersion: value.apiVersion, kind: kind.slice(0, -'List'.length) };
  return value.items.map((item: Json) =>
    item === null ? {} : own && !item?.kind && !item?.apiVersion ? { ...own, ...item } : item,
  );
}

/** One document of a manifest. */
export interface ManifestDocument {
  /** How many lines of the text stand before it. */
  line: number;
  /** Undefined or null when it holds nothing. @throws YamlError */
  read: () => Json | undefined;
}

/** The documents of a stream of YAML or JSON as kubectl takes them apart, each parsed when asked for. */
export function splitDocuments(text: string): ManifestDocument[] {
  if (text.trimStart().startsWith('{')) {
    const json = splitJson(text);
    if (json) return json;
  }
  const documents: ManifestDocument[] = [];
  let lines: string[] = [];
  const end = (at: number) => {
    // upstream's reader ends every line
    const source = lines.join('').replace(/[^\n]$/, '$&\n');
    if (source !== '') documents.push({ line: at - lines.length, read: () => parseYamlDocument(source) });
    lines = [];
  };
  const all = text.split(/(?<=\n)/);
  for (const [at, line] of all.entries()) {
    if (!line.startsWith('---')) {
      lines.push(line);
      continue;
    }
    end(at);
    const rest = line.slice(3).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      const read = () => {
        throw new YamlError(`invalid Yaml document separator: ${rest}`);
      };
      return [...documents, { line: at, read }];
    }
  }
  end(all.length);
  return documents;
}

/** A stream of JSON objects; undefined when it must be read as YAML. */
function splitJson(text: string): ManifestDocument[] | undefined {
  const values: ManifestDocument[] = [];
  let line = 0;
  /** Where something stands again, and in which line. */
  const nextObject = (from: number): number => {
    let index = from;
    for (; index < text.length && /\s/.test(text[index]!); index++) if (text[index] === '\n') line++;
    return index;
  };
  for (let start = nextObject(0); start < text.length && values.length <= MAX_DOCUMENTS;) {
    const begun = line;
    const end = endOfObject(text, start);
    if (end === undefined) {
      const read = () => {
        throw new YamlError('unexpected EOF');
      };
      return [...values, { line: begun, read }];
    }
    try {
      const value = parseJson(text.slice(start, end));
      values.push({ line: begun, read: () => value });
      line += text.slice(start, end).split('\n').length - 1;
    } catch (error) {
      if (error instanceof KubectlError) throw error;
      return undefined;
    }
    start = nextObject(end);
    if (start < text.length && text[start] !== '{') return undefined;
  }
  return values;
}

function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index++) {
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
