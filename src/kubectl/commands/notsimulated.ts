import type { Command } from '../command';
import { KubectlError } from '../errors';
import { flag, type Flag, type FlagType } from '../flags';

interface Missing {
  aliases?: readonly string[];
  use?: string;
  flags?: readonly Flag[];
  /** What the real one would say here. */
  answer?: string;
}

/** A command the simulator does not have: its line in the help, its flags, and a plain answer to any call. */
export function notSimulatedCommand(name: string, short: string, { answer, ...more }: Missing = {}): Command {
  return {
    name,
    short,
    notSimulated: answer === undefined || answer.startsWith('not simulated'),
    ...more,
    *run({ path }) {
      throw new KubectlError(answer ?? `not simulated yet: this simulator does not have ${path}`);
    },
  };
}

/** Flags that are accepted and do nothing here: `type name` or `type n/name`, with `=default`. */
export function ignoredFlags(texts: string): Flag[] {
  return texts
    .trim()
    .split(/\s+/)
    .map((text) => {
      const [, type, short, name = '', value] = /^(\w+):(?:(\w)\/)?([\w-]+)(?:=(.*))?$/.exec(text) ?? [];
      return flag(name, type as FlagType, 'Accepted; not needed here.', {
        support: 'ignored',
        ...(short !== undefined && { short }),
        ...(value !== undefined && { default: value }),
      });
    });
}
