/** In which styles a string may be written in block context. Upstream: go.yaml.in/yaml/v2 yaml_emitter_analyze_scalar. */
export interface ScalarStyles {
  plainAllowed: boolean;
  singleAllowed: boolean;
  blockAllowed: boolean;
}

const printable = (char: string) =>
  /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(char) || (char.codePointAt(0) ?? 0) > 0xffff;
const isBreak = (char: string | undefined) => char !== undefined && /[\r\n\u0085\u2028\u2029]/.test(char);
const isBlank = (char: string | undefined) => char === undefined || char === ' ' || char === '\t' || isBreak(char);

/** Looks at each character of a string for what would be read as YAML syntax. */
export function analyze(value: string): ScalarStyles {
  const chars = [...value];
  let indicators = value.startsWith('---') || value.startsWith('...');
  let special = false;
  let breaks = false;
  let breakSpace = false;
  let spaceBreak = false;
  chars.forEach((char, index) => {
    const before = chars[index - 1];
    const next = chars[index + 1];
    if (index === 0 && '#,[]{}&*!|>\'"%@`'.includes(char)) indicators = true;
    if (index === 0 && '?-'.includes(char) && isBlank(next)) indicators = true;
    if (char === ':' && isBlank(next)) indicators = true;
    if (char === '#' && index > 0 && isBlank(before)) indicators = true;
    if (!printable(char)) special = true;
    if (isBreak(char)) {
      breaks = true;
      if (before === ' ') spaceBreak = true;
    }
    if (char === ' ' && isBreak(before)) breakSpace = true;
  });
  const first = chars[0];
  const last = chars[chars.length - 1];
  const edges = first === ' ' || last === ' ' || isBreak(first) || isBreak(last);
  return {
    plainAllowed: chars.length > 0 && !indicators && !edges && !breaks && !special && !breakSpace && !spaceBreak,
    singleAllowed: !special && !breakSpace && !spaceBreak,
    blockAllowed: last !== ' ' && !special && !spaceBreak,
  };
}

const ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** A character as it stands in double quotes. */
function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const escape = ESCAPES[char];
  if (escape) return escape;
  if (printable(char) && char !== '\ufeff') return char;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** How many columns a line may have before it is folded at the next space. */
const BEST_WIDTH = 80;

/**
 * A string of one line in a style, folded where it gets too long.
 * Upstream: go.yaml.in/yaml/v2 yaml_emitter_write_plain_scalar, _single_quoted_scalar, _double_quoted_scalar.
 * @param quote none, `'` or `"`
 * @param column where it begins; undefined: it is a key, which is never folded
 * @param indent of the lines that follow
 */
export function inStyle(value: string, quote: '' | "'" | '"', column = -Infinity, indent = 0): string {
  const chars = [...value];
  let result: string = quote;
  let at = column + quote.length;
  let spaces = false;
  chars.forEach((char, index) => {
    const isInside = quote === '' || (index > 0 && index < chars.length - 1);
    const beforeSpace = chars[index + 1] === ' ';
    if (char === ' ' && isInside && !spaces && at > BEST_WIDTH && (quote === '"' || !beforeSpace)) {
      const start = quote === '"' && beforeSpace ? '\\' : '';
      result += `\n${' '.repeat(indent)}${start}`;
      at = indent + start.length;
    } else {
      const text = quote === '"' ? escaped(char) : quote === "'" && char === "'" ? "''" : char;
      result += text;
      at += [...text].length;
    }
    spaces = char === ' ';
  });
  return result + quote;
}
