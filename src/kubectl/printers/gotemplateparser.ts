import type { Json } from '../../cluster/apimachinery/object';

export class GoTemplateError extends Error {}

export type Operand =
  | { type: 'literal'; value: Json }
  | { type: 'dot'; path: string[] }
  | { type: 'variable'; name: string; path: string[] }
  | { type: 'function'; name: string }
  | { type: 'pipeline'; pipeline: Pipeline; path: string[] };

export interface Pipeline {
  /** Variables the result is put into. */
  variables: string[];
  commands: Operand[][];
}

interface Block {
  pipeline: Pipeline;
  body: TemplateNode[];
  otherwise: TemplateNode[];
}

export type TemplateNode =
  | { type: 'text'; text: string }
  | { type: 'print'; pipeline: Pipeline }
  | ({ type: 'if' } & Block)
  | ({ type: 'with' } & Block)
  | ({ type: 'range' } & Block);

interface Part {
  action: boolean;
  text: string;
}

/** Reads a template. @throws GoTemplateError */
export function parseTemplate(source: string): TemplateNode[] {
  const reader = new Reader(split(source));
  const { nodes, end } = reader.nodes();
  if (end) throw new GoTemplateError(`unexpected {{${end}}}`);
  return nodes;
}

function split(source: string): Part[] {
  const parts: Part[] = [];
  let rest = source;
  let trim = false;
  while (rest !== '') {
    const open = rest.indexOf('{{');
    let text = open < 0 ? rest : rest.slice(0, open);
    if (trim) text = text.trimStart();
    if (open < 0) {
      parts.push({ action: false, text });
      break;
    }
    const close = actionEnd(rest, open + 2);
    if (close < 0) throw unfinished(rest.slice(open + 2));
    let action = rest.slice(open + 2, close);
    if (/^-\s/.test(action)) {
      action = action.slice(1);
      text = text.trimEnd();
    }
    trim = /\s-$/.test(action);
    if (trim) action = action.slice(0, -1);
    if (text) parts.push({ action: false, text });
    if (!action.trim().startsWith('/*')) parts.push({ action: true, text: action.trim() });
    rest = rest.slice(close + 2);
  }
  return parts;
}

function unfinished(action: string): GoTemplateError {
  const text = action.trim();
  return new GoTemplateError(text.endsWith('.') ? 'unexpected "." in operand' : 'unclosed action');
}

function actionEnd(text: string, from: number): number {
  let quote = '';
  for (let index = from; index < text.length; index++) {
    const char = text[index] as string;
    if (quote) {
      if (char === '\\' && quote === '"') index++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === '`') quote = char;
    else if (text.startsWith('}}', index)) return index;
  }
  return -1;
}

/** Puts the parts into blocks. */
class Reader {
  private at = 0;

  constructor(private readonly parts: readonly Part[]) {}

  nodes(): { nodes: TemplateNode[]; end?: string } {
    const nodes: TemplateNode[] = [];
    while (this.at < this.parts.length) {
      const part = this.parts[this.at++] as Part;
      if (!part.action) {
        nodes.push({ type: 'text', text: part.text });
        continue;
      }
      const keyword = /^(if|range|with)\b(.*)$/s.exec(part.text);
      if (keyword) nodes.push(this.block(keyword[1] as 'if', keyword[2] as string));
      else if (/^(end|else)\b/.test(part.text)) return { nodes, end: part.text };
      else nodes.push({ type: 'print', pipeline: parsePipeline(part.text) });
    }
    return { nodes };
  }

  private block(type: 'if' | 'range' | 'with', source: string): TemplateNode {
    const pipeline = parsePipeline(source);
    const { nodes: body, end } = this.nodes();
    if (end === undefined) throw new GoTemplateError('unexpected EOF');
    if (end === 'end') return { type, pipeline, body, otherwise: [] };
    const chained = /^else\s+(if|with)\b(.*)$/s.exec(end);
    if (chained) return { type, pipeline, body, otherwise: [this.block(chained[1] as 'if', chained[2] as string)] };
    const rest = this.nodes();
    if (rest.end !== 'end') throw new GoTemplateError('unexpected EOF');
    return { type, pipeline, body, otherwise: rest.nodes };
  }
}

const TOKEN =
  /\s*("(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])'|:=|[=|(),]|\$[\w]*(?:\.[\w]+)*|(?:\.[A-Za-z_][\w]*)+|\.|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)/y;

function parsePipeline(source: string): Pipeline {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = source.trim();
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new GoTemplateError(`unexpected ${JSON.stringify(text[at])} in operand`);
    tokens.push(match[1] as string);
  }
  const state = { tokens, at: 0 };
  const pipeline = readPipeline(state);
  if (state.at < tokens.length) throw new GoTemplateError(`unexpected ${JSON.stringify(tokens[state.at])} in operand`);
  return pipeline;
}

interface State {
  tokens: string[];
  at: number;
}

function readPipeline(state: State): Pipeline {
  const variables: string[] = [];
  const assignment = state.tokens.findIndex((token, index) => index >= state.at && (token === ':=' || token === '='));
  if (assignment >= 0) {
    variables.push(...state.tokens.slice(state.at, assignment).filter((token) => token !== ','));
    state.at = assignment + 1;
  }
  const commands: Operand[][] = [[]];
  while (state.at < state.tokens.length && state.tokens[state.at] !== ')') {
    const token = state.tokens[state.at++] as string;
    if (token === '|') commands.push([]);
    else (commands.at(-1) as Operand[]).push(readOperand(token, state));
  }
  if (commands.some((command) => command.length === 0)) throw new GoTemplateError('missing value for command');
  return { variables, commands };
}

function readOperand(token: string, state: State): Operand {
  if (token === '(') {
    const pipeline = readPipeline(state);
    if (state.tokens[state.at++] !== ')') throw new GoTemplateError('unclosed left paren');
    const next = state.tokens[state.at];
    if (!next || !/^\.\w/.test(next)) return { type: 'pipeline', pipeline, path: [] };
    state.at++;
    return { type: 'pipeline', pipeline, path: next.slice(1).split('.') };
  }
  if (token.startsWith('"')) return { type: 'literal', value: JSON.parse(token) };
  if (token.startsWith('`')) return { type: 'literal', value: token.slice(1, -1) };
  if (token.startsWith('$')) {
    const [name = '$', ...path] = token.split('.');
    return { type: 'variable', name, path };
  }
  if (token === '.') return { type: 'dot', path: [] };
  if (token.startsWith('.')) return { type: 'dot', path: token.slice(1).split('.') };
  if (/^-?\d/.test(token)) return { type: 'literal', value: Number(token) };
  if (token === 'true' || token === 'false') return { type: 'literal', value: token === 'true' };
  if (token === 'nil') return { type: 'literal', value: null };
  return { type: 'function', name: token };
}
