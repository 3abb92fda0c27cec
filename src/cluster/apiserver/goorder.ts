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
 */
export function inGoOrder(schema: Schema | undefined, value: Json, touched?: Touched): Json {
  if (typeof value !== 'object' || value === null || (!touched && isInOrder(schema, value))) return value;
  if (Array.isArray(value)) {
    const items = schema?.type === 'list' ? schema.items : undefined;
    let changed = false;
    const list = value.map((item, index) => {
      const ordered = inGoOrder(items, item, touched?.[index]);
      if (ordered !== item) changed = true;
      return ordered;
    });
    return changed ? list : value;
  }
  const fields = schema?.type === 'struct' && !touched ? positionsOf(schema) : undefined;
  const childOf = (key: string): Schema | undefined =>
    schema?.type === 'struct' ? schema.fields[key] : schema?.type === 'map' ? schema.values : undefined;
  const keys = Object.keys(value);
  const position = (key: string): number => fields?.get(key) ?? Infinity;
  const sorts = fields !== undefined || schema?.type === 'map' || touched !== undefined;
  const before = (a: string, b: string): boolean => {
    const [x, y] = [position(a), position(b)];
    return x === y ? a < b : x < y;
  };
  let changed = sorts && keys.some((key, index) => index > 0 && before(key, keys[index - 1]!));
  if (changed) keys.sort((a, b) => (before(a, b) ? -1 : 1));
  const children = keys.map((key) => {
    const ordered = inGoOrder(childOf(key), value[key], touched?.[key]);
    if (ordered !== value[key]) changed = true;
    return ordered;
  });
  return changed ? Object.fromEntries(keys.map((key, index) => [key, children[index]])) : value;
}

/** Whether there is nothing to do: most parts of most objects are written in order. */
function isInOrder(schema: Schema | undefined, value: Json): boolean {
  if (typeof value !== 'object' || value === null || schema === undefined) return true;
  if (Array.isArray(value)) return schema.type !== 'list' || value.every((item) => isInOrder(schema.items, item));
  if (schema.type === 'struct') {
    const fields = positionsOf(schema);
    let last = -1;
    for (const key in value) {
      const position = fields.get(key) ?? Infinity;
      if (position < last || !isInOrder(schema.fields[key], value[key])) return false;
      last = position;
    }
  } else if (schema.type === 'map') {
    let last = '';
    for (const key in value) {
      if (key < last || !isInOrder(schema.values, value[key])) return false;
      last = key;
    }
  }
  return true;
}

const positions = new WeakMap<Schema, Map<string, number>>();

function positionsOf(schema: Schema & { type: 'struct' }): Map<string, number> {
  let known = positions.get(schema);
  if (!known) positions.set(schema, (known = new Map(Object.keys(schema.fields).map((key, index) => [key, index]))));
  return known;
}
