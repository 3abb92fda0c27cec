import type { CommandResult } from '../shell/types';
import type { Lab } from './types';

/** Steps of virtual time while a command runs, ms. */
const step = 100;
/** What it takes a person to go on after a command, ms. */
const pause = 500;

/**
 * Runs a command line in the lab's terminal and lets virtual time pass until it ends, as the page's timer would.
 * A command that still runs after `limit` ms (a watch) is stopped with Ctrl-C.
 */
export async function runLine(lab: Lab, line: string, limit = 300_000): Promise<CommandResult> {
  let done = false;
  const result = lab.terminal.run(line).finally(() => (done = true));
  for (let passed = 0; !done;) {
    // just-bash works in promises and timers of its own: give it turns before time passes
    for (let turn = 0; turn < 20 && !done; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    if (done) break;
    if (passed >= limit) lab.terminal.interrupt();
    else lab.advance(step);
    passed += step;
  }
  const ended = await result;
  lab.advance(pause);
  return ended;
}
