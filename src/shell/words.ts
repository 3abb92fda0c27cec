/** One word of a plain command line, with where it began. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/**
 * Words of a command line that holds words and quotes only, as bash would split it; undefined when it holds shell grammar
 * (pipes, redirects, variables, globs, several commands ...) or does not end (open quote).
 */
export function plainWords(line: string, home = '~'): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (c === ' ' || c === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (c === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) return undefined;
      word = (word ?? '') + line.slice(i + 1, end);
      i = end;
    } else if (c === '"') {
      word ??= '';
      for (i++; ; i++) {
        const inner = line[i];
        if (inner === undefined || inner === '$' || inner === '`') return undefined;
        if (inner === '"') break;
        if (inner === '\\' && '"\\$`'.includes(line[i + 1] ?? 'x')) word += line[++i] ?? '';
        else word += inner;
      }
    } else if (c === '\\') {
      const next = line[++i];
      if (next === undefined || next === '\n') return undefined;
      word = (word ?? '') + next;
    } else if ('|&;<>()$`*?\n\r!'.includes(c)) {
      return undefined;
    } else if (c === '#' && word === undefined) {
      break;
    } else if (c === '~' && word === undefined && /^[/\s]|^$/.test(line.slice(i + 1))) {
      word = home;
    } else if (c === '{' && isBraceExpansion(line, i + 1)) {
      return undefined;
    } else {
      word = (word ?? '') + c;
    }
  }
  if (word !== undefined) words.push(word);
  const first = words[0];
  if (first !== undefined && (/^[A-Za-z_]\w*\+?=/.test(first) || reserved.has(first))) return undefined;
  return words;
}

/** Whether what follows a `{` has a comma or two dots, and a `}` after them, before the next blank or quote. */
function isBraceExpansion(line: string, start: number): boolean {
  const blank = line.slice(start).search(/[\s'"]/);
  const rest = blank < 0 ? line.slice(start) : line.slice(start, start + blank);
  const separator = rest.search(/,|\.\./);
  return separator >= 0 && rest.indexOf('}', separator) >= 0;
}

const reserved = new Set(
  'if then else elif fi for while until do done case esac function select time { } [[ export unset set alias source . eval exec read test [ local declare shift trap printf true false let'.split(
    ' ',
  ),
);

/** Whether bash would ask for more (`> `): an open quote, here-document, loop or a line that ends in an operator. */
export function needsMore(text: string): boolean {
  let quote = '';
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (quote === '') {
      if (c === '\\') {
        if (i + 1 >= text.length || (text[i + 1] === '\n' && i + 2 >= text.length)) return true;
        plain += '_';
        i++;
      } else if (c === "'" || c === '"') {
        quote = c;
        plain += '_';
      } else if (c === '#' && /(^|[\s;])$/.test(plain)) {
        while (i + 1 < text.length && text[i + 1] !== '\n') i++;
      } else if (c === '<' && /^<<-?\s*(['"]?)([A-Za-z_]\w*)\1/.test(text.slice(i)) && text[i + 2] !== '<') {
        const here = /^<<(-?)\s*(['"]?)([A-Za-z_]\w*)\2/.exec(text.slice(i));
        const body = text.indexOf('\n', i);
        if (!here || body < 0) return true;
        const lines = text.slice(body + 1).split('\n');
        const end = lines.findIndex((line) => (here[1] ? line.replace(/^\t+/, '') : line) === here[3]);
        if (end < 0) return true;
        plain += text.slice(i, body).replace(/['"]/g, '_') + '\n';
        i = body + lines.slice(0, end + 1).join('\n').length;
      } else plain += c;
    } else if (c === '\\' && quote === '"') i++;
    else if (c === quote) quote = '';
  }
  if (quote !== '') return true;
  if (/(\||&&)\s*$/.test(plain)) return true;
  const count = (pattern: RegExp) => plain.match(pattern)?.length ?? 0;
  const opened = (open: string, close: string) =>
    count(new RegExp(`(^|[;&|\\n]|\\b(?:do|then|else)\\b)\\s*(?:${open})\\b`, 'g')) >
    count(new RegExp(`(^|[;&|\\n])\\s*${close}\\b`, 'g'));
  return opened('for|while|until', 'done') || opened('if', 'fi') || opened('case', 'esac') || count(/\(/g) > count(/\)/g);
}

/** The words before the cursor, leniently (open quotes are closed), for completion. The last one is the word at the cursor, maybe ''. */
export function wordsBefore(line: string): Word[] {
  const words: Word[] = [];
  let current: Word | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (quote === '' && /[\s|&;<>()]/.test(c)) {
      if (current) words.push({ ...current, end: i });
      current = undefined;
      if (/[|&;(]/.test(c)) words.length = 0;
    } else {
      current ??= { text: '', start: i, end: line.length };
      if (quote !== '') {
        if (c === quote) quote = '';
        else current.text += c;
      } else if (c === "'" || c === '"') quote = c;
      else current.text += c;
    }
  }
  words.push(current ?? { text: '', start: line.length, end: line.length });
  return words;
}

/** A command of a line, and whether bash goes on without waiting for it. */
interface Part {
  text: string;
  background: boolean;
}

/**
 * The line at its `&`s and at the `;` before what runs in the background; undefined when there is no `&` outside of quotes,
 * parentheses and loops.
 */
export function backgroundParts(line: string): Part[] | undefined {
  const parts: Part[] = [];
  let quote = '';
  let start = 0;
  let command = 0;
  const add = (from: number, to: number, background: boolean) => parts.push({ text: line.slice(from, to).trim(), background });
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (c === '\\' && quote !== "'") i++;
    else if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"' || c === '`') quote = c;
    else if (c === '(' || c === '{' || c === '\n' || (c === '#' && /\s/.test(line[i - 1] ?? ' '))) return undefined;
    else if (c === ';') command = i + 1;
    else if (c === '&') {
      if (line[i + 1] === '&') i++;
      else if (line[i + 1] !== '>' && !/[<>|]/.test(line[i - 1] ?? '')) {
        // a; b & c: only b goes on beside what follows
        if (command > start) add(start, command - 1, false);
        add(command, i, true);
        start = command = i + 1;
      }
    }
  }
  const rest = line.slice(start).trim();
  if (parts.length === 0 || parts.some(({ text }) => text === '')) return undefined;
  if (/(^|[;&|]\s*)(if|for|while|until|case|select|function)\s/.test(line)) return undefined;
  return rest === '' ? parts : [...parts, { text: rest, background: false }];
}
