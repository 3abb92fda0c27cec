import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import type { Json } from '../../cluster/apimachinery/object';
import { untakenKey } from '../../cluster/apimachinery/protokey';
import { goSyntax } from '../printers/gosyntax';
import { resolveScalar } from './resolve';
import { endOfDocument } from './grammar';
import { YamlProblem } from './scanner';

/** What the Go library's reader takes for no text. Upstream: go.yaml.in/yaml/v2 readerc.go */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;
const MAX_DEPTH = 64;
const MAX_ALIASES = 20;

/** A manifest that is no YAML; the message is the Go library's. */
export class YamlError extends Error {}

/** One YAML document as JSON, read as sigs.k8s.io/yaml reads it. Undefined when it is empty. @throws YamlError */
export function parseYamlDocument(text: string): Json | undefined {
  if (CONTROL.test(text)) throw notYaml('control characters are not allowed');
  const first = firstDocument(text.replace(/^\ufeff/, ''));
  if (first === '') return undefined;
  const document = parseDocument(first, {
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    stringKeys: false,
  });
  // What our library refuses and the Go library takes; brackets that are not indented are all there nevertheless.
  if (document.errors.some(({ code }) => code !== 'BAD_INDENT')) throw notYaml('did not find expected key');
  if (document.contents === null) return undefined;
  return new Converter(document).convert(document.contents as Node, 0);
}

const notYaml = (why: string): YamlError => new YamlError(`error converting YAML to JSON: yaml: ${why}`);

function firstDocument(text: string): string {
  try {
    return text.slice(0, endOfDocument(text));
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    // Errors of the scanner name the line counted from 1, those of the parser from 0; neither names the first line.
    const line = error.scanner && error.line > 0 ? error.line + 1 : error.line;
    throw notYaml(line > 0 ? `line ${line}: ${error.text}` : error.text);
  }
}

/** Turns the nodes of a document into JSON. */
class Converter {
  private aliases = 0;
  /** The targets of aliases that are being converted. */
  private readonly open = new Set<unknown>();

  constructor(private readonly document: Document.Parsed) {}

  convert(node: Node | null, depth: number): Json {
    if (depth > MAX_DEPTH) throw notYaml('exceeded max depth');
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      if (++this.aliases > MAX_ALIASES) throw notYaml('document contains excessive aliasing');
      const target = node.resolve(this.document);
      if (!target) throw notYaml(`unknown anchor '${node.source}' referenced`);
      if (this.open.has(target)) throw notYaml(`anchor '${node.source}' value contains itself`);
      return this.convert(target as Node, depth + 1);
    }
    this.open.add(node);
    const value = this.content(node, depth);
    this.open.delete(node);
    return value;
  }

  private content(node: Node, depth: number): Json {
    if (isScalar(node)) return this.scalar(node);
    if (isSeq(node)) return node.items.map((item) => this.convert(item as Node, depth + 1));
    if (isMap(node)) return this.map(node.items as { key: Node; value: Node | null }[], depth);
    return null;
  }

  private scalar(node: { value: unknown; type?: string; tag?: string; source?: string }): Json {
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    if (node.tag === 'tag:yaml.org,2002:str' || node.tag === '!' || (node.type && node.type !== 'PLAIN')) return text;
    return resolveScalar(text);
  }

  private map(items: { key: Node; value: Node | null }[], depth: number): Json {
    const result: Json = {};
    for (const { key, value } of items) {
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
        const merged = this.convert(value, depth + 1);
        for (const source of Array.isArray(merged) ? merged : [merged]) {
          if (typeof source !== 'object' || source === null || Array.isArray(source))
            throw notYaml('map merge requires map or sequence of maps as the value');
          for (const name of Object.keys(source)) if (!Object.hasOwn(result, name)) result[name] = source[name];
        }
        continue;
      }
      const name = keyText(this.convert(key, depth + 1));
      if (name === '__proto__') throw new YamlError(untakenKey);
      result[name] = this.convert(value, depth + 1);
    }
    return result;
  }
}

function keyText(key: Json): string {
  if (typeof key === 'object' && key !== null)
    throw notYaml(`invalid map key: ${goSyntax(key).replaceAll('map[string]', 'map[interface {}]')}`);
  return typeof key === 'string' ? key : String(key);
}
