import type { Json } from '../../cluster/apimachinery/object';
import { FatalLog, KubectlError } from '../errors';
import { goSort } from './gosort';
import { goType } from './gotype';
import { JsonPath, JsonPathError, relaxed } from './jsonpath';
import { parseQuantity } from './quantity';

interface Keyed<T> {
  item: T;
  value: Json | undefined;
}

/** How a field is named that sorts. */
const pathOf = (field: string) => {
  try {
    return relaxed(field);
  } catch (error) {
    if (error instanceof JsonPathError) return undefined;
    throw error;
  }
};

/**
 * The items in the order of a field. Upstream: kubectl/pkg/cmd/get sorter.go.
 * @param source where upstream finds that values cannot be compared
 * @throws JsonPathError also when none has the field
 */
function sorted<T>(items: readonly T[], objectOf: (item: T) => Json, path: string, source: string): T[] {
  const parsed = new JsonPath(path, { allowMissing: true });
  const keyed: Keyed<T>[] = items.map((item) => ({ item, value: parsed.results(objectOf(item))[0]?.[0] }));
  if (items.length > 0 && keyed.every(({ value }) => value === undefined))
    throw new JsonPathError(`couldn't find any field with path ${JSON.stringify(path)} in the list of objects`);
  const fatal = (problem: string) => {
    const kind = /^\{\.*\}$/.test(path) ? 'map' : 'interface';
    return new FatalLog(`${source} is an unsortable type: ${kind}, err: ${kind === 'map' ? 'unsortable type: map' : problem}`);
  };
  goSort(keyed, (a, b) => a.value === undefined || (b.value !== undefined && isLess(a.value, b.value, fatal)));
  return keyed.map(({ item }) => item);
}

/** Objects ordered by a field (--sort-by); those without it come first. @throws KubectlError when none has it */
export function sortObjects<T extends { object?: Json }>(targets: readonly T[], field: string): T[] {
  if (targets.length === 0) return [];
  try {
    const path = relaxed(field);
    return sorted(targets, (target) => target.object, path, `sorter.go:329] Field ${path} in *unstructured.Unstructured`);
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
}

/**
 * The same for tables. Several tables are put in order themselves, by a field of the Table, which seldom has one; of one table the
 * rows are, and where that fails nothing is shown: upstream does not look at the error.
 */
export function sortTables<T extends { table: Json }>(tables: readonly T[], field: string): T[] {
  const path = pathOf(field) ?? field;
  const ordered =
    tables.length > 1
      ? sortObjects(
          tables.map((fetched) => ({ fetched, object: fetched.table })),
          field,
        ).map(({ fetched }) => fetched)
      : tables;
  return ordered.map((fetched) => {
    const rows: Json[] = fetched.table.rows ?? [];
    if (rows.length < 2) return fetched;
    try {
      const source = `sorter.go:375] Field ${path} in [][][]reflect.Value`;
      return { ...fetched, table: { ...fetched.table, rows: sorted(rows, (row) => row.object, path, source) } };
    } catch (error) {
      if (error instanceof JsonPathError) return { ...fetched, table: { ...fetched.table, rows: [] } };
      throw error;
    }
  });
}

function isLess(a: Json, b: Json, fatal: (problem: string) => Error): boolean {
  if (a === null || b === null) return a === null && b !== null;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [parseQuantity(a), parseQuantity(b)];
    return x === undefined || y === undefined ? a < b : x < y;
  }
  throw fatal(
    typeof a === 'number' || typeof a === 'string' ? 'unsortable interface: interface' : `unsortable type: ${goType(a)}`,
  );
}
