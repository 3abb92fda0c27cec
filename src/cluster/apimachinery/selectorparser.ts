/** A requirement as it is written, not checked yet. */
export interface WrittenRequirement {
  key: string;
  operator: string;
  /** Sorted, each once. */
  values: string[];
}

type Kind = 'identifier' | 'end' | 'error' | (typeof SYMBOLS)[number] | 'in' | 'notin';

interface Token {
  kind: Kind;
  text: string;
}

const SYMBOLS = [')', ',', '!', '==', '=', '>', '<', '!=', '('] as const;
const BINARY = 'in, notin, =, ==, !=, gt, lt';

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(/^[ \t\r\n]+/, '');
    if (rest === '') break;
    const [symbols] = /^[=!(),<>]+/.exec(rest) ?? [];
    if (symbols !== undefined) {
      // as many signs as make one
      const kind = SYMBOLS.find((symbol) => symbol.length === 2 && symbols.startsWith(symbol)) ?? (symbols[0] as Kind);
      found.push({ kind, text: kind });
      rest = rest.slice(kind.length);
      continue;
    }
    const [word = ''] = /^[^ \t\r\n=!(),<>]+/.exec(rest) ?? [];
    found.push({ kind: word === 'in' || word === 'notin' ? word : 'identifier', text: word });
    rest = rest.slice(word.length);
  }
  return found;
}

/** Reads `a=b,c!=d,e in (x,y),f,!g`. Upstream: k8s.io/apimachinery/pkg/labels Parser. */
export class SelectorParser {
  private readonly tokens: Token[];
  private at = 0;

  /** @param checkKey throws where a key is none */
  constructor(
    text: string,
    private readonly checkKey: (key: string) => void,
  ) {
    this.tokens = tokens(text);
  }

  /** The requirements, each as soon as it is read. @throws Error with upstream's text */
  *requirements(): Generator<WrittenRequirement, void, void> {
    for (;;) {
      const next = this.peek();
      if (next.kind === 'end') return;
      if (next.kind !== 'identifier' && next.kind !== '!')
        throw new Error(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      yield this.requirement();
      const separator = this.take();
      if (separator.kind === 'end') return;
      if (separator.kind !== ',') throw new Error(`found '${separator.text}', expected: ',' or 'end of string'`);
      const { kind, text } = this.peek();
      if (kind !== 'identifier' && kind !== '!') throw new Error(`found '${text}', expected: identifier after ','`);
    }
  }

  private requirement(): WrittenRequirement {
    const absent = this.peek().kind === '!';
    if (absent) this.at++;
    const key = this.take();
    if (key.kind !== 'identifier') throw this.wrong(key, ', expected: identifier');
    this.checkKey(key.text);
    if (absent) return { key: key.text, operator: '!', values: [] };
    const { kind } = this.peek();
    if (kind === 'end' || kind === ',') return { key: key.text, operator: 'exists', values: [] };
    const operator = this.take(false);
    if (!['in', 'notin', '=', '==', '!=', '>', '<'].includes(operator.kind)) throw this.wrong(operator, `, expected: ${BINARY}`);
    const several = operator.kind === 'in' || operator.kind === 'notin';
    const values = several ? this.values() : [this.exactValue()];
    return { key: key.text, operator: operator.kind, values: [...new Set(values)].sort() };
  }

  private values(): string[] {
    const open = this.take();
    if (open.kind !== '(') throw this.wrong(open, " expected: '('");
    const first = this.peek();
    if (first.kind === ')') {
      this.at++;
      return [''];
    }
    if (first.kind !== 'identifier' && first.kind !== ',') throw this.wrong(first, ", expected: ',', ')' or identifier");
    const values = this.list();
    if (this.take().kind !== ')') throw this.wrong(first, ", expected: ')'");
    return values;
  }

  private list(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.take();
      const next = this.peek();
      if (token.kind === 'identifier') {
        values.push(token.text);
        if (next.kind === ')') return values;
        if (next.kind !== ',') throw this.wrong(next, ", expected: ',' or ')'");
      } else if (token.kind === ',') {
        if (values.length === 0 || next.kind === ')' || next.kind === ',') values.push('');
        if (next.kind === ')') return values;
        if (next.kind === ',') this.at++;
      } else throw this.wrong(token, ", expected: ',', or identifier");
    }
  }

  private exactValue(): string {
    const { kind } = this.peek();
    if (kind === 'end' || kind === ',') return '';
    const value = this.take();
    if (value.kind !== 'identifier') throw this.wrong(value, ', expected: identifier');
    return value.text;
  }

  private wrong({ text }: Token, expected: string): Error {
    return new Error(`unable to parse requirement: found '${text}'${expected}`);
  }

  /** @param asValue `in` and `notin` are words like others */
  private peek(asValue = true): Token {
    const token = this.tokens[this.at] ?? { kind: 'end', text: '' };
    return asValue && (token.kind === 'in' || token.kind === 'notin') ? { ...token, kind: 'identifier' } : token;
  }

  private take(asValue = true): Token {
    const token = this.peek(asValue);
    this.at++;
    return token;
  }
}
