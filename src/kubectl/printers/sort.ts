import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import { goSort } from './gosort';
import { firstValue, JsonPathError } from './jsonpath';
import { parseQuantity } from './quantity';

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

interface Keyed<T> {
  item: T;
  value: Json | undefined;
}

/** The items in the order of a field. Undefined when none has it. Upstream: kubectl/pkg/cmd/get RuntimeSort. */
function sorted<T>(items: readonly T[], objectOf: (item: T) => Json, path: string): T[] | undefined {
  const keyed: Keyed<T>[] = items.map((item) => ({ item, value: valueOf(path, objectOf(item)) }));
  if (keyed.every(({ value }) => value === undefined)) return undefined;
  goSort(keyed, (a, b) => a.value === undefined || (b.value !== undefined && isLess(a.value, b.value)));
  return keyed.map(({ item }) => item);
}

/** Objects ordered by a field (--sort-by); those without it come first. @throws KubectlError when none has it */
export function sortObjects<T extends { object?: Json }>(targets: readonly T[], path: string): T[] {
  if (targets.length === 0) return [];
  const result = sorted(targets, (target) => target.object, path);
  if (!result) throw new KubectlError(`couldn't find any field with path ${JSON.stringify(braced(path))} in the list of objects`);
  return result;
}

/**
 * The same for tables. Several tables are put in order themselves, by a field of the Table, which seldom has one; of one table the
 * rows are, and where none has the field none is shown: the real kubectl does so.
 */
export function sortTables<T extends { table: Json }>(tables: readonly T[], path: string): T[] {
  const ordered =
    tables.length > 1
      ? sortObjects(
          tables.map((fetched) => ({ fetched, object: fetched.table })),
          path,
        ).map(({ fetched }) => fetched)
      : tables;
  return ordered.map((fetched) => {
    const rows: Json[] = fetched.table.rows ?? [];
    if (rows.length < 2) return fetched;
    return { ...fetched, table: { ...fetched.table, rows: sorted(rows, (row) => row.object, path) ?? [] } };
  });
}

function isLess(a: Json, b: Json): boolean {
  if (a === null || b === null) return a === null && b !== null;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [parseQuantity(a), parseQuantity(b)];
    return x === undefined || y === undefined ? a < b : x < y;
  }
  throw new KubectlError(`this simulator does not sort by values of type ${typeof a}`);
}
