import { clone } from './json';
import type { Json } from './object';
import { checkKey } from './protokey';
import { patchFieldOf, patchSchemaOf, plainSchema, type PatchSchema } from './patchschema';
import { diffMaps } from './strategicdiff';
import { isMap, isScalarList, mergeKeyText, requireMergeKey, requireOneType, sortByMergeOrder } from './strategiclists';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ORDER = '$setElementOrder/';
const DELETE_FROM = '$deleteFromPrimitiveList/';

interface MergeOptions {
  /** Carry out the directives in the patch; false keeps them (a patch is being made, not applied). */
  apply: boolean;
}

/**
 * The object after a strategic merge patch. Neither argument is changed.
 * @param kind the kind of the object, which decides how its lists merge
 * @throws Error with the API server's text when the patch is malformed
 * Upstream: k8s.io/apimachinery/pkg/util/strategicpatch StrategicMergeMapPatch.
 */
export function applyStrategicMergePatch(kind: string, original: Json, patch: Json): Json {
  return mergeStrategically(kind, clone(original), clone(patch));
}

/** The same, at the cost of both arguments: they are changed as upstream changes them. */
export function mergeStrategically(kind: string, original: Json, patch: Json): Json {
  return mergeMap(original, patch, patchSchemaOf(kind), { apply: true });
}

/**
 * The patch `kubectl apply` sends: what the manifest changes in the live object, and what it dropped since it was last applied.
 * @param original the last applied manifest, undefined when unknown
 * @param modified the manifest now
 * @param current the live object
 * @throws Error when lists hold items of different types
 * Upstream: k8s.io/apimachinery/pkg/util/strategicpatch CreateThreeWayMergePatch (overwrite = true).
 */
export function createThreeWayMergePatch(kind: string, original: Json | undefined, modified: Json, current: Json): Json {
  const schema = patchSchemaOf(kind);
  const delta = diffMaps(current, modified, schema, { ignoreDeletions: true, setElementOrder: true });
  const deletions = diffMaps(original ?? {}, modified, schema, { ignoreChangesAndAdditions: true, setElementOrder: true });
  return mergeMap(deletions, delta, schema, { apply: false });
}

/**
 * What somebody else changed in the live object since it was last applied, when the patch would change the same fields to something
 * else; undefined without a conflict. Upstream: MergingMapsHaveConflicts.
 */
export function patchConflicts(kind: string, original: Json | undefined, patch: Json, current: Json): Json | undefined {
  const schema = patchSchemaOf(kind);
  const changed = diffMaps(original ?? {}, current, schema, {});
  return valuesConflict(patch, changed, '', schema) ? changed : undefined;
}

function valuesConflict(left: Json, right: Json, directive: string, schema: PatchSchema, mergeKey?: string): boolean {
  if (isMap(left) && isMap(right)) return mapsConflict(left, right, schema);
  if (Array.isArray(left) && Array.isArray(right)) return listsConflict(left, right, directive, schema, mergeKey);
  return jsonType(left) !== jsonType(right) || left !== right;
}

function mapsConflict(left: Json, right: Json, schema: PatchSchema): boolean {
  if (left[DIRECTIVE] !== right[DIRECTIVE] && (DIRECTIVE in left || DIRECTIVE in right)) return true;
  if (DIRECTIVE in left && left[DIRECTIVE] !== 'delete' && left[DIRECTIVE] !== 'replace') return false;
  return Object.keys(left).some((key) => {
    if (key === DIRECTIVE || key === RETAIN_KEYS || !(key in right)) return false;
    const directive = [DELETE_FROM, ORDER].find((prefix) => key.startsWith(prefix)) ?? '';
    const field = patchFieldOf(schema, key.slice(directive.length));
    return valuesConflict(left[key], right[key], directive, field.type ?? plainSchema, field.mergeKey);
  });
}

function listsConflict(left: Json[], right: Json[], directive: string, schema: PatchSchema, mergeKey?: string): boolean {
  if (directive === DELETE_FROM) return false;
  if (mergeKey === undefined || directive === ORDER) {
    return left.length !== right.length || left.some((item, index) => valuesConflict(item, right[index], '', schema));
  }
  if (isScalarList(left)) return false;
  return left.some((item) => {
    const other = right.find((candidate) => mergeKeyText(candidate, mergeKey) === mergeKeyText(item, mergeKey));
    return other !== undefined && mapsConflict(item, other, schema);
  });
}

/** The patch that turns `original` into `modified`. Upstream: CreateTwoWayMergePatch. */
export function createTwoWayMergePatch(kind: string, original: Json, modified: Json): Json {
  return clone(diffMaps(original, modified, patchSchemaOf(kind), { setElementOrder: true }));
}

function mergeMap(original: Json, patch: Json, schema: PatchSchema, options: MergeOptions): Json {
  if (DIRECTIVE in patch) {
    if (patch[DIRECTIVE] === 'replace') {
      delete patch[DIRECTIVE];
      return patch;
    }
    if (patch[DIRECTIVE] === 'delete') return {};
    throw new Error(`unknown patch type found: ${patch[DIRECTIVE]}`);
  }
  applyRetainKeys(original, patch, options);
  mergeOrderedLists(original, patch, schema, options);
  for (const key of Object.keys(patch).sort()) mergeField(original, key, patch[key], schema, options);
  return original;
}

function mergeField(original: Json, patchKey: string, value: Json, schema: PatchSchema, options: MergeOptions): void {
  const isDeleteList = patchKey.startsWith(DELETE_FROM);
  checkKey(isDeleteList ? patchKey.slice(DELETE_FROM.length) : patchKey);
  if (isDeleteList && !options.apply) {
    original[patchKey] = value;
    return;
  }
  const key = isDeleteList ? patchKey.slice(DELETE_FROM.length) : patchKey;
  if (value === null) {
    delete original[key];
    if (options.apply) return;
  }
  if (!Object.hasOwn(original, key)) {
    if (!isDeleteList) original[key] = options.apply ? withoutDirectives(value) : value;
    return;
  }
  const before = original[key];
  if (jsonType(before) !== jsonType(value)) {
    if (!isDeleteList) original[key] = options.apply ? withoutDirectives(value) : value;
    return;
  }
  const field = patchFieldOf(schema, key);
  if (isMap(value)) original[key] = mergeMap(before, value, field.type ?? plainSchema, options);
  else if (Array.isArray(value))
    original[key] =
      field.mergeKey === undefined
        ? value
        : mergeList(before, value, field.type ?? plainSchema, field.mergeKey, isDeleteList, options);
  else original[key] = value;
}

function jsonType(value: Json): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

/** Drops what the patch's `$retainKeys` does not name. */
function applyRetainKeys(original: Json, patch: Json, options: MergeOptions): void {
  const keep = patch[RETAIN_KEYS];
  if (keep === undefined) return;
  if (!Array.isArray(keep)) throw new Error('invalid patch format of retainKeys');
  if (!options.apply) {
    original[RETAIN_KEYS] = keep;
    delete patch[RETAIN_KEYS];
    return;
  }
  delete patch[RETAIN_KEYS];
  for (const key of Object.keys(patch)) {
    if (patch[key] !== null && !keep.includes(key)) throw new Error('invalid patch format of retainKeys');
  }
  for (const key of Object.keys(original)) if (!keep.includes(key)) delete original[key];
}

/** Merges the lists whose order the patch states (`$setElementOrder/ports`) and puts them into that order. */
function mergeOrderedLists(original: Json, patch: Json, schema: PatchSchema, options: MergeOptions): void {
  for (const directive of Object.keys(patch).filter((key) => key.startsWith(ORDER))) {
    const order = patch[directive];
    delete patch[directive];
    if (!options.apply) {
      original[directive] = order;
      continue;
    }
    const key = directive.slice(ORDER.length);
    const field = patchFieldOf(schema, key);
    const mergeKey = field.mergeKey ?? '';
    const before = original[key];
    const change = patch[key];
    const removed = patch[DELETE_FROM + key];
    let merged: Json[];
    if (before === undefined && change === undefined) continue;
    if (before === undefined || before === null) merged = withoutDirectives(change);
    else if (change === undefined) merged = before;
    else merged = mergeList(clone(before), change, field.type ?? plainSchema, mergeKey, false, options);
    if (removed) merged = merged.filter((item) => !removed.includes(item));
    delete patch[key];
    delete patch[DELETE_FROM + key];
    original[key] = sortByMergeOrder(merged, order, before ?? [], mergeKey);
  }
}

function mergeList(
  original: Json[],
  patch: Json[],
  schema: PatchSchema,
  mergeKey: string,
  isDeleteList: boolean,
  options: MergeOptions,
): Json[] {
  if (original.length === 0 && patch.length === 0) return original;
  requireOneType(original, patch);
  if (isScalarList(original.length > 0 ? original : patch)) {
    if (isDeleteList) return original.filter((item) => !patch.includes(item));
    const merged = [...new Set([...original, ...patch])];
    return sortByMergeOrder(merged, patch, original, '');
  }
  if (!mergeKey) throw new Error('cannot merge lists without merge key for type Schema');
  let merged = original;
  let items = patch;
  if (options.apply) {
    const special = carryOutDirectives(original, patch, mergeKey);
    if (special.replace) return special.items;
    merged = special.kept;
    items = special.items;
  }
  merged = [...merged];
  for (const item of items) {
    requireMergeKey(item, mergeKey);
    const index = merged.findIndex((other) => mergeKeyText(other, mergeKey) === mergeKeyText(item, mergeKey));
    if (index >= 0) merged[index] = mergeMap(merged[index], item, schema, options);
    else merged.push(options.apply ? withoutDirectives(item) : item);
  }
  return sortByMergeOrder(merged, items, original, mergeKey);
}

/** Items with `$patch: delete` or `$patch: replace`. */
function carryOutDirectives(original: Json[], patch: Json[], mergeKey: string) {
  let kept = original;
  let replace = false;
  const items: Json[] = [];
  for (const item of patch) {
    const directive = item?.[DIRECTIVE];
    if (directive === undefined) items.push(item);
    else if (directive === 'delete') {
      if (!(mergeKey in item)) throw new Error(`delete patch type with no merge key defined`);
      kept = kept.filter((other) => mergeKeyText(other, mergeKey) !== mergeKeyText(item, mergeKey));
    } else if (directive === 'replace') replace = true;
    else if (directive === 'merge') throw new Error('merging lists cannot yet be specified in the patch');
    else throw new Error(`unknown patch type found: ${directive}`);
  }
  return { kept, items, replace };
}

/** What is left of a patch's value where the object had nothing. */
function withoutDirectives(value: Json): Json {
  if (Array.isArray(value)) {
    return value.filter((item) => !isMap(item) || item[DIRECTIVE] === undefined).map(withoutDirectives);
  }
  if (!isMap(value)) return value;
  if (value[DIRECTIVE] === 'delete') return {};
  const result: Json = {};
  for (const key of Object.keys(value)) {
    if (key.startsWith('$') && (key === DIRECTIVE || key === RETAIN_KEYS || key.startsWith(ORDER) || key.startsWith(DELETE_FROM)))
      continue;
    if (value[key] === null) continue;
    result[key] = withoutDirectives(value[key]);
  }
  return result;
}
