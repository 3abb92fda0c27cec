import { decodeBase64 } from './base64';
import type { Json } from '../../cluster/apimachinery/object';
import { sprint, sprintf } from './goprintf';
import { goType } from './gotype';
import { GoInt, goValue, plain } from './govalue';

/** What a function answers to arguments it cannot take. */
export class FunctionError extends Error {}

export interface TemplateFunction {
  /** How many arguments; without `most`, any more. */
  least: number;
  most?: number;
  /** Whether the argument of this index must be a string. */
  text?(index: number): boolean;
  /** @throws FunctionError */
  run(...values: Json[]): Json;
}

/** Whether a value counts as true in `if`. */
export function truth(value: Json): boolean {
  const inner = plain(value);
  if (inner === undefined || inner === null || inner === '' || inner === 0 || inner === false) return false;
  return typeof inner !== 'object' || Object.keys(inner).length > 0;
}

const any = (run: TemplateFunction['run']): TemplateFunction => ({ least: 0, run });
const exactly = (count: number, run: TemplateFunction['run']): TemplateFunction => ({ least: count, most: count, run });
const atLeast = (count: number, run: TemplateFunction['run']): TemplateFunction => ({ least: count, run });
const typeOf = (value: Json): string => (value === undefined || value === null ? 'nil' : goType(value));

/** The functions of text/template, and kubectl's two. */
export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  and: atLeast(1, (value) => value),
  or: atLeast(1, (value) => value),
  not: exactly(1, (value) => !truth(value)),
  len: exactly(1, (value) => new GoInt(length(value))),
  index: atLeast(1, (value, ...keys) => keys.reduce(element, value)),
  slice: atLeast(1, slice),
  eq: atLeast(1, (first, ...others) => {
    if (others.length === 0) throw new FunctionError('missing argument for comparison');
    return others.some((other) => equal(first, other));
  }),
  ne: exactly(2, (a, b) => !equal(a, b)),
  lt: exactly(2, less),
  le: exactly(2, (a, b) => less(a, b) || equal(a, b)),
  gt: exactly(2, (a, b) => !(less(a, b) || equal(a, b))),
  ge: exactly(2, (a, b) => !less(a, b)),
  print: any((...values) => sprint(values)),
  println: any((...values) => `${values.map(goValue).join(' ')}\n`),
  printf: { least: 1, text: (index) => index === 0, run: (format, ...values) => sprintf(format, values) },
  html: any((...values) => sprint(values).replace(/[&<>"'\0]/g, (char) => (char === '\0' ? '\uFFFD' : (HTML[char] as string)))),
  js: any((...values) => escapeScript(sprint(values))),
  urlquery: any((...values) =>
    encodeURIComponent(sprint(values))
      .replace(/%20/g, '+')
      .replace(/[!'()*]/g, percent),
  ),
  call: atLeast(1, (value) => {
    if (none(value)) throw new FunctionError('call of nil');
    return undefined;
  }),
  exists: atLeast(1, (value, ...keys) => exists(value, keys)),
  base64decode: {
    least: 1,
    most: 1,
    text: () => true,
    run(value: string) {
      const decoded = decodeBase64(value);
      if (typeof decoded === 'number')
        throw new FunctionError(`base64 decode failed: illegal base64 data at input byte ${decoded}`);
      return decoded;
    },
  },
};

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
const percent = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;

function escapeScript(text: string): string {
  return text.replace(/[\\'"<>&=\p{Cc}]/gu, (char) =>
    `\\'"`.includes(char) ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

function length(value: Json): number {
  if (value === null) throw new FunctionError('len of nil pointer');
  // upstream's own words for a mistake it does not expect
  if (value === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (typeof value !== 'object' || value instanceof GoInt) throw new FunctionError(`len of type ${goType(value)}`);
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function position(given: Json, size: number): number {
  const value = plain(given);
  if (value === undefined || value === null) throw new FunctionError('cannot index slice/array with nil');
  if (typeof value !== 'number') throw new FunctionError(`cannot index slice/array with type ${goType(value)}`);
  if (value < 0 || value > size) throw new FunctionError(`index out of range: ${value}`);
  return value;
}

function element(value: Json, key: Json): Json {
  if (value === undefined) throw new FunctionError('index of untyped nil');
  if (value === null) throw new FunctionError('index of nil pointer');
  if (typeof value === 'string' || Array.isArray(value)) {
    const at = position(key, value.length);
    if (at === value.length)
      throw new FunctionError(`reflect: ${typeof value === 'string' ? 'string' : 'slice'} index out of range`);
    return typeof value === 'string' ? value.charCodeAt(at) : value[at];
  }
  if (typeof value !== 'object' || value instanceof GoInt) throw new FunctionError(`can't index item of type ${goType(value)}`);
  if (typeof key !== 'string') {
    const given = key === undefined || key === null ? 'value is nil; should be of type string' : undefined;
    throw new FunctionError(given ?? `value has type ${goType(key)}; should be string`);
  }
  return Object.hasOwn(value, key) ? value[key] : null;
}

function slice(value: Json, ...bounds: Json[]): Json {
  if (value === undefined) throw new FunctionError('slice of untyped nil');
  if (bounds.length > 3) throw new FunctionError(`too many slice indexes: ${bounds.length}`);
  if (typeof value !== 'string' && !Array.isArray(value)) throw new FunctionError(`can't slice item of type ${typeOf(value)}`);
  if (typeof value === 'string' && bounds.length === 3) throw new FunctionError('cannot 3-index slice a string');
  const [from = 0, to = value.length] = bounds.map((bound) => position(bound, value.length));
  if (from > to) throw new FunctionError(`invalid slice index: ${from} > ${to}`);
  return value.slice(from, to);
}

function exists(value: Json, keys: readonly Json[]): boolean {
  let inner = value;
  for (const key of keys.map(plain)) {
    if (typeof inner !== 'object' || inner === null) return false;
    if (Array.isArray(inner) ? typeof key !== 'number' || key < 0 || key >= inner.length : typeof key !== 'string') return false;
    inner = inner[key];
  }
  return inner !== undefined && inner !== null;
}

function basicKind(given: Json): string | undefined {
  const value = plain(given);
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : undefined;
}

const none = (value: Json) => value === undefined || value === null;
const incompatible = (a: Json, b: Json) => new FunctionError(`incompatible types for comparison: ${goType(a)} and ${goType(b)}`);

function equal(a: Json, b: Json): boolean {
  if (none(a) || none(b)) return none(a) && none(b);
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left !== right && left !== undefined && right !== undefined) throw incompatible(a, b);
  if (left === undefined) throw new FunctionError(`non-comparable type ${sprintf('%s', [a])}: ${goType(a)}`);
  if (right === undefined) throw incompatible(a, b);
  return plain(a) === plain(b);
}

function less(a: Json, b: Json): boolean {
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left === undefined || right === undefined) throw new FunctionError('invalid type for comparison');
  if (left !== right) throw incompatible(a, b);
  if (left === 'boolean') throw new FunctionError('invalid type for comparison');
  return plain(a) < plain(b);
}
