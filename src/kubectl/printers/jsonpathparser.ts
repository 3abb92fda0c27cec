import type { Json } from '../../cluster/apimachinery/object';

export class JsonPathError extends Error {}

/** A part of a jsonpath template, or a step of a path. */
export type PathNode =
  | { type: 'text'; text: string }
  | { type: 'list'; path: PathNode[] }
  | { type: 'range'; path: PathNode[] }
  | { type: 'end' }
  | { type: 'literal'; value: Json }
  | { type: 'field'; name: string }
  | { type: 'wildcard' }
  | { type: 'recursive' }
  | { type: 'slice'; from?: number; to?: number; step?: number; index: boolean }
  | { type: 'union'; parts: PathNode[][] }
  | { type: 'filter'; left: PathNode[]; operator: string; right: PathNode[] };

/** Splits a template into text and actions in braces. @throws JsonPathError */
export function parseJsonPath(template: string): PathNode[] {
  const nodes: PathNode[] = [];
  let rest = template;
  while (rest !== '') {
    const open = rest.indexOf('{');
    if (open !== 0) {
      nodes.push({ type: 'text', text: open < 0 ? rest : rest.slice(0, open) });
      if (open < 0) break;
      rest = rest.slice(open);
    }
    const end = closing(rest, '{', '}');
    if (end < 0) throw new JsonPathError('unclosed action');
    nodes.push(parseAction(rest.slice(1, end)));
    rest = rest.slice(end + 1);
  }
  return nodes;
}

/** Index of the bracket that closes the one at 0; quotes are skipped. */
function closing(text: string, open: string, close: string): number {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    if (quote) {
      if (char === '\\') index++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return index;
  }
  return -1;
}

function parseAction(source: string): PathNode {
  const text = source.trim();
  if (text === 'end') return { type: 'end' };
  const range = /^range\s+(.*)$/s.exec(text);
  if (range) return { type: 'range', path: parsePath(range[1] as string) };
  return { type: 'list', path: parsePath(text) };
}

function parsePath(source: string): PathNode[] {
  const steps: PathNode[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const [step, length] = parseStep(rest);
    if (step) steps.push(step);
    rest = rest.slice(length);
  }
  return steps;
}

function parseStep(text: string): [PathNode | undefined, number] {
  const quoted = /^(["'])((?:\\.|(?!\1).)*)\1/s.exec(text);
  if (quoted) return [{ type: 'text', text: unescape(quoted[2] as string) }, quoted[0].length];
  if (text.startsWith('..')) return [{ type: 'recursive' }, text[2] === '[' || text[2] === '*' ? 2 : 1];
  if (text.startsWith('$') || text.startsWith('@')) return [undefined, 1];
  if (text.startsWith('[')) {
    const end = closing(text, '[', ']');
    if (end < 0) throw new JsonPathError('unterminated array');
    return [parseBracket(text.slice(1, end)), end + 1];
  }
  if (text.startsWith('*')) return [{ type: 'wildcard' }, 1];
  if (text.startsWith('.')) {
    if (text[1] === '*') return [{ type: 'wildcard' }, 2];
    if (text[1] === '[' || text.length === 1) return [undefined, 1];
    const field = /^\.((?:\\.|[^.\s[\]{}'"@$,|&()=<>!*])+)/.exec(text);
    if (field) return [{ type: 'field', name: (field[1] as string).replace(/\\(.)/g, '$1') }, field[0].length];
  }
  const number = /^[-+]?\d+(\.\d+)?/.exec(text);
  if (number) return [{ type: 'literal', value: Number(number[0]) }, number[0].length];
  const word = /^(true|false|null)\b/.exec(text);
  if (word) return [{ type: 'literal', value: JSON.parse(word[0]) }, word[0].length];
  const space = /^\s+/.exec(text);
  if (space) return [undefined, space[0].length];
  const bare = /^[A-Za-z_][\w-]*/.exec(text);
  if (bare) throw new JsonPathError(`unrecognized identifier ${bare[0]}`);
  throw new JsonPathError(
    `unrecognized character in action: U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${text[0]}'`,
  );
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char);
}

function parseBracket(source: string): PathNode {
  const text = source.trim();
  if (text === '*') return { type: 'wildcard' };
  if (text.startsWith('?(') && text.endsWith(')')) return parseFilter(text.slice(2, -1));
  const key = /^(["'])(.*)\1$/s.exec(text);
  if (key && !/["'],/.test(text)) return { type: 'field', name: unescape(key[2] as string) };
  if (text.includes(',')) return { type: 'union', parts: text.split(',').map((part) => [parseBracket(part)]) };
  const slice = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/.exec(text);
  if (!slice || text === '') throw new JsonPathError(`invalid array index ${text}`);
  const number = (part: string | undefined) => (part ? Number(part) : undefined);
  return { type: 'slice', from: number(slice[1]), to: number(slice[2]), step: number(slice[3]), index: slice[2] === undefined };
}

function parseFilter(text: string): PathNode {
  const match = /^(.*?)(==|!=|<=|>=|<|>)(.*)$/s.exec(text);
  if (!match) return { type: 'filter', left: parsePath(text), operator: 'exists', right: [] };
  return {
    type: 'filter',
    left: parsePath(match[1] as string),
    operator: match[2] as string,
    right: parsePath(match[3] as string),
  };
}
