import type { Json } from '../../cluster/apimachinery/object';
import { FUNCTIONS, FunctionError, truth, type TemplateFunction } from './gofunctions';
import {
  commandText,
  GoTemplateError,
  nodeText,
  operandText,
  parseTemplate,
  pipelineText,
  type Command,
  type Operand,
  type Pipeline,
  type RangeNode,
  type Template,
  type TemplateNode,
} from './gotemplateparser';
import { goType } from './gotype';
import { GoInt, goValue, plain } from './govalue';

export { GoTemplateError } from './gotemplateparser';

/** A value as Go's reflection sees it. */
interface Value {
  /** Undefined: there is none, not even null. */
  value: Json;
  /** An element of a map or list, whose type is `interface {}` whatever is in there. */
  element?: boolean;
}

const NOTHING: Value = { value: undefined };
const NAMES = new Set(Object.keys(FUNCTIONS));

/** A Go text/template, as in `-o go-template='{{range .items}}{{.metadata.name}}{{end}}'`. */
export class GoTemplate {
  private readonly template: Template;

  /** @throws GoTemplateError */
  constructor(
    private readonly source: string,
    private readonly options: { allowMissing: boolean } = { allowMissing: true },
  ) {
    this.template = parseTemplate(source, NAMES);
  }

  /** @param write gets the text, also what comes before an error @throws GoTemplateError */
  print(data: Json, write: (text: string) => void): void {
    new Run(this.source, this.template, this.options.allowMissing, write).template(this.template.nodes, { value: data });
  }
}

interface Variable {
  name: string;
  value: Value;
}

class LoopSignal extends Error {
  constructor(readonly kind: 'break' | 'continue') {
    super(kind);
  }
}

/** Nodes that one execution may go through, elements of a range, characters that it may make. */
const LIMITS = { nodes: 100_000, characters: 1_000_000 };

/** One execution. Upstream: text/template, exec.go. */
class Run {
  private variables: Variable[] = [];
  /** What errors are told about. */
  private node: { at: number; text: string } = { at: 0, text: '' };
  private depth = 0;
  private nodes = 0;
  private characters = 0;

  constructor(
    private readonly source: string,
    private readonly parsed: Template,
    private readonly allowMissing: boolean,
    private readonly write: (text: string) => void,
  ) {}

  template(nodes: readonly TemplateNode[], dot: Value): void {
    if (++this.depth > 1000) this.fail('exceeded maximum template depth (100000)');
    const saved = this.variables;
    this.variables = [{ name: '$', value: dot }];
    this.list(nodes, dot);
    this.variables = saved;
    this.depth--;
  }

  private list(nodes: readonly TemplateNode[], dot: Value): void {
    for (const node of nodes) this.one(node, dot);
  }

  private one(node: TemplateNode, dot: Value): void {
    this.at(node.at, () => nodeText(node));
    if (++this.nodes > LIMITS.nodes) this.fail('this simulator stops a template that goes on for so long');
    switch (node.type) {
      case 'text':
        return this.print(node.text);
      case 'print': {
        const { value } = this.pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0)
          this.print(value === undefined || value === null ? '<no value>' : goValue(value));
        return;
      }
      case 'break':
      case 'continue':
        throw new LoopSignal(node.type);
      case 'template': {
        const nodes = this.parsed.defined.get(node.name);
        if (!nodes) return this.fail(`template ${JSON.stringify(node.name)} not defined`);
        return this.template(nodes, node.pipeline ? this.pipeline(node.pipeline, dot) : NOTHING);
      }
      case 'range':
        return this.scoped(() => this.range(node, dot));
      default:
        return this.scoped(() => {
          const value = this.pipeline(node.pipeline, dot);
          if (truth(value.value)) this.list(node.body, node.type === 'with' ? value : dot);
          else this.list(node.otherwise ?? [], dot);
        });
    }
  }

  private print(text: string): void {
    this.checkLength((this.characters += text.length));
    this.write(text);
  }

  private checkLength(characters: number): void {
    if (characters > LIMITS.characters) this.fail(`this simulator prints up to ${LIMITS.characters} characters`);
  }

  private scoped(run: () => void): void {
    const { length } = this.variables;
    try {
      run();
    } finally {
      this.variables.length = length;
    }
  }

  private range(node: RangeNode, dot: Value): void {
    const value = plain(this.pipeline(node.pipeline, dot).value);
    const names = node.pipeline.variables;
    if (typeof value === 'number' && value > LIMITS.nodes) this.fail('this simulator stops a template that goes on for so long');
    const entries = entriesOf(value);
    if (!entries) this.fail(`range can't iterate over ${goValue(value)}`);
    if (entries.length === 0) return this.list(node.otherwise ?? [], dot);
    for (const [key, element] of entries) {
      try {
        this.scoped(() => {
          const item: Value = { value: element, element: typeof value === 'object' };
          const given = names.length === 2 ? [{ value: key }, item] : [item];
          names.forEach((name, index) => {
            if (node.pipeline.assigns) this.assign(name, given[index] as Value);
            else this.variables.push({ name, value: given[index] as Value });
          });
          this.list(node.body, item);
        });
      } catch (signal) {
        if (!(signal instanceof LoopSignal)) throw signal;
        if (signal.kind === 'break') return;
      }
    }
  }

  private assign(name: string, value: Value): void {
    const variable = this.variables.findLast((candidate) => candidate.name === name);
    if (!variable) this.fail(`undefined variable: ${name}`);
    variable.value = value;
  }

  private pipeline(pipeline: Pipeline, dot: Value): Value {
    this.at(pipeline.at, () => pipelineText(pipeline));
    let value: Value | undefined;
    for (const command of pipeline.commands) value = { value: this.command(command, dot, value).value };
    const result = value ?? NOTHING;
    // those of a range are set for each element
    for (const name of pipeline.variables.slice(0, pipeline.variables.length === 1 ? 1 : 0)) {
      if (pipeline.assigns) this.assign(name, result);
      else this.variables.push({ name, value: result });
    }
    return result;
  }

  /** @param last what the stage before has given */
  private command(command: Command, dot: Value, last?: Value): Value {
    const [first, ...others] = command.operands as [Operand, ...Operand[]];
    if (first.type === 'function') return this.call(first.name, command, others, dot, last);
    const hasArguments = others.length > 0 || last !== undefined;
    if (first.type === 'field' || first.type === 'variable' || first.type === 'chain') {
      return this.fields(first, dot, hasArguments);
    }
    if (first.type !== 'pipeline') this.at(first.at, () => operandText(first));
    if (hasArguments) this.fail(`can't give argument to non-function ${operandText(first)}`);
    if (first.type === 'nil') this.fail('nil is not a command');
    return this.operand(first, dot);
  }

  private operand(operand: Operand, dot: Value): Value {
    switch (operand.type) {
      case 'dot':
        return dot;
      case 'nil':
        return { value: null };
      case 'function':
        return this.call(operand.name, { operands: [operand], at: operand.at }, [], dot);
      case 'pipeline':
        return this.pipeline(operand.pipeline, dot);
      case 'field':
      case 'variable':
      case 'chain':
        return this.fields(operand, dot, false);
      case 'number':
        return { value: operand.float ? operand.value : new GoInt(operand.value as number) };
      default:
        return { value: operand.value };
    }
  }

  private fields(operand: Extract<Operand, { type: 'field' | 'variable' | 'chain' }>, dot: Value, hasArguments: boolean): Value {
    this.at(operand.at, () => operandText(operand));
    let value = dot;
    if (operand.type === 'variable') {
      const found = this.variables.findLast((candidate) => candidate.name === operand.name);
      if (!found) this.fail(`undefined variable: ${operand.name}`);
      if (operand.path.length === 0 && hasArguments) this.fail(`can't give argument to non-function ${operandText(operand)}`);
      value = found.value;
    } else if (operand.type === 'chain') {
      value = { value: this.operand(operand.operand, dot).value };
    }
    operand.path.forEach((name, index) => {
      value = this.field(value, name, hasArguments && index === operand.path.length - 1);
    });
    return value;
  }

  private field({ value, element }: Value, name: string, hasArguments: boolean): Value {
    if (value === undefined) {
      if (!this.allowMissing) this.fail(`nil data; no entry for key ${JSON.stringify(name)}`);
      return NOTHING;
    }
    const type = element ? 'interface {}' : goType(value);
    if (value === null) this.fail(`nil pointer evaluating ${type}.${name}`);
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof GoInt)
      return this.fail(`can't evaluate field ${name} in type ${type}`);
    if (hasArguments) this.fail(`${name} is not a method but has arguments`);
    if (Object.hasOwn(value, name)) return { value: value[name], element: true };
    if (!this.allowMissing) this.fail(`map has no entry for key ${JSON.stringify(name)}`);
    return NOTHING;
  }

  private call(name: string, command: Command, operands: readonly Operand[], dot: Value, last?: Value): Value {
    const [first] = command.operands as [Operand];
    this.at(first.at, () => name);
    const definition = FUNCTIONS[name] as TemplateFunction;
    const count = operands.length + (last ? 1 : 0);
    const { least, most } = definition;
    if (most === undefined ? count < least : count !== least) {
      this.fail(
        `wrong number of args for ${name}: want ${most === undefined ? `at least ${least}` : least} got ${most === undefined ? operands.length : count}`,
      );
    }
    if (name === 'and' || name === 'or') {
      let value = NOTHING;
      for (const operand of operands) {
        value = this.operand(operand, dot);
        if (truth(value.value) === (name === 'or')) return value;
      }
      return last ?? value;
    }
    const values = operands.map((operand, index) => this.argument(operand, dot, definition.text?.(index) ?? false));
    if (last) values.push(this.checked(last.value, definition.text?.(operands.length) ?? false));
    this.at(command.at, () => commandText(command));
    this.checkLength(values.reduce((sum: number, value) => sum + (typeof value === 'string' ? value.length : 0), 0));
    try {
      const value = definition.run(...values);
      if (name !== 'call') return { value };
      // JSON has no functions
      throw new FunctionError(`non-function ${operandText(operands[0] as Operand)} of type ${goType(values[0])}`);
    } catch (error) {
      if (error instanceof FunctionError) this.fail(`error calling ${name}: ${error.message}`);
      throw error;
    }
  }

  /** @param text the function wants a string here */
  private argument(operand: Operand, dot: Value, text: boolean): Json {
    this.at(operand.at, () => operandText(operand));
    const constant = ['number', 'bool', 'char', 'nil'].includes(operand.type);
    if (text && operand.type === 'nil') this.fail('cannot assign nil to string');
    if (text && constant) this.fail(`expected string; found ${operandText(operand)}`);
    return this.checked(this.operand(operand, dot).value, text);
  }

  private checked(value: Json, text: boolean): Json {
    if (!text || typeof value === 'string') return value;
    if (value === undefined || value === null) this.fail('invalid value; expected string');
    return this.fail(`wrong type for value; expected string; got ${goType(value)}`);
  }

  private at(at: number, text: () => string): void {
    this.node = {
      at,
      get text() {
        return text();
      },
    };
  }

  private fail(message: string): never {
    const before = this.source.slice(0, this.node.at);
    const line = before.split('\n').length;
    const column = before.length - (before.lastIndexOf('\n') + 1);
    throw new GoTemplateError(`template: output:${line}:${column}: executing "output" at <${this.node.text}>: ${message}`);
  }
}

/** What a range goes through; undefined where it cannot. */
function entriesOf(value: Json): [Json, Json][] | undefined {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item, index) => [new GoInt(index), item]);
  if (Number.isInteger(value))
    return Array.from({ length: Math.max(0, value) }, (_, index) => [new GoInt(index), new GoInt(index)]);
  if (typeof value !== 'object') return undefined;
  return Object.keys(value)
    .sort()
    .map((key) => [key, value[key]]);
}
