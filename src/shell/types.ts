/** One finished (or running) command of a terminal: what screen readers, tests and the "what happened" views read. */
export interface TranscriptEntry {
  readonly id: number;
  /** The prompt as shown, without escape sequences. */
  readonly prompt: string;
  readonly command: string;
  /** stdout and stderr as they came, merged, plain text. */
  readonly output: string;
  /** undefined while it runs. */
  readonly exit?: number;
}

export interface CommandResult {
  exit: number;
  stdout: string;
  stderr: string;
}

/**
 * A terminal session. The widget connects it to xterm.js: keys go to `input`, text to show comes from `onOutput`.
 * All text that leaves is sanitized; only the session's own line editor writes escape sequences.
 */
export interface TerminalSession {
  /** Keys or pasted text as xterm's `onData` gives them. Answers of the terminal to queries are dropped. */
  input(data: string): void;
  resize(columns: number, rows: number): void;
  /** Called with text for xterm (lines end in \r\n). Returns the function that stops it. Output before the first listener is kept for it. */
  onOutput(listener: (text: string) => void): () => void;
  /** Types and runs one command line as if the learner had: it shows in the terminal and the history. Resolves when it has ended. */
  run(line: string): Promise<CommandResult>;
  /** Ctrl-C. */
  interrupt(): void;
  readonly busy: boolean;
  /** Where the learner is: `internet` (the laptop), `vm`, `node:node-1`, `pod:default/web-0`. */
  readonly place: string;
  /** Without escape sequences, e.g. `learner@laptop:~$ `. */
  readonly prompt: string;
  readonly transcript: readonly TranscriptEntry[];
  /** Called after `transcript`, `place` or `busy` changed. */
  subscribe(listener: () => void): () => void;
  dispose(): void;
}
