import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import { JsonPath, JsonPathError, relaxed } from './jsonpath';
import { TabWriter } from './tabwriter';

interface Column {
  header: string;
  path: JsonPath;
}

/** `-o custom-columns=NAME:.metadata.name,...`: one line an object. */
export class CustomColumns {
  private readonly columns: Column[];
  private headed = false;

  constructor(
    spec: string,
    private readonly noHeaders: boolean,
  ) {
    if (spec === '') throw new KubectlError('custom-columns format specified but no custom columns given');
    this.columns = spec.split(',').map((part) => {
      const colon = part.indexOf(':');
      if (colon < 0) throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
      return { header: part.slice(0, colon), path: parsePath(part.slice(colon + 1)) };
    });
  }

  print(objects: readonly Json[], writer = new TabWriter({ minWidth: 6, padding: 3 })): string {
    if (!this.headed && !this.noHeaders) writer.write(`${this.columns.map((column) => column.header).join('\t')}\n`);
    this.headed = true;
    for (const object of objects) writer.write(`${this.columns.map((column) => cell(column.path, object)).join('\t')}\n`);
    return writer.flush();
  }
}

function parsePath(text: string): JsonPath {
  try {
    return new JsonPath(relaxed(text), { allowMissing: true });
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
}

function cell(path: JsonPath, object: Json): string {
  let values: Json[];
  try {
    values = path.results(object).flat();
  } catch (error) {
    if (error instanceof JsonPathError) return '<none>';
    throw error;
  }
  return values.map((value) => (value === null ? '<nil>' : goValue(value))).join(',') || '<none>';
}

/** A value as Go's %v prints it. */
export function goValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (typeof value !== 'object') return String(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goValue(value[key])}`);
  return `map[${fields.join(' ')}]`;
}
