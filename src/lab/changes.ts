import type { Json } from '../cluster/apimachinery/object';

/** One value that is added, taken away or changed. */
export interface Change {
  /** `spec.ports[0].port`; items that have names go by them: `spec.ports[http].port` */
  path: string;
  before?: string;
  after?: string;
}

/** What differs between two objects, value by value, in the order of their fields. `passOver`: names of fields that do not count. */
export function changesBetween(before: Json, after: Json, passOver?: RegExp): Change[] {
  return differences(before, after, '', passOver);
}

function differences(before: Json, after: Json, path: string, passOver: RegExp | undefined): Change[] {
  if (before === after) return [];
  if (isParent(before) || isParent(after)) {
    if (Array.isArray(before ?? after) !== Array.isArray(after ?? before)) return [change(path, before, after)];
    const [old, fresh] = [partsOf(before, after, passOver), partsOf(after, before, passOver)];
    if (old.size === 0 && fresh.size === 0)
      return before === undefined || after === undefined ? [change(path, before, after)] : [];
    return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) =>
      differences(old.get(key), fresh.get(key), path + key, passOver),
    );
  }
  return [change(path, before, after)];
}

const isParent = (value: Json): boolean => typeof value === 'object' && value !== null;

function change(path: string, before: Json, after: Json): Change {
  return {
    path: path.replace(/^\./, ''),
    ...(before !== undefined && { before: text(before) }),
    ...(after !== undefined && { after: text(after) }),
  };
}

const text = (value: Json): string => (typeof value === 'string' ? value || '""' : JSON.stringify(value));

/** The parts of an object or list by what stands for them in a path. Items go by name where all on both sides have one of their own. */
function partsOf(value: Json, other: Json, passOver: RegExp | undefined): Map<string, Json> {
  if (!isParent(value)) return new Map();
  if (!Array.isArray(value))
    return new Map(
      Object.entries(value as Json)
        .filter(([key]) => !passOver?.test(key))
        .map(([key, part]) => [/[./]/.test(key) ? `[${key}]` : `.${key}`, part as Json]),
    );
  const named = hasNames(value) && (!Array.isArray(other) || hasNames(other));
  return new Map(value.map((item: Json, index) => [`[${named ? item.name : index}]`, item]));
}

function hasNames(items: Json[]): boolean {
  const names = items.map((item) => (isParent(item) ? (item.name as unknown) : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}
