import type { Json } from '../../cluster/apimachinery/object';
import { goValue } from './customcolumns';
import { goJson } from './gojson';
import { GoTemplateError } from './gotemplateparser';

type TemplateFunction = (...values: Json[]) => Json;

/** Whether a value counts as true in `if`. */
export function truth(value: Json): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

const FUNCTIONS: Record<string, TemplateFunction> = {
  and: (...values) => values.find((value) => !truth(value)) ?? values.at(-1),
  or: (...values) => values.find(truth) ?? values.at(-1),
  not: (value) => !truth(value),
  len: (value) => (typeof value === 'string' ? value.length : Object.keys(value ?? {}).length),
  index: (value, ...keys) => keys.reduce((inner, key) => inner?.[key], value),
  slice: (value, from = 0, to = undefined) => {
    if (typeof value === 'string' || Array.isArray(value)) return value.slice(from, to);
    throw new GoTemplateError(
      `executing "output" at <slice>: error calling slice: can't slice item of type ${goTypeName(value)}`,
    );
  },
  eq: (first, ...others) => others.some((other) => other === first),
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  print: (...values) => values.map(goValue).join(''),
  println: (...values) => `${values.map(goValue).join(' ')}\n`,
  printf: (format, ...values) => sprintf(String(format), values),
  html: (value) => goValue(value).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
  js: (value) => goJson(goValue(value)).slice(1, -1),
  urlquery: (value) => encodeURIComponent(goValue(value)),
  exists: (value, ...keys) => keys.reduce((inner, key) => inner?.[key], value) !== undefined,
  base64decode: (value) => decodeBase64(String(value)),
};

/** How many arguments a function takes; where there is no second number, any more. `print` and its like take any number. */
const ARITY: Record<string, [least: number, most?: number]> = {
  ...Object.fromEntries(['not', 'len', 'base64decode'].map((name) => [name, [1, 1]])),
  ...Object.fromEntries(['ne', 'lt', 'le', 'gt', 'ge'].map((name) => [name, [2, 2]])),
  ...Object.fromEntries(['and', 'or', 'index', 'slice', 'eq', 'exists', 'printf'].map((name) => [name, [1]])),
};

function goTypeName(value: Json): string {
  if (typeof value === 'object') return value === null ? 'nil' : 'map[string]interface {}';
  return typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int' : 'float64';
}

function checkArity(name: string, count: number): void {
  const [least, most] = ARITY[name] ?? [0];
  if (count >= least && count <= (most ?? count)) return;
  const want = most === undefined ? `at least ${least}` : String(least);
  throw new GoTemplateError(`executing "output" at <${name}>: wrong number of args for ${name}: want ${want} got ${count}`);
}

/** Calls a template function. @throws GoTemplateError when there is none of that name, or not for these arguments */
export function callFunction(name: string, values: Json[]): Json {
  const implementation = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!implementation) throw new GoTemplateError(`function "${name}" not defined`);
  checkArity(name, values.length);
  return implementation(...values);
}

function sprintf(format: string, values: Json[]): string {
  let next = 0;
  return format.replace(/%(-?)(0?)(\d*)([vsdqt%])/g, (_, left: string, zero: string, width: string, verb: string) => {
    if (verb === '%') return '%';
    if (next >= values.length) return `%!${verb}(MISSING)`;
    const value = values[next++];
    const text = verb === 'q' ? JSON.stringify(goValue(value)) : goValue(value);
    const size = Number(width || 0);
    return left ? text.padEnd(size) : text.padStart(size, zero ? '0' : ' ');
  });
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): string {
  let bits = 0;
  let count = 0;
  let encoded = '';
  for (const char of text.replace(/=+$/, '')) {
    bits = (bits << 6) | ALPHABET.indexOf(char);
    count += 6;
    if (count >= 8) {
      count -= 8;
      encoded += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
    }
  }
  return decodeURIComponent(encoded);
}
