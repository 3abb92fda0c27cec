import { Scanner, type TokenType, YamlProblem } from './scanner';

/** What is read of a document at most. The Go library's own depth is 10,000; it knows no limit of tokens. */
const LIMITS = { depth: 64, tokens: 20_000 };

/**
 * Where the first document of a text ends, of which alone the Go library makes an object; 0 when there is none.
 * Upstream: go.yaml.in/yaml/v2 parserc.go
 * @throws YamlProblem at the first thing for which that library does not take the text as YAML, or at a limit
 */
export function endOfDocument(text: string): number {
  return new Grammar(text).document();
}

class Grammar {
  readonly #scanner: Scanner;
  #depth = 0;
  #taken = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  document(): number {
    if (this.#isNext('stream end')) return 0;
    let explicit = false;
    while (this.#takes('directive')) explicit = true;
    if (this.#takes('document start')) {
      if (!this.#isNext('directive', 'document start', 'document end', 'stream end')) this.#node(true, false);
    } else {
      if (explicit) this.#fail('did not find expected <document start>');
      this.#node(true, false);
    }
    // what follows is looked at, and no more
    return this.#scanner.peek().index;
  }

  #isNext(...types: TokenType[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  #takes(type: TokenType): boolean {
    if (!this.#isNext(type)) return false;
    if (++this.#taken > LIMITS.tokens)
      throw new YamlProblem(`more than ${LIMITS.tokens} tokens: this simulator reads no more`, 0, false);
    this.#scanner.take();
    return true;
  }

  #fail(text: string): never {
    throw new YamlProblem(text, this.#scanner.peek().line, false);
  }

  #node(block: boolean, indentless: boolean): void {
    if (this.#depth > LIMITS.depth) throw new YamlProblem(`exceeded max depth of ${LIMITS.depth}`, 0, false);
    this.#depth++;
    this.#content(block, indentless);
    this.#depth--;
  }

  #content(block: boolean, indentless: boolean): void {
    if (this.#takes('alias')) return;
    const anchor = this.#takes('anchor');
    const tag = this.#takes('tag');
    const named = anchor || tag || false;
    if (tag && !anchor) this.#takes('anchor');
    if (indentless && this.#isNext('-')) return this.#entries('key', 'value', 'block end');
    if (this.#takes('scalar')) return;
    if (this.#takes('[')) return this.#flowSequence();
    if (this.#takes('{')) return this.#flowMapping();
    if (block && this.#takes('block sequence')) {
      this.#entries('block end');
      if (!this.#takes('block end')) this.#fail("did not find expected '-' indicator");
      return;
    }
    if (block && this.#takes('block mapping')) return this.#blockMapping();
    if (!named) this.#fail('did not find expected node content');
  }

  /** Items of a list; one before another item or any of `ends` is empty. */
  #entries(...ends: TokenType[]): void {
    while (this.#takes('-')) if (!this.#isNext('-', ...ends)) this.#node(true, false);
  }

  #blockMapping(): void {
    const isEmpty = () => this.#isNext('key', 'value', 'block end');
    while (!this.#takes('block end')) {
      if (!this.#takes('key')) this.#fail('did not find expected key');
      if (!isEmpty()) this.#node(true, true);
      if (this.#takes('value') && !isEmpty()) this.#node(true, true);
    }
  }

  #flowSequence(): void {
    for (let first = true; !this.#takes(']'); first = false) {
      if (!first) {
        if (!this.#takes(',')) this.#fail("did not find expected ',' or ']'");
        if (this.#takes(']')) return;
      }
      if (this.#takes('key')) {
        if (!this.#isNext('value', ',', ']')) this.#node(false, false);
        if (this.#takes('value') && !this.#isNext(',', ']')) this.#node(false, false);
      } else this.#node(false, false);
    }
  }

  #flowMapping(): void {
    for (let first = true; !this.#takes('}'); first = false) {
      if (!first) {
        if (!this.#takes(',')) this.#fail("did not find expected ',' or '}'");
        if (this.#takes('}')) return;
      }
      if (this.#takes('key')) {
        if (!this.#isNext('value', ',', '}')) this.#node(false, false);
        if (this.#takes('value') && !this.#isNext(',', '}')) this.#node(false, false);
      } else this.#node(false, false);
    }
  }
}
