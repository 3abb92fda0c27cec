import type { Json } from './object';

const ESCAPED: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (char) => ESCAPED[char] as string);
}

interface Format {
  /** Spaces a level; 0 for one line. */
  indent: number;
  /** False keeps the order of the object's keys, as Go does for structs; those of maps are sorted still. Default true. */
  sorted?: boolean;
}

/** A JSON value as Go's encoding/json writes it: `<`, `>` and `&` escaped. No newline at the end. */
export function goJson(value: Json, format: Format = { indent: 0 }): string {
  return write(value, format, '');
}

/** Fields that are maps of texts in Kubernetes' types. */
const MAPS = /^(labels|annotations|matchLabels|selector|nodeSelector|data|binaryData|hard|limits|requests)$/;

function write(value: Json, format: Format, pad: string, field = ''): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const list = Array.isArray(value);
  const [open, close] = list ? '[]' : '{}';
  const inner = pad + ' '.repeat(format.indent);
  const colon = format.indent > 0 ? ': ' : ':';
  const keys = list ? [] : Object.keys(value).filter((key) => value[key] !== undefined);
  if (format.sorted !== false || (MAPS.test(field) && keys.every((key) => typeof value[key] === 'string'))) keys.sort();
  const parts = list
    ? value.map((item: Json) => write(item, format, inner))
    : keys.map((key) => `${quote(key)}${colon}${write(value[key], format, inner, key)}`);
  if (parts.length === 0) return `${open}${close}`;
  if (format.indent === 0) return `${open}${parts.join(',')}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${pad}${close}`;
}
