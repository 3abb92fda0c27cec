import { characterWidth } from './width';

interface Position {
  row: number;
  column: number;
}

/** Draws the prompt and the line being edited, over as many rows as they need, and keeps the cursor where it belongs. */
export class Screen {
  columns = 80;
  /** Where the cursor stands, counted from the prompt's first row. */
  private at: Position = { row: 0, column: 0 };
  private shown = '';

  constructor(private readonly write: (text: string) => void) {}

  /** The next draw starts on a fresh row. */
  begin(): void {
    this.at = { row: 0, column: 0 };
    this.shown = '';
  }

  /** Shows `prompt` + `text` with the cursor after `before` (the part of text left of it). */
  draw(prompt: string, text: string, before: string): void {
    const whole = prompt + text;
    const end = this.place(whole);
    const target = this.place(prompt + before);
    if (
      before === text &&
      this.shown !== '' &&
      whole.startsWith(this.shown) &&
      this.endsAt(this.shown) &&
      end.column > 0 &&
      !whole.slice(this.shown.length).includes('\n')
    ) {
      this.write(whole.slice(this.shown.length)); // typing at the end: only what is new
    } else {
      this.write((this.at.row > 0 ? `\x1b[${this.at.row}A` : '') + '\r\x1b[J' + whole.replaceAll('\n', '\r\n'));
      // A full last row leaves the cursor hanging behind it: make it stand on the next one.
      if (end.column === 0 && end.row > 0 && !whole.endsWith('\n')) this.write('\r\n');
      if (end.row > target.row) this.write(`\x1b[${end.row - target.row}A`);
      if (end.row !== target.row || end.column !== target.column)
        this.write('\r' + (target.column > 0 ? `\x1b[${target.column}C` : ''));
    }
    this.at = target;
    this.shown = whole;
  }

  /** Takes away what is shown; the cursor stands where the prompt began. */
  erase(): void {
    this.write((this.at.row > 0 ? `\x1b[${this.at.row}A` : '') + '\r\x1b[J');
    this.begin();
  }

  /** Leaves the cursor on the row below what is shown. */
  finish(): void {
    const end = this.place(this.shown);
    if (end.row > this.at.row) this.write(`\x1b[${end.row - this.at.row}B`);
    this.write('\r\n');
    this.begin();
  }

  private endsAt(text: string): boolean {
    const end = this.place(text);
    return end.row === this.at.row && end.column === this.at.column;
  }

  private place(text: string): Position {
    let row = 0;
    let column = 0;
    for (const character of text) {
      if (character === '\n') {
        row++;
        column = 0;
        continue;
      }
      const width = characterWidth(character);
      if (column + width > this.columns) {
        row++;
        column = 0;
      }
      column += width;
      if (column === this.columns) {
        row++;
        column = 0;
      }
    }
    return { row, column };
  }
}
