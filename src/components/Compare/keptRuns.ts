import { translate } from '@docusaurus/Translate';
import { useMemo } from 'react';
import { freeName, readRuns, storeRuns, withRun, type Run, type Runs } from '../../lab/runs';
import type { Lab } from '../../lab/types';
import { useLabContext, usePageState, type LabContextValue } from '../LabProvider/context';

interface KeptRuns {
  /** What is kept: as the page knows it, else as storage has it. */
  read(): Runs;
  /** Keeps one more run. Returns it under the name it got. */
  keep(run: Run): Run;
  rename(name: string, next: string): void;
  remove(name: string): void;
  /** Goes on with a kept run; the one that went on until now is kept in its place. */
  goOn(run: Run): Promise<void>;
  /** Goes on from an earlier time (virtual ms since the epoch); the run as it is now is kept. */
  forkAt(time: number): Promise<void>;
}

/** The runs of this lab. They are in storage, unless the lab came with a link. */
export function keptRuns({ page, shared, storage }: LabContextValue, lab: Lab): KeptRuns {
  const kept = shared ? undefined : storage;
  const read = () => page.get().runs ?? readRuns(kept, lab, translate({ id: 'widget.compare.first', message: '처음 실행' }));
  const set = (runs: Runs) => {
    page.set({ runs });
    storeRuns(kept, lab.scenario.name, runs);
  };
  const without = (runs: Runs, name: string): Runs => ({ ...runs, others: runs.others.filter((run) => run.name !== name) });
  return {
    read,
    keep(run) {
      const runs = read();
      const named = { ...run, name: freeName(runs, run.name) };
      set(withRun(runs, named));
      return named;
    },
    rename(name, next) {
      const runs = read();
      const free = freeName(runs, next);
      set(
        name === runs.current
          ? { ...runs, current: free }
          : { ...runs, others: runs.others.map((run) => (run.name === name ? { ...run, name: free } : run)) },
      );
    },
    remove: (name) => set(without(read(), name)),
    async goOn(run) {
      const runs = read();
      const own: Run = { name: runs.current, saved: lab.saved() };
      set({ ...withRun(without(runs, run.name), own), current: run.name });
      await lab.become(run.saved);
    },
    async forkAt(time) {
      const runs = read();
      const saved = lab.saved();
      const name = freeName(runs, translate({ id: 'widget.compare.other', message: '다른 실행' }));
      set({ ...withRun(runs, { name: runs.current, saved }), current: name });
      await lab.rewind(time);
    },
  };
}

/** The same for a widget that shows them. Storage is read once, not at each drawing. */
export function useKeptRuns(lab: Lab): Omit<KeptRuns, 'read'> & { readonly runs: Runs } {
  const context = useLabContext();
  const known = usePageState('runs');
  const kept = useMemo(() => keptRuns(context, lab), [context, lab]);
  const runs = useMemo(() => known ?? kept.read(), [known, kept]);
  return { ...kept, runs };
}
