import type { History } from './history';
import type { Key } from './keys';
import { Line } from './line';
import { sanitize } from './sanitize';
import { Screen } from './screen';

export interface EditorEvents {
  /** Enter: the line as it stands. */
  accept(text: string): void;
  /** Ctrl-C on a line. */
  cancel(): void;
  /** Ctrl-D on an empty line. */
  end(): void;
  /** Ctrl-L. */
  clear(): void;
  /** Tab. `twice`: the key before was Tab as well. */
  complete(twice: boolean): void;
}

interface Search {
  text: string;
  index: number;
  /** The line before the search began. */
  saved: string;
}

/** A line editor with Emacs keys, as readline has them. The session turns it on and off around commands. */
export class LineEditor {
  readonly line = new Line();
  readonly screen: Screen;
  prompt = '';
  private search: Search | undefined;
  /** Position in the history; its length means the line being typed, kept in `draft`. */
  private position = 0;
  private draft = '';
  private tabs = 0;

  constructor(
    private readonly history: History,
    private readonly events: EditorEvents,
    private readonly print: (text: string) => void,
  ) {
    this.screen = new Screen(print);
  }

  /** Shows a prompt on a fresh row. */
  begin(prompt: string): void {
    this.prompt = prompt;
    this.line.set('');
    this.position = this.history.lines.length;
    this.draft = '';
    this.search = undefined;
    this.screen.begin();
    this.draw();
  }

  draw(): void {
    if (this.search) {
      const found = this.search.index < 0 ? 'failed ' : '';
      const head = `(${found}reverse-i-search)\`${this.search.text}': `;
      this.screen.draw(head, this.line.text, this.line.text);
    } else this.screen.draw(this.prompt, this.line.text, this.line.before);
  }

  /** Shows text of others above the line. */
  interject(text: string): void {
    this.screen.erase();
    this.print(text.replaceAll('\n', '\r\n') + (text.endsWith('\n') ? '' : '\r\n'));
    this.draw();
  }

  key(key: Key): void {
    if (key.kind !== 'key' || key.name !== 'tab') this.tabs = 0;
    if (this.search && this.searchKey(key)) return;
    if (key.kind === 'text') this.line.insert(sanitize(key.text));
    else if (key.kind === 'paste') this.line.insert(sanitize(key.text.replaceAll('\t', '    ')));
    else if (!this.command(key.name)) return;
    this.draw();
  }

  /** Puts `text` on the line as if typed. */
  replace(text: string): void {
    this.search = undefined;
    this.line.set(text);
    this.draw();
  }

  /** Runs a key's command; false: nothing to draw. */
  private command(name: string): boolean {
    const { line, events } = this;
    switch (name) {
      case 'enter':
        line.moveTo('end');
        this.draw();
        this.screen.finish();
        events.accept(line.text);
        return false;
      case 'C-c':
        line.moveTo('end');
        this.draw();
        events.cancel();
        return false;
      case 'C-d':
        if (line.length === 0) {
          events.end();
          return false;
        }
        line.deleteAfter();
        return true;
      case 'C-l':
        events.clear();
        this.screen.begin();
        return true;
      case 'tab':
        this.tabs++;
        events.complete(this.tabs > 1);
        return false;
      case 'C-r':
        this.search = { text: '', index: this.history.lines.length, saved: line.text };
        return true;
      case 'up':
      case 'C-p':
        return this.recall(this.position - 1);
      case 'down':
      case 'C-n':
        return this.recall(this.position + 1);
      default: {
        const edit = edits[name];
        edit?.(line);
        return edit !== undefined;
      }
    }
  }

  private recall(position: number): boolean {
    const { lines } = this.history;
    if (position < 0 || position > lines.length) return false;
    if (this.position === lines.length) this.draft = this.line.text;
    this.position = position;
    this.line.set(position === lines.length ? this.draft : (lines[position] ?? ''));
    return true;
  }

  /** A key during Ctrl-R; false: the search is over and the key means what it always means. */
  private searchKey(key: Key): boolean {
    const search = this.search as Search;
    const look = (from: number) => {
      search.index = search.text === '' ? this.history.lines.length : this.history.search(search.text, from);
      if (search.index >= 0 && search.text !== '') this.line.set(this.history.lines[search.index] ?? '');
      this.draw();
      return true;
    };
    if (key.kind === 'text') {
      search.text += sanitize(key.text);
      return look(search.index < 0 ? this.history.lines.length : search.index);
    }
    if (key.kind === 'key' && key.name === 'C-r') return look((search.index < 0 ? this.history.lines.length : search.index) - 1);
    if (key.kind === 'key' && key.name === 'backspace') {
      search.text = [...search.text].slice(0, -1).join('');
      return look(this.history.lines.length);
    }
    this.search = undefined;
    if (key.kind === 'key' && (key.name === 'C-g' || key.name === 'escape')) {
      if (key.name === 'C-g') this.line.set(search.saved);
      this.draw();
      return true;
    }
    this.draw();
    return false;
  }
}

const edits: Record<string, (line: Line) => void> = {
  'C-a': (line) => line.moveTo('start'),
  home: (line) => line.moveTo('start'),
  'C-e': (line) => line.moveTo('end'),
  end: (line) => line.moveTo('end'),
  'C-b': (line) => line.moveBy(-1),
  left: (line) => line.moveBy(-1),
  'C-f': (line) => line.moveBy(1),
  right: (line) => line.moveBy(1),
  'M-b': (line) => line.moveByWord(-1),
  'C-left': (line) => line.moveByWord(-1),
  'M-left': (line) => line.moveByWord(-1),
  'M-f': (line) => line.moveByWord(1),
  'C-right': (line) => line.moveByWord(1),
  'M-right': (line) => line.moveByWord(1),
  backspace: (line) => line.deleteBefore(),
  delete: (line) => line.deleteAfter(),
  'C-u': (line) => line.kill('start'),
  'C-k': (line) => line.kill('end'),
  'C-w': (line) => line.kill('space-before'),
  'M-backspace': (line) => line.kill('word-before'),
  'M-d': (line) => line.kill('word-after'),
  'C-y': (line) => line.yank(),
  'C-t': (line) => line.transpose(),
};
