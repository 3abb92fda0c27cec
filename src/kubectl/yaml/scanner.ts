/** Where the text was no YAML. `scanner`: no token could be made; otherwise tokens came in an order that means nothing. */
export class YamlProblem extends Error {
  constructor(
    readonly text: string,
    /** Counted from 0. */
    readonly line: number,
    readonly scanner: boolean,
  ) {
    super(text);
  }
}

export type TokenType =
  | 'stream end'
  | 'directive'
  | 'document start'
  | 'document end'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

interface Mark {
  index: number;
  line: number;
  column: number;
}

export interface Token {
  readonly type: TokenType;
  /** The line it begins in, from 0. */
  readonly line: number;
  /** Where it begins in the text. */
  readonly index: number;
}

/** A place where a key without `?` may have begun: known only once its colon is met. */
interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  /** Which token it would begin at, counted from the first of all. */
  readonly number: number;
  readonly mark: Mark;
}

const NO_KEY: SimpleKey = { possible: false, required: false, number: -1, mark: { index: 0, line: 0, column: 0 } };
const BREAK = /[\r\n\u0085\u2028\u2029]/;
const INDICATOR = /[-?:,[\]{}#&*!|>'"%@`]/;
/** A key on one line must have its colon within so many characters. */
const LONGEST_KEY = 1024;
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Cuts a text into the tokens that the Go library sees, for the sake of its errors: values are not kept. Tokens are made only when
 * somebody asks, because an error further on must not be told before one of the grammar. Upstream: go.yaml.in/yaml/v2 scannerc.go
 */
export class Scanner {
  #index = 0;
  #line = 0;
  #column = 0;
  #flowLevel = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #keyAllowed = true;
  /** One for each level of brackets. */
  readonly #keys: SimpleKey[] = [NO_KEY];
  readonly #tokens: Token[] = [];
  #taken = 0;

  constructor(private readonly text: string) {}

  /** The next token, which stays. Throws a YamlProblem. */
  peek(): Token {
    for (;;) {
      const [token] = this.#tokens;
      if (token && !this.#mayBecomeKey()) return token;
      this.#fetch();
    }
  }

  /** Takes the token that peek() showed. */
  take(): void {
    this.#tokens.shift();
    this.#taken++;
  }

  #mayBecomeKey(): boolean {
    const key = this.#keys.find(({ possible, number }) => possible && number === this.#taken);
    return key !== undefined && this.#isValid(key);
  }

  #fail(text: string): never {
    throw new YamlProblem(text, this.#line, true);
  }

  #at(offset = 0): string {
    return this.text[this.#index + offset] ?? '';
  }

  #isBreak(offset = 0): boolean {
    return BREAK.test(this.#at(offset));
  }

  #isBlank(offset = 0): boolean {
    const char = this.#at(offset);
    return char === ' ' || char === '\t';
  }

  #isBlankOrEnd(offset = 0): boolean {
    return this.#at(offset) === '' || this.#isBlank(offset) || this.#isBreak(offset);
  }

  #skip(count = 1): void {
    this.#index += count;
    this.#column += count;
  }

  #skipLine(): void {
    this.#index += this.text.startsWith('\r\n', this.#index) ? 2 : 1;
    this.#column = 0;
    this.#line++;
  }

  #mark(): Mark {
    return { index: this.#index, line: this.#line, column: this.#column };
  }

  #push(type: TokenType): void {
    this.#tokens.push({ type, line: this.#line, index: this.#index });
  }

  #indicator(type: TokenType, length = 1): void {
    this.#push(type);
    this.#skip(length);
  }

  // Keys

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line === this.#line && key.mark.index + LONGEST_KEY >= this.#index) return true;
    if (key.required) this.#fail("could not find expected ':'");
    key.possible = false;
    return false;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    this.#removeKey();
    const required = this.#flowLevel === 0 && this.#indent === this.#column;
    this.#keys[this.#keys.length - 1] = {
      possible: true,
      required,
      number: this.#taken + this.#tokens.length,
      mark: this.#mark(),
    };
  }

  #removeKey(): void {
    const key = this.#keys.at(-1)!;
    if (key.possible && key.required) this.#fail("could not find expected ':'");
    key.possible = false;
  }

  // Indentation

  #roll(type: TokenType, { column, line, index }: Mark = this.#mark(), number?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    const at = number === undefined ? this.#tokens.length : number - this.#taken;
    this.#tokens.splice(at, 0, { type, line, index });
  }

  #unroll(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#push('block end');
      this.#indent = this.#indents.pop()!;
    }
  }

  // Tokens

  #fetch(): void {
    this.#toNextToken();
    this.#unroll(this.#column);
    const char = this.#at();
    if (char === '') return this.#streamEnd();
    if (this.#column === 0 && char === '%') return this.#directive();
    if (this.#isDocumentIndicator()) {
      this.#reset();
      return this.#indicator(char === '-' ? 'document start' : 'document end', 3);
    }
    const nextIsBlank = this.#isBlankOrEnd(1);
    const block = this.#flowLevel === 0;
    switch (char) {
      case '[':
      case '{':
        return this.#open(char);
      case ']':
      case '}':
        return this.#close(char);
      case ',':
        this.#removeKey();
        this.#keyAllowed = true;
        return this.#indicator(',');
      case '*':
      case '&':
        return this.#anchor(char === '*' ? 'alias' : 'anchor');
      case '!':
        return this.#tag();
      case "'":
      case '"':
        return this.#quoted(char);
    }
    if (char === '-' && nextIsBlank) return this.#blockEntry();
    if (char === '?' && (!block || nextIsBlank)) return this.#key();
    if (char === ':' && (!block || nextIsBlank)) return this.#value();
    if (block && (char === '|' || char === '>')) return this.#blockScalar();
    const plain =
      (!this.#isBlankOrEnd() && !INDICATOR.test(char)) ||
      (char === '-' && !this.#isBlank(1)) ||
      (block && (char === '?' || char === ':') && !nextIsBlank);
    if (plain) return this.#plain();
    this.#fail('found character that cannot start any token');
  }

  #toNextToken(): void {
    for (;;) {
      if (this.#column === 0 && this.#at() === '\uFEFF') this.#skip();
      while (this.#at() === ' ' || ((this.#flowLevel > 0 || !this.#keyAllowed) && this.#at() === '\t')) this.#skip();
      if (this.#at() === '#') this.#skipToBreak();
      if (!this.#isBreak()) return;
      this.#skipLine();
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  #skipToBreak(): void {
    while (this.#at() !== '' && !this.#isBreak()) this.#skip();
  }

  #isDocumentIndicator(): boolean {
    return this.#column === 0 && /^(?:---|\.\.\.)$/.test(this.text.substr(this.#index, 3)) && this.#isBlankOrEnd(3);
  }

  #reset(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
  }

  #streamEnd(): void {
    if (this.#column !== 0) {
      this.#column = 0;
      this.#line++;
    }
    this.#reset();
    this.#push('stream end');
  }

  #directive(): void {
    this.#reset();
    this.#push('directive');
    this.#skip();
    const [name = ''] = /^[\w-]*/.exec(this.text.slice(this.#index)) ?? [];
    this.#skip(name.length);
    if (name === '') this.#fail('could not find expected directive name');
    if (!this.#isBlankOrEnd()) this.#fail('found unexpected non-alphabetical character');
    if (name !== 'YAML' && name !== 'TAG') this.#fail('found unknown directive name');
    this.#skipToBreak();
  }

  #open(char: '[' | '{'): void {
    this.#saveKey();
    this.#keys.push({ ...NO_KEY });
    this.#flowLevel++;
    this.#keyAllowed = true;
    this.#indicator(char);
  }

  #close(char: ']' | '}'): void {
    this.#removeKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#keys.pop();
    }
    this.#keyAllowed = false;
    this.#indicator(char);
  }

  #blockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) this.#fail('block sequence entries are not allowed in this context');
      this.#roll('block sequence');
    }
    this.#removeKey();
    this.#keyAllowed = true;
    this.#indicator('-');
  }

  #key(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) this.#fail('mapping keys are not allowed in this context');
      this.#roll('block mapping');
    }
    this.#removeKey();
    this.#keyAllowed = this.#flowLevel === 0;
    this.#indicator('key');
  }

  #value(): void {
    const key = this.#keys.at(-1)!;
    if (this.#isValid(key)) {
      const { line, index } = key.mark;
      this.#tokens.splice(key.number - this.#taken, 0, { type: 'key', line, index });
      this.#roll('block mapping', key.mark, key.number);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keyAllowed) this.#fail('mapping values are not allowed in this context');
        this.#roll('block mapping');
      }
      this.#keyAllowed = this.#flowLevel === 0;
    }
    this.#indicator('value');
  }

  #anchor(type: 'alias' | 'anchor'): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#indicator(type);
    const [name = ''] = /^[\w-]*/.exec(this.text.slice(this.#index)) ?? [];
    this.#skip(name.length);
    if (name === '' || !(this.#isBlankOrEnd() || /[?:,\]}%@`]/.test(this.#at())))
      this.#fail('did not find expected alphabetic or numeric character');
  }

  #tag(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#push('tag');
    while (!this.#isBlankOrEnd() && !(this.#flowLevel > 0 && /[,[\]{}]/.test(this.#at()))) this.#skip();
  }

  #blockScalar(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    this.#indicator('scalar');
    const [header = ''] = /^(?:[-+]\d?|\d[-+]?)?/.exec(this.text.slice(this.#index)) ?? [];
    if (header.includes('0')) this.#fail('found an indentation indicator equal to 0');
    this.#skip(header.length);
    while (this.#isBlank()) this.#skip();
    if (this.#at() === '#') this.#skipToBreak();
    if (this.#at() !== '' && !this.#isBreak()) this.#fail('did not find expected comment or line break');
    if (this.#isBreak()) this.#skipLine();
    const increment = Number(/\d/.exec(header)?.[0] ?? 0);
    let indent = increment > 0 ? Math.max(this.#indent, 0) + increment : 0;
    indent = this.#blockScalarBreaks(indent);
    while (this.#column === indent && this.#at() !== '') {
      this.#skipToBreak();
      if (this.#isBreak()) this.#skipLine();
      indent = this.#blockScalarBreaks(indent);
    }
  }

  /** Skips empty lines and the indentation of the next; finds out how far a block is indented when that is not known (0). */
  #blockScalarBreaks(indent: number): number {
    let deepest = 0;
    for (;;) {
      while ((indent === 0 || this.#column < indent) && this.#at() === ' ') this.#skip();
      deepest = Math.max(deepest, this.#column);
      if ((indent === 0 || this.#column < indent) && this.#at() === '\t')
        this.#fail('found a tab character where an indentation space is expected');
      if (!this.#isBreak()) break;
      this.#skipLine();
    }
    return indent === 0 ? Math.max(deepest, this.#indent + 1, 1) : indent;
  }

  #quoted(quote: "'" | '"'): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#indicator('scalar');
    for (;;) {
      if (this.#isDocumentIndicator()) this.#fail('found unexpected document indicator');
      if (this.#at() === '') this.#fail('found unexpected end of stream');
      if (this.#isBreak()) this.#skipLine();
      else if (this.#at() === quote) {
        if (quote === '"' || this.#at(1) !== "'") return this.#skip();
        this.#skip(2);
      } else if (quote === '"' && this.#at() === '\\') this.#escape();
      else this.#skip();
    }
  }

  #escape(): void {
    if (this.#isBreak(1)) {
      this.#skip();
      return this.#skipLine();
    }
    const char = this.#at(1);
    const digits = HEX_DIGITS[char];
    if (digits === undefined) {
      if (char === '' || !/[0abt\tnvfre "'\\N_LP]/.test(char)) this.#fail('found unknown escape character');
      return this.#skip(2);
    }
    this.#skip(2);
    const code = this.text.substr(this.#index, digits);
    if (code.length < digits || !/^[\da-fA-F]+$/.test(code)) this.#fail('did not find expected hexdecimal number');
    const value = parseInt(code, 16);
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) this.#fail('found invalid Unicode character escape code');
    this.#skip(digits);
  }

  #plain(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#push('scalar');
    const indent = this.#indent + 1;
    let newLine = false;
    for (;;) {
      if (this.#isDocumentIndicator() || this.#at() === '#') break;
      while (!this.#isBlankOrEnd()) {
        const char = this.#at();
        if ((char === ':' && this.#isBlankOrEnd(1)) || (this.#flowLevel > 0 && /[,?[\]{}]/.test(char))) break;
        newLine = false;
        this.#skip();
      }
      if (!this.#isBlank() && !this.#isBreak()) break;
      while (this.#isBlank() || this.#isBreak()) {
        if (this.#isBreak()) {
          this.#skipLine();
          newLine = true;
        } else {
          if (newLine && this.#column < indent && this.#at() === '\t')
            this.#fail('found a tab character that violates indentation');
          this.#skip();
        }
      }
      if (this.#flowLevel === 0 && this.#column < indent) break;
    }
    if (newLine) this.#keyAllowed = true;
  }
}
