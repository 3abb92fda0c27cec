import { displayWidth } from './width';

interface TabWriterOptions {
  minWidth: number;
  padding: number;
  /** Columns never get narrower from one flush to the next (watch). */
  remember?: boolean;
}

/**
 * Aligns text by tabs, as Go's text/tabwriter: a column is a run of lines that have a tab at the same place, so that a line
 * without it starts a new column. Text after the last tab of a line belongs to no column.
 */
export class TabWriter {
  private text = '';
  private remembered: number[] = [];

  constructor(private readonly options: TabWriterOptions) {}

  write(text: string): void {
    this.text += text;
  }

  /** Everything written since the last flush, aligned. */
  flush(): string {
    if (this.text === '') return '';
    const lines = this.text.split('\n').map((line) => line.split('\t'));
    this.text = '';
    const widths = lines.map((cells) => new Array<number>(Math.max(cells.length - 1, 0)).fill(0));
    this.layOut(lines, widths, 0, lines.length, 0);
    return lines.map((cells, row) => cells.map((cell, column) => pad(cell, widths[row]?.[column])).join('')).join('\n');
  }

  /** Sets the width of `column` for each run of lines in [from, to) that has it, then of the columns within each run. */
  private layOut(lines: string[][], widths: number[][], from: number, to: number, column: number): void {
    let row = from;
    while (row < to) {
      if (column >= (lines[row] as string[]).length - 1) {
        row++;
        continue;
      }
      let end = row;
      let width = this.options.minWidth;
      while (end < to && column < (lines[end] as string[]).length - 1) {
        const size = displayWidth((lines[end] as string[])[column] as string);
        width = Math.max(width, size + this.options.padding);
        end++;
      }
      if (this.options.remember) {
        width = Math.max(width, this.remembered[column] ?? 0);
        this.remembered[column] = width;
      }
      for (let line = row; line < end; line++) (widths[line] as number[])[column] = width;
      this.layOut(lines, widths, row, end, column + 1);
      row = end;
    }
  }
}

function pad(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
}
