import { useMemo } from 'react';
import type { LabState } from '../../lab/timeline';
import type { Lab } from '../../lab/types';
import { useLabContext, useLabPart, useLabSnapshot, usePageState } from './context';

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
  const now = lab.getSnapshot();
  const nodes = useLabPart('nodes') ?? now.nodes;
  const pods = useLabPart('pods') ?? now.pods;
  const services = useLabPart('services') ?? now.services;
  const endpointSlices = useLabPart('endpointSlices') ?? now.endpointSlices;
  return past ?? { nodes, pods, services, endpointSlices };
}
