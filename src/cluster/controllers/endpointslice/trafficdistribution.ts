import type { Json } from '../../apimachinery/object';
import type { SliceChanges } from './distribute';

/** Values of spec.trafficDistribution that put hints on endpoints; PreferClose is the old name of PreferSameZone. */
const CLOSE = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

export function isClose(trafficDistribution: string | undefined): boolean {
  return trafficDistribution !== undefined && CLOSE.includes(trafficDistribution);
}

/**
 * Hints every ready endpoint's own zone, and its own node where the Service asks for it, in slices that change anyway and in those whose
 * hints are wrong. Upstream: k8s.io/endpointslice/trafficdist ReconcileHints.
 */
export function hintClose(trafficDistribution: string, changes: SliceChanges, unchanged: readonly Json[]): void {
  const nodes = trafficDistribution === 'PreferSameNode';
  const isWrong = (endpoint: Json) => {
    if (!endpoint.conditions.ready) return false;
    const { forZones = [], forNodes = [] } = endpoint.hints ?? {};
    return !namesOnly(forZones, endpoint.zone) || !namesOnly(forNodes, nodes ? endpoint.nodeName : undefined);
  };
  for (const slice of unchanged)
    if (slice.endpoints?.some(isWrong)) changes.update.push({ ...slice, endpoints: [...slice.endpoints] });
  for (const slice of [...changes.create, ...changes.update]) {
    slice.endpoints = (slice.endpoints ?? []).map((endpoint: Json) => {
      if (!endpoint.conditions.ready) return endpoint;
      const { hints: _, ...rest } = endpoint;
      const hints = {
        ...(endpoint.zone && { forZones: [{ name: endpoint.zone }] }),
        ...(nodes && endpoint.nodeName && { forNodes: [{ name: endpoint.nodeName }] }),
      };
      return Object.keys(hints).length > 0 ? { ...rest, hints } : rest;
    });
  }
}

function namesOnly(list: readonly Json[], name: string | undefined): boolean {
  return name === undefined ? list.length === 0 : list.length === 1 && list[0].name === name;
}
