import type { Host } from '../host';
import type { Hop } from '../trace';
import type { ToolOutput } from './tool';

/** What a program is run with that prints what happens while it runs. */
export interface FollowRun {
  readonly host: Host;
  readonly args: readonly string[];
  /** Virtual ms since the epoch. */
  readonly now: () => number;
  /** Takes what it prints, as it happens. */
  readonly print: (text: string) => void;
  /** Has `listener` called with the packets of each connection, on all hosts. Returns the function that ends that. */
  readonly watch: (listener: (hops: readonly Hop[]) => void) => () => void;
}

/** Such a program at work. */
export interface Following {
  /** What it says on standard error when it begins. */
  readonly intro: string;
  /** It has seen all that it was to see. */
  readonly done: boolean;
  /** Lets what waited for this moment happen. */
  look(): void;
  /** Ends it: its last words. To be called once. */
  stop(): ToolOutput;
}

/** At once `ToolOutput` when there is nothing to wait for, e.g. after a mistake in the arguments. */
export type Follower = (run: FollowRun) => Following | ToolOutput;
