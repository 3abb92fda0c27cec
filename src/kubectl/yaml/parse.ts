import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import type { Json } from '../../cluster/apimachinery/object';
import { resolveScalar } from './resolve';
import { describeYamlError } from './syntaxerror';

const MAX_DEPTH = 64;
const MAX_ALIASES = 20;

/** A manifest that is no YAML; the message is the Go library's. */
export class YamlError extends Error {}

/** One YAML document as JSON, read as sigs.k8s.io/yaml reads it. Undefined when it is empty. @throws YamlError */
export function parseYamlDocument(text: string): Json | undefined {
  const document = parseDocument(text.replace(/^\ufeff/, ''), {
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    stringKeys: false,
  });
  const message = describeYamlError(document, text);
  if (message) throw new YamlError(`error converting YAML to JSON: yaml: ${message}`);
  if (document.contents === null) return undefined;
  return new Converter(document).convert(document.contents as Node, 0);
}

/** Turns the nodes of a document into JSON. */
class Converter {
  private aliases = 0;

  constructor(private readonly document: Document.Parsed) {}

  convert(node: Node | null, depth: number): Json {
    if (depth > MAX_DEPTH) throw new YamlError('error converting YAML to JSON: yaml: exceeded max depth');
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      if (++this.aliases > MAX_ALIASES)
        throw new YamlError('error converting YAML to JSON: yaml: document contains excessive aliasing');
      const target = node.resolve(this.document);
      if (!target) throw new YamlError(`error converting YAML to JSON: yaml: unknown anchor '${node.source}' referenced`);
      return this.convert(target as Node, depth + 1);
    }
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
          for (const name of Object.keys(source ?? {})) if (!Object.hasOwn(result, name)) result[name] = source[name];
        }
        continue;
      }
      Object.defineProperty(result, keyText(this.convert(key, depth + 1)), {
        value: this.convert(value, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return result;
  }
}

function keyText(key: Json): string {
  return typeof key === 'string' ? key : String(key);
}
