export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'identifier'
  | 'keyword'
  | 'field'
  | 'variable'
  | 'dot'
  | 'nil'
  | 'bool'
  | 'number'
  | 'char constant'
  | 'string'
  | 'raw string'
  | 'pipe'
  | '('
  | ')'
  | 'assign'
  | 'char'
  | 'error'
  | 'end';

export interface Token {
  type: TokenType;
  text: string;
  /** Offset in the template. */
  at: number;
  line: number;
}

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);

/** The tokens of a Go template; the last is its end or an error. Upstream: text/template/parse, lex.go. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const push = (type: TokenType, length: number, text = source.slice(at, at + length)) => {
    tokens.push({ type, text, at, line });
    line += source.slice(at, at + length).split('\n').length - 1;
    at += length;
    return type !== 'error';
  };
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const text = source.slice(at, open < 0 ? source.length : open);
    const trimmed = open >= 0 && /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4));
    const shown = trimmed ? text.trimEnd() : text;
    if (shown !== '') tokens.push({ type: 'text', text: shown, at, line });
    line += text.split('\n').length - 1;
    at += text.length;
    if (open < 0) break;
    const inner = at + (trimmed ? 3 : 2);
    const comment = /^[ \t\r\n]*\/\*/.exec(trimmed ? source.slice(inner) : source.slice(inner, inner + 2));
    if (comment) {
      const close = source.indexOf('*/', inner);
      if (close < 0) {
        push('error', 0, 'unclosed comment');
        return tokens;
      }
      const end = /^(?:[ \t\r\n]-)?\}\}/.exec(source.slice(close + 2));
      if (!end) {
        push('error', 0, 'comment ends before closing delimiter');
        return tokens;
      }
      const next = close + 2 + end[0].length;
      line += source.slice(at, next).split('\n').length - 1;
      at = next + (end[0].length > 2 ? blankLength(source, next) : 0);
      continue;
    }
    push('left', inner - at);
    let depth = 0;
    for (;;) {
      const rest = source.slice(at);
      const closing = /^(?:[ \t\r\n]-)?\}\}/.exec(rest);
      if (closing && depth > 0) {
        push('error', 0, 'unclosed left paren');
        return tokens;
      }
      if (closing) {
        push('right', closing[0].length);
        if (closing[0].length > 2) {
          const blanks = blankLength(source, at);
          line += source.slice(at, at + blanks).split('\n').length - 1;
          at += blanks;
        }
        break;
      }
      if (rest === '') {
        push('error', 0, 'unclosed action');
        return tokens;
      }
      if (rest[0] === '(') depth++;
      if (rest[0] === ')' && --depth < 0) {
        push('error', 0, 'unexpected right paren');
        return tokens;
      }
      const [type, length, message] = insideAction(rest);
      if (!push(type, length, message)) return tokens;
    }
  }
  push('end', 0, '');
  return tokens;
}

const blankLength = (source: string, at: number) => (/^[ \t\r\n]*/.exec(source.slice(at)) as RegExpExecArray)[0].length;

/** Type and length of the token in front; for errors also what is wrong. */
function insideAction(rest: string): [TokenType, number, string?] {
  const char = String.fromCodePoint(rest.codePointAt(0) as number);
  if (/^[ \t\r\n]/.test(rest)) {
    const blanks = (/^[ \t\r\n]+/.exec(rest) as RegExpExecArray)[0];
    // the blank in front of `-}}` belongs to it
    return ['space', /^-\}\}/.test(rest.slice(blanks.length)) ? Math.max(1, blanks.length - 1) : blanks.length];
  }
  if (char === '=') return ['assign', 1];
  if (char === ':') return rest[1] === '=' ? ['assign', 2] : ['error', 0, 'expected :='];
  if (char === '|') return ['pipe', 1];
  if (char === '(' || char === ')') return [char, 1];
  if (char === '"' || char === "'") return quoted(rest, char);
  if (char === '`') {
    const end = rest.indexOf('`', 1);
    return end < 0 ? ['error', 0, 'unterminated raw quoted string'] : ['raw string', end + 1];
  }
  if (char === '$') return named(rest, 'variable');
  if (char === '.' && !/^\.\d/.test(rest)) return named(rest, 'field');
  if (/^(?:[-+]|\.?\d)/.test(rest)) return number(rest);
  if (/^[_\p{L}\p{Nd}]/u.test(rest)) return identifier(rest);
  if (/^[!-~]/.test(rest)) return ['char', 1];
  return ['error', 0, `unrecognized character in action: ${unicode(char)}`];
}

/** A character as Go's %#U prints it. */
function unicode(char: string): string {
  const code = (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return /^[ -~]|^[^\p{C}\p{Z}]/u.test(char) ? `U+${code} '${char}'` : `U+${code}`;
}

function quoted(rest: string, quote: string): [TokenType, number, string?] {
  const match = (quote === '"' ? /^"(?:\\[^\n]|[^"\\\n])*"/ : /^'(?:\\[^\n]|[^'\\\n])*'/).exec(rest);
  if (match) return [quote === '"' ? 'string' : 'char constant', match[0].length];
  return ['error', 0, quote === '"' ? 'unterminated quoted string' : 'unterminated character constant'];
}

/** Nothing may stand right behind a word but these. */
function badFollower(rest: string, length: number): string | undefined {
  const next = rest.slice(length);
  if (next === '' || /^(?:[ \t\r\n.,|:()]|\}\})/.test(next)) return undefined;
  return `bad character ${unicode(String.fromCodePoint(next.codePointAt(0) as number))}`;
}

function named(rest: string, type: 'field' | 'variable'): [TokenType, number, string?] {
  const { length } = (/^.[_\p{L}\p{Nd}]*/u.exec(rest) as RegExpExecArray)[0];
  const bad = badFollower(rest, length);
  if (bad !== undefined) return ['error', 0, bad];
  return [type === 'field' && length === 1 ? 'dot' : type, length];
}

function identifier(rest: string): [TokenType, number, string?] {
  const [word] = /^[_\p{L}\p{Nd}]+/u.exec(rest) as RegExpExecArray;
  const bad = badFollower(rest, word.length);
  if (bad !== undefined) return ['error', 0, bad];
  if (KEYWORDS.has(word)) return ['keyword', word.length];
  if (word === 'nil') return ['nil', 3];
  return [word === 'true' || word === 'false' ? 'bool' : 'identifier', word.length];
}

function number(rest: string): [TokenType, number, string?] {
  const [digits] = /^[-+]?(?:0[xX][\da-fA-F_]*|0[bB][01_]*|0[oO][0-7_]*|[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?[\d_]*)?)i?/.exec(
    rest,
  ) ?? [''];
  const next = rest.slice(digits.length);
  const wrong = /^[_\p{L}\p{Nd}]/u.exec(next);
  if (wrong) return ['error', 0, `bad number syntax: ${JSON.stringify(digits + wrong[0])}`];
  return ['number', digits.length];
}
