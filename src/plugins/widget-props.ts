import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import ts from 'typescript';

interface WidgetProp {
  /** With a dot for a part of a prop that is an object: `packet.from`. */
  name: string;
  /** As written in TypeScript. */
  type: string;
  required: boolean;
  /** The comment above it in the code. */
  doc: string;
}

export interface WidgetData {
  name: string;
  /** The comment above the component. */
  doc: string;
  props: WidgetProp[];
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
}

/** The file that `source` imports `name` from; undefined when it comes from a package. */
function importedFrom(siteDir: string, source: ts.SourceFile, name: string): string | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { name: whole, namedBindings } = statement.importClause ?? {};
    const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    if (whole?.text !== name && !named.some((element) => element.name.text === name)) continue;
    const specifier = statement.moduleSpecifier.text.replace(/^@site(?=\/)/, siteDir);
    if (!/^[./]/.test(specifier)) return undefined;
    const base = path.resolve(path.dirname(source.fileName), specifier);
    return [`${base}.ts`, `${base}.tsx`, `${base}/index.tsx`].find((file) => existsSync(file));
  }
  return undefined;
}

/** The members of the interface `name` as `source` sees it; undefined when it is not one of ours. */
function membersOf(siteDir: string, source: ts.SourceFile, name: string) {
  const own = source.statements.find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name);
  if (own && ts.isInterfaceDeclaration(own)) return { members: own.members, source };
  const file = importedFrom(siteDir, source, name);
  const other = file === undefined ? undefined : parse(file);
  const declared = other?.statements.find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name);
  return other && declared && ts.isInterfaceDeclaration(declared) ? { members: declared.members, source: other } : undefined;
}

const docOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The props that a type has, parts of objects included; throws for a type it cannot read. */
function propsOf(siteDir: string, type: ts.TypeNode, source: ts.SourceFile, prefix = ''): WidgetProp[] {
  const known = ts.isTypeLiteralNode(type)
    ? { members: type.members, source }
    : ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
      ? membersOf(siteDir, source, type.typeName.text)
      : undefined;
  if (!known) throw new Error(`${source.fileName}: cannot read the props from ${type.getText()}`);
  return known.members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || !member.type)
      throw new Error(`${source.fileName}: not a plain prop: ${member.getText()}`);
    const name = prefix + member.name.getText();
    const parts =
      ts.isTypeReferenceNode(member.type) &&
      ts.isIdentifier(member.type.typeName) &&
      membersOf(siteDir, known.source, member.type.typeName.text)
        ? propsOf(siteDir, member.type, known.source, `${name}.`)
        : [];
    const text = member.type.getText().replace(/\s+/g, ' ');
    return [{ name, type: text, required: member.questionToken === undefined, doc: docOf(member) }, ...parts];
  });
}

function widget(siteDir: string, name: string, file: string): WidgetData {
  const source = parse(file);
  const component = source.statements.find(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true,
  );
  if (!component) throw new Error(`${file} has no default function`);
  const type = component.parameters[0]?.type;
  return { name, doc: docOf(component), props: type ? propsOf(siteDir, type, source) : [] };
}

/** What src/theme/MDXComponents registers for lessons besides Markdown's own elements, read from the sources. */
export function readWidgets(siteDir: string): WidgetData[] {
  const source = parse(path.join(siteDir, 'src/theme/MDXComponents/index.tsx'));
  const registered = source.statements.find(ts.isExportAssignment)?.expression;
  if (!registered || !ts.isObjectLiteralExpression(registered))
    throw new Error('src/theme/MDXComponents exports no plain object');
  return registered.properties.filter(ts.isShorthandPropertyAssignment).map(({ name: { text } }) => {
    const file = importedFrom(siteDir, source, text);
    if (file === undefined) throw new Error(`src/theme/MDXComponents: where does ${text} come from?`);
    return widget(siteDir, text, file);
  });
}

/** Adds the page that shows authors every widget. */
export default function widgetProps({ siteDir, baseUrl }: LoadContext): Plugin<WidgetData[]> {
  return {
    name: 'widget-props',
    loadContent: () => readWidgets(siteDir),
    async contentLoaded({ content, actions }) {
      const widgets = await actions.createData('widgets.json', JSON.stringify(content));
      actions.addRoute({
        path: `${baseUrl}components/`,
        component: '@site/src/components/Catalogue',
        modules: { widgets },
        exact: true,
      });
    },
  };
}
