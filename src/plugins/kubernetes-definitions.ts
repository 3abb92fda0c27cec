import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type TypeScript from 'typescript';
import type { Definition, Definitions } from '../cluster/apiserver/definitions';

const require = createRequire(import.meta.url);
/** Loaded when first used: it takes as long as everything else together. */
let ts: typeof TypeScript;

/** Go packages by the folders of kubernetes-models; other groups are `io.k8s.api.GROUP`. */
const PACKAGES: Record<string, string> = {
  '': 'io.k8s.api.core',
  'apiextensions.k8s.io': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
  'apiregistration.k8s.io': 'io.k8s.kube-aggregator.pkg.apis.apiregistration',
};
/** Types whose JSON is a number or a string. */
const SCALARS: Record<string, Definition> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { type: 'string', format: 'date-time' },
};
/** Numbers with a fraction. */
const FRACTIONS = ['maximum', 'minimum', 'multipleOf'];

/**
 * The types of the Kubernetes API with their fields and Kubernetes' own descriptions, by the names that OpenAPI documents give them.
 * Read from the declarations of the package kubernetes-models, which are made from the documents of a real server; the two fields that
 * every kind has are described in @kubernetes/client-node.
 */
export function readDefinitions(): Definitions {
  ts ??= require('typescript') as typeof TypeScript;
  const models = packageFolder('kubernetes-models');
  const machinery = packageFolder('@kubernetes-models/apimachinery', models);
  const files = [...declarations(models, false), ...declarations(machinery, true)];
  const names = new Map(files.map(({ name, alias }) => [alias, name]));
  const typeMeta = describedTypeMeta();
  return Object.fromEntries(
    files.map(({ file, name }) => [name, { ...SCALARS[name], ...readFile(file, name, names, typeMeta) }]),
  );
}

/** @param from the folder of the package that depends on it, when it is not this project */
const packageFolder = (name: string, from?: string): string =>
  path.dirname(require.resolve(`${name}/package.json`, from === undefined ? undefined : { paths: [from] }));

interface Declaration {
  file: string;
  /** `io.k8s.api.core.v1.ServicePort` */
  name: string;
  /** What other files call it: `IIoK8sApiCoreV1ServicePort`. */
  alias: string;
}

/** One file a type, in folders by group and version. Versions before v1 are not served. */
function declarations(folder: string, machinery: boolean): Declaration[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts') && !/(^|\/)(index\.d\.ts|_schemas\/|node_modules\/|extensions\/)/.test(file))
    .flatMap((file) => {
      const parts = file.slice(0, -'.d.ts'.length).split(path.sep);
      const type = parts.pop() ?? '';
      if (/v\d+(alpha|beta)\d+/.test(parts.at(-1) ?? '')) return [];
      const version = machinery ? '' : parts.pop();
      const group = parts.join('/');
      const name = machinery
        ? `io.k8s.apimachinery.pkg.${[...parts, type].join('.')}`
        : `${PACKAGES[group] ?? `io.k8s.api.${group.split('.')[0]}`}.${version}.${type}`;
      const alias = `I${name
        .split(/[.-]/)
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join('')}`;
      return [{ file: path.join(folder, file), name, alias }];
    });
}

function readFile(file: string, name: string, names: Map<string, string>, typeMeta: Record<string, string>): Definition {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const own = `I${name.split('.').at(-1)}`;
  const refer = (alias: string): string | undefined => (alias === own ? name : names.get(alias));
  const definition: Definition = {};
  ts.forEachChild(source, (node) => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text === own) Object.assign(definition, described(node, source));
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== own) return;
    const properties: Record<string, Definition> = {};
    const required: string[] = [];
    const constants: Record<string, string> = {};
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const field = (member.name as TypeScript.StringLiteral).text;
      const constant = ts.isLiteralTypeNode(member.type) && typeMeta[field] !== undefined && node.heritageClauses !== undefined;
      if (constant) {
        constants[field] = ((member.type as TypeScript.LiteralTypeNode).literal as TypeScript.StringLiteral).text;
        properties[field] = { description: typeMeta[field], type: 'string' };
        continue;
      }
      if (!member.questionToken) required.push(field);
      properties[field] = property(typeOf(member.type, refer, field), described(member, source).description);
    }
    Object.assign(definition, described(node, source), { type: 'object' });
    if (Object.keys(properties).length > 0) definition.properties = properties;
    if (required.length > 0) definition.required = required;
    if (constants.kind !== undefined) {
      const [version = '', group = ''] = (constants.apiVersion ?? '').split('/').reverse();
      definition['x-kubernetes-group-version-kind'] = [{ group, kind: constants.kind, version }];
    }
  });
  return definition;
}

/** References cannot have a description beside them. */
function property(type: Definition, description: string | undefined): Definition {
  if (description === undefined) return type;
  return type.$ref === undefined ? { description, ...type } : { allOf: [type], description };
}

function typeOf(type: TypeScript.TypeNode, refer: (alias: string) => string | undefined, field: string): Definition {
  const inner = (node: TypeScript.TypeNode): Definition => typeOf(node, refer, field);
  if (ts.isTypeLiteralNode(type)) {
    const index = type.members.find(ts.isIndexSignatureDeclaration);
    return { type: 'object', ...(index && { additionalProperties: inner(index.type) }) };
  }
  if (ts.isUnionTypeNode(type)) {
    const values = type.types.filter(ts.isLiteralTypeNode).map(({ literal }) => (literal as TypeScript.StringLiteral).text);
    return { type: 'string', enum: values };
  }
  if (ts.isLiteralTypeNode(type)) return { type: 'string', enum: [(type.literal as TypeScript.StringLiteral).text] };
  if (ts.isTypeReferenceNode(type)) {
    const name = (type.typeName as TypeScript.Identifier).text;
    if (name === 'Array') return { type: 'array', items: inner(type.typeArguments![0]!) };
    const target = refer(name);
    return target === undefined ? { type: 'object' } : { $ref: `#/components/schemas/${target}` };
  }
  if (type.kind === ts.SyntaxKind.StringKeyword) return { type: 'string' };
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return { type: 'boolean' };
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { type: FRACTIONS.includes(field) ? 'number' : 'integer' };
  return { type: 'object' };
}

/** The comment in front of a declaration, as plain text. */
function described(node: TypeScript.Node, source: TypeScript.SourceFile): { description?: string } {
  const text = source.text;
  const range = ts.getLeadingCommentRanges(text, node.getFullStart())?.at(-1);
  if (!range) return {};
  const lines = text
    .slice(range.pos + '/**'.length, range.end - '*/'.length)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  // asterisks and slashes that would have ended the comment are escaped
  const description = lines.join('\n').trim().replaceAll('\\*', '*').replaceAll('*\\/', '*/');
  return { description };
}

/** What every kind says of its apiVersion and kind. */
function describedTypeMeta(): Record<string, string> {
  const file = path.join(packageFolder('@kubernetes/client-node'), 'dist/gen/models/V1Pod.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const result: Record<string, string> = {};
  ts.forEachChild(source, (node) => {
    if (!ts.isClassDeclaration(node)) return;
    for (const member of node.members) {
      const name = member.name && ts.isStringLiteral(member.name) ? member.name.text : '';
      if (name === 'apiVersion' || name === 'kind')
        result[name] = (described(member, source).description ?? '').replaceAll("\\'", "'");
    }
  });
  return result;
}
