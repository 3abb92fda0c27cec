import type { Json } from '../../cluster/apimachinery/object';
import { goJson } from './gojson';
import { JsonPathError, parseJsonPath, type PathNode } from './jsonpathparser';

export { JsonPathError } from './jsonpathparser';

export interface JsonPathOptions {
  /** Missing fields are empty instead of an error. */
  allowMissing: boolean;
}

/** A parsed jsonpath template, as in `-o jsonpath='{.items[*].metadata.name}'`. Upstream: client-go/util/jsonpath. */
export class JsonPath {
  private readonly nodes: PathNode[];

  constructor(
    readonly template: string,
    private readonly options: JsonPathOptions,
  ) {
    this.nodes = parseJsonPath(template);
  }

  /** The text of the template for an object. */
  print(data: Json): string {
    let text = '';
    for (const values of this.results(data)) text += values.map(valueText).join(' ');
    return text;
  }

  /** The values of each part of the template. */
  results(data: Json): Json[][] {
    return new Evaluator(this.options).template(this.nodes, data).values;
  }
}

class Evaluator {
  constructor(private readonly options: JsonPathOptions) {}

  /** Evaluates parts up to the end or to an `{end}`. */
  template(nodes: readonly PathNode[], data: Json, from = 0): { values: Json[][]; next: number } {
    const values: Json[][] = [];
    let index = from;
    while (index < nodes.length) {
      const node = nodes[index] as PathNode;
      index++;
      if (node.type === 'end') return { values, next: index };
      if (node.type === 'range') {
        const items = this.path(node.path, [data]);
        let next = this.skip(nodes, index);
        for (const item of items) {
          const inner = this.template(nodes, item, index);
          values.push(...inner.values);
          next = inner.next;
        }
        index = next;
      } else if (node.type === 'text') values.push([node.text]);
      else if (node.type === 'list') values.push(this.path(node.path, [data]));
    }
    return { values, next: index };
  }

  /** Where the parts after the matching `{end}` start. */
  private skip(nodes: readonly PathNode[], from: number): number {
    let depth = 1;
    for (let index = from; index < nodes.length; index++) {
      const type = (nodes[index] as PathNode).type;
      if (type === 'range') depth++;
      if (type === 'end' && --depth === 0) return index + 1;
    }
    return nodes.length;
  }

  private path(steps: readonly PathNode[], start: Json[]): Json[] {
    let values = start;
    for (const step of steps) values = this.step(step, values, start);
    return values;
  }

  private step(step: PathNode, values: Json[], start: Json[]): Json[] {
    switch (step.type) {
      case 'text':
        return [step.text];
      case 'literal':
        return [step.value];
      case 'field':
        return this.field(step.name, values);
      case 'wildcard':
        return values.flatMap(children);
      case 'recursive':
        return values.flatMap(descendants);
      case 'slice':
        return values.flatMap((value) => this.slice(step.from, step.to, step.step, step.index, value));
      case 'union':
        return step.parts.flatMap((part) => this.path(part, values));
      case 'filter':
        return values.flatMap((value) => children(value).filter((item) => this.matches(step, item)));
      default:
        void start;
        return values;
    }
  }

  private field(name: string, values: Json[]): Json[] {
    if (name === '') return values;
    const found: Json[] = [];
    for (const value of values) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      if (Object.hasOwn(value, name)) found.push(value[name]);
    }
    if (found.length === 0 && !this.options.allowMissing) throw new JsonPathError(`${name} is not found`);
    return found;
  }

  private slice(from: number | undefined, to: number | undefined, step: number | undefined, index: boolean, value: Json): Json[] {
    if (!Array.isArray(value)) {
      if (value === undefined || value === null) return [];
      throw new JsonPathError(`${typeof value === 'object' ? 'map' : String(value)} is not array or slice`);
    }
    const { length } = value;
    let start = from ?? 0;
    if (start < 0) start += length;
    let end = index ? start + 1 : (to ?? length);
    if (!index && end < 0) end += length;
    if (index && (start < 0 || start >= length)) {
      if (length === 0 && this.options.allowMissing) return [];
      throw new JsonPathError(`array index out of bounds: index ${from}, length ${length}`);
    }
    const result: Json[] = [];
    for (let i = Math.max(start, 0); i < Math.min(end, length); i += step ?? 1) result.push(value[i]);
    return result;
  }

  private matches(filter: Extract<PathNode, { type: 'filter' }>, item: Json): boolean {
    const inner = new Evaluator({ allowMissing: true });
    const left = inner.path(filter.left, [item]);
    if (filter.operator === 'exists') return left.length > 0;
    const right = inner.path(filter.right, [item]);
    if (left.length === 0 || right.length === 0) return false;
    const a = left[0];
    const b = right[0];
    switch (filter.operator) {
      case '==':
        return a === b;
      case '!=':
        return a !== b;
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '<=':
        return a <= b;
      default:
        return a >= b;
    }
  }
}

function children(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value)
    .sort()
    .map((key) => value[key]);
}

function descendants(value: Json): Json[] {
  return [value, ...children(value).flatMap(descendants)];
}

function valueText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? goJson(value) : String(value);
}

/** The first value of a path such as `.metadata.name` or `{.spec.type}`; undefined when there is none. */
export function firstValue(template: string, data: Json): Json | undefined {
  return new JsonPath(relaxed(template), { allowMissing: true }).results(data).flat()[0];
}

/** `.a.b`, `a.b` and `{a.b}` as `{.a.b}`. @throws JsonPathError Upstream: RelaxedJSONPathExpression. */
export function relaxed(template: string): string {
  if (template === '') return '';
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(template);
  if (!match) {
    throw new JsonPathError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  }
  return `{.${match[1] ?? match[2]}}`;
}
