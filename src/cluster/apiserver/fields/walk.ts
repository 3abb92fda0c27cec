import { deepEqual } from '../../apimachinery/json';
import type { Json } from '../../apimachinery/object';
import type { Schema } from '../schema';
import { emptySet, insert, type FieldSet } from './fieldset';

/** How a value is owned: key by key, item by item, or as a whole. */
export type Shape = 'map' | 'list' | 'leaf';

export const isMap = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmptyValue = (value: Json): boolean => value === undefined || value === null || Object.keys(value).length === 0;

/** Values of unknown schema: maps by key, lists as a whole. */
export function shapeOf(schema: Schema | undefined, value: Json): Shape {
  if (schema?.type === 'struct' || schema?.type === 'map') return schema.atomic || !isMap(value) ? 'leaf' : 'map';
  if (schema?.type === 'list') return Array.isArray(value) && (schema.keys || schema.set) ? 'list' : 'leaf';
  return schema?.type === 'any' && isMap(value) ? 'map' : 'leaf';
}

export function fieldOf(schema: Schema | undefined, key: string): Schema | undefined {
  if (schema?.type === 'struct') return schema.fields[key];
  if (schema?.type === 'map') return schema.values;
  return schema?.type === 'any' ? schema : undefined;
}

export const itemsOf = (schema: Schema | undefined): Schema | undefined => (schema?.type === 'list' ? schema.items : undefined);

/** How FieldsV1 names a list's item; undefined when a key is missing. */
export function itemElement(schema: Schema | undefined, item: Json): string | undefined {
  if (schema?.type !== 'list' || !schema.keys) return `v:${JSON.stringify(item)}`;
  const keys: Json = {};
  for (const key of Object.keys(schema.keys).sort()) {
    const value = item?.[key] ?? schema.keys[key];
    if (value === undefined) return undefined;
    keys[key] = value;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** Items by their names. */
export function byElement(schema: Schema | undefined, list: Json): Map<string, Json> {
  const items = new Map<string, Json>();
  for (const item of (list ?? []) as Json[]) {
    const element = itemElement(schema, item);
    if (element !== undefined) items.set(element, item);
  }
  return items;
}

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** What differs between two objects. Upstream: sigs.k8s.io/structured-merge-diff typed/compare.go. */
export function compare(schema: Schema, old: Json, now: Json): Comparison {
  const comparison: Comparison = { added: emptySet(), modified: emptySet(), removed: emptySet() };
  visit(schema, old, now, [], comparison);
  return comparison;
}

/** @param inOld the part that this one stands in is there in the old object @param inNow likewise */
function visit(
  schema: Schema | undefined,
  old: Json,
  now: Json,
  path: string[],
  result: Comparison,
  inOld = true,
  inNow = true,
): void {
  if (schema?.type === 'struct' && schema.value) {
    if (inOld) old ??= {};
    if (inNow) now ??= {};
  }
  if (old === now) return;
  if (old === undefined && now === undefined) return;
  const shape = shapeOf(schema, now ?? old);
  if (shape === 'leaf' || shapeOf(schema, old ?? now) !== shape || (isEmptyValue(old) && isEmptyValue(now))) {
    if (old === undefined) insert(result.added, path);
    else if (now === undefined) insert(result.removed, path);
    else if (!deepEqual(old, now)) insert(result.modified, path);
    return;
  }
  if (shape === 'map') {
    for (const key of new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]))
      visit(fieldOf(schema, key), old?.[key], now?.[key], [...path, `f:${key}`], result, old !== undefined, now !== undefined);
  } else {
    const before = byElement(schema, old);
    const after = byElement(schema, now);
    for (const element of new Set([...before.keys(), ...after.keys()]))
      visit(itemsOf(schema), before.get(element), after.get(element), [...path, element], result);
  }
  if (schema?.type === 'list' && schema.always && inOld && inNow) return;
  if (old === undefined) insert(result.added, path);
  else if (now === undefined) insert(result.removed, path);
}

/** The fields that an applied configuration names. Upstream: typed/tofieldset.go. */
export function fieldSetOf(schema: Schema, value: Json): FieldSet {
  const set = emptySet();
  collect(schema, value, [], set);
  return set;
}

function collect(schema: Schema | undefined, value: Json, path: string[], set: FieldSet): void {
  const shape = shapeOf(schema, value);
  if (shape === 'leaf') insert(set, path);
  else if (shape === 'map') {
    for (const key of Object.keys(value)) {
      const child = [...path, `f:${key}`];
      collect(fieldOf(schema, key), value[key], child, set);
      const empty = value[key] === null || (isMap(value[key]) && Object.keys(value[key]).length === 0);
      if (empty || schema?.type !== 'struct') insert(set, child);
    }
  } else {
    for (const [element, item] of byElement(schema, value)) {
      collect(itemsOf(schema), item, [...path, element], set);
      insert(set, [...path, element]);
    }
  }
}
