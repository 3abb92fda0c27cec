import { clone } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
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
  readonly #known = new Map<string, string>();
  #sequence = 0;

  constructor(
    private readonly client: Registry,
    private readonly clock: Clock,
  ) {}

  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, source: EventSource): void {
    const namespace = about.metadata.namespace ?? 'default';
    const time = rfc3339(this.clock.now());
    const key = [about.metadata.uid, type, reason, message, source.component, source.host, source.fieldPath].join('\n');
    const before = this.#known.get(key);
    const old = before ? this.client.get('events', namespace, before) : undefined;
    if (old && !source.action) {
      const again = clone(old) as KubeObject;
      again.count += 1;
      again.lastTimestamp = time;
      this.client.update('events', again);
      return;
    }
    const namespaceObject = this.client.get('namespaces', undefined, namespace);
    if (!namespaceObject || namespaceObject.metadata.deletionTimestamp) return;
    const suffix = (BigInt(this.clock.now()) * 1_000_000n + BigInt(this.#sequence++)).toString(16);
    const event = this.client.create('events', {
      metadata: { name: `${about.metadata.name}.${suffix}`, namespace },
      involvedObject: reference(about, source.fieldPath),
      reason,
      message,
      source: source.action ? {} : { component: source.component, ...(source.host && { host: source.host }) },
      ...(source.action
        ? {
            eventTime: new Date(this.clock.now()).toISOString().replace('Z', '000Z'),
            action: source.action,
            firstTimestamp: null,
            lastTimestamp: null,
          }
        : { eventTime: null, firstTimestamp: time, lastTimestamp: time, count: 1 }),
      type,
      reportingComponent: source.component,
      reportingInstance: source.action ? `${source.component}-node-1` : (source.host ?? ''),
    });
    this.#known.set(key, event.metadata.name);
  }
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
