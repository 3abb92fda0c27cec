import type { Json, KubeObject } from '../apimachinery/object';

/** What last moved a Service's endpoints; an annotation of Endpoints and EndpointSlices. */
export const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

interface Seen {
  service: string;
  pods: Map<string, string>;
}

/**
 * Remembers, for each Service, how new it and its pods' readiness were at the last look, and so knows what set off the next.
 * Upstream: k8s.io/endpointslice/util trigger_time_tracker.go.
 */
export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /** @returns the oldest change since the last look, RFC 3339; undefined when nothing counts as one */
  next(key: string, service: KubeObject, pods: readonly KubeObject[]): string | undefined {
    const before = this.#seen.get(key);
    const created = service.metadata.creationTimestamp!;
    const seen: Seen = { service: created, pods: new Map() };
    this.#seen.set(key, seen);
    let oldest: string | undefined;
    const change = (time: string) => {
      if (oldest === undefined || time < oldest) oldest = time;
    };
    for (const pod of pods) {
      const time = readinessTime(pod);
      if (time === undefined) continue;
      seen.pods.set(pod.metadata.name, time);
      if (time > (before?.pods.get(pod.metadata.name) ?? '')) change(time);
    }
    if (created > (before?.service ?? '')) change(created);
    return before ? oldest : created;
  }

  /** Forgets a Service that is gone. */
  delete(key: string): void {
    this.#seen.delete(key);
  }
}

function readinessTime(pod: KubeObject): string | undefined {
  return (pod.status?.conditions ?? []).find(({ type }: Json) => type === 'Ready')?.lastTransitionTime;
}
