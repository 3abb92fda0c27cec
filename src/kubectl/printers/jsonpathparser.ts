/** Why a template cannot be read or has no answer. */
export class JsonPathError extends Error {}

/** One number of `[from:to:step]`. */
export interface SliceBound {
  known: boolean;
  value: number;
  /** Of a single index: the end follows from it. */
  derived?: boolean;
}

/** A step of a path. */
export type PathStep =
  | { type: 'text'; text: string }
  | { type: 'identifier'; name: string }
  | { type: 'literal'; value: number | boolean; integer?: boolean }
  | { type: 'field'; name: string }
  | { type: 'wildcard' }
  | { type: 'recursive' }
  | { type: 'slice'; bounds: readonly [SliceBound, SliceBound, SliceBound] }
  | { type: 'union'; parts: PathStep[][] }
  | { type: 'filter'; left: PathStep[]; operator: string; right: PathStep[] };

/** A part of a template: text, or the path between braces. */
export type TemplatePart = { type: 'text'; text: string } | { type: 'path'; steps: PathStep[] };

/**
 * Reads a template such as `{range .items[*]}{.metadata.name}{"\n"}{end}`. Upstream: client-go/util/jsonpath, Parser.
 * @throws JsonPathError
 */
export function parseJsonPath(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    const text = template.slice(at, open < 0 ? template.length : open);
    if (text !== '') parts.push({ type: 'text', text });
    if (open < 0) break;
    const reader = new ActionReader(template, open + 1);
    parts.push({ type: 'path', steps: reader.steps() });
    at = reader.at;
  }
  return parts;
}

/** The steps of a path that stands alone. */
const parseSteps = (source: string): PathStep[] => new ActionReader(`{${source}}`, 1).steps();

const ENDS_WORD = /[ \t\r\n.,[\]$@{}]/;

/** Reads what stands between braces. */
class ActionReader {
  private readonly found: PathStep[] = [];

  constructor(
    private readonly source: string,
    public at: number,
  ) {}

  /** Reads up to the closing brace. */
  steps(): PathStep[] {
    while (!this.take('}')) this.step();
    return this.found;
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private step(): void {
    if (this.take('[?(')) return this.filter();
    if (this.take('..')) return this.recursive();
    const char = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    if (this.at >= this.source.length || char === '\n' || char === '\r') throw new JsonPathError('unclosed action');
    if (char === ' ' || char === '@' || char === '$') this.at++;
    else if (char === '[') this.bracket();
    else if (char === '"' || char === "'") this.found.push({ type: 'text', text: this.quoted(char) });
    else if (char === '.') {
      this.at++;
      this.field();
    } else if (/[-+\p{Nd}]/u.test(char)) this.number();
    else if (/[_\p{L}]/u.test(char)) this.identifier();
    else {
      const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new JsonPathError(`unrecognized character in action: U+${code} '${char}'`);
    }
  }

  private field(): void {
    const start = this.at;
    while (this.at < this.source.length && !ENDS_WORD.test(this.source[this.at] as string)) {
      this.at += this.source[this.at] === '\\' ? 2 : 1;
    }
    const name = this.source.slice(start, this.at);
    this.found.push(name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') });
  }

  private identifier(): void {
    const start = this.at;
    while (this.at < this.source.length && !ENDS_WORD.test(this.source[this.at] as string)) this.at++;
    const name = this.source.slice(start, this.at);
    if (name === 'true' || name === 'false') this.found.push({ type: 'literal', value: name === 'true' });
    else this.found.push({ type: 'identifier', name });
  }

  private recursive(): void {
    if (this.found.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent');
    this.found.push({ type: 'recursive' });
    if (/[_\p{L}\p{Nd}]/u.test(this.source[this.at] ?? '')) this.field();
  }

  private number(): void {
    const [text = ''] = /^[-+]?[.\p{Nd}]*/u.exec(this.source.slice(this.at)) ?? [];
    this.at += text.length;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathError(`cannot parse number ${text}`);
    this.found.push({ type: 'literal', value: Number(text), integer: !text.includes('.') });
  }

  private quoted(quote: string): string {
    const start = this.at++;
    for (;;) {
      const char = this.source[this.at++];
      if (char === undefined || char === '\n') throw new JsonPathError('unterminated quoted string');
      if (char === quote && this.source[this.at - 2] !== '\\') break;
    }
    const text = this.source.slice(start, this.at);
    const value = unquote(text.slice(1, -1), quote);
    if (value === undefined) throw new JsonPathError(`unquote string ${text} error invalid syntax`);
    return value;
  }

  private bracket(): void {
    const end = this.source.indexOf(']', this.at);
    const text = end < 0 ? '' : this.source.slice(this.at + 1, end);
    if (end < 0 || text.includes('\n')) throw new JsonPathError('unterminated array');
    this.at = end + 1;
    const parts = text.split(',');
    const key = /^'([^']*)'$/.exec(text);
    if (parts.length > 1) {
      this.found.push({ type: 'union', parts: parts.map((part) => parseSteps(`[${part.replace(/^ +| +$/g, '')}]`)) });
    } else if (key) this.found.push(...parseSteps(`.${key[1]}`));
    else this.found.push({ type: 'slice', bounds: parseBounds(text === '*' ? ':' : text) });
  }

  private filter(): void {
    const start = this.at;
    let quote: string | undefined;
    let closed = false;
    for (;;) {
      const char = this.source[this.at++];
      if (char === undefined || char === '\n') throw new JsonPathError('unterminated filter');
      if (char === '"' || char === "'") {
        if (quote === undefined) quote = char;
        else if (char === quote && this.source[this.at - 2] !== '\\') closed = true;
      } else if (char === ')' && (quote !== undefined) === closed) break;
    }
    const text = this.source.slice(start, this.at - 1);
    if (!this.take(']')) throw new JsonPathError('unclosed array expect ]');
    const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(text) ?? [];
    this.found.push(
      operator === undefined
        ? { type: 'filter', left: parseSteps(text), operator: 'exists', right: [] }
        : { type: 'filter', left: parseSteps(left as string), operator, right: parseSteps(right as string) },
    );
  }
}

function parseBounds(text: string): [SliceBound, SliceBound, SliceBound] {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!match) throw new JsonPathError(`invalid array index ${text}`);
  const bound = (source: string): SliceBound => {
    if (source === '') return { known: false, value: 0 };
    if (source === '-') throw new JsonPathError(`array index ${source} is not a number`);
    return { known: true, value: Number(source) };
  };
  const from = bound(match[1] ?? '');
  const to = match[2] === undefined ? { known: true, value: from.value + 1, derived: true } : bound(match[2].slice(1));
  return [from, to, bound(match[3]?.slice(1) ?? '')];
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** A text without its escapes; undefined where one is wrong. Upstream: strconv.UnquoteChar. */
export function unquote(text: string, quote: string): string | undefined {
  let result = '';
  for (let rest = text; rest !== '';) {
    const escape = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/s.exec(rest);
    if (!escape) {
      if (rest[0] === quote || rest[0] === '\\') return undefined;
      result += rest[0];
      rest = rest.slice(1);
      continue;
    }
    const [all, byte, short, long, octal, letter] = escape;
    const hex = byte ?? short ?? long;
    if (letter !== undefined) {
      const char = letter === quote ? quote : ESCAPES[letter];
      if (char === undefined) return undefined;
      result += char;
    } else result += String.fromCodePoint(hex === undefined ? parseInt(octal as string, 8) : parseInt(hex, 16));
    rest = rest.slice(all.length);
  }
  return result;
}
