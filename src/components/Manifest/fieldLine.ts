import { yamlLanguage } from '@codemirror/lang-yaml';

type SyntaxNode = ReturnType<typeof yamlLanguage.parser.parse>['topNode'];

/** A field path as the API names it, e.g. `spec.ports[0].nodePort` or `metadata.annotations[a/b]`, in its parts. */
export function pathOf(field: string): (string | number)[] {
  const parts: (string | number)[] = [];
  for (const match of field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)) {
    const key = match[1];
    if (key === undefined) parts.push(match[0]);
    else parts.push(/^\d+$/.test(key) ? Number(key) : key.replace(/^"(.*)"$/, '$1'));
  }
  return parts;
}

const unquote = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

function children(node: SyntaxNode, name: string): SyntaxNode[] {
  return node.getChildren(name);
}

/** The value node below a mapping's pair or a sequence's item. */
function valueOf(node: SyntaxNode): SyntaxNode | undefined {
  const last = node.lastChild;
  return last && last.name !== 'Key' && last.name !== ':' && last.name !== '-' ? last : undefined;
}

/**
 * Position in `text` of a field of its `document`-th YAML document (from 0). Where the field is not written, of the nearest part of
 * its path that is. undefined when the document has nothing of it.
 */
export function fieldPosition(text: string, document: number, field: string | undefined): number | undefined {
  const tree = yamlLanguage.parser.parse(text);
  const documents = children(tree.topNode, 'Document').filter(
    (node) => node.getChild('BlockMapping') ?? node.getChild('FlowMapping'),
  );
  const root = documents[document];
  if (!root) return undefined;
  let value: SyntaxNode | undefined = root.getChild('BlockMapping') ?? root.getChild('FlowMapping') ?? undefined;
  let found: number | undefined;
  for (const part of pathOf(field ?? '')) {
    if (!value) break;
    if (typeof part === 'number') {
      const item: SyntaxNode | undefined = children(value, 'Item')[part];
      if (!item) break;
      value = valueOf(item);
      found = value ? value.from + /^\s*/.exec(text.slice(value.from, value.to))![0].length : item.from;
    } else {
      const pair: SyntaxNode | undefined = children(value, 'Pair').find((candidate) => {
        const key = candidate.getChild('Key');
        return key !== null && unquote(text.slice(key.from, key.to)) === part;
      });
      if (!pair) break;
      value = valueOf(pair);
      found = pair.from;
    }
  }
  return found ?? (root.getChild('BlockMapping') ?? root.getChild('FlowMapping'))?.firstChild?.from;
}
