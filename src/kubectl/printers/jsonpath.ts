import type { Json } from '../../cluster/apimachinery/object';
import { goJson } from '../../cluster/apimachinery/gojson';
import { goSyntax } from './gosyntax';
import { goType } from './gotype';
import { goValue } from './govalue';
import { JsonPathError, parseJsonPath, type PathStep, type SliceBound, type TemplatePart } from './jsonpathparser';

export { JsonPathError } from './jsonpathparser';

interface JsonPathOptions {
  /** Missing fields are empty instead of an error. */
  allowMissing: boolean;
}

/** A parsed jsonpath template, as in `-o jsonpath='{.items[*].metadata.name}'`. Upstream: client-go/util/jsonpath. */
export class JsonPath {
  private readonly parts: TemplatePart[];

  /** @throws JsonPathError */
  constructor(
    readonly template: string,
    private readonly options: JsonPathOptions,
  ) {
    this.parts = parseJsonPath(template);
  }

  /** The text of the template for an object. @throws JsonPathError */
  print(data: Json): string {
    let text = '';
    for (const values of this.results(data)) text += values.map(valueText).join(' ');
    return text;
  }

  /** The values of each part of the template. @throws JsonPathError */
  results(data: Json): Json[][] {
    return new Evaluator(this.parts, this.options).from(0, data);
  }
}

/** Values that a template may go through: many times what a lesson's cluster holds. */
const MOST_VALUES = 50_000;

/** One evaluation. Ranges are kept in counters as upstream does, so that a template that lacks an `{end}` goes wrong in the same way. */
class Evaluator {
  private seen = 0;
  private begun = 0;
  private within = 0;
  private ended = 0;
  /** Where the last `{end}` was. */
  private lastEnd = -1;

  constructor(
    private readonly parts: readonly TemplatePart[],
    private readonly options: JsonPathOptions,
  ) {}

  from(start: number, data: Json): Json[][] {
    const values: Json[][] = [];
    for (let index = start; index < this.parts.length; index++) {
      const part = this.parts[index] as TemplatePart;
      const found = part.type === 'text' ? [part.text] : this.path(part.steps, [data]);
      if (this.ended > 0 && this.ended <= this.within) {
        this.ended--;
        this.lastEnd = index;
        break;
      }
      if (this.begun === 0) {
        values.push(found);
        continue;
      }
      this.begun--;
      this.within++;
      for (const item of found) values.push(...this.from(index + 1, item));
      // nothing to go through: only to find the end
      if (found.length === 0) this.from(index + 1, undefined);
      this.within--;
      index = Math.max(index, this.lastEnd);
    }
    return values;
  }

  private path(steps: readonly PathStep[], start: Json[]): Json[] {
    return steps.reduce((values, step) => {
      const found = this.step(step, values);
      this.seen += found.length;
      if (this.seen > MOST_VALUES) throw new JsonPathError(`this simulator looks at up to ${MOST_VALUES} values`);
      return found;
    }, start);
  }

  private step(step: PathStep, values: Json[]): Json[] {
    switch (step.type) {
      case 'text':
        return [step.text];
      case 'literal':
        return values.map(() => step.value);
      case 'identifier':
        return this.identifier(step.name, values);
      case 'field':
        return this.field(step.name, values);
      case 'wildcard':
        return values.flatMap(children);
      case 'recursive':
        return values.flatMap(descendants);
      case 'slice':
        return values.flatMap((value) => slice(step.bounds, value));
      case 'union':
        return step.parts.flatMap((part) => this.path(part, values));
      case 'filter':
        return values.flatMap((value) => this.filter(step, value));
    }
  }

  private identifier(name: string, values: Json[]): Json[] {
    if (name === 'range') {
      this.begun++;
      return values;
    }
    if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`);
    if (this.within === 0) throw new JsonPathError('not in range, nothing to end');
    this.ended++;
    return [];
  }

  private field(name: string, values: Json[]): Json[] {
    if (values.length === 0) return [];
    const found = values
      .filter((value) => isMap(value) && Object.hasOwn(value as object, name))
      .map((value) => (value as Record<string, Json>)[name]);
    if (found.length === 0 && !this.options.allowMissing) throw new JsonPathError(`${name} is not found`);
    return found;
  }

  private filter(step: Extract<PathStep, { type: 'filter' }>, value: Json): Json[] {
    if (!Array.isArray(value)) throw new JsonPathError(`${goValue(value)} is not array or slice and cannot be filtered`);
    return value.filter((item) => {
      if (step.operator === 'exists') return this.exists(step.left, item);
      const left = single(this.path(step.left, [item]));
      if (left === undefined) return false;
      const right = single(this.path(step.right, [item]));
      return right !== undefined && compare(step.operator, left, right, step.right);
    });
  }

  private exists(steps: readonly PathStep[], item: Json): boolean {
    try {
      return this.path(steps, [item]).length > 0;
    } catch (error) {
      // what was found before the mistake is not looked at, but counts
      if (error instanceof JsonPathError) return !error.message.endsWith('is not found');
      throw error;
    }
  }
}

function single(values: readonly Json[]): Json | undefined {
  if (values.length > 1) throw new JsonPathError('can only compare one element at a time');
  return values[0];
}

/** Upstream: client-go/third_party/forked/golang/template, basicKind. */
function kindOf(value: Json, integer?: boolean): string {
  if (value === null || typeof value === 'object') throw new JsonPathError('invalid type for comparison');
  if (typeof value !== 'number') return typeof value;
  return Number.isInteger(value) && integer !== false ? 'int' : 'float';
}

function compare(operator: string, left: Json, right: Json, steps: readonly PathStep[]): boolean {
  const [literal] = steps;
  const kind = kindOf(left);
  const same = kind === kindOf(right, literal?.type === 'literal' ? literal.integer : undefined);
  if (!['<', '>', '==', '!=', '<=', '>='].includes(operator)) throw new JsonPathError(`unrecognized filter operator ${operator}`);
  if (!same) throw new JsonPathError('incompatible types for comparison');
  if (kind === 'boolean' && !/^[=!]=$/.test(operator)) throw new JsonPathError('invalid type for comparison');
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function slice([from, to, step]: readonly [SliceBound, SliceBound, SliceBound], value: Json): Json[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`);
  const { length } = value;
  const start = from.value < 0 ? from.value + length : from.value;
  let end = to.known ? to.value : length;
  if (end < 0 || (end === 0 && to.derived)) end += length;
  if (start === end) return [];
  const outside = (index: number) => new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  if (start >= length || start < 0) throw outside(start);
  if (end > length || end < 0) throw outside(end - 1);
  if (start > end) throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`);
  if (step.known && step.value <= 0) throw new JsonPathError('step must be > 0');
  const every = step.known ? step.value : 1;
  return value.slice(start, end).filter((_, index) => index % every === 0);
}

const isMap = (value: Json) => typeof value === 'object' && value !== null && !Array.isArray(value);

function children(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  // a string is its bytes
  if (typeof value === 'string') return [...new TextEncoder().encode(value)];
  if (!isMap(value)) return [];
  return Object.keys(value)
    .sort()
    .map((key) => value[key]);
}

function descendants(value: Json): Json[] {
  const inner = children(value);
  return inner.length === 0 ? [] : [value, ...inner.flatMap(descendants)];
}

function valueText(value: Json): string {
  return typeof value === 'object' && value !== null ? goJson(value) : goValue(value);
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

/** What kubectl prints where a template has no answer. Upstream: cli-runtime/pkg/printers JSONPathPrinter. */
export function executionReport(template: string, problem: string, data: Json): string {
  return (
    `Error executing template: ${problem}. Printing more information for debugging the template:\n` +
    `\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(data)}\n\n\n`
  );
}
