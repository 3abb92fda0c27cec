import type { Json } from '../apimachinery/object';
import type { Schema } from './schema';

/** The parts of a JSON value that a patch went into: their keys came out of a Go map. */
export interface Touched {
  [key: string]: Touched;
}

/**
 * The value with its keys in the order in which Go writes them: fields as the type declares them, keys of maps sorted. Parts that are
 * in order already are returned as they are. The input is not changed.
 * @param touched parts whose keys are sorted whatever the type says
 * @param known an earlier version that is in order: parts that the value shares with it are
 */
export function inGoOrder(schema: Schema | undefined, value: Json, touched?: Touched, known?: Json): Json {
  if (typeof value !== 'object' || value === null || value === known || (schema === undefined && !touched)) return value;
  if (Array.isArray(value)) {
    const items = schema?.type === 'list' ? schema.items : undefined;
    if (items === undefined && !touched) return value;
    let list: Json[] = value;
    for (let i = 0; i < value.length; i++) {
      const ordered = inGoOrder(items, value[i], touched?.[i], known?.[i]);
      if (ordered === value[i]) continue;
      if (list === value) list = [...value];
      list[i] = ordered;
    }
    return list;
  }
  const fields = schema?.type === 'struct' ? fieldsOf(schema) : undefined;
  const values = schema?.type === 'map' ? schema.values : undefined;
  if (!fields && !values && !touched) return value;
  let sorted = true;
  let before = '';
  let last = 0;
  let changed: Json;
  for (const key in value) {
    const place = fields ? placeOf(fields.names, key, last) : 0;
    if (!fields || touched ? key < before : place < last) sorted = false;
    before = key;
    last = place;
    const child = value[key];
    if (typeof child !== 'object' || child === null) continue;
    const ordered = inGoOrder(fields ? fields.schemas[place] : values, child, touched?.[key], known?.[key]);
    if (ordered !== child) (changed ??= {})[key] = ordered;
  }
  if (sorted && changed === undefined) return value;
  const keys = Object.keys(value);
  if (!sorted) {
    if (!fields || touched) keys.sort();
    else sortByPlace(keys, fields.names);
  }
  const result: Json = {};
  for (const key of keys) result[key] = changed?.[key] ?? value[key];
  return result;
}

/** A type's fields, as it declares them. */
interface Fields {
  readonly names: readonly string[];
  readonly schemas: readonly Schema[];
}

/** How many fields the type declares before this one; all of them before one that it does not declare. @param from where to look first */
function placeOf(names: readonly string[], key: string, from: number): number {
  for (let i = from; i < names.length; i++) if (names[i] === key) return i;
  for (let i = 0; i < from; i++) if (names[i] === key) return i;
  return names.length;
}

/** Insertion: the keys are few, and most are in place. */
function sortByPlace(keys: string[], names: readonly string[]): void {
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    const place = placeOf(names, key, 0);
    let at = i;
    for (; at > 0 && placeOf(names, keys[at - 1]!, 0) > place; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
}

const tables = new WeakMap<Schema, Fields>();

function fieldsOf(type: Schema & { type: 'struct' }): Fields {
  let fields = tables.get(type);
  if (!fields) tables.set(type, (fields = { names: Object.keys(type.fields), schemas: Object.values(type.fields) }));
  return fields;
}
