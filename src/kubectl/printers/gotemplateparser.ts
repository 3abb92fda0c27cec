import { unquote } from './jsonpathparser';
import { tokenize, type Token } from './gotemplatelexer';

/** Why a template cannot be read or run. */
export class GoTemplateError extends Error {}

interface Placed {
  /** Offset in the template. */
  at: number;
}

export type Operand = Placed &
  (
    | { type: 'number' | 'string' | 'bool' | 'char'; value: number | string | boolean; text: string; float?: boolean }
    | { type: 'nil' | 'dot' }
    | { type: 'field'; path: string[] }
    | { type: 'variable'; name: string; path: string[] }
    | { type: 'function'; name: string }
    | { type: 'pipeline'; pipeline: Pipeline }
    | { type: 'chain'; operand: Operand; path: string[] }
  );

export interface Command extends Placed {
  operands: Operand[];
}

export interface Pipeline extends Placed {
  /** Variables the result is put into. */
  variables: string[];
  /** `=` instead of `:=`. */
  assigns: boolean;
  commands: Command[];
}

interface Block extends Placed {
  pipeline: Pipeline;
  body: TemplateNode[];
  otherwise?: TemplateNode[];
}

export type TemplateNode =
  | (Placed & { type: 'text'; text: string })
  | (Placed & { type: 'print'; pipeline: Pipeline })
  | (Placed & { type: 'break' | 'continue' })
  | (Placed & { type: 'template'; name: string; pipeline?: Pipeline })
  | (Block & { type: 'if' | 'with' })
  | RangeNode;

export type RangeNode = Block & { type: 'range' };

/** A node or an operand as Go prints it back. */
export function operandText(operand: Operand): string {
  switch (operand.type) {
    case 'nil':
      return 'nil';
    case 'dot':
      return '.';
    case 'field':
      return operand.path.map((name) => `.${name}`).join('');
    case 'variable':
      return [operand.name, ...operand.path].join('.');
    case 'function':
      return operand.name;
    case 'pipeline':
      return `(${pipelineText(operand.pipeline)})`;
    case 'chain':
      return `${operandText(operand.operand)}.${operand.path.join('.')}`;
    default:
      return operand.text;
  }
}

export const commandText = ({ operands }: Command): string => operands.map(operandText).join(' ');

export function pipelineText({ variables, assigns, commands }: Pipeline): string {
  const head = variables.length > 0 ? `${variables.join(', ')} ${assigns ? '=' : ':='} ` : '';
  return head + commands.map(commandText).join(' | ');
}

export function nodeText(node: TemplateNode): string {
  const list = (nodes: readonly TemplateNode[]) => nodes.map(nodeText).join('');
  switch (node.type) {
    case 'text':
      return node.text;
    case 'print':
      return `{{${pipelineText(node.pipeline)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.type}}}`;
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${node.pipeline ? ` ${pipelineText(node.pipeline)}` : ''}}}`;
    default:
      return `{{${node.type} ${pipelineText(node.pipeline)}}}${list(node.body)}${node.otherwise ? `{{else}}${list(node.otherwise)}` : ''}{{end}}`;
  }
}

export interface Template {
  nodes: TemplateNode[];
  /** Those of {{define}} and {{block}}. */
  defined: Map<string, TemplateNode[]>;
}

/** Reads a template. @param functions the names there are @throws GoTemplateError Upstream: text/template/parse, parse.go. */
export function parseTemplate(source: string, functions: ReadonlySet<string>): Template {
  return new Parser(tokenize(source), functions).template();
}

type BlockEnd = 'end' | 'else';

/** Parentheses in each other. Upstream: text/template/parse maxStackDepth, 10,000. */
const MAX_DEPTH = 500;

class Parser {
  private index = 0;
  private depth = 0;
  private variables = ['$'];
  private ranges = 0;
  private actionLine = 0;
  private readonly defined = new Map<string, TemplateNode[]>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly functions: ReadonlySet<string>,
  ) {}

  template(): Template {
    const nodes: TemplateNode[] = [];
    while (this.peek().type !== 'end') {
      if (this.peek().type === 'left' && this.afterSpace(1).text === 'define') this.definition();
      else {
        const node = this.textOrAction();
        if (typeof node === 'string') this.fail(`unexpected {{${node}}}`);
        nodes.push(node);
      }
    }
    return { nodes, defined: this.defined };
  }

  private definition(): void {
    this.next();
    this.nextWord();
    const name = this.templateName('define clause');
    this.expect('right', 'define clause');
    const { nodes, end } = this.list();
    if (end !== 'end') this.fail(`unexpected {{${end}}} in define clause`);
    this.defined.set(name, nodes);
  }

  private templateName(context: string): string {
    const token = this.nextWord();
    if (token.type !== 'string' && token.type !== 'raw string') this.unexpected(token, context);
    return this.text(token);
  }

  private text(token: Token): string {
    if (token.type === 'raw string') return token.text.slice(1, -1);
    const value = unquote(token.text.slice(1, -1), '"');
    if (value === undefined) this.fail('invalid syntax');
    return value;
  }

  private textOrAction(): TemplateNode | BlockEnd {
    const token = this.nextWord();
    if (token.type === 'text') return { type: 'text', text: token.text, at: token.at };
    if (token.type !== 'left') this.unexpected(token, 'input');
    this.actionLine = token.line;
    const node = this.action();
    this.actionLine = 0;
    return node;
  }

  private action(): TemplateNode | BlockEnd {
    const token = this.nextWord();
    if (token.type !== 'keyword') {
      this.index--;
      const pipeline = this.pipeline('command', 'right');
      return { type: 'print', pipeline, at: token.at };
    }
    switch (token.text) {
      case 'end':
        this.expect('right', 'end');
        return 'end';
      case 'else':
        if (!['if', 'with'].includes(this.afterSpace(0).text)) this.expect('right', 'else');
        return 'else';
      case 'if':
      case 'with':
      case 'range':
        return this.block(token.text, token.at);
      case 'break':
      case 'continue': {
        const next = this.nextWord();
        if (next.type !== 'right') this.unexpected(next, `{{${token.text}}}`);
        if (this.ranges === 0) this.fail(`{{${token.text}}} outside {{range}}`);
        return { type: token.text, at: token.at };
      }
      case 'template': {
        const name = this.templateName('template clause');
        const { at } = this.tokens[this.index - 1] as Token;
        const plain = this.afterSpace(0).type === 'right';
        if (plain) this.nextWord();
        return { type: 'template', name, at, ...(!plain && { pipeline: this.pipeline('template clause', 'right') }) };
      }
      case 'block': {
        const name = this.templateName('block clause');
        const pipeline = this.pipeline('block clause', 'right');
        const { nodes, end } = this.list();
        if (end !== 'end') this.fail(`unexpected {{${end}}} in block clause`);
        this.defined.set(name, nodes);
        return { type: 'template', name, pipeline, at: token.at };
      }
      default:
        return this.unexpected(token, 'command');
    }
  }

  private block(type: 'if' | 'with' | 'range', at: number): TemplateNode {
    const { length } = this.variables;
    const pipeline = this.pipeline(type, 'right');
    if (type === 'range') this.ranges++;
    const { nodes: body, end } = this.list();
    if (type === 'range') this.ranges--;
    let otherwise: TemplateNode[] | undefined;
    if (end === 'else') {
      const next = this.afterSpace(0);
      if (type !== 'range' && next.text === type && next.type === 'keyword') {
        this.nextWord();
        otherwise = [this.block(type, next.at)];
      } else {
        const rest = this.list();
        if (rest.end !== 'end') this.fail(`expected end; found {{${rest.end}}}`);
        otherwise = rest.nodes;
      }
    }
    this.variables.length = length;
    return { type, pipeline, body, at, ...(otherwise && { otherwise }) };
  }

  private list(): { nodes: TemplateNode[]; end: BlockEnd } {
    const nodes: TemplateNode[] = [];
    while (this.afterSpace(0).type !== 'end') {
      const node = this.textOrAction();
      if (typeof node === 'string') return { nodes, end: node };
      nodes.push(node);
    }
    return this.fail('unexpected EOF');
  }

  private pipeline(context: string, end: 'right' | ')'): Pipeline {
    const start = this.afterSpace(0);
    const pipeline: Pipeline = { variables: [], assigns: false, commands: [], at: start.at };
    this.declarations(pipeline, context);
    for (;;) {
      const token = this.nextWord();
      if (token.type === end) break;
      const starts = [
        'bool',
        'char constant',
        'dot',
        'field',
        'identifier',
        'number',
        'nil',
        'raw string',
        'string',
        'variable',
        '(',
      ];
      if (!starts.includes(token.type)) this.unexpected(token, context);
      this.index--;
      pipeline.commands.push(this.command());
    }
    if (pipeline.commands.length === 0) this.fail(`missing value for ${context}`);
    pipeline.commands.slice(1).forEach(({ operands: [first] }, index) => {
      if (first && ['bool', 'dot', 'nil', 'number', 'char', 'string'].includes(first.type))
        this.fail(`non executable command in pipeline stage ${index + 2}`);
    });
    return pipeline;
  }

  private declarations(pipeline: Pipeline, context: string): void {
    for (;;) {
      this.skipSpace();
      const variable = this.peek();
      if (variable.type !== 'variable') return;
      const next = this.afterSpace(1);
      if (next.type !== 'assign' && !(next.type === 'char' && next.text === ',')) return;
      this.next();
      this.nextWord();
      pipeline.variables.push(variable.text);
      this.variables.push(variable.text);
      if (next.type === 'assign') {
        pipeline.assigns = next.text === '=';
        return;
      }
      if (context !== 'range' || pipeline.variables.length >= 2) this.fail(`too many declarations in ${context}`);
      if (!['variable', 'right', ')'].includes(this.afterSpace(0).type)) this.fail('range can only initialize variables');
    }
  }

  private command(): Command {
    this.skipSpace();
    const command: Command = { operands: [], at: this.peek().at };
    for (;;) {
      this.skipSpace();
      const operand = this.operand();
      if (operand) command.operands.push(operand);
      const token = this.next();
      if (token.type === 'space') continue;
      if (token.type === 'right' || token.type === ')') this.index--;
      else if (token.type !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (command.operands.length === 0) this.fail('empty command');
    return command;
  }

  private operand(): Operand | undefined {
    const term = this.term();
    if (!term || this.peek().type !== 'field') return term;
    const { at } = this.peek();
    const path: string[] = [];
    while (this.peek().type === 'field') path.push(this.next().text.slice(1));
    if (term.type === 'field' || term.type === 'variable') return { ...term, path: [...term.path, ...path], at };
    if (term.type !== 'function' && term.type !== 'pipeline')
      this.fail(`unexpected . after term ${JSON.stringify(operandText(term))}`);
    return { type: 'chain', operand: term, path, at };
  }

  private term(): Operand | undefined {
    this.skipSpace();
    const token = this.next();
    const { at, text } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.functions.has(text)) this.fail(`function ${JSON.stringify(text)} not defined`);
        return { type: 'function', name: text, at };
      case 'dot':
        return { type: 'dot', at };
      case 'nil':
        return { type: 'nil', at };
      case 'variable':
        if (!this.variables.includes(text)) this.fail(`undefined variable ${JSON.stringify(text)}`);
        return { type: 'variable', name: text, path: [], at };
      case 'field':
        return { type: 'field', path: [text.slice(1)], at };
      case 'bool':
        return { type: 'bool', value: text === 'true', text, at };
      case 'char constant':
        return { type: 'char', value: unquote(text.slice(1, -1), "'")?.codePointAt(0) ?? 0, text, at };
      case 'number': {
        const value = Number(text.replaceAll('_', '').replace(/^([-+]?)0(\d+)$/, '$10o$2'));
        if (Number.isNaN(value)) this.fail(`bad number syntax: ${JSON.stringify(text)}`);
        return { type: 'number', value, text, at, float: /[.eEpP]/.test(text) && !/^[-+]?0[xX]/.test(text) };
      }
      case '(':
        if (++this.depth > MAX_DEPTH) this.fail('max expression depth exceeded');
        try {
          return { type: 'pipeline', pipeline: this.pipeline('parenthesized pipeline', ')'), at };
        } finally {
          this.depth--;
        }
      case 'string':
      case 'raw string':
        return { type: 'string', value: this.text(token), text, at };
      default:
        this.index--;
        return undefined;
    }
  }

  private peek(): Token {
    return (this.tokens[this.index] ?? this.tokens.at(-1)) as Token;
  }

  private next(): Token {
    const token = this.peek();
    this.index++;
    return token;
  }

  private skipSpace(): void {
    while (this.peek().type === 'space') this.index++;
  }

  private nextWord(): Token {
    this.skipSpace();
    return this.next();
  }

  /** The token that comes next, from so many tokens ahead on, spaces left out. */
  private afterSpace(ahead: number): Token {
    let index = this.index + ahead;
    while (this.tokens[index]?.type === 'space') index++;
    return (this.tokens[index] ?? this.tokens.at(-1)) as Token;
  }

  private expect(type: Token['type'], context: string): void {
    const token = this.nextWord();
    if (token.type !== type) this.unexpected(token, context);
  }

  private unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${tokenText(token)} in ${context}`);
    const elsewhere = this.actionLine !== 0 && this.actionLine !== token.line;
    const place = `${token.text.endsWith(' action') ? '' : ' in action'} started at output:${this.actionLine}`;
    return this.fail(`${token.text}${elsewhere ? place : ''}`);
  }

  private fail(message: string): never {
    const { line } = this.tokens[Math.max(0, this.index - 1)] ?? this.peek();
    throw new GoTemplateError(`template: output:${line}: ${message}`);
  }
}

function tokenText({ type, text }: Token): string {
  if (type === 'end') return 'EOF';
  if (type === 'keyword') return `<${text}>`;
  return text.length > 10 ? `${JSON.stringify(text.slice(0, 10))}...` : JSON.stringify(text);
}
