import type { Json } from '../../cluster/apimachinery/object';
import { readsAsString } from './resolve';
import { analyze, inStyle } from './scalar';

/** A JSON value as YAML, byte for byte as sigs.k8s.io/yaml writes it: sorted keys, two spaces, lists not indented. Ends with a newline. */
export function printYaml(value: Json): string {
  if (isEmptyOrScalar(value)) return `${scalar(value, 0, 0)}\n`;
  const lines: string[] = [];
  writeBlock(lines, value, '', 0);
  return `${lines.join('\n')}\n`;
}

function isEmptyOrScalar(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

/** Writes a non-empty map or list; `first` stands before its first line instead of the indent. */
function writeBlock(lines: string[], value: Json, first: string, indent: number): void {
  const pad = ' '.repeat(indent);
  let lead = first || pad;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isEmptyOrScalar(item)) lines.push(`${lead}- ${scalar(item, indent + 2, lead.length + 2)}`);
      else writeBlock(lines, item, `${lead}- `, indent + 2);
      lead = pad;
    }
    return;
  }
  for (const key of Object.keys(value).sort(compareKeys)) {
    const item = value[key];
    if (item === undefined) continue;
    const name = scalar(key, 0);
    const start = name.length > 128 ? `${lead}? ${name}\n${pad}:` : `${lead}${name}:`;
    if (isEmptyOrScalar(item)) {
      const column = start.length - start.lastIndexOf('\n');
      lines.push(`${start} ${scalar(item, indent + 2, column)}`);
    } else {
      lines.push(start);
      writeBlock(lines, item, '', Array.isArray(item) ? indent : indent + 2);
    }
    lead = pad;
  }
}

/** @param column where it begins; undefined for a key */
function scalar(value: Json, indent: number, column?: number): string {
  if (typeof value === 'string') return text(value, indent, column);
  if (Array.isArray(value)) return '[]';
  if (typeof value === 'object' && value !== null) return '{}';
  if (typeof value === 'number' && Math.abs(value) >= 1e21) return value.toString().replace(/e\+?/, 'e+');
  return String(value);
}

function text(value: string, indent: number, column: number | undefined): string {
  const { plainAllowed, singleAllowed, blockAllowed } = analyze(value);
  if (value.includes('\n')) {
    if (blockAllowed && indent > 0) return literal(value, indent);
    return inStyle(value, '"', column, indent);
  }
  if (!readsAsString(value)) return inStyle(value, '"', column, indent);
  if (plainAllowed) return inStyle(value, '', column, indent);
  return inStyle(value, singleAllowed ? "'" : '"', column, indent);
}

/** A `|` block. */
function literal(value: string, indent: number): string {
  const pad = ' '.repeat(indent);
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const chomp = !value.endsWith('\n') ? '-' : value === '\n' || value.endsWith('\n\n') ? '+' : '';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const lines = body.split('\n').map((line) => (line === '' ? '' : pad + line));
  return [`|${hint}${chomp}`, ...lines].join('\n');
}

const isLetter = (char: string) => /\p{L}/u.test(char);
const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';

/** Order of keys: letters after everything else, numbers by their value. Upstream: go.yaml.in/yaml/v2 keyList.Less. */
export function compareKeys(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a[i] as string;
    const y = b[i] as string;
    if (x === y) continue;
    const xLetter = isLetter(x);
    const yLetter = isLetter(y);
    if (xLetter && yLetter) return x < y ? -1 : 1;
    if (xLetter || yLetter) return yLetter ? -1 : 1;
    return compareNumbers(a, b, i);
  }
  return a.length - b.length;
}

function compareNumbers(a: string[], b: string[], i: number): number {
  let x = 0;
  let y = 0;
  if (a[i] === '0' || b[i] === '0') {
    for (let j = i - 1; j >= 0 && isDigit(a[j]); j--) {
      if (a[j] === '0') continue;
      x = 1;
      y = 1;
      break;
    }
  }
  let xEnd = i;
  let yEnd = i;
  for (; isDigit(a[xEnd]); xEnd++) x = x * 10 + Number(a[xEnd]);
  for (; isDigit(b[yEnd]); yEnd++) y = y * 10 + Number(b[yEnd]);
  if (x !== y) return x - y;
  if (xEnd !== yEnd) return xEnd - yEnd;
  return (a[i] as string) < (b[i] as string) ? -1 : 1;
}

/** Whether a string needs no quotes as a key. */
export function readsPlain(value: string): boolean {
  return readsAsString(value) && analyze(value).plainAllowed;
}
