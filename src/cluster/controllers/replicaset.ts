import { clone, deepEqual } from '../apimachinery/json';
import { ApiError } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';
import { fromLabelSelector, matchesSelector } from '../apimachinery/selector';
import { parseTime } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { controllerOf, controllerReference, isOwnedBy, isPodActive, isPodReady, ownersOf } from './ownership';
import { objectKey, splitKey, WorkQueue } from './workqueue';

const SOURCE = { component: 'replicaset-controller' };

/** Keeps the wanted number of pods of each ReplicaSet. Upstream: pkg/controller/replicaset. */
export class ReplicaSetController {
  readonly #queue: WorkQueue;
  readonly #podsOf: (key: string) => readonly KubeObject[];

  constructor(private readonly context: ControllerContext) {
    this.#queue = new WorkQueue(context.clock, 'replicaset', CONTROLLER_LATENCY, (key) => this.#sync(key));
    // pods by the uid of their controller; those without one by their namespace
    this.#podsOf = context.client.addIndex('pods', ownersOf, (pod) => [controllerOf(pod)?.uid ?? `${pod.metadata.namespace}/`]);
    context.client.watch('replicasets', (_type, set) => this.#queue.add(objectKey(set)));
    context.client.watch('pods', (_type, pod, old) => {
      for (const version of [pod, old]) {
        const owner = version && controllerOf(version);
        if (owner?.kind === 'ReplicaSet') this.#queue.add(`${pod.metadata.namespace}/${owner.name}`);
      }
      if (!controllerOf(pod)) this.#queueAdopters(pod);
    });
  }

  #queueAdopters(pod: KubeObject): void {
    for (const set of this.context.client.list('replicasets', pod.metadata.namespace)) {
      if (matchesSelector(fromLabelSelector(set.spec.selector), pod.metadata.labels)) this.#queue.add(objectKey(set));
    }
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client } = this.context;
    const set = client.get('replicasets', namespace, name);
    if (!set) return;
    const pods = this.#claim(set).filter(isPodActive);
    if (!set.metadata.deletionTimestamp) this.#manage(set, pods);
    this.#updateStatus(set, pods);
  }

  /** Owned pods; pods that match and have no owner are adopted, owned ones that match no more are released. */
  #claim(set: KubeObject): KubeObject[] {
    const { client } = this.context;
    const selector = fromLabelSelector(set.spec.selector);
    const claimed: KubeObject[] = [];
    for (const pod of [...this.#podsOf(set.metadata.uid), ...this.#podsOf(`${set.metadata.namespace}/`)]) {
      const matches = matchesSelector(selector, pod.metadata.labels);
      if (isOwnedBy(pod, set)) {
        if (matches) claimed.push(pod);
        else {
          const released = clone(pod) as KubeObject;
          released.metadata.ownerReferences = released.metadata.ownerReferences!.filter(({ uid }) => uid !== set.metadata.uid);
          client.update('pods', released);
        }
      } else if (matches && !controllerOf(pod) && isPodActive(pod) && !set.metadata.deletionTimestamp) {
        const adopted = clone(pod) as KubeObject;
        adopted.metadata.ownerReferences = [...(adopted.metadata.ownerReferences ?? []), controllerReference(set)];
        claimed.push(client.update('pods', adopted));
      }
    }
    return claimed;
  }

  #manage(set: KubeObject, pods: readonly KubeObject[]): void {
    const { client, recorder } = this.context;
    const missing = set.spec.replicas - pods.length;
    for (let i = 0; i < missing; i++) {
      const { metadata, spec } = set.spec.template;
      try {
        const pod = client.create('pods', {
          metadata: {
            generateName: `${set.metadata.name}-`,
            namespace: set.metadata.namespace,
            labels: metadata.labels,
            annotations: metadata.annotations,
            ownerReferences: [controllerReference(set)],
          },
          spec,
        });
        recorder.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, SOURCE);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        recorder.event(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, SOURCE);
        return;
      }
    }
    if (missing >= 0) return;
    for (const pod of [...pods].sort(deletionOrder(pods)).slice(0, -missing)) {
      client.delete('pods', pod.metadata.namespace, pod.metadata.name);
      recorder.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, SOURCE);
    }
  }

  #updateStatus(set: KubeObject, pods: readonly KubeObject[]): void {
    const { client } = this.context;
    const current = client.get('replicasets', set.metadata.namespace, set.metadata.name);
    if (!current) return;
    const active = this.#podsOf(set.metadata.uid);
    const living = active.filter(isPodActive);
    const ready = living.filter(isPodReady).length;
    const templateLabels = Object.entries(set.spec.template.metadata?.labels ?? {});
    const status: Json = {
      ...(ready > 0 && { availableReplicas: ready }),
      ...(living.length > 0 && {
        fullyLabeledReplicas: living.filter((pod) => templateLabels.every(([key, value]) => pod.metadata.labels?.[key] === value))
          .length,
      }),
      observedGeneration: current.metadata.generation,
      ...(ready > 0 && { readyReplicas: ready }),
      replicas: living.length,
      terminatingReplicas: active.filter((pod) => pod.metadata.deletionTimestamp).length,
    };
    if (!deepEqual(status, current.status)) client.updateStatus('replicasets', { ...current, status });
    if (living.length !== pods.length) this.#queue.add(objectKey(set));
  }
}

/**
 * Which pods go first: not yet bound, not running, not ready, on nodes with more pods of this set, younger.
 * Upstream: pkg/controller ActivePodsWithRanks.
 */
function deletionOrder(pods: readonly KubeObject[]): (a: KubeObject, b: KubeObject) => number {
  const onNode = new Map<string, number>();
  for (const pod of pods) onNode.set(pod.spec.nodeName, (onNode.get(pod.spec.nodeName) ?? 0) + 1);
  const phases: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };
  const created = (pod: KubeObject) => parseTime(pod.metadata.creationTimestamp);
  return (a, b) =>
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    (phases[a.status?.phase] ?? 1) - (phases[b.status?.phase] ?? 1) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    (onNode.get(b.spec.nodeName) ?? 0) - (onNode.get(a.spec.nodeName) ?? 0) ||
    created(b) - created(a);
}
