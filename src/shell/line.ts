import { characterWidth } from './width';

const wordCharacter = /[\p{L}\p{N}_]/u;

/** A line being edited: characters (code points) and a cursor between them. Knows nothing of screens. */
export class Line {
  private characters: string[] = [];
  cursor = 0;
  /** What Ctrl-K, Ctrl-U and Ctrl-W took last, for Ctrl-Y. */
  private killed: string[] = [];

  get text(): string {
    return this.characters.join('');
  }

  get length(): number {
    return this.characters.length;
  }

  /** Text before the cursor. */
  get before(): string {
    return this.characters.slice(0, this.cursor).join('');
  }

  set(text: string): void {
    this.characters = [...text];
    this.cursor = this.characters.length;
  }

  insert(text: string): void {
    const inserted = [...text.normalize('NFC')];
    // no splice: a paste may have more characters than a function takes arguments
    this.characters = [...this.characters.slice(0, this.cursor), ...inserted, ...this.characters.slice(this.cursor)];
    this.cursor += inserted.length;
  }

  /** Replaces what stands between two offsets (UTF-16 units of `before`) of the text before the cursor. */
  replaceBefore(start: number, replacement: string): void {
    const head = [...this.before.slice(0, start), ...replacement];
    this.characters = [...head, ...this.characters.slice(this.cursor)];
    this.cursor = head.length;
  }

  moveBy(step: 1 | -1): void {
    do this.cursor = Math.max(0, Math.min(this.length, this.cursor + step));
    while (this.cursor > 0 && this.cursor < this.length && characterWidth(this.characters[this.cursor] ?? ' ') === 0);
  }

  moveTo(place: 'start' | 'end'): void {
    this.cursor = place === 'start' ? 0 : this.length;
  }

  moveByWord(step: 1 | -1): void {
    this.cursor = this.wordEdge(step);
  }

  deleteBefore(): void {
    const end = this.cursor;
    this.moveBy(-1);
    this.characters.splice(this.cursor, end - this.cursor);
  }

  deleteAfter(): void {
    const start = this.cursor;
    this.moveBy(1);
    this.characters.splice(start, this.cursor - start);
    this.cursor = start;
  }

  kill(range: 'start' | 'end' | 'word-before' | 'word-after' | 'space-before'): void {
    const { cursor } = this;
    let from = cursor;
    let to = cursor;
    if (range === 'start') from = 0;
    else if (range === 'end') to = this.length;
    else if (range === 'word-before') from = this.wordEdge(-1);
    else if (range === 'word-after') to = this.wordEdge(1);
    else {
      while (from > 0 && /\s/.test(this.characters[from - 1] ?? '')) from--;
      while (from > 0 && !/\s/.test(this.characters[from - 1] ?? '')) from--;
    }
    if (from === to) return;
    this.killed = this.characters.splice(from, to - from);
    this.cursor = from;
  }

  yank(): void {
    this.insert(this.killed.join(''));
  }

  transpose(): void {
    if (this.cursor === 0 || this.length < 2) return;
    const at = Math.min(this.cursor, this.length - 1);
    const [a, b] = [this.characters[at - 1] ?? '', this.characters[at] ?? ''];
    this.characters.splice(at - 1, 2, b, a);
    this.cursor = at + 1;
  }

  private wordEdge(step: 1 | -1): number {
    let at = this.cursor;
    const next = () => this.characters[step > 0 ? at : at - 1] ?? '';
    const inside = () => (step > 0 ? at < this.length : at > 0);
    while (inside() && !wordCharacter.test(next())) at += step;
    while (inside() && wordCharacter.test(next())) at += step;
    return at;
  }
}
