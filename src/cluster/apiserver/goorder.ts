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
  let last = -1;
  let changed: Json;
  for (const key in value) {
    const field = fields?.get(key);
    const place = field?.place ?? Infinity;
    if (!fields || touched ? key < before : place < last) sorted = false;
    before = key;
    last = place;
    const child = value[key];
    if (typeof child !== 'object' || child === null) continue;
    const ordered = inGoOrder(fields ? field?.schema : values, child, touched?.[key], known?.[key]);
    if (ordered !== child) (changed ??= {})[key] = ordered;
  }
  if (sorted && changed === undefined) return value;
  const keys = Object.keys(value);
  if (!sorted) {
    if (!fields || touched) keys.sort();
    else sortByPlace(keys, fields);
  }
  const result: Json = {};
  for (const key of keys) result[key] = changed?.[key] ?? value[key];
  return result;
}

interface Field {
  schema: Schema;
  /** How many fields the type declares before it. */
  place: number;
}

const placeOf = (fields: ReadonlyMap<string, Field>, key: string): number => fields.get(key)?.place ?? Infinity;

/** Insertion: the keys are few, and most are in place. */
function sortByPlace(keys: string[], fields: ReadonlyMap<string, Field>): void {
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    const place = placeOf(fields, key);
    let at = i;
    for (; at > 0 && placeOf(fields, keys[at - 1]!) > place; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
}

const tables = new WeakMap<Schema, ReadonlyMap<string, Field>>();

function fieldsOf(type: Schema & { type: 'struct' }): ReadonlyMap<string, Field> {
  let fields = tables.get(type);
  if (!fields) {
    fields = new Map(Object.entries(type.fields).map(([key, schema], place) => [key, { schema, place }]));
    tables.set(type, fields);
  }
  return fields;
}
