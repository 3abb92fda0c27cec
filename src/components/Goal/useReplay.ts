import { useState } from 'react';
import type { Lab } from '../../lab/types';

/** Runs a solution's lines in the lab's terminal, one after the other. */
export function useReplay(lab: Lab, lines: readonly string[]): { replaying: boolean; replay(): void } {
  const [replaying, setReplaying] = useState(false);
  const run = async () => {
    setReplaying(true);
    try {
      for (const line of lines) await lab.terminal.run(line);
    } finally {
      setReplaying(false);
    }
  };
  return { replaying: replaying || lab.terminal.busy, replay: () => void run() };
}
