import type { Suspend } from '../kubectl/types';
import type { Machine } from './machines';
import type { Shell } from './shell';

/** What a program gets. Paths are relative to `directory`. */
export interface ProgramContext {
  readonly name: string;
  readonly args: readonly string[];
  readonly machine: Machine;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** What was piped in; undefined at the terminal (see `readInput`). */
  readonly stdin: string | undefined;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Everything on standard input: what was piped in, or what the learner types until Ctrl-D. */
  readInput(): Generator<Suspend, string, void>;
  readonly shell: Shell;
}

/** A program waits by yielding (see `Suspend`) and returns its exit code. */
export type Program = (context: ProgramContext) => Generator<Suspend, number, void>;

/** The programs that are installed on a machine. */
export type ProgramTable = (machine: Machine) => ReadonlyMap<string, Program>;

/** Waits for a promise inside a program. */
export function* waitFor<T>(promise: Promise<T>, wake: () => void): Generator<Suspend, T, void> {
  let state: { value: T } | { error: unknown } | undefined;
  promise.then(
    (value) => {
      state = { value };
      wake();
    },
    (error: unknown) => {
      state = { error };
      wake();
    },
  );
  while (!state) yield {};
  if ('error' in state) throw state.error;
  return state.value;
}
