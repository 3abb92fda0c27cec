import type { Json } from '../../cluster/apimachinery/object';
import { callFunction, truth } from './gofunctions';
import { goValue } from './customcolumns';
import { GoTemplateError, parseTemplate, type Operand, type Pipeline, type TemplateNode } from './gotemplateparser';

export { GoTemplateError } from './gotemplateparser';

/** A Go text/template, as in `-o go-template='{{range .items}}{{.metadata.name}}{{end}}'`. */
export class GoTemplate {
  private readonly nodes: TemplateNode[];

  constructor(source: string) {
    this.nodes = parseTemplate(source);
  }

  print(data: Json): string {
    return run(this.nodes, data, new Map([['$', data]]));
  }
}

type Variables = Map<string, Json>;

function run(nodes: readonly TemplateNode[], dot: Json, variables: Variables): string {
  let text = '';
  for (const node of nodes) text += runNode(node, dot, variables);
  return text;
}

function runNode(node: TemplateNode, dot: Json, variables: Variables): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'print': {
      const value = evaluate(node.pipeline, dot, variables);
      return node.pipeline.variables.length > 0 ? '' : printed(value);
    }
    case 'if':
    case 'with': {
      const scope = new Map(variables);
      const value = evaluate(node.pipeline, dot, scope);
      if (!truth(value)) return run(node.otherwise, dot, new Map(variables));
      return run(node.body, node.type === 'with' ? value : dot, scope);
    }
    case 'range':
      return runRange(node, dot, variables);
  }
}

function runRange(node: Extract<TemplateNode, { type: 'range' }>, dot: Json, variables: Variables): string {
  const value = evaluate({ ...node.pipeline, variables: [] }, dot, variables);
  const entries: [Json, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : typeof value === 'object' && value !== null
      ? Object.keys(value)
          .sort()
          .map((key) => [key, value[key]])
      : [];
  if (entries.length === 0) {
    if (typeof value !== 'object' && value !== undefined) throw new GoTemplateError(`range can't iterate over ${printed(value)}`);
    return run(node.otherwise, dot, new Map(variables));
  }
  const names = node.pipeline.variables;
  return entries
    .map(([key, item]) => {
      const scope = new Map(variables);
      if (names.length === 1) scope.set(names[0] as string, item);
      if (names.length === 2) {
        scope.set(names[0] as string, key);
        scope.set(names[1] as string, item);
      }
      return run(node.body, item, scope);
    })
    .join('');
}

function evaluate(pipeline: Pipeline, dot: Json, variables: Variables): Json {
  let value: Json;
  pipeline.commands.forEach((command, index) => {
    const [first, ...rest] = command;
    const last = index > 0 ? [value] : [];
    if (first?.type === 'function') {
      value = callFunction(first.name, [...rest.map((operand) => resolve(operand, dot, variables)), ...last]);
    } else {
      if (rest.length > 0 || index > 0) throw new GoTemplateError("can't give argument to non-function");
      value = resolve(first as Operand, dot, variables);
    }
  });
  if (pipeline.variables.length > 0) variables.set(pipeline.variables[0] as string, value);
  return value;
}

function resolve(operand: Operand, dot: Json, variables: Variables): Json {
  switch (operand.type) {
    case 'literal':
      return operand.value;
    case 'function':
      return callFunction(operand.name, []);
    case 'pipeline':
      return fields(evaluate(operand.pipeline, dot, variables), operand.path);
    case 'variable':
      if (!variables.has(operand.name)) throw new GoTemplateError(`undefined variable "${operand.name}"`);
      return fields(variables.get(operand.name), operand.path);
    case 'dot':
      return fields(dot, operand.path);
  }
}

function fields(value: Json, path: readonly string[]): Json {
  let result = value;
  for (const name of path) {
    if (result === undefined || result === null) return undefined;
    if (typeof result !== 'object' || Array.isArray(result)) {
      throw new GoTemplateError(
        `executing "output" at <.${path.join('.')}>: can't evaluate field ${name} in type ${typeName(result)}`,
      );
    }
    result = Object.hasOwn(result, name) ? result[name] : undefined;
  }
  return result;
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return '[]interface {}';
  return typeof value === 'number' ? 'float64' : typeof value === 'boolean' ? 'bool' : 'string';
}

function printed(value: Json): string {
  return value === undefined || value === null ? '<no value>' : goValue(value);
}
