import type { Command } from '../command';
import { KubectlError } from '../errors';

/** A command the simulator does not have: its line in the help, and a plain answer. @param answer what the real one would say here */
export function notSimulatedCommand(name: string, short: string, answer?: string): Command {
  return {
    name,
    short,
    *run() {
      throw new KubectlError(answer ?? `kubectl ${name} is not simulated yet`);
    },
  };
}
