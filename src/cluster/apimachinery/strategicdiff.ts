import { deepEqual } from './json';
import type { Json } from './object';
import { patchFieldOf, plainSchema, type PatchField, type PatchSchema } from './patchschema';
import { isMap, isScalarList, mergeKeyText, requireMergeKey, requireOneType } from './strategiclists';

interface DiffOptions {
  ignoreDeletions?: boolean;
  ignoreChangesAndAdditions?: boolean;
  setElementOrder?: boolean;
  retainKeys?: boolean;
}

/**
 * The strategic merge patch from one object to another; what counts is chosen by the options.
 * Upstream: k8s.io/apimachinery/pkg/util/strategicpatch diffMaps.
 */
export function diffMaps(original: Json, modified: Json, schema: PatchSchema, options: DiffOptions): Json {
  const patch: Json = {};
  const additions = !options.ignoreChangesAndAdditions;
  for (const key of Object.keys(original).sort()) {
    const before = original[key];
    if (!(key in modified)) {
      if (!options.ignoreDeletions) patch[key] = null;
      continue;
    }
    const after = modified[key];
    const field = patchFieldOf(schema, key);
    if (isMap(before) && isMap(after)) {
      const inner = diffMaps(before, after, field.type ?? plainSchema, { ...options, retainKeys: field.retainKeys === true });
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (Array.isArray(before) && Array.isArray(after) && field.mergeKey !== undefined) {
      diffMergedList(patch, key, before, after, field, options);
    } else if (additions && !deepEqual(before, after)) patch[key] = after;
  }
  if (additions) for (const key of Object.keys(modified).sort()) if (!(key in original)) patch[key] = modified[key];
  addRetainKeys(patch, original, modified, options);
  return patch;
}

function addRetainKeys(patch: Json, original: Json, modified: Json, options: DiffOptions): void {
  if (!options.retainKeys || options.ignoreChangesAndAdditions) return;
  const keep = Object.keys(modified)
    .filter((key) => modified[key] !== null)
    .sort();
  const dropsField = Object.keys(original).some((key) => !(key in modified));
  if (keep.length > 0 && (Object.keys(patch).length > 0 || dropsField)) patch['$retainKeys'] = keep;
}

function diffMergedList(patch: Json, key: string, before: Json[], after: Json[], field: PatchField, options: DiffOptions): void {
  const mergeKey = field.mergeKey ?? '';
  if (before.length === 0) {
    if (after.length > 0 && !options.ignoreChangesAndAdditions) patch[key] = after;
    return;
  }
  requireOneType(before, after);
  if (isScalarList(before)) {
    const added = options.ignoreChangesAndAdditions ? [] : after.filter((item) => !before.includes(item));
    const removed = options.ignoreDeletions ? [] : before.filter((item) => !after.includes(item));
    if (added.length > 0) patch[key] = added;
    if (removed.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = removed;
    if (needsOrder(options, added.length > 0, removed.length > 0, before, after, '')) patch[`$setElementOrder/${key}`] = after;
    return;
  }
  const { changed, removed } = diffItems(before, after, mergeKey, field, options);
  const items = [...changed, ...removed];
  if (items.length > 0) patch[key] = items;
  if (needsOrder(options, items.length > 0, items.length > 0, before, after, mergeKey)) {
    patch[`$setElementOrder/${key}`] = after.map((item) => ({ [mergeKey]: item[mergeKey] }));
  }
}

/** Whether the patch must state the list's order. Upstream: diffLists. */
function needsOrder(
  options: DiffOptions,
  changes: boolean,
  deletions: boolean,
  before: Json[],
  after: Json[],
  mergeKey: string,
): boolean {
  if (!options.setElementOrder) return false;
  if (!options.ignoreChangesAndAdditions && (changes || !sameOrder(before, after, mergeKey))) return true;
  return !options.ignoreDeletions && deletions;
}

function sameOrder(before: Json[], after: Json[], mergeKey: string): boolean {
  return (
    before.length === after.length &&
    after.every((item, index) => mergeKeyText(before[index], mergeKey) === mergeKeyText(item, mergeKey))
  );
}

/** Pairs the items of both lists by merge key. Items with the same key pair up in their order. */
function diffItems(before: Json[], after: Json[], mergeKey: string, field: PatchField, options: DiffOptions) {
  const byKey = (a: Json, b: Json) => {
    const x = mergeKeyText(a, mergeKey);
    const y = mergeKeyText(b, mergeKey);
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const olds = [...before].sort(byKey);
  const news = [...after].sort(byKey);
  const changed: Json[] = [];
  const removed: Json[] = [];
  let i = 0;
  let j = 0;
  while (i < olds.length || j < news.length) {
    if (i < olds.length) requireMergeKey(olds[i], mergeKey);
    if (j < news.length) requireMergeKey(news[j], mergeKey);
    const order = i >= olds.length ? 1 : j >= news.length ? -1 : byKey(olds[i], news[j]);
    if (order === 0) {
      const inner = diffMaps(olds[i], news[j], field.type ?? plainSchema, { ...options, retainKeys: field.retainKeys === true });
      if (Object.keys(inner).length > 0) changed.push({ ...inner, [mergeKey]: news[j][mergeKey] });
      i++;
      j++;
    } else if (order > 0) {
      if (!options.ignoreChangesAndAdditions) changed.push(news[j]);
      j++;
    } else {
      if (!options.ignoreDeletions) removed.push({ $patch: 'delete', [mergeKey]: olds[i][mergeKey] });
      i++;
    }
  }
  const position = (item: Json) => after.findIndex((other) => mergeKeyText(other, mergeKey) === mergeKeyText(item, mergeKey));
  changed.sort((a, b) => position(a) - position(b));
  return { changed, removed };
}
