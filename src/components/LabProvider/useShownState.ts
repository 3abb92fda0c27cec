import { useMemo } from 'react';
import type { LabState } from '../../lab/timeline';
import { useLabContext, useLabSnapshot, usePageState } from './context';

/** The cluster that figures draw: as it is now, or as it was at the moment the reader looks at. Undefined until the lab is loaded. */
export function useShownState(): LabState | undefined {
  const { lab } = useLabContext();
  const snapshot = useLabSnapshot();
  const { moment } = usePageState();
  const past = useMemo(() => (moment === undefined ? undefined : lab?.stateAt(moment)), [lab, moment]);
  return past ?? snapshot;
}
