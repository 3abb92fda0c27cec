import { clone, deepEqual, deepFreeze } from '../apimachinery/json';
import { ApiError } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';
import { fromLabelSelector, matchesMap, matchesSelector } from '../apimachinery/selector';
import { parseTime, rfc3339 } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { controllerOf, controllerReference, isPodActive, isPodReady, ownersOf } from './ownership';
import { objectKey, splitKey, WorkQueue } from './workqueue';

const SOURCE = { component: 'replicaset-controller' };
/** ms until pods are tried to be made again, doubling from the first to the last. */
const [FIRST_RETRY, LAST_RETRY] = [5, 1_000_000];

/** Keeps the wanted number of pods of each ReplicaSet. Upstream: pkg/controller/replicaset. */
export class ReplicaSetController {
  readonly #queue: WorkQueue;
  readonly #podsOf: (key: string) => readonly KubeObject[];
  /** How often in a row pods could not be made, by key. */
  readonly #failures = new Map<string, number>();

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
    if (!set) {
      this.#failures.delete(key);
      return;
    }
    const before = tally(set, this.#claim(set));
    const isManaged = !set.metadata.deletionTimestamp && before.living.length !== set.spec.replicas;
    const failure = isManaged ? this.#manage(set, before.living) : undefined;
    const after = isManaged ? tally(set, this.#podsOf(set.metadata.uid)) : before;
    this.#updateStatus(set, after, failure);
    if (after.living.length !== before.living.length) this.#queue.add(key);
    if (failure === undefined) {
      this.#failures.delete(key);
      return;
    }
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#queue.addAfter(key, Math.min(FIRST_RETRY * 2 ** failures, LAST_RETRY));
  }

  /** Owned pods; pods that match and have no owner are adopted, owned ones that match no more are released. */
  #claim(set: KubeObject): readonly KubeObject[] {
    const { client } = this.context;
    const matches = remembered(matchesSelector.bind(undefined, fromLabelSelector(set.spec.selector)));
    const owned = this.#podsOf(set.metadata.uid);
    let isChanged = false;
    for (let i = 0; i < owned.length; i++) {
      const pod = owned[i]!;
      if (matches(pod.metadata.labels)) continue;
      const released = clone(pod) as KubeObject;
      released.metadata.ownerReferences = released.metadata.ownerReferences!.filter(({ uid }) => uid !== set.metadata.uid);
      client.update('pods', released);
      isChanged = true;
    }
    for (const pod of this.#podsOf(`${set.metadata.namespace}/`)) {
      if (set.metadata.deletionTimestamp || !isPodActive(pod) || !matches(pod.metadata.labels)) continue;
      const adopted = clone(pod) as KubeObject;
      adopted.metadata.ownerReferences = [...(adopted.metadata.ownerReferences ?? []), controllerReference(set)];
      client.update('pods', adopted);
      isChanged = true;
    }
    return isChanged ? this.#podsOf(set.metadata.uid) : owned;
  }

  /** Makes or deletes pods. @returns why one could not be made */
  #manage(set: KubeObject, pods: readonly KubeObject[]): string | undefined {
    const { client, recorder } = this.context;
    const missing = set.spec.replicas - pods.length;
    const { labels, annotations } = set.spec.template.metadata;
    const ownerReferences = deepFreeze([controllerReference(set)]);
    for (let i = 0; i < missing; i++) {
      const metadata = { generateName: `${set.metadata.name}-`, namespace: set.metadata.namespace };
      try {
        const pod = client.create(
          'pods',
          { metadata: { ...metadata, labels, annotations, ownerReferences }, spec: podSpec(set.spec.template.spec) },
          { owned: true },
        );
        recorder.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, SOURCE);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // a namespace on its way out takes no pods
        if (client.get('namespaces', undefined, set.metadata.namespace!)?.metadata.deletionTimestamp) return undefined;
        recorder.event(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, SOURCE);
        return error.message;
      }
    }
    if (missing >= 0) return undefined;
    const order = deletionOrder(this.#related(set), this.context.clock.now());
    for (const pod of [...pods].sort(order).slice(0, -missing)) {
      client.delete('pods', pod.metadata.namespace, pod.metadata.name);
      recorder.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, SOURCE);
    }
    return undefined;
  }

  /** Active pods of all ReplicaSets of the same Deployment. Upstream: getIndirectlyRelatedPods. */
  #related(set: KubeObject): KubeObject[] {
    const owner = controllerOf(set)?.uid;
    const siblings = owner
      ? this.context.client.list('replicasets', set.metadata.namespace).filter((other) => controllerOf(other)?.uid === owner)
      : [set];
    return siblings.flatMap((sibling) => this.#podsOf(sibling.metadata.uid).filter(isPodActive));
  }

  #updateStatus(set: KubeObject, { living, ready, labeled, terminating }: Tally, failure: string | undefined): void {
    const { client, clock } = this.context;
    const current = client.get('replicasets', set.metadata.namespace, set.metadata.name);
    if (!current) return;
    const minReady = 1000 * (set.spec.minReadySeconds ?? 0);
    const available = minReady === 0 ? ready : living.filter((pod) => readySince(pod) + minReady <= clock.now()).length;
    const conditions = conditionsAfter(current.status?.conditions ?? [], failure, rfc3339(clock.now()));
    const status: Json = {
      ...(available > 0 && { availableReplicas: available }),
      ...(conditions.length > 0 && { conditions }),
      ...(living.length > 0 && { fullyLabeledReplicas: labeled }),
      observedGeneration: current.metadata.generation,
      ...(ready > 0 && { readyReplicas: ready }),
      replicas: living.length,
      terminatingReplicas: terminating,
    };
    if (!deepEqual(status, current.status)) client.updateStatus('replicasets', { ...current, status });
    if (available < ready) {
      const next = Math.min(...living.map((pod) => readySince(pod) + minReady).filter((time) => time > clock.now()));
      this.#queue.addAfter(objectKey(set), next - clock.now());
    }
  }
}

/** What a ReplicaSet's status counts of its pods. */
interface Tally {
  /** Those that still count. */
  readonly living: readonly KubeObject[];
  readonly ready: number;
  /** With all labels of the template. */
  readonly labeled: number;
  readonly terminating: number;
}

/** One look at each pod: there may be very many, and this is done again whenever one of them changes. */
function tally(set: KubeObject, owned: readonly KubeObject[]): Tally {
  const templateLabels: Readonly<Record<string, string>> = set.spec.template.metadata?.labels ?? {};
  const isLabeled = remembered(matchesMap.bind(undefined, templateLabels));
  const living: KubeObject[] = [];
  let [ready, labeled, terminating] = [0, 0, 0];
  for (let i = 0; i < owned.length; i++) {
    const pod = owned[i]!;
    if (pod.metadata.deletionTimestamp) terminating++;
    if (!isPodActive(pod)) continue;
    living.push(pod);
    if (isPodReady(pod)) ready++;
    if (isLabeled(pod.metadata.labels)) labeled++;
  }
  return { living, ready, labeled, terminating };
}

type Labels = Readonly<Record<string, string>> | undefined;

/** A test of labels that is not done again for the same ones: pods of one template share theirs. */
function remembered(test: (labels: Labels) => boolean): (labels: Labels) => boolean {
  let last: Labels;
  let result: boolean | undefined;
  return (labels) => {
    if (result !== undefined && labels === last) return result;
    last = labels;
    return (result = test(labels));
  };
}

/** When a pod got ready, ms since the epoch; Infinity when it is not. */
function readySince(pod: KubeObject): number {
  if (!isPodReady(pod)) return Infinity;
  return parseTime(pod.status.conditions.find(({ type }: Json) => type === 'Ready').lastTransitionTime);
}

/** Conditions with ReplicaFailure as it is. Upstream: replica_set_utils.go calculateStatus. @param time RFC 3339 */
function conditionsAfter(conditions: readonly Json[], failure: string | undefined, time: string): readonly Json[] {
  const others = conditions.filter(({ type }) => type !== 'ReplicaFailure');
  if (failure === undefined) return others;
  if (others.length < conditions.length) return conditions;
  const condition = {
    lastTransitionTime: time,
    message: failure,
    reason: 'FailedCreate',
    status: 'True',
    type: 'ReplicaFailure',
  };
  return [...others, condition];
}

/** A template's spec for one pod: what the server adds to a pod goes into its own copies, the rest stays the template's. */
function podSpec(template: Json): Json {
  const own = (containers: Json[]) => containers.map((container) => ({ ...container }));
  const { containers, initContainers } = template;
  return { ...template, ...(initContainers && { initContainers: own(initContainers) }), containers: own(containers) };
}

/**
 * Which pods go first: not yet bound, not running, not ready, cheaper to delete, on nodes with more of them, ready for less long,
 * restarted more often, younger. Ages of the same order of magnitude count as one; the uid decides then.
 * Upstream: pkg/controller ActivePodsWithRanks.
 *
 * @param related all pods that do the same work
 * @param now ms since the epoch
 */
function deletionOrder(related: readonly KubeObject[], now: number): (a: KubeObject, b: KubeObject) => number {
  const onNode = new Map<string, number>();
  for (const pod of related) onNode.set(pod.spec.nodeName, (onNode.get(pod.spec.nodeName) ?? 0) + 1);
  const phases: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };
  const cost = (pod: KubeObject) => Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0) || 0;
  const restarts = (pod: KubeObject) =>
    Math.max(0, ...(pod.status?.containerStatuses ?? []).map(({ restartCount }: Json) => restartCount ?? 0));
  const age = (a: KubeObject, b: KubeObject, time: (pod: KubeObject) => number): number => {
    const [first, second] = [time(a), time(b)];
    if (first === second) return 0;
    const magnitude = (moment: number) => (now > moment ? Math.floor(Math.log2((now - moment) * 1e6)) : -1);
    return magnitude(first) - magnitude(second) || (a.metadata.uid < b.metadata.uid ? -1 : 1);
  };
  return (a, b) =>
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    (phases[a.status?.phase] ?? 1) - (phases[b.status?.phase] ?? 1) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    cost(a) - cost(b) ||
    (onNode.get(b.spec.nodeName) ?? 0) - (onNode.get(a.spec.nodeName) ?? 0) ||
    (isPodReady(a) && isPodReady(b) ? age(a, b, readySince) : 0) ||
    restarts(b) - restarts(a) ||
    age(a, b, (pod) => parseTime(pod.metadata.creationTimestamp!));
}
