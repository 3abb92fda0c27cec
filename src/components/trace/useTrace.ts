import { useCallback, useMemo } from 'react';
import type { Trace } from '../../cluster/linux/trace';
import { useLabContext, useLabPart, usePageState } from '../LabProvider/context';
import { stepsOf, type Step } from './steps';

interface Traces {
  /** Every trace of the lab, oldest first. */
  traces: readonly Trace[];
  /** The one looked at; undefined while there is none. */
  trace: Trace | undefined;
  look(traceId: number | undefined): void;
}

export interface Looked extends Traces {
  steps: readonly Step[];
  /** Index in `steps`, always within it (0 while there is none). */
  index: number;
  goTo(index: number): void;
}

const none: readonly Trace[] = [];

/** The trace that every widget of this lab looks at together; for who does not follow its steps. */
export function useTraces(): Traces {
  const { page } = useLabContext();
  const chosen = usePageState('traceId');
  const moment = usePageState('moment');
  const all = useLabPart('traces') ?? none;
  // A look at the past shows no packet that was sent later.
  const traces = useMemo(() => (moment === undefined ? all : all.filter(({ time }) => time <= moment)), [all, moment]);
  const look = useCallback((traceId: number | undefined) => page.set({ traceId, step: 0 }), [page]);
  return { traces, trace: traces.find(({ id }) => id === chosen) ?? traces.at(-1), look };
}

/** The trace and step that every widget of this lab looks at together. */
export function useTrace(): Looked {
  const { page } = useLabContext();
  const { traces, trace, look } = useTraces();
  const step = usePageState('step');
  const steps = useMemo(() => (trace ? stepsOf(trace) : []), [trace]);
  const last = Math.max(0, steps.length - 1);
  const goTo = useCallback(
    (index: number) => page.set({ traceId: trace?.id, step: Math.max(0, Math.min(index, last)) }),
    [page, trace?.id, last],
  );
  return { traces, trace, steps, index: Math.min(step, last), look, goTo };
}
