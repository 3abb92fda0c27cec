import type { Json } from '../../cluster/apimachinery/object';
import { compareKeys, readsPlain } from '../yaml/print';
import { inStyle } from '../yaml/scalar';

/** An object as KYAML: YAML in flow style with comments-friendly trailing commas. @param sorted fields in alphabetical order */
export function printKyaml(value: Json, sorted = true): string {
  return `---\n${write(value, 0, sorted)}\n`;
}

const isBlock = (value: Json) => typeof value === 'object' && value !== null;
const isEmpty = (value: Json) => Object.keys(value).length === 0;

function write(value: Json, indent: number, sorted: boolean): string {
  const pad = ' '.repeat(indent);
  const inner = ' '.repeat(indent + 2);
  if (typeof value === 'string') return quote(value, indent);
  if (!isBlock(value)) return String(value);
  if (isEmpty(value)) return Array.isArray(value) ? '[]' : '{}';
  if (Array.isArray(value)) {
    if (value.every((item) => isBlock(item) && !isEmpty(item)))
      return `[${value.map((item) => write(item, indent, sorted)).join(', ')}]`;
    return `[\n${value.map((item: Json) => `${inner}${write(item, indent + 2, sorted)},\n`).join('')}${pad}]`;
  }
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const fields = (sorted ? keys.sort(compareKeys) : keys).map(
    (key) => `${inner}${isPlainKey(key) ? key : inStyle(key, '"')}: ${write(value[key], indent + 2, sorted)},\n`,
  );
  return `{\n${fields.join('')}${pad}}`;
}

const isPlainKey = (key: string): boolean => /^\w[\w./-]*$/.test(key) && readsPlain(key);

/** Text with line breaks is folded over lines with a trailing backslash. */
function quote(value: string, indent: number): string {
  if (!value.includes('\n')) return inStyle(value, '"');
  const pad = ' '.repeat(indent + 3);
  const parts = value.split(/(?<=\n)/).map((line) => {
    const text = inStyle(line, '"').slice(1, -1);
    return `${pad}${text.startsWith(' ') ? `\\${text}` : text}\\\n`;
  });
  return `"\\\n${parts.join('')}${' '.repeat(indent + 2)}"`;
}
