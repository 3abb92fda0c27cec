/** What a plain YAML scalar stands for. */
export type Resolved = string | number | boolean | null;

const WORDS = new Map<string, Resolved>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) WORDS.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) WORDS.set(word, false);
for (const word of ['', '~', 'null', 'Null', 'NULL']) WORDS.set(word, null);
for (const word of ['.nan', '.NaN', '.NAN']) WORDS.set(word, NaN);
for (const word of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']) WORDS.set(word, Infinity);
for (const word of ['-.inf', '-.Inf', '-.INF']) WORDS.set(word, -Infinity);

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?([zZ]|[-+]\d{2}:\d{2})?)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/**
 * The value of an unquoted scalar, by the YAML 1.1 rules of the library behind sigs.k8s.io/yaml: `n` and `yes` are booleans,
 * `0100` is octal. Upstream: go.yaml.in/yaml/v2 resolve.
 */
export function resolveScalar(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text[0] ?? '';
  if (first === '.') return FLOAT.test(text) ? Number(text) : text;
  if (!/[-+0-9]/.test(first) || TIMESTAMP.test(text)) return text;
  const plain = text.replace(/_/g, '');
  return parseInteger(plain) ?? (FLOAT.test(plain) ? Number(plain) : text);
}

/** Go's ParseInt with base 0. */
function parseInteger(text: string): number | undefined {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '');
  let value: number;
  if (/^0x[0-9a-f]+$/i.test(digits)) value = parseInt(digits.slice(2), 16);
  else if (/^0b[01]+$/i.test(digits)) value = parseInt(digits.slice(2), 2);
  else if (/^0o[0-7]+$/i.test(digits)) value = parseInt(digits.slice(2), 8);
  else if (/^0[0-7]+$/.test(digits)) value = parseInt(digits, 8);
  else if (/^(0|[1-9][0-9]*)$/.test(digits)) value = Number(digits);
  else return undefined;
  return negative ? -value : value;
}

/** Whether a string can be written without quotes and is still read as that string. */
export function readsAsString(text: string): boolean {
  return text !== '<<' && typeof resolveScalar(text) === 'string' && !TIMESTAMP.test(text) && !BASE_60.test(text);
}
