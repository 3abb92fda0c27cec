import { KubectlError } from './errors';

/** What becomes of a flag here; `support.ts` lists all of them. */
export type Support = 'simulated' | 'ignored' | 'not simulated';

/** `list` is a line of CSV and may be repeated; `array` may be repeated; `map` is `key=value,...` and may be repeated; `pairs` is CSV of `key=value` and may be repeated. */
export type FlagType = 'bool' | 'string' | 'int' | 'int32' | 'duration' | 'list' | 'array' | 'map' | 'pairs';

/** One flag of a command. */
export interface Flag {
  name: string;
  short?: string;
  type: FlagType;
  /** As the help shows it. */
  default?: string;
  /** Value of `--flag` without `=value` (and then never takes the next argument). */
  bare?: string;
  help: string;
  support: Support;
  required?: boolean;
  /** What to use instead: told when it is given, and it is left out of the help. */
  deprecated?: string;
  /** One that every command takes, and this one does not mean something else by. */
  inherited?: boolean;
  /** Accepted, but not in the help. */
  hidden?: boolean;
}

export const flag = (name: string, type: FlagType, help: string, more: Partial<Flag> = {}): Flag => ({
  name,
  type,
  help,
  support: 'simulated',
  ...more,
});

/** The flags of one call. */
export class FlagValues {
  private readonly values = new Map<string, string[]>();
  /** `--name=value` of each, in the order in which they were given. */
  readonly given: string[] = [];

  constructor(private readonly flags: readonly Flag[]) {}

  set(name: string, value: string): void {
    this.given.push(`--${name}=${value}`);
    const definition = this.flags.find((candidate) => candidate.name === name);
    const values = this.values.get(name) ?? [];
    if (definition?.type === 'list' || definition?.type === 'pairs') this.values.set(name, [...values, ...parseCsv(value)]);
    else if (definition?.type === 'map') this.values.set(name, [...values, ...value.split(',').filter((pair) => pair !== '')]);
    else if (definition?.type === 'array') this.values.set(name, [...values, value]);
    else this.values.set(name, [value]);
  }

  /** Whether the flag was given. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  string(name: string): string {
    return this.values.get(name)?.at(-1) ?? this.flags.find((candidate) => candidate.name === name)?.default ?? '';
  }

  /** A flag that every command takes; empty where the command has one of its own by that name. */
  inherited(name: string): string {
    return this.flags.find((candidate) => candidate.name === name)?.inherited ? this.string(name) : '';
  }

  boolean(name: string): boolean {
    return /^(1|t|T|TRUE|true|True)$/.test(this.string(name));
  }

  number(name: string): number {
    return parseInteger(this.string(name) || '0');
  }

  list(name: string): string[] {
    return this.values.get(name) ?? [];
  }

  /** A length of time in ms. */
  duration(name: string): number {
    return parseDuration(this.string(name) || '0') ?? 0;
  }
}

/** A number as Go writes it in source: `0x10`, `010`, `1_000`; NaN when it is none. Upstream: strconv.ParseInt with base 0. */
function parseInteger(text: string): number {
  const match = /^([-+]?)(0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][\d_]*)$/.exec(text);
  if (!match || /__|_$/.test(text)) return NaN;
  const [, sign, digits = ''] = match;
  const value = Number(digits.replaceAll('_', '').replace(/^0(?=\d)/, '0o'));
  return sign === '-' ? -value : value;
}

/** The fields of one line of CSV. @throws Error with the text of Go's reader. Upstream: encoding/csv. */
function parseCsv(text: string): string[] {
  const fields: string[] = [];
  const fail = (at: number, what: string) => new Error(`parse error on line 1, column ${at + 1}: ${what}`);
  let rest = text === '' ? undefined : text;
  while (rest !== undefined) {
    const start = text.length - rest.length;
    const [, quoted, plain = '', end = ''] = /^(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))(,?)/.exec(rest) ?? [];
    if (quoted === undefined && rest.startsWith('"')) {
      const [closed] = /^"(?:[^"]|"")*"/.exec(rest) ?? [];
      throw fail(closed ? start + closed.length - 1 : text.length, 'extraneous or missing " in quoted-field');
    }
    if (plain.includes('"')) throw fail(start + plain.indexOf('"'), 'bare " in non-quoted-field');
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    rest = end === '' ? undefined : rest.slice((quoted === undefined ? plain.length : quoted.length + 2) + 1);
  }
  return fields;
}

const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a Go duration such as `1m30s`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = /^([-+]?)((?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(text);
  if (!match) return undefined;
  let total = 0;
  for (const [, amount, unit] of (match[2] as string).matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (UNITS[unit as string] as number);
  }
  return match[1] === '-' ? -total : total;
}

/**
 * Splits the arguments of a command into flags and the rest. Flags may stand anywhere; `--` ends them.
 * @throws KubectlError with the real kubectl's text
 */
export function parseFlags(
  path: string,
  flags: readonly Flag[],
  args: readonly string[],
  hint = `See '${path} --help' for usage.`,
): { values: FlagValues; rest: string[]; dash: number } {
  const values = new FlagValues(flags);
  const rest: string[] = [];
  let dash = -1;
  const queue = [...args];
  const fail = (message: string) => new KubectlError(`${message}\n${hint}`);
  while (queue.length > 0) {
    const arg = queue.shift() as string;
    if (arg === '--') {
      dash = rest.length;
      rest.push(...queue);
      break;
    }
    if (!arg.startsWith('-') || arg === '-') rest.push(arg);
    else if (arg.startsWith('--')) parseLong(arg, flags, values, queue, fail);
    else parseShort(arg, flags, values, queue, fail);
  }
  return { values, rest, dash };
}

type Fail = (message: string) => KubectlError;

function parseLong(arg: string, flags: readonly Flag[], values: FlagValues, queue: string[], fail: Fail): void {
  const equals = arg.indexOf('=');
  const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
  if (name === '' || name.startsWith('-')) throw fail(`bad flag syntax: ${arg}`);
  const definition = flags.find((candidate) => candidate.name === name);
  if (!definition) throw fail(`unknown flag: --${name}`);
  if (equals >= 0) return assign(definition, arg.slice(equals + 1), values, fail);
  const bare = definition.type === 'bool' ? 'true' : definition.bare;
  if (bare !== undefined) return assign(definition, bare, values, fail);
  const next = queue.shift();
  if (next === undefined) throw fail(`flag needs an argument: --${name}`);
  assign(definition, next, values, fail);
}

function parseShort(arg: string, flags: readonly Flag[], values: FlagValues, queue: string[], fail: Fail): void {
  let letters = arg.slice(1);
  while (letters !== '') {
    const letter = letters[0] as string;
    const definition = flags.find((candidate) => candidate.short === letter);
    if (!definition) throw fail(`unknown shorthand flag: '${letter}' in -${letters}`);
    if (letters.length > 2 && letters[1] === '=') return assign(definition, letters.slice(2), values, fail);
    const bare = definition.type === 'bool' ? 'true' : definition.bare;
    if (bare !== undefined) {
      assign(definition, bare, values, fail);
      letters = letters.slice(1);
      continue;
    }
    if (letters.length > 1) return assign(definition, letters.slice(1), values, fail);
    const next = queue.shift();
    if (next === undefined) throw fail(`flag needs an argument: '${letter}' in -${letters}`);
    return assign(definition, next, values, fail);
  }
}

function assign(definition: Flag, value: string, values: FlagValues, fail: Fail): void {
  const problem = check(definition, value);
  if (problem) {
    const shown = definition.short ? `-${definition.short}, --${definition.name}` : `--${definition.name}`;
    throw fail(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${problem}`);
  }
  values.set(definition.name, value);
}

function check(definition: Flag, value: string): string | undefined {
  const quoted = JSON.stringify(value);
  switch (definition.type) {
    case 'int':
    case 'int32': {
      const number = parseInteger(value);
      const limit = definition.type === 'int' ? 2 ** 63 : 2 ** 31;
      if (number >= -limit && number < limit) return undefined;
      return `strconv.ParseInt: parsing ${quoted}: ${Number.isNaN(number) ? 'invalid syntax' : 'value out of range'}`;
    }
    case 'list':
    case 'pairs':
      try {
        const fields = parseCsv(value);
        const wrong = definition.type === 'pairs' ? fields.find((pair) => !pair.includes('=')) : undefined;
        return wrong !== undefined ? `${wrong} must be formatted as key=value` : undefined;
      } catch (error) {
        return (error as Error).message;
      }
    case 'map':
      return value.split(',').some((pair) => pair !== '' && !pair.includes('='))
        ? 'malformed pair, expect string=string'
        : undefined;
    case 'bool':
      if (/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) return undefined;
      return `strconv.ParseBool: parsing ${quoted}: invalid syntax`;
    case 'duration':
      if (parseDuration(value) !== undefined) return undefined;
      return /^[-+]?\d+(\.\d+)?$/.test(value) ? `time: missing unit in duration ${quoted}` : `time: invalid duration ${quoted}`;
    default:
      return undefined;
  }
}
