import type { KubeObject } from '../../cluster/apimachinery/object';
import type { Trace } from '../../cluster/linux/trace';
import { isReady, slicesOf } from '../../lab/behind';
import type { LabSnapshot } from '../../lab/types';

/** Something that is different now, told from two looks at the lab. */
export type Effect =
  | { kind: 'traces'; traces: readonly Trace[] }
  | { kind: 'service-created' | 'service-deleted'; service: KubeObject }
  | { kind: 'service-changed'; service: KubeObject; fields: readonly string[] }
  | { kind: 'address'; service: KubeObject; address: string }
  | { kind: 'endpoints'; service: KubeObject; before: number; after: number }
  | { kind: 'pods'; created: number; deleted: number; readied: number; unreadied: number };

type Seen = Pick<LabSnapshot, 'services' | 'pods' | 'endpointSlices' | 'traces'>;

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
const uidOf = ({ metadata }: KubeObject): string => metadata.uid ?? '';

/** How many ready endpoints a Service has; a pod counts once, whatever ports it is listed for. */
function endpointCount(slices: readonly KubeObject[], service: KubeObject): number {
  const addresses = new Set<string>();
  for (const slice of slicesOf(service, slices)) {
    const endpoints: { addresses?: string[]; conditions?: { ready?: boolean } }[] = slice.endpoints ?? [];
    for (const { addresses: own = [], conditions } of endpoints) {
      if (conditions?.ready !== false) for (const address of own) addresses.add(address);
    }
  }
  return addresses.size;
}

/** Top-level fields of the spec that differ; `clusterIPs` says nothing that `clusterIP` does not. */
function changedFields(before: KubeObject, after: KubeObject): string[] {
  const names = new Set([...Object.keys(before.spec ?? {}), ...Object.keys(after.spec ?? {})]);
  const differs = (name: string) => JSON.stringify(before.spec?.[name]) !== JSON.stringify(after.spec?.[name]);
  return [...names].filter((name) => name !== 'clusterIPs' && differs(name)).map((name) => `spec.${name}`);
}

function addressOf(service: KubeObject): string | undefined {
  const ingress: { ip?: string; hostname?: string }[] = service.status?.loadBalancer?.ingress ?? [];
  return ingress[0]?.ip ?? ingress[0]?.hostname;
}

function serviceEffects(before: Seen, after: Seen): Effect[] {
  const old = new Map(before.services.map((service) => [keyOf(service), service]));
  const effects: Effect[] = [];
  for (const service of after.services) {
    const was = old.get(keyOf(service));
    old.delete(keyOf(service));
    const created = !was || uidOf(was) !== uidOf(service);
    const counts = {
      before: created ? 0 : endpointCount(before.endpointSlices, was),
      after: endpointCount(after.endpointSlices, service),
    };
    if (created) effects.push({ kind: 'service-created', service });
    else {
      const fields = changedFields(was, service);
      if (fields.length > 0) effects.push({ kind: 'service-changed', service, fields });
    }
    const address = addressOf(service);
    if (address !== undefined && address !== (was && addressOf(was))) effects.push({ kind: 'address', service, address });
    if (counts.before !== counts.after || (created && service.spec?.selector))
      effects.push({ kind: 'endpoints', service, ...counts });
  }
  for (const service of old.values()) effects.push({ kind: 'service-deleted', service });
  return effects;
}

function podEffects(before: Seen, after: Seen): Effect[] {
  const old = new Map(before.pods.map((pod) => [uidOf(pod), pod]));
  const now = new Set(after.pods.map(uidOf));
  const counts = { created: 0, deleted: 0, readied: 0, unreadied: 0 };
  for (const pod of after.pods) {
    const was = old.get(uidOf(pod));
    if (!was) counts.created++;
    else if (isReady(was) !== isReady(pod)) counts[isReady(pod) ? 'readied' : 'unreadied']++;
  }
  for (const uid of old.keys()) if (!now.has(uid)) counts.deleted++;
  return Object.values(counts).some((count) => count > 0) ? [{ kind: 'pods', ...counts }] : [];
}

/** What is different in `after`, most telling first. */
export function effectsBetween(before: Seen, after: Seen): Effect[] {
  const known = new Set(before.traces);
  const traces = after.traces.filter((trace) => !known.has(trace));
  return [
    ...(traces.length > 0 ? [{ kind: 'traces' as const, traces }] : []),
    ...serviceEffects(before, after),
    ...podEffects(before, after),
  ];
}
