import type { Document, YAMLParseError } from 'yaml';

interface Problem {
  text: string;
  /** Errors of the scanner name the line counted from 1, those of the parser from 0 (and none for the first). */
  scanner: boolean;
}

const OPEN_LIST = "did not find expected ',' or ']'";
const NO_CONTENT = 'did not find expected node content';
const OPEN_MAP = "did not find expected ',' or '}'";

/** What the Go library would say about a document's first error, with its line: undefined when there is none. */
export function describeYamlError(document: Document.Parsed, text: string): string | undefined {
  const error = document.errors[0];
  if (!error) return undefined;
  const { problem, offset } = explain(error, text);
  // the parser meets the end of the text in a line of its own
  const unended = !problem.scanner && offset >= text.length && !text.endsWith('\n');
  const line = text.slice(0, offset).split('\n').length - 1 + (unended ? 1 : 0);
  const shown = problem.scanner ? line + 1 : line;
  return shown > 0 ? `line ${shown}: ${problem.text}` : problem.text;
}

function explain(error: YAMLParseError, text: string): { problem: Problem; offset: number } {
  const [start] = error.pos;
  const at = (problem: string, scanner: boolean, offset = start) => ({ problem: { text: problem, scanner }, offset });
  if (/closing ["']quote|Missing closing/.test(error.message)) return at('found unexpected end of stream', true, text.length);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return at(tabProblem(text, start), true);
    case 'MULTILINE_IMPLICIT_KEY':
      return at("could not find expected ':'", true, nextColonLine(text, start));
    case 'MISSING_CHAR':
      if (/flow|must end with|Flow/.test(error.message)) return flow(error, text, start);
      return at("could not find expected ':'", true, lineAfter(text, start));
    case 'BAD_INDENT':
      if (/Flow/i.test(error.message)) return flow(error, text, start);
      return at('did not find expected key', false);
    case 'BAD_ALIAS':
      return at('did not find expected alphabetic or numeric character', true);
    case 'UNEXPECTED_TOKEN':
      if (/tab/i.test(error.message)) return at(tabProblem(text, start), true);
      if (/[@`]/.test(text[start] ?? '')) return at('found character that cannot start any token', true);
      return at('did not find expected key', false);
    case 'BAD_SCALAR_START':
      return at('found character that cannot start any token', true);
    case 'BAD_DQ_ESCAPE':
      return at('found unknown escape character', true);
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return at('mapping values are not allowed in this context', true, colonBehind(text, start));
    default:
      return at('did not find expected key', false);
  }
}

/** A plain value may go on in the next line, which a tab cannot indent. Elsewhere a tab is just no token. */
function tabProblem(text: string, start: number): string {
  const before = text.slice(0, text.lastIndexOf('\n', start) + 1).trimEnd();
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const plain = line !== '' && !/(?:^|\s)#|(?:[:\-"'\]}]|[|>][-+]?\d?)$/.test(line);
  return plain ? 'found a tab character that violates indentation' : 'found character that cannot start any token';
}

/** The first colon from here on that stands between a key and a value. */
function colonBehind(text: string, offset: number): number {
  const found = text.slice(offset).search(/:(?=\s|$)/);
  return found < 0 ? text.length : offset + found;
}

/** A list or map in brackets that does not end: the parser stumbles over the first token that fits nowhere. */
function flow(error: YAMLParseError, text: string, start: number) {
  const map = /map|}/.test(error.message);
  const rest = text.slice(start);
  const token = rest.search(/\S/);
  const offset = token < 0 ? text.length : start + token;
  const empty = offset === text.length && /[[{,]\s*$/.test(text);
  return { problem: { text: empty ? NO_CONTENT : map ? OPEN_MAP : OPEN_LIST, scanner: false }, offset };
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function nextColonLine(text: string, offset: number): number {
  const colon = text.indexOf(':', lineAfter(text, offset) - 1);
  return colon < 0 ? text.length : colon;
}
