import { characterWidth } from './width';

/** A browser's storage for tests; `kept` is what is in it. */
export function memoryStorage(initial: Record<string, string> = {}) {
  const kept = new Map(Object.entries(initial));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

/** A terminal screen for tests: what a learner would see after these bytes. Knows only what the line editor writes. */
export class TestScreen {
  private rows: string[][] = [[]];
  row = 0;
  column = 0;

  constructor(private readonly columns = 80) {}

  get text(): string {
    return this.rows
      .map((row) =>
        Array.from(row, (cell) => cell ?? ' ')
          .join('')
          .trimEnd(),
      )
      .join('\n')
      .trimEnd();
  }

  write(bytes: string): void {
    const tokens = bytes.match(/\x1b\[[?0-9;]*[A-Za-z]|[^]/gu) ?? []; // eslint-disable-line no-control-regex -- escape sequences
    for (const token of tokens) {
      if (token.startsWith('\x1b[')) this.control(token.at(-1) ?? '', Number(/\d+/.exec(token)?.[0] ?? 1), token);
      else if (token === '\r') this.column = 0;
      else if (token === '\n') this.line(this.row + 1);
      else this.put(token);
    }
  }

  private line(row: number): void {
    this.row = row;
    while (this.rows.length <= row) this.rows.push([]);
  }

  private put(character: string): void {
    const width = characterWidth(character);
    if (this.column + width > this.columns) {
      this.column = 0;
      this.line(this.row + 1);
    }
    const row = this.rows[this.row] as string[];
    row[this.column] = character;
    if (width === 2) row[this.column + 1] = '';
    this.column += width;
  }

  private control(final: string, count: number, token: string): void {
    if (final === 'A') this.row = Math.max(0, this.row - count);
    else if (final === 'B') this.line(this.row + count);
    else if (final === 'C') this.column = Math.min(this.columns - 1, this.column + count);
    else if (final === 'H') this.row = this.column = 0;
    else if (final === 'J' && /\[[23]J/.test(token)) this.rows = [[]];
    else if (final === 'J') {
      this.rows.length = this.row + 1;
      (this.rows[this.row] as string[]).length = Math.min((this.rows[this.row] as string[]).length, this.column);
    }
  }
}
