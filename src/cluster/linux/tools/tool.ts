import type { Host } from '../host';

/** What a program of a host is run with. */
export interface ToolRun {
  readonly host: Host;
  readonly args: readonly string[];
  readonly stdin: string;
  /** Virtual ms since the epoch. */
  readonly now: number;
}

/** What it said, and its exit code. */
export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** A program that looks at one host's network, or changes it. */
export type Tool = (run: ToolRun) => ToolOutput;

export const said = (stdout: string): ToolOutput => ({ stdout, stderr: '', exit: 0 });

export const failed = (stderr: string, exit: number): ToolOutput => ({ stdout: '', stderr: `${stderr}\n`, exit });
