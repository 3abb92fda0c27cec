import { deepEqual } from '../../apimachinery/json';
import type { Json } from '../../apimachinery/object';

/** Endpoints in one slice, at most (--max-endpoints-per-slice). */
const MAX_ENDPOINTS = 100;

/** What is to happen to slices. Those in `update` are copies; what stands in none of the lists stays as it is. */
export interface SliceChanges {
  create: Json[];
  update: Json[];
  delete: Json[];
}

/**
 * Which slice gets which endpoints, for endpoints that have the same ports. Endpoints stay where they are; new ones fill slices that change
 * anyway, then one unchanged slice with room, then new slices.
 * Upstream: k8s.io/endpointslice reconcileByPortMapping, which takes new endpoints in no order; here they come in the order of `wanted`.
 *
 * @param wanted endpoints by `endpointKey`
 * @param labels what the labels of these slices should be
 * @param fresh makes a new slice without endpoints
 */
export function distribute(
  slices: readonly Json[],
  wanted: ReadonlyMap<string, Json>,
  labels: Record<string, string>,
  fresh: () => Json,
): SliceChanges {
  const left = new Map(wanted);
  const changes: SliceChanges = { create: [], update: [], delete: [] };
  const unchanged: Json[] = [];
  for (const slice of slices) {
    const old: Json[] = slice.endpoints ?? [];
    const kept: Json[] = [];
    let updated = false;
    for (const endpoint of old) {
      const key = endpointKey(endpoint);
      const now = left.get(key);
      if (!now) continue;
      left.delete(key);
      kept.push(now);
      updated ||= !sameButHints(now, endpoint);
    }
    const relabelled = { ...slice.metadata, labels };
    if (updated || kept.length !== old.length) {
      if (kept.length === 0) changes.delete.push(slice);
      else changes.update.push({ ...slice, metadata: relabelled, endpoints: kept });
    } else if (!deepEqual(slice.metadata.labels ?? {}, labels)) {
      changes.update.push({ ...slice, metadata: relabelled, endpoints: [...old] });
    } else unchanged.push(slice);
  }

  const waiting = [...left.values()];
  const fill = (slice: Json) => slice.endpoints.push(...waiting.splice(0, MAX_ENDPOINTS - slice.endpoints.length));
  const fullestFirst = [...changes.update].sort((a, b) => b.endpoints.length - a.endpoints.length);
  for (const slice of fullestFirst) fill(slice);
  while (waiting.length > 0) {
    const roomy = waiting.length < MAX_ENDPOINTS ? fullestWithRoom(unchanged, waiting.length) : undefined;
    const slice = roomy ? { ...roomy, endpoints: [...(roomy.endpoints ?? [])] } : fresh();
    if (roomy) unchanged.splice(unchanged.indexOf(roomy), 1);
    fill(slice);
    (roomy ? changes.update : changes.create).push(slice);
  }
  return changes;
}

/** The slice that would be the fullest with `count` endpoints more; an empty one does not count. Upstream: getSliceToFill. */
function fullestWithRoom(slices: readonly Json[], count: number): Json | undefined {
  let best: Json | undefined;
  let least = MAX_ENDPOINTS;
  for (const slice of slices) {
    const room = MAX_ENDPOINTS - (count + (slice.endpoints?.length ?? 0));
    if (room >= 0 && room < least) [best, least] = [slice, room];
  }
  return best;
}

/** Which endpoint it is, whatever its state. Upstream: hashEndpoint. */
export function endpointKey({ addresses, hostname, targetRef }: Json): string {
  return [...addresses, hostname ?? '', targetRef?.namespace ?? '', targetRef?.name ?? ''].join(' ');
}

/** Upstream: EndpointsEqualBeyondHash. */
function sameButHints(a: Json, b: Json): boolean {
  return (['nodeName', 'zone', 'conditions', 'targetRef'] as const).every((field) => deepEqual(a[field], b[field]));
}
