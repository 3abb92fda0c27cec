import { displayWidth } from './width';

interface TabWriterOptions {
  minWidth: number;
  padding: number;
  /** Columns never get narrower from one flush to the next (watch). */
  remember?: boolean;
}

/** A line's cells. Those that stand in the same columns as the line before share its list of widths. */
interface Line {
  readonly cells: readonly string[];
  widths: readonly number[];
}

const NO_WIDTHS: readonly number[] = [];

/**
 * Aligns text by tabs, as Go's text/tabwriter: a column is a run of lines that have a tab at the same place, so that a line
 * without it starts a new column. Text after the last tab of a line belongs to no column.
 */
export class TabWriter {
  private lines: Line[] = [];
  /** What follows the last line break. */
  private text = '';
  private remembered: number[] = [];

  constructor(private readonly options: TabWriterOptions) {}

  write(text: string): void {
    const lines = (this.text + text).split('\n');
    this.text = lines.pop()!;
    for (const line of lines) this.lines.push({ cells: line.split('\t'), widths: NO_WIDTHS });
  }

  /** A line, given as its cells. */
  row(cells: readonly string[]): void {
    if (this.text !== '' || cells.some((cell) => cell.includes('\t') || cell.includes('\n'))) this.write(`${cells.join('\t')}\n`);
    else this.lines.push({ cells, widths: NO_WIDTHS });
  }

  /** Everything written since the last flush, aligned. */
  flush(): string {
    const { lines } = this;
    lines.push({ cells: this.text.split('\t'), widths: NO_WIDTHS });
    this.lines = [];
    this.text = '';
    this.layOut(lines, 0, lines.length, []);
    return lines.map(aligned).join('\n');
  }

  /** Sets the widths of lines in [from, to), whose first columns have these widths already. */
  private layOut(lines: readonly Line[], from: number, to: number, before: readonly number[]): void {
    const column = before.length;
    let row = from;
    while (row < to) {
      let width = this.options.minWidth;
      let end = row;
      for (; end < to; end++) {
        const { cells } = lines[end]!;
        if (column >= cells.length - 1) break;
        width = Math.max(width, displayWidth(cells[column]!) + this.options.padding);
      }
      if (end === row) {
        lines[row++]!.widths = before;
        continue;
      }
      if (this.options.remember) this.remembered[column] = width = Math.max(width, this.remembered[column] ?? 0);
      this.layOut(lines, row, end, [...before, width]);
      row = end;
    }
  }
}

function aligned({ cells, widths }: Line): string {
  let text = '';
  for (let i = 0; i < widths.length; i++) text += pad(cells[i]!, widths[i]!);
  return text + cells[widths.length]!;
}

function pad(cell: string, width: number): string {
  return cell.padEnd(width + cell.length - displayWidth(cell));
}
