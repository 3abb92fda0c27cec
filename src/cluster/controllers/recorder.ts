import { deepFreeze } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339, rfc3339Micro } from '../apimachinery/time';
import type { Registry } from '../apiserver/registry';
import type { Clock } from '../clock';

export interface EventSource {
  component: string;
  /** The node, for events of a kubelet. */
  host?: string;
  /** Part of the object, e.g. `spec.containers{c}`. */
  fieldPath?: string;
  /** Reports through events.k8s.io, as the scheduler does: the time is eventTime, and there is an action. */
  action?: string;
}

/**
 * Writes Events about objects; the same event again raises the count of the first.
 * Upstream: k8s.io/client-go/tools/record, tools/events.
 */
export class Recorder {
  /** Names of the events that may be counted up, by a hash of what makes them the same: there are as many as there are events. */
  readonly #known = new Map<number, string>();
  #sequence = 0;
  /** The two halves of the time of the last suffix: big integers are slow, and events come in rows. */
  #suffixes = { now: NaN, high: '', low: 0 };
  /** What the last event was about and who told it: events come in rows, and those of a row have these parts in common. */
  #last: { about: KubeObject; source: EventSource; involvedObject: Json; shown: Json } | undefined;

  constructor(
    private readonly client: Registry,
    private readonly clock: Clock,
  ) {}

  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, source: EventSource): void {
    const namespace = about.metadata.namespace ?? 'default';
    const time = rfc3339(this.clock.now());
    const { component, host = '', fieldPath = '', action } = source;
    // those with an action are not counted
    const hash = action === undefined ? hashOf(about.metadata.uid, reason, fieldPath, message) : undefined;
    const before = hash === undefined ? undefined : this.#known.get(hash);
    const old = before === undefined ? undefined : this.client.get('events', namespace, before);
    if (old && isSame(old, about, type, reason, message, source)) {
      this.client.update('events', { ...old, count: old.count + 1, lastTimestamp: time });
      return;
    }
    const namespaceObject = this.client.get('namespaces', undefined, namespace);
    if (!namespaceObject || namespaceObject.metadata.deletionTimestamp) return;
    if (this.#last?.about !== about || this.#last.source !== source) {
      const shown = action === undefined ? { component, ...(host && { host }) } : {};
      this.#last = { about, source, involvedObject: deepFreeze(reference(about, source.fieldPath)), shown: deepFreeze(shown) };
    }
    const name = `${about.metadata.name}.${this.#suffix()}`;
    // in the order of Go's type
    const event = {
      metadata: { name, namespace },
      involvedObject: this.#last.involvedObject,
      reason,
      message,
      source: this.#last.shown,
      firstTimestamp: action === undefined ? time : null,
      lastTimestamp: action === undefined ? time : null,
      ...(action === undefined && { count: 1 }),
      type,
      eventTime: action === undefined ? null : rfc3339Micro(this.clock.now()),
      ...(action !== undefined && { action }),
      reportingComponent: component,
      reportingInstance: action === undefined ? host : `${component}-node-1`,
    };
    this.client.create('events', event, { owned: true });
    if (hash !== undefined) this.#known.set(hash, name);
  }

  /** The time in ns as a hexadecimal number, a little later for each event. */
  #suffix(): string {
    const now = this.clock.now();
    if (now !== this.#suffixes.now) {
      const nanoseconds = BigInt(now) * 1_000_000n;
      this.#suffixes = { now, high: (nanoseconds >> 32n).toString(16), low: Number(nanoseconds & 0xffffffffn) };
    }
    const { high, low } = this.#suffixes;
    const sum = low + this.#sequence++;
    if (sum < 2 ** 32) return high + sum.toString(16).padStart(8, '0');
    return (BigInt(now) * 1_000_000n + BigInt(this.#sequence - 1)).toString(16);
  }
}

/** FNV-1a, 32 bits, of what mostly makes the difference; a uid is random, so its beginning will do. */
function hashOf(uid: string, ...parts: string[]): number {
  let hash = parseInt(uid.slice(0, 8), 16);
  for (const part of parts) for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193);
  return hash;
}

/** Whether an event says this already: two of the same hash need not. */
function isSame(
  event: KubeObject,
  about: KubeObject,
  type: string,
  reason: string,
  message: string,
  { component, host, fieldPath }: EventSource,
): boolean {
  return (
    event.message === message &&
    event.reason === reason &&
    event.type === type &&
    event.involvedObject.uid === about.metadata.uid &&
    event.involvedObject.fieldPath === fieldPath &&
    event.source?.component === component &&
    event.source.host === host
  );
}

function reference(object: KubeObject, fieldPath: string | undefined): Json {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    ...(fieldPath && { fieldPath }),
    kind: object.kind,
    name,
    ...(namespace && { namespace }),
    resourceVersion,
    uid,
  };
}
