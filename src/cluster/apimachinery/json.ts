import type { Json } from './object';

/** A deep copy that may be changed. JSON values only. */
export function clone<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(clone) as T;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = clone(value[key]);
  return copy as T;
}

/**
 * A copy that may be changed, save for the parts that stand in a frozen `known` at the same place: those are shared, so that versions
 * of an object have in common what did not change between them. Whoever wants to change such a part puts a new one in its place.
 */
export function draft<T>(value: T, known: Json): T {
  if (value === known || typeof value !== 'object' || value === null) return value;
  if (typeof known !== 'object' || known === null) return clone(value);
  if (Array.isArray(value)) return value.map((item, index) => draft(item, known[index])) as T;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = draft(value[key], known[key]);
  return copy as T;
}

/** Freezes a JSON value and everything in it. Already frozen parts are taken as frozen all the way down. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) deepFreeze(value[i]);
  else for (const key in value) deepFreeze(value[key]);
  return Object.freeze(value);
}

/** Whether two JSON values are the same; the order of keys does not count, and `undefined` counts as absent. */
export function deepEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!deepEqual(a[i], b[i])) return false;
    return true;
  }
  for (const key in a) if (!deepEqual(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}
