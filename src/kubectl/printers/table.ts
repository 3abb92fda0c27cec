import type { Json } from '../../cluster/apimachinery/object';
import type { TabWriter } from './tabwriter';

export interface TableOptions {
  wide: boolean;
  noHeaders: boolean;
  /** A column with the namespace in front. */
  withNamespace: boolean;
  /** `service` or `deployment.apps` in front of the names; empty for none. */
  kindPrefix: string;
  showLabels: boolean;
  labelColumns: readonly string[];
  /** A column with the kind of event in front. */
  withEvents: boolean;
}

/** Prints the Tables the server sends. Upstream: cli-runtime/pkg/printers HumanReadablePrinter. */
export class TablePrinter {
  private columns?: Json[];
  private headed = false;

  constructor(private readonly options: TableOptions) {}

  print(table: Json, writer: TabWriter, event?: string): void {
    if (table.columnDefinitions?.length > 0) this.columns = table.columnDefinitions;
    const columns = this.columns ?? [];
    const rows: Json[] = table.rows ?? [];
    if (rows.length === 0) return;
    const shown = columns
      .map((column, index) => ({ column, index }))
      .filter(({ column }) => this.options.wide || !column.priority);
    if (!this.headed && !this.options.noHeaders) writer.row(this.header(shown.map(({ column }) => column)));
    this.headed = true;
    for (const row of rows) writer.row(this.row(row, columns.length, shown, event));
  }

  private header(columns: Json[]): string[] {
    const { withEvents, withNamespace, labelColumns, showLabels } = this.options;
    return [
      ...(withEvents ? ['EVENT'] : []),
      ...(withNamespace ? ['NAMESPACE'] : []),
      ...columns.map((column) => column.name.toUpperCase()),
      ...labelColumns.map((label) => (label.split('/').at(-1) ?? '').toUpperCase()),
      ...(showLabels ? ['LABELS'] : []),
    ];
  }

  /** @param width how many columns the server declared */
  private row(row: Json, width: number, shown: { column: Json; index: number }[], event = 'ADDED'): string[] {
    const { withEvents, withNamespace, labelColumns, showLabels, kindPrefix } = this.options;
    const metadata = row.object?.metadata;
    const texts: string[] = [];
    if (withEvents) texts.push(event.padEnd(8));
    if (withNamespace) texts.push(metadata?.namespace ?? '');
    for (const { column, index } of shown) {
      const text = cellText(row.cells[index]);
      texts.push(kindPrefix && column.format === 'name' ? `${kindPrefix}/${text}` : text);
    }
    const labels = labelColumns.map((label) => metadata?.labels?.[label] ?? '');
    if (showLabels) labels.push(formatLabels(metadata?.labels));
    // columns find their cells by number: a cell without a column of its own takes the place of the next one's
    texts.push(...[...row.cells.slice(width).map(cellText), ...labels].slice(0, labels.length));
    return texts;
  }
}

/** A cell up to its first line break. */
function cellText(value: Json): string {
  if (value === null || value === undefined) return '<nil>';
  const text = String(value);
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}

/** Labels as `a=b,c=d`; `<none>` without any. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels?.[key]}`);
  return pairs.join(',') || '<none>';
}
