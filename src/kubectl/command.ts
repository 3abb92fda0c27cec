import type { Flag, FlagValues } from './flags';
import type { Session } from './session';
import type { KubectlEnvironment, Suspend } from './types';

/** One call of a command, parsed. */
export interface Invocation {
  session: Session;
  /** `kubectl create service clusterip`, as errors and help name it. */
  path: string;
  args: string[];
  flags: FlagValues;
  /** Number of arguments before `--`; -1 without it. */
  dash: number;
  /** The whole command as --record keeps it: words first, then flags as they were given, by their long names. */
  commandLine(): string;
}

/** A kubectl command. */
export interface Command {
  name: string;
  aliases?: readonly string[];
  /** One line for lists of commands. */
  short: string;
  /** What stands behind the name in the usage line. */
  use?: string;
  /** Lines of the help's examples. */
  examples?: readonly string[];
  flags?: readonly Flag[];
  commands?: readonly Command[];
  /** Where the text of a command group goes when it is called bare; default stderr. */
  groupHelp?: 'stdout' | 'stderr';
  /** Text in front of a command group's list. */
  long?: string;
  /** Exit code when the command group is called bare. */
  groupExit?: number;
  /** Ends the errors of its flags; default: where its usage is. */
  flagsHint?(path: string): string;
  /** Not in the list of commands. */
  hidden?: boolean;
  /** Hidden, but Tab offers it. */
  offered?: boolean;
  /** Its arguments are not parsed: flags are among them. */
  rawArguments?: boolean;
  /** Its help is another than the usual. */
  help?(environment: KubectlEnvironment): void;
  /** Exit code of errors. Default 1. */
  errorExit?: number;
  /** Exit code after Ctrl-C, where the command handles it; without it the shell's 130. */
  interruptExit?: number;
  /** It only answers that it is not here. */
  notSimulated?: boolean;
  /** Returns the exit code; undefined is 0. */
  run?(invocation: Invocation): Generator<Suspend, number | void, void>;
}
