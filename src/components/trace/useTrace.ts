import { useMemo } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import { useLabContext, useLabSnapshot, usePageState } from '../LabProvider/context';
import { stepsOf, type Step } from './steps';

export interface Looked {
  /** Every trace of the lab, oldest first. */
  traces: readonly Trace[];
  /** The one looked at; undefined while there is none. */
  trace: Trace | undefined;
  steps: readonly Step[];
  /** Index in `steps`, always within it (0 while there is none). */
  index: number;
  look(traceId: number | undefined): void;
  goTo(index: number): void;
}

/** The trace and step that every widget of this lab looks at together. */
export function useTrace(): Looked {
  const { page } = useLabContext();
  const state = usePageState();
  const all = useLabSnapshot()?.traces ?? [];
  const { moment = Infinity } = state;
  // A look at the past shows no packet that was sent later.
  const traces = all.filter(({ time }) => time <= moment);
  const trace = traces.find((candidate) => candidate.id === state.traceId) ?? traces.at(-1);
  const steps = useMemo(() => (trace ? stepsOf(trace) : []), [trace]);
  const last = Math.max(0, steps.length - 1);
  return {
    traces,
    trace,
    steps,
    index: Math.min(state.step, last),
    look: (traceId) => page.set({ traceId, step: 0 }),
    goTo: (index) => page.set({ traceId: trace?.id, step: Math.max(0, Math.min(index, last)) }),
  };
}
