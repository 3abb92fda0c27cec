import type { CommandResult } from '../shell/types';
import type { Lab } from './types';

/** Steps of virtual time while a command runs, ms. */
const step = 100;
/** What it takes a person to go on after a command, ms. */
const pause = 500;

/**
 * Lets virtual time pass until `result` is there, as the page's timer would, for at most `limit` ms of it.
 * Undefined when it is still to come then.
 */
export async function whileTimePasses<Result extends object>(
  lab: Lab,
  result: Promise<Result>,
  limit: number,
): Promise<Result | undefined> {
  let done = false;
  const ended = result.finally(() => (done = true));
  for (let passed = 0; ; passed += step) {
    await lab.rest();
    if (done) return ended;
    if (passed >= limit) return undefined;
    lab.advance(step);
  }
}

/**
 * Runs a command line in the lab's terminal until it ends.
 * A command that still runs after `limit` ms (a watch) is stopped with Ctrl-C.
 */
export async function runLine(lab: Lab, line: string, limit = 300_000): Promise<CommandResult> {
  const result = lab.terminal.run(line);
  let ended = await whileTimePasses(lab, result, limit);
  while (!ended) {
    lab.terminal.interrupt();
    ended = await whileTimePasses(lab, result, 0);
  }
  lab.advance(pause);
  return ended;
}
