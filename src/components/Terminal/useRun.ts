import { useEffect, useState } from 'react';
import { useLabContext } from '../LabProvider/context';

/** Runs command lines in the lab's terminal; what is asked for before the lab is there waits for it. */
export function useRun(): (command: string) => void {
  const { lab, start } = useLabContext();
  const [waiting, setWaiting] = useState<string>();
  useEffect(() => {
    if (!lab || waiting === undefined) return;
    setWaiting(undefined);
    void lab.terminal.run(waiting);
  }, [lab, waiting]);
  return (command) => {
    start();
    if (!lab) {
      setWaiting(command);
      return;
    }
    // As a reader would: Ctrl-C first when something still runs, e.g. a watch.
    if (lab.terminal.busy) lab.terminal.interrupt();
    void lab.terminal.run(command);
  };
}
