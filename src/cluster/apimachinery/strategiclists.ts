import type { Json } from './object';

/** Whether a JSON value is an object. */
export function isMap(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalarList(list: readonly Json[]): boolean {
  return list.length > 0 && !isMap(list[0]);
}

/** What identifies a list item: the text of its merge key, or of the item itself in lists of scalars. */
export function mergeKeyText(item: Json, mergeKey: string): string {
  return mergeKey ? String(item?.[mergeKey] ?? '<nil>') : String(item);
}

const goType = (item: Json): string => (Array.isArray(item) ? 'list' : item === null ? 'null' : typeof item);

/** @throws Error when the items of lists that are merged are not all of one type, or are lists. Upstream: sliceElementType */
export function requireOneType(...lists: readonly Json[][]): void {
  const [first, ...others] = lists.flat().map(goType);
  // upstream's program ends there when the first item is null
  if (first === 'null' || others.some((other) => other !== first && first !== 'list'))
    throw new Error(`list element types are not identical: ${goMap(lists)}`);
  if (first === 'list') throw new Error('lists of lists are not supported');
}

/** @throws Error when a list item lacks the field that identifies it */
export function requireMergeKey(item: Json, mergeKey: string): void {
  if (item[mergeKey] === undefined) throw new Error(`map: ${goMap(item)} does not contain declared merge key: ${mergeKey}`);
}

/**
 * Orders a merged list: items the patch names follow `patchOrder`, the others keep the server's order, and the two are interleaved
 * so that pairs the server knew keep their order. Upstream: strategicpatch normalizeElementOrder.
 */
export function sortByMergeOrder(
  merged: Json[],
  patchOrder: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string,
): Json[] {
  const position = (list: readonly Json[], item: Json) =>
    list.findIndex((other) => mergeKeyText(other, mergeKey) === mergeKeyText(item, mergeKey));
  const inPatch = merged.filter((item) => position(patchOrder, item) >= 0);
  const serverOnly = merged.filter((item) => position(patchOrder, item) < 0);
  inPatch.sort((a, b) => position(patchOrder, a) - position(patchOrder, b));
  serverOnly.sort((a, b) => position(serverOrder, a) - position(serverOrder, b));
  const result: Json[] = [];
  let left = 0;
  let right = 0;
  while (left < serverOnly.length || right < inPatch.length) {
    if (left >= serverOnly.length) result.push(inPatch[right++]);
    else if (right >= inPatch.length) result.push(serverOnly[left++]);
    else {
      const a = position(serverOrder, serverOnly[left]);
      const b = position(serverOrder, inPatch[right]);
      result.push(a >= 0 && b >= 0 && a < b ? serverOnly[left++] : inPatch[right++]);
    }
  }
  return result;
}

/** A value as Go's %v prints it. */
export function goMap(value: Json): string {
  if (isMap(value)) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${key}:${goMap(value[key])}`);
    return `map[${fields.join(' ')}]`;
  }
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  return value === null ? '<nil>' : String(value);
}
