import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';
import { goValue } from './govalue';
import { JsonPath, JsonPathError, relaxed } from './jsonpath';
import { TabWriter } from './tabwriter';

/** One column: its header and where its value is. */
export interface Column {
  header: string;
  path: string;
}

/** The columns of `-o custom-columns=NAME:.metadata.name,...`. @throws KubectlError */
export function columnsOf(spec: string): Column[] {
  if (spec === '') throw new KubectlError('custom-columns format specified but no custom columns given');
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: fieldPath(part.slice(colon + 1)) };
  });
}

/** The columns of a file: a line of headers, a line of paths. @throws KubectlError */
export function columnsOfFile(text: string): Column[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const expected = 'Expected format is one line of space separated headers, one line of space separated column specs.';
  if (text === '') throw new KubectlError(`invalid template, missing header line. ${expected}`);
  if (lines.length < 2) throw new KubectlError(`invalid template, missing spec line. ${expected}`);
  const [headers = [], paths = []] = lines.map((line) => line.split(/\s+/).filter((word) => word !== ''));
  if (headers.length !== paths.length)
    throw new KubectlError(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`);
  return headers.map((header, index) => ({ header, path: fieldPath(paths[index] as string) }));
}

function fieldPath(text: string): string {
  try {
    return relaxed(text);
  } catch (error) {
    if (error instanceof JsonPathError) throw new KubectlError(error.message);
    throw error;
  }
}

/** One line an object. */
export class CustomColumns {
  private headed = false;

  constructor(
    private readonly columns: readonly Column[],
    private readonly noHeaders: boolean,
  ) {}

  /** @param write gets what there is also before an error @throws KubectlError */
  print(objects: readonly Json[], write: (text: string) => void): void {
    const writer = new TabWriter({ minWidth: 6, padding: 3, remember: true });
    if (!this.headed && !this.noHeaders) writer.write(`${this.columns.map((column) => column.header).join('\t')}\n`);
    this.headed = true;
    try {
      const paths = this.columns.map((column) => new JsonPath(column.path, { allowMissing: true }));
      for (const object of objects) writer.write(`${paths.map((path) => cell(path, object)).join('\t')}\n`);
    } catch (error) {
      if (error instanceof JsonPathError) throw new KubectlError(error.message);
      throw error;
    } finally {
      write(writer.flush());
    }
  }
}

function cell(path: JsonPath, object: Json): string {
  const values = path.results(object);
  const texts = values.flat().map(goValue);
  if (!values[0]?.length) texts.unshift('<none>');
  return texts.join(',');
}
