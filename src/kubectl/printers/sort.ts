import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import { firstValue, JsonPathError } from './jsonpath';

function valueOf(path: string, object: Json): Json | undefined {
  try {
    return firstValue(path, object);
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
}

function braced(path: string): string {
  return path.startsWith('{') ? path : `{${path.startsWith('.') ? '' : '.'}${path}}`;
}

/** Objects ordered by a field (--sort-by); those without it come first. @throws KubectlError when none has it */
export function sortObjects<T extends { object?: Json }>(targets: readonly T[], path: string): T[] {
  const keyed = targets.map((target) => ({ target, value: valueOf(path, target.object) }));
  if (targets.length > 1 && keyed.every(({ value }) => value === undefined)) {
    throw new KubectlError(`couldn't find any field with path ${JSON.stringify(braced(path))} in the list of objects`);
  }
  return keyed.sort((a, b) => compare(a.value, b.value)).map(({ target }) => target);
}

/** The same for the rows of tables. A table none of whose rows has the field is left out, as the real kubectl does. */
export function sortTables<T extends { table: Json }>(tables: readonly T[], path: string): T[] {
  return tables.map((fetched) => {
    const rows: Json[] = fetched.table.rows ?? [];
    const keyed = rows.map((row) => ({ row, value: valueOf(path, row.object) }));
    const found = keyed.some(({ value }) => value !== undefined);
    const sorted = keyed.sort((a, b) => compare(a.value, b.value)).map(({ row }) => row);
    return { ...fetched, table: { ...fetched.table, rows: found ? sorted : [] } };
  });
}

function compare(a: Json, b: Json): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return naturalCompare(String(a), String(b));
}

/** Text order in which numbers inside count by their value. */
function naturalCompare(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const x = left[index] as string;
    const y = right[index] as string;
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y) && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
