import type { Json } from '../../cluster/apimachinery/object';
import { goSyntax } from './gosyntax';
import { goType } from './gotype';
import { goValue, plain } from './govalue';

/** Values one after another, a blank between two that are no strings. Upstream: fmt.Sprint. */
export function sprint(values: readonly Json[]): string {
  return values
    .map((value, index) => {
      const before = values[index - 1];
      const blank = index > 0 && typeof value !== 'string' && typeof before !== 'string';
      return `${blank ? ' ' : ''}${goValue(value)}`;
    })
    .join('');
}

/** Upstream: fmt.Sprintf, as far as values from JSON go. */
export function sprintf(format: string, values: readonly Json[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d*|\*)(?:\.(\d*))?(.)?/gsu,
    (_, flags: string, width: string, precision: string | undefined, verb: string | undefined) => {
      if (verb === undefined) return '%!(NOVERB)';
      if (verb === '%') return '%';
      if (next >= values.length) return `%!${verb}(MISSING)`;
      const value = values[next++];
      return pad(
        formatted(verb, value, flags, precision === undefined ? undefined : Number(precision || 0)),
        flags,
        widthOf(width),
      );
    },
  );
  const extra = values
    .slice(next)
    .map((value) => (value === null || value === undefined ? '<nil>' : `${goType(value)}=${goValue(value)}`));
  return extra.length > 0 ? `${text}%!(EXTRA ${extra.join(', ')})` : text;
}

/** Upstream: fmt/print.go tooLarge; what is larger is none. */
const widthOf = (digits: string): number => (Number(digits || 0) > 1e6 ? 0 : Number(digits || 0));

function pad(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0')) return text.padStart(width);
  const [sign = ''] = /^[-+]?/.exec(text) ?? [];
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function formatted(verb: string, given: Json, flags: string, precision: number | undefined): string {
  const value = plain(given);
  if (verb === 'v') return flags.includes('#') ? goSyntax(value) : goValue(value);
  if (verb === 'T') return goType(given);
  if (value === null || value === undefined) return `%!${verb}(<nil>)`;
  if (Array.isArray(value)) return `[${value.map((item) => formatted(verb, item, flags, precision)).join(' ')}]`;
  if (typeof value === 'object') {
    const keys = Object.keys(value).sort();
    return `map[${keys.map((key) => `${formatted(verb, key, flags, precision)}:${formatted(verb, value[key], flags, precision)}`).join(' ')}]`;
  }
  const text =
    typeof value === 'string'
      ? ofText(verb, value, precision)
      : typeof value === 'number'
        ? ofNumber(verb, value, flags, precision)
        : verb === 't'
          ? String(value)
          : undefined;
  return text ?? `%!${verb}(${goType(given)}=${goValue(value)})`;
}

function ofText(verb: string, value: string, precision: number | undefined): string | undefined {
  switch (verb) {
    case 's':
      return precision === undefined ? value : [...value].slice(0, precision).join('');
    case 'q':
      return JSON.stringify(value);
    case 'x':
    case 'X': {
      const hex = Array.from(new TextEncoder().encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('');
      return verb === 'x' ? hex : hex.toUpperCase();
    }
    default:
      return undefined;
  }
}

function ofNumber(verb: string, value: number, flags: string, precision: number | undefined): string | undefined {
  const sign = flags.includes('+') && value >= 0 ? '+' : '';
  if ('eEfFgG'.includes(verb) && !Number.isInteger(value)) {
    if (verb.toLowerCase() === 'f') return sign + value.toFixed(precision ?? 6);
    if (verb.toLowerCase() === 'g') return sign + String(value);
    return sign + value.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, `${verb}$10$2`);
  }
  if (!Number.isInteger(value)) return undefined;
  switch (verb) {
    case 'd':
      return sign + String(value);
    case 'b':
      return value.toString(2);
    case 'o':
      return value.toString(8);
    case 'x':
      return value.toString(16);
    case 'X':
      return value.toString(16).toUpperCase();
    case 'c':
      return String.fromCodePoint(value);
    case 'q':
      return `'${String.fromCodePoint(value)}'`;
    case 'U':
      return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
    default:
      return undefined;
  }
}
