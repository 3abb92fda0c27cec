import type { Lab } from '../types';

/** Runs command lines to their end. Virtual time passes in leaps: tests have thousands of these lines. */
export async function run(lab: Lab, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    let done = false;
    void lab.terminal.run(line).finally(() => (done = true));
    for (let turn = 0; !done; turn++) {
      for (let i = 0; i < 50 && !done; i++) await Promise.resolve();
      if (done) break;
      // programs and just-bash are loaded and work in timers of their own
      await new Promise((resolve) => (turn < 20 ? setImmediate(resolve) : setTimeout(resolve)));
      if (turn % 4 === 3) lab.advance(500);
      if (turn > 5000) throw new Error(`${line} does not end`);
    }
    lab.advance(500);
  }
}
