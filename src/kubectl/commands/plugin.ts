import type { Command } from '../command';
import { ignoredFlags, notSimulatedCommand } from './notsimulated';

export const plugin: Command = {
  name: 'plugin',
  short: 'Provides utilities for interacting with plugins',
  use: '[flags]',
  commands: [
    notSimulatedCommand('list', "List all visible plugin executables on a user's PATH", {
      answer: 'unable to find any kubectl plugins in your PATH',
      flags: ignoredFlags('bool:name-only'),
    }),
  ],
};
