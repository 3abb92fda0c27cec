import type { Json } from '../../cluster/apimachinery/object';
import { wordWrap } from './wordwrap';

/** Kinds as `kubectl explain` shows them, from an OpenAPI v3 document. Upstream: kubectl/pkg/explain/v2 plaintext.tmpl. */
export class ModelPrinter {
  constructor(
    private readonly document: Json,
    private readonly recursive: boolean,
  ) {}

  /** What follows the head about a kind or, with `path`, a field of it; undefined when there is no such field. */
  print(kind: { group: string; version: string; kind: string }, path: readonly string[]): string | undefined {
    const schemas: Json[] = Object.values(this.document.components?.schemas ?? {});
    const schema = schemas.find((candidate) =>
      (candidate['x-kubernetes-group-version-kind'] ?? []).some(
        (known: Json) => known.group === kind.group && known.version === kind.version && known.kind === kind.kind,
      ),
    );
    return schema && (this.output(schema, path, new Set()) || undefined);
  }

  private resolve(schema: Json): Json {
    const reference: string | undefined = schema.$ref;
    if (!reference?.startsWith('#')) return schema;
    let found: Json = this.document;
    for (const key of reference.slice(1).split('/')) if (key !== '') found = found?.[key];
    return found ?? schema;
  }

  private output(schema: Json, path: readonly string[], seen: ReadonlySet<string>): string {
    const resolved = this.resolve(schema);
    const next = new Set([...seen, ...(schema.$ref ? [schema.$ref as string] : [])]);
    const [first, ...rest] = path;
    if (first === undefined) {
      const fields = this.fieldList(resolved, 1, new Set());
      return `DESCRIPTION:\n${indent(4, wordWrap(this.description(resolved) || '<empty>', 76))}\n${fields && `FIELDS:\n${fields}`}`;
    }
    if (schema.$ref && seen.has(schema.$ref)) return '';
    const property = resolved.properties?.[first];
    if (property) {
      const head = rest.length > 0 ? '' : `FIELD: ${first} <${this.typeOf(property)}>\n${longEnum(property)}\n\n`;
      return head + this.output(property, rest, new Set());
    }
    if (resolved.items) return this.output(resolved.items, path, next);
    if (typeof resolved.additionalProperties === 'object') return this.output(resolved.additionalProperties, path, next);
    for (const alternative of resolved.allOf ?? []) {
      const text = this.output(alternative, path, next);
      if (text !== '') return text;
    }
    return '';
  }

  private fieldList(schema: Json, level: number, seen: ReadonlySet<string>): string {
    if (schema.$ref && seen.has(schema.$ref)) return '';
    const next = new Set([...seen, ...(schema.$ref ? [schema.$ref as string] : [])]);
    const resolved = this.resolve(schema);
    let text = '';
    for (const name of Object.keys(resolved.properties ?? {}).sort()) {
      text += this.field(name, resolved, level);
      if (this.recursive) text += this.fieldList(resolved.properties[name], level + 1, next);
    }
    for (const part of resolved.allOf ?? []) text += this.fieldList(part, level, next);
    if (resolved.items) text += this.fieldList(resolved.items, level, next);
    if (typeof resolved.additionalProperties === 'object') text += this.fieldList(resolved.additionalProperties, level, next);
    return text;
  }

  private field(name: string, parent: Json, level: number): string {
    const margin = level * 2;
    const schema = parent.properties[name];
    const required = (parent.required ?? []).includes(name) ? ' -required-' : '';
    const head = `${indent(margin, name)}\t<${this.typeOf(schema)}>${required}${shortEnum(schema, margin)}\n`;
    if (this.recursive) return head;
    return `${head}${indent(margin + 2, wordWrap(schema.description || '<no description>', 78 - margin))}\n\n`;
  }

  private description(schema: Json): string {
    const resolved = this.resolve(schema);
    let text = resolved.description ? `${resolved.description}\n` : '';
    for (const part of resolved.allOf ?? []) text += this.description(part);
    if (resolved.items) text += this.description(resolved.items);
    if (typeof resolved.additionalProperties === 'object') text += this.description(resolved.additionalProperties);
    return text;
  }

  private typeOf(schema: Json): string {
    if (schema.items) return `[]${this.typeOf(schema.items)}`;
    if (typeof schema.additionalProperties === 'object') return `map[string]${this.typeOf(schema.additionalProperties)}`;
    if (schema.allOf?.length === 1 && !schema.properties) return this.typeOf(schema.allOf[0]);
    if (schema.$ref) {
      const target = this.resolve(schema);
      if (target !== schema && target.type && target.type !== 'object') return target.type;
      return (schema.$ref as string).split('/').at(-1)?.split('.').at(-1) || 'Object';
    }
    return !schema.type || schema.type === 'object' ? 'Object' : schema.type;
  }
}

const indent = (amount: number, text: string) => {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
};
const enumText = (value: Json) => (value === '' ? '""' : String(value));
const longEnum = (schema: Json) =>
  schema.enum ? `ENUM:${schema.enum.map((value: Json) => `\n    ${enumText(value)}`).join('')}` : '';

function shortEnum(schema: Json, margin: number): string {
  if (!schema.enum) return '';
  const shown = schema.enum.slice(0, 4).map(enumText).join(', ');
  return `\n${' '.repeat(margin)}enum: ${shown}${schema.enum.length > 4 ? ', ....' : ''}`;
}
