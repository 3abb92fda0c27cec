import { useMemo } from 'react';
import type { LabState } from '../../lab/timeline';
import type { Lab } from '../../lab/types';
import { useLabContext, useLabSnapshot, usePageState, usePartOf } from './context';

/** The cluster at the moment that the reader looks at; undefined while that is now. */
function usePast(): LabState | undefined {
  const { lab } = useLabContext();
  const moment = usePageState('moment');
  return useMemo(() => (moment === undefined ? undefined : lab?.stateAt(moment)), [lab, moment]);
}

/** The cluster that figures draw: as it is now, or as it was at the moment the reader looks at. Undefined until the lab is loaded. */
export function useShownState(): LabState | undefined {
  const past = usePast();
  const snapshot = useLabSnapshot();
  return past ?? snapshot;
}

/** The same without its time, for figures that show no ages: they are not drawn again each second. */
export function useShownObjects(lab: Lab): Omit<LabState, 'time'> {
  const past = usePast();
  const nodes = usePartOf(lab, 'nodes');
  const pods = usePartOf(lab, 'pods');
  const services = usePartOf(lab, 'services');
  const endpointSlices = usePartOf(lab, 'endpointSlices');
  return past ?? { nodes, pods, services, endpointSlices };
}
