import type { Json } from '../../apimachinery/object';

/**
 * A set of field paths as a tree. `member`: the path up to here is in the set. Children are named as in FieldsV1: `f:spec`,
 * `k:{"port":80,"protocol":"TCP"}`, `v:"finalizer"`.
 * Upstream: sigs.k8s.io/structured-merge-diff fieldpath.Set.
 */
export interface FieldSet {
  member: boolean;
  children: Map<string, FieldSet>;
}

export const emptySet = (): FieldSet => ({ member: false, children: new Map() });

export function isEmpty(set: FieldSet): boolean {
  if (set.member) return false;
  for (const child of set.children.values()) if (!isEmpty(child)) return false;
  return true;
}

/** Adds a path. Changes `set`. */
export function insert(set: FieldSet, path: readonly string[]): void {
  let at = set;
  for (const element of path) {
    let child = at.children.get(element);
    if (!child) at.children.set(element, (child = emptySet()));
    at = child;
  }
  at.member = true;
}

/** Combines two sets path by path; branches that hold nothing are left out. */
function combine(a: FieldSet | undefined, b: FieldSet | undefined, rule: (a: boolean, b: boolean) => boolean): FieldSet {
  const result: FieldSet = { member: rule(a?.member ?? false, b?.member ?? false), children: new Map() };
  const names = new Set([...(a?.children.keys() ?? []), ...(b?.children.keys() ?? [])]);
  for (const name of names) {
    const child = combine(a?.children.get(name), b?.children.get(name), rule);
    if (child.member || child.children.size > 0) result.children.set(name, child);
  }
  return result;
}

export const union = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x || y);
export const difference = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && !y);
export const intersection = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && y);
export const sameSet = (a: FieldSet, b: FieldSet): boolean => isEmpty(combine(a, b, (x, y) => x !== y));

/** Drops a branch with all that is below it. Changes `set`. */
export function dropBranch(set: FieldSet, path: readonly string[]): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  const child = set.children.get(first);
  if (!child) return;
  if (rest.length > 0) dropBranch(child, rest);
  if (rest.length === 0 || (!child.member && child.children.size === 0)) set.children.delete(first);
}

/** All paths of a set, in order. */
export function pathsOf(set: FieldSet, prefix: readonly string[] = []): string[][] {
  const own = set.member ? [[...prefix]] : [];
  return [...own, ...sortedNames(set).flatMap((name) => pathsOf(set.children.get(name)!, [...prefix, name]))];
}

/** As metadata.managedFields[].fieldsV1 holds it. */
export function toFieldsV1(set: FieldSet): Json {
  const result: Json = {};
  for (const name of sortedNames(set)) {
    const child = set.children.get(name)!;
    result[name] = { ...(child.member && child.children.size > 0 && { '.': {} }), ...toFieldsV1(child) };
  }
  return result;
}

export function fromFieldsV1(fields: Json): FieldSet {
  const set = emptySet();
  for (const [name, value] of Object.entries((fields ?? {}) as Record<string, Json>)) {
    if (name === '.') continue;
    const child = fromFieldsV1(value);
    child.member = Object.keys(value ?? {}).length === 0 || '.' in value;
    set.children.set(name, child);
  }
  return set;
}

/** A path as messages show it: `.spec.ports[port=80,protocol="TCP"].name`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((element) => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      const keys = Object.entries(JSON.parse(rest) as Record<string, Json>).map(
        ([key, value]) => `${key}=${JSON.stringify(value)}`,
      );
      return `[${keys.join(',')}]`;
    })
    .join('');
}

function sortedNames(set: FieldSet): string[] {
  return [...set.children.keys()].sort((a, b) => {
    if (!a.startsWith('k:') || !b.startsWith('k:')) return a < b ? -1 : 1;
    const [x, y] = [JSON.parse(a.slice(2)), JSON.parse(b.slice(2))] as [Json, Json];
    const key = Object.keys(x).find((name) => x[name] !== y[name]);
    return key === undefined ? 0 : x[key] < y[key] ? -1 : 1;
  });
}
