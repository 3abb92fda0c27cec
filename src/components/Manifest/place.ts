import { yamlLanguage } from '@codemirror/lang-yaml';
import type { Json } from '../../cluster/apimachinery/object';

type SyntaxNode = ReturnType<typeof yamlLanguage.parser.parse>['topNode'];

/** Keys and indexes from the top of a document. */
export type Path = readonly (string | number)[];

/** A place in a manifest where something can be written. */
export interface Place {
  /** `key`: a field of the mapping at `path` is being written; `value`: what stands at `path`. */
  wanted: 'key' | 'value';
  path: Path;
  /** The part of the text that is being written, up to its end even where the cursor stands inside. */
  from: number;
  to: number;
  /** Columns before a key. */
  indent: number;
  /** A colon follows the key already. */
  colon: boolean;
  /** Between braces or brackets. */
  flow: boolean;
  /** The key is the first of its mapping: without a colon it may as well be an item of a list of words. */
  alone: boolean;
  /** The keys that the mapping has besides. */
  siblings: readonly string[];
  /** The document as far as it can be read, and the whole file. */
  document: Json;
  documents: readonly Json[];
}

/** A field that is written in a manifest. */
interface WrittenField {
  path: Path;
  from: number;
  to: number;
  document: Json;
}

const WORD = /^[\w./-]*/;
const KEY = /^(\s*(?:-\s+)*)(["']?\w[\w./-]*|["']?)$/;
const VALUE = /:\s+["']?([\w./-]*)$/;
const FLOW = /[[{,]\s*["']?([\w./-]*)$/;

/** Where `position` stands in a manifest that may be unfinished there; undefined where nothing of the API is written. */
export function placeAt(text: string, position: number): Place | undefined {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const before = text.slice(start, position);
  if (/(^|\s)#/.test(before)) return undefined;
  const asKey = KEY.exec(before);
  const word = (asKey?.[2] ?? VALUE.exec(before)?.[1] ?? FLOW.exec(before)?.[1])?.replace(/^["']/, '');
  if (word === undefined) return undefined;
  const from = position - word.length;
  const to = position + WORD.exec(text.slice(position))![0].length;
  const colon = /^["']?\s*:(\s|$)/.test(text.slice(to));
  // what is not finished is finished for the parser
  const end = asKey && !colon ? ':' : '';
  const finished = `${text.slice(0, from)}x${text.slice(from, to)}${end}${text.slice(to)}`;
  const tree = yamlLanguage.parser.parse(finished);
  const node = tree.resolveInner(from + 1, -1);
  if (!/^(Quoted)?Literal$/.test(node.name)) return undefined;
  const key = node.parent?.name === 'Key' ? node.parent : undefined;
  const pair = key?.parent ?? undefined;
  const holder = pair ? pair.parent! : node;
  const siblings = pair ? holder.getChildren('Pair').filter((other) => other.from !== pair.from) : [];
  return {
    wanted: key ? 'key' : 'value',
    path: pathTo(holder, finished),
    from,
    to,
    indent: asKey ? asKey[1]!.length : 0,
    colon,
    flow: !asKey && FLOW.test(before),
    alone: siblings.length === 0,
    siblings: siblings.map((other) => keyOf(other, finished)),
    document: toJson(rootOf(node), finished),
    documents: tree.topNode.getChildren('Document').map((other) => toJson(contents(other), finished)),
  };
}

/** The field whose key or plain value stands at `position`. */
export function fieldAt(text: string, position: number): WrittenField | undefined {
  const tree = yamlLanguage.parser.parse(text);
  for (const side of [1, -1] as const) {
    const node = tree.resolveInner(position, side);
    if (!/^(Quoted)?Literal$/.test(node.name)) continue;
    const key = node.parent?.name === 'Key' ? node.parent : undefined;
    const document = toJson(rootOf(node), text);
    const path = key ? [...pathTo(key.parent!.parent!, text), keyOf(key.parent!, text)] : pathTo(node, text);
    return { path, from: node.from, to: node.to, document };
  }
  return undefined;
}

const unquoted = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

function keyOf(pair: SyntaxNode, text: string): string {
  const key = pair.getChild('Key');
  return key ? unquoted(text.slice(key.from, key.to)) : '';
}

function pathTo(node: SyntaxNode, text: string): Path {
  const path: (string | number)[] = [];
  for (let at: SyntaxNode | null = node; at?.parent; at = at.parent) {
    const { parent } = at;
    if (parent.name === 'Pair') path.unshift(keyOf(parent, text));
    else if (at.name === 'Item') path.unshift(parent.getChildren('Item').findIndex((item) => item.from === at!.from));
  }
  return path;
}

const contents = (document: SyntaxNode): SyntaxNode | null =>
  document.getChild('BlockMapping') ?? document.getChild('FlowMapping');

function rootOf(node: SyntaxNode): SyntaxNode | null {
  let at: SyntaxNode | null = node;
  while (at && at.name !== 'Document') at = at.parent;
  return at && contents(at);
}

/** What a node says: mappings and sequences of text. */
function toJson(node: SyntaxNode | null | undefined, text: string): Json {
  switch (node?.name) {
    case 'BlockMapping':
    case 'FlowMapping':
      return Object.fromEntries(node.getChildren('Pair').map((pair) => [keyOf(pair, text), toJson(valueOf(pair), text)]));
    case 'BlockSequence':
    case 'FlowSequence':
      return node.getChildren('Item').map((item) => toJson(item.firstChild, text));
    case 'Literal':
    case 'QuotedLiteral':
      return unquoted(text.slice(node.from, node.to));
    default:
      return undefined;
  }
}

function valueOf(pair: SyntaxNode): SyntaxNode | null {
  const last = pair.lastChild;
  return last && last.name !== 'Key' && last.name !== ':' ? last : null;
}
