import type { Suspend } from '../kubectl/types';
import { complete } from './completion';
import { LineEditor } from './editor';
import type { Files } from './files';
import { History, type KeyValueStorage } from './history';
import type { Jobs } from './jobs';
import { interrupted } from './jobs';
import { type Key, KeyDecoder } from './keys';
import type { ProgramTable } from './program';
import { sanitize } from './sanitize';
import { Shell } from './shell';
import type { CommandResult, TerminalSession, TranscriptEntry } from './types';
import { textWidth } from './width';
import { needsMore } from './words';
import type { TraceListener, World } from './world';

export interface TerminalOptions {
  world: World;
  files: Files;
  programs: ProgramTable;
  jobs: Jobs;
  place?: string;
  openEditor?: (path: string) => () => boolean;
  onTrace?: TraceListener;
  storage?: KeyValueStorage;
  /** Key of the history in `storage`. */
  storageKey?: string;
  /** Called with each thing the learner did; what it returns is called when a command line has ended. */
  onInput?: (input: TerminalInput) => (() => void) | undefined;
  /** While true, keys are dropped: earlier input is being repeated. */
  deaf?: () => boolean;
}

/** What a learner does in a terminal, past the line editor: enough to do it again. */
export type TerminalInput =
  | { kind: 'run'; line: string }
  | { kind: 'interrupt' }
  /** A line for the program that reads the terminal. */
  | { kind: 'typed'; line: string }
  /** The end of what it reads (Ctrl-D). */
  | { kind: 'end' };

/** Characters of a command line, pasted or typed over many rows. */
const LONGEST_LINE = 64 * 1024;

interface Running {
  entry: TranscriptEntry;
  controller: AbortController;
}

/** A terminal: a line editor in front of a shell, and everything that was said. `reset` belongs to whoever owns the lab. */
export class Terminal implements TerminalSession {
  private readonly shell: Shell;
  private readonly editor: LineEditor;
  private readonly decoder = new KeyDecoder();
  private readonly history: History;
  private readonly outputs = new Set<(text: string) => void>();
  private readonly listeners = new Set<() => void>();
  private kept = '';
  private entries: readonly TranscriptEntry[] = [];
  private nextId = 1;
  private running: Running | undefined;
  private ahead: Key[] = [];
  private readonly waiting: (() => void)[] = [];
  /** Lines of an unfinished command (open quote, here-document, loop). */
  private unfinished = '';
  /** Lines typed to a program that reads the terminal. */
  private typed: { text: string; ended: boolean } | undefined;
  /** The screen's column is not 0: a program's last line had no line feed. */
  private midline = false;
  /** What background jobs say when they are ended by a reset is for nobody. */
  private silent = false;

  constructor(private readonly options: TerminalOptions) {
    this.history = new History(options.storage, options.storageKey);
    this.shell = new Shell({
      ...options,
      history: this.history,
      clear: () => this.emit('\x1b[H\x1b[2J\x1b[3J'),
      readTerminal: () => this.readTerminal(),
    });
    this.editor = new LineEditor(
      this.history,
      {
        accept: (text) => this.accept(text),
        cancel: () => this.cancel(),
        end: () => this.endOfInput(),
        clear: () => this.emit('\x1b[H\x1b[2J\x1b[3J'),
        complete: (twice) => this.complete(twice),
      },
      (text) => this.emit(text),
    );
    this.emit('\x1b[?2004h'); // bracketed paste: pasted line feeds do not run anything by themselves
    this.editor.begin(this.prompt);
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  get place(): string {
    return this.shell.place;
  }

  get prompt(): string {
    return this.shell.prompt;
  }

  get transcript(): readonly TranscriptEntry[] {
    return this.entries;
  }

  input(data: string): void {
    if (this.options.deaf?.()) return;
    for (const key of this.decoder.decode(data)) this.key(key);
  }

  resize(columns: number, _rows: number): void {
    this.editor.screen.columns = Math.max(2, columns);
    if (!this.busy || this.typed) this.editor.draw();
  }

  onOutput(listener: (text: string) => void): () => void {
    this.outputs.add(listener);
    const { kept } = this;
    this.kept = '';
    if (kept !== '') listener(kept);
    return () => this.outputs.delete(listener);
  }

  run(line: string): Promise<CommandResult> {
    return this.runWhenIdle(line, true);
  }

  /** Does again what was done before; the history of command lines stays as it is. Resolves at the end of a command. */
  async repeat(input: TerminalInput): Promise<void> {
    if (input.kind === 'run') await this.runWhenIdle(input.line, false);
    else if (input.kind === 'interrupt') this.interrupt();
    else if (this.typed && input.kind === 'typed') this.accept(input.line);
    else if (this.typed) this.endOfInput();
  }

  private async runWhenIdle(line: string, remember: boolean): Promise<CommandResult> {
    while (this.running) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.unfinished = '';
    // it may come from a link
    this.editor.replace(sanitize(line));
    this.editor.screen.finish();
    return this.execute(line, remember);
  }

  interrupt(): void {
    if (this.running) {
      this.options.onInput?.({ kind: 'interrupt' });
      this.write('^C\n');
      this.running.controller.abort();
    } else this.cancel();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Stops what runs and forgets the screen and the shells behind the first; the history stays. */
  reset(): void {
    this.running?.controller.abort();
    this.silent = true;
    this.shell.reset();
    this.silent = false;
    this.unfinished = '';
    this.ahead = [];
    this.entries = [];
    this.midline = false;
    this.emit('\x1b[H\x1b[2J\x1b[3J');
    if (!this.running) this.editor.begin(this.prompt);
    this.notify();
  }

  dispose(): void {
    this.running?.controller.abort();
    this.silent = true;
    this.shell.stopBackground();
    this.outputs.clear();
    this.listeners.clear();
  }

  private key(key: Key): void {
    if (!this.running || this.typed) {
      this.editor.key(key);
      return;
    }
    if (key.kind === 'key' && key.name === 'C-c') {
      this.ahead = [];
      this.interrupt();
    } else if (this.ahead.length < 4096) this.ahead.push(key);
  }

  private accept(text: string): void {
    if (this.typed) {
      this.options.onInput?.({ kind: 'typed', line: text });
      this.typed.text += text + '\n';
      this.editor.begin('');
      return;
    }
    const whole = this.unfinished === '' ? text : `${this.unfinished}\n${text}`;
    if (needsMore(whole)) {
      this.unfinished = whole;
      this.editor.begin('> ');
      return;
    }
    this.unfinished = '';
    void this.execute(whole);
  }

  private cancel(): void {
    this.emit('^C\r\n');
    this.unfinished = '';
    if (this.typed) {
      this.options.onInput?.({ kind: 'interrupt' });
      this.running?.controller.abort();
    } else this.editor.begin(this.prompt);
  }

  private endOfInput(): void {
    if (this.typed) {
      this.options.onInput?.({ kind: 'end' });
      this.typed.ended = true;
      this.options.jobs.noteChange();
      this.options.jobs.wake();
    } else if (this.shell.depth > 1) {
      this.editor.replace('exit');
      this.editor.screen.finish();
      void this.execute('exit');
    }
  }

  private complete(twice: boolean): void {
    if (this.typed) return;
    const { line } = this.editor;
    const { before } = line;
    const { start, candidates, noSpace, pending } = complete(this.shell, before);
    if (pending) {
      const again = () => (line.before === before && !this.running ? this.complete(twice) : undefined);
      void pending.then(again, () => undefined);
      return;
    }
    const word = before.slice(start);
    const [first = ''] = candidates;
    if (candidates.length === 1) {
      line.replaceBefore(start, first + (noSpace || /[/=]$/.test(first) ? '' : ' '));
    } else if (candidates.length > 1) {
      let shared = first;
      while (!candidates.every((one) => one.startsWith(shared))) shared = shared.slice(0, -1);
      if (shared.length > word.length) line.replaceBefore(start, shared);
      else if (twice) {
        const { cursor } = line;
        line.moveTo('end');
        this.editor.draw();
        this.editor.screen.finish();
        line.cursor = cursor;
        this.emit(inColumns(candidates, this.editor.screen.columns).replaceAll('\n', '\r\n'));
      }
    }
    this.editor.draw();
  }

  private async execute(line: string, remember = true): Promise<CommandResult> {
    const tooLong = line.length > LONGEST_LINE;
    if (remember && !tooLong) this.history.add(line);
    if (line.trim() === '') {
      this.editor.begin(this.prompt);
      return { exit: 0, stdout: '', stderr: '' };
    }
    const ended = tooLong ? undefined : this.options.onInput?.({ kind: 'run', line });
    const result = { stdout: '', stderr: '' };
    const controller = new AbortController();
    const entry: TranscriptEntry = {
      id: this.nextId++,
      prompt: this.prompt,
      command: sanitize(tooLong ? `${line.slice(0, 80)}…` : line),
      output: '',
    };
    const running: Running = { entry, controller };
    this.running = running;
    this.entries = [...this.entries, entry].slice(-200);
    this.notify();
    const show = (stream: 'stdout' | 'stderr') => (text: string) => {
      result[stream] += text;
      if (controller.signal.aborted && this.running !== running) return;
      this.write(text, running);
    };
    let exit: number;
    try {
      if (tooLong) show('stderr')(`bash: this simulator reads command lines of up to ${LONGEST_LINE} characters\n`);
      exit = tooLong
        ? 1
        : await this.shell.run(line, { stdout: show('stdout'), stderr: show('stderr'), signal: controller.signal });
    } catch (error) {
      exit = 1;
      show('stderr')(`this simulator failed: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    this.running = undefined;
    this.typed = undefined;
    this.update(running, { exit: controller.signal.aborted ? interrupted : exit });
    if (this.midline) this.emit('\r\n');
    this.midline = false;
    this.editor.begin(this.prompt);
    this.notify();
    ended?.();
    for (const resolve of this.waiting.splice(0)) resolve();
    const ahead = this.ahead.splice(0);
    for (const key of ahead) this.key(key);
    return { exit, ...result };
  }

  private *readTerminal(): Generator<Suspend, string, void> {
    this.typed = { text: '', ended: false };
    this.editor.begin('');
    const { typed } = this;
    for (const key of this.ahead.splice(0)) this.key(key);
    try {
      while (!typed.ended) yield {};
    } finally {
      this.typed = undefined;
    }
    return typed.text;
  }

  /** Program output: sanitized, into the transcript and onto the screen. `from`: whose it is when nothing else runs. */
  private write(text: string, from?: Running): void {
    if (text === '' || this.silent) return;
    const safe = sanitize(text);
    const running = this.running ?? from;
    if (running) this.update(running, { output: running.entry.output + safe });
    if (!this.running) {
      // something in the background speaks: above the line that is being edited
      this.editor.interject(safe);
      return;
    }
    this.midline = !safe.endsWith('\n');
    this.emit(safe.replaceAll('\n', '\r\n'));
  }

  private update(running: Running, change: Partial<TranscriptEntry>): void {
    const next = { ...running.entry, ...change };
    this.entries = this.entries.map((one) => (one.id === next.id ? next : one));
    running.entry = next;
    this.notify();
  }

  private emit(text: string): void {
    if (this.outputs.size === 0) this.kept = (this.kept + text).slice(-65536);
    else for (const listener of [...this.outputs]) listener(text);
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** Names in columns, as readline lists candidates. */
function inColumns(names: readonly string[], columns: number): string {
  const width = Math.max(...names.map(textWidth)) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(names.length / across);
  let text = '';
  for (let row = 0; row < rows; row++) {
    const cells = names.filter((_name, index) => index % rows === row);
    text +=
      cells.map((name, index) => (index === cells.length - 1 ? name : name + ' '.repeat(width - textWidth(name)))).join('') +
      '\n';
  }
  return text;
}
