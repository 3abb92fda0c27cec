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
  slice: (value, from = 0, to = undefined) => value.slice(from, to),
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

/** Calls a template function. @throws GoTemplateError when there is none of that name */
export function callFunction(name: string, values: Json[]): Json {
  const implementation = FUNCTIONS[name];
  if (!implementation) throw new GoTemplateError(`function "${name}" not defined`);
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
