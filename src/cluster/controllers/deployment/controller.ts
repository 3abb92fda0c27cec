import { clone, deepEqual } from '../../apimachinery/json';
import type { Json, KubeObject } from '../../apimachinery/object';
import { fromLabelSelector, matchesSelector } from '../../apimachinery/selector';
import { rfc3339 } from '../../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from '../context';
import { controllerOf, controllerReference, isOwnedBy, ownersOf } from '../ownership';
import { objectKey, splitKey, WorkQueue } from '../workqueue';
import { podTemplateHash } from './podtemplatehash';
import {
  created,
  currentAnnotations,
  isActive,
  isScalingEvent,
  POD_TEMPLATE_HASH,
  proportionalSizes,
  replicaAnnotations,
  REVISION,
  revisionOf,
  sameTemplate,
  statusSum,
  wantedBy,
} from './replicasets';
import { surge, unavailable } from './rollingupdate';
import { conditionOf, countedStatus, hasDeadline, isComplete, rolloutStatus, setCondition, untilDeadline } from './status';

const SOURCE = { component: 'deployment-controller' };

/** A Deployment's ReplicaSets, the current one apart. */
interface Sets {
  current: KubeObject | undefined;
  old: KubeObject[];
}

/** Rolls Deployments out through ReplicaSets. Upstream: pkg/controller/deployment. */
export class DeploymentController {
  readonly #queue: WorkQueue;
  readonly #setsOf: (key: string) => readonly KubeObject[];

  constructor(private readonly context: ControllerContext) {
    const { client, clock } = context;
    this.#queue = new WorkQueue(clock, 'deployment', CONTROLLER_LATENCY, (key) => this.#sync(key));
    // by the uid of their controller; those without one together
    this.#setsOf = client.addIndex('replicasets', ownersOf, (set) => [controllerOf(set)?.uid ?? '']);
    client.watch('deployments', (_type, deployment) => this.#queue.add(objectKey(deployment)));
    client.watch('replicasets', (_type, set, old) => {
      for (const version of old ? [set, old] : [set]) {
        const owner = controllerOf(version);
        if (owner?.kind === 'Deployment') this.#queue.add(`${set.metadata.namespace}/${owner.name}`);
      }
      if (controllerOf(set)) return;
      for (const deployment of client.list('deployments', set.metadata.namespace))
        if (selects(deployment, set)) this.#queue.add(objectKey(deployment));
    });
    // a Recreate rollout goes on when the last old pod is gone
    client.watch('pods', (type, pod) => {
      const owner = type === 'DELETED' ? controllerOf(pod) : undefined;
      const set = owner?.kind === 'ReplicaSet' ? client.get('replicasets', pod.metadata.namespace, owner.name) : undefined;
      const deployment = set && controllerOf(set);
      if (deployment?.kind === 'Deployment') this.#queue.add(`${pod.metadata.namespace}/${deployment.name}`);
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    let deployment = this.context.client.get('deployments', namespace, name);
    if (!deployment) return;
    const all = this.#claim(deployment);
    if (deployment.metadata.deletionTimestamp) {
      this.#report(deployment, countedStatus(deployment, all, currentOf(deployment, all), this.#time()));
      return;
    }
    deployment = this.#notePause(deployment);
    if (deployment.spec.paused || isScalingEvent(deployment, all)) this.#resize(deployment, all);
    else if (deployment.spec.strategy.type === 'Recreate') this.#recreate(deployment, all);
    else this.#roll(deployment, all);
  }

  /** Owned ReplicaSets; those that match and have no owner are adopted, owned ones that match no more are released. */
  #claim(deployment: KubeObject): KubeObject[] {
    const { client } = this.context;
    const { namespace, uid, deletionTimestamp } = deployment.metadata;
    const claimed: KubeObject[] = [];
    for (const set of this.#setsOf(uid)) {
      if (selects(deployment, set)) claimed.push(set);
      else {
        const ownerReferences = set.metadata.ownerReferences!.filter((reference) => reference.uid !== uid);
        client.update('replicasets', { ...set, metadata: { ...set.metadata, ownerReferences } });
      }
    }
    for (const set of deletionTimestamp ? [] : this.#setsOf('')) {
      if (set.metadata.namespace !== namespace || set.metadata.deletionTimestamp || !selects(deployment, set)) continue;
      const ownerReferences = [...(set.metadata.ownerReferences ?? []), controllerReference(deployment)];
      claimed.push(client.update('replicasets', { ...set, metadata: { ...set.metadata, ownerReferences } }));
    }
    return claimed.sort((a, b) => created(a) - created(b));
  }

  /** Notes in the conditions that a rollout is paused or goes on. Upstream: checkPausedConditions. */
  #notePause(deployment: KubeObject): KubeObject {
    const { paused } = deployment.spec;
    const condition = conditionOf(deployment.status, 'Progressing');
    if (!hasDeadline(deployment) || condition?.reason === 'ProgressDeadlineExceeded') return deployment;
    if (Boolean(paused) === (condition?.reason === 'DeploymentPaused')) return deployment;
    const [reason, message] = paused
      ? ['DeploymentPaused', 'Deployment is paused']
      : ['DeploymentResumed', 'Deployment is resumed'];
    return this.#withCondition(deployment, 'Unknown', reason!, message!);
  }

  #withCondition(deployment: KubeObject, state: string, reason: string, message: string): KubeObject {
    const conditions = setCondition(deployment.status?.conditions ?? [], 'Progressing', state, reason, message, this.#time());
    return this.context.client.updateStatus('deployments', { ...deployment, status: { ...deployment.status, conditions } });
  }

  /** Follows a change of spec.replicas without rolling anything out. Upstream: sync, scale. */
  #resize(deployment: KubeObject, all: readonly KubeObject[]): void {
    const { sets, deployment: noted } = this.#sets(deployment, all, false);
    const wanted: number = noted.spec.replicas;
    const active = [...sets.old, ...(sets.current ? [sets.current] : [])].filter(isActive);
    const newestOld = [...sets.old].sort((a, b) => created(b) - created(a))[0];
    const only = active.length === 0 ? (sets.current ?? newestOld) : active.length === 1 ? active[0] : undefined;
    if (only) {
      if (only.spec.replicas !== wanted) this.#scale(noted, only, wanted);
      else this.#annotate(noted, only);
    } else if (sets.current && isSaturated(noted, sets.current)) {
      for (const set of sets.old.filter(isActive)) this.#scale(noted, set, 0);
    } else if (noted.spec.strategy.type === 'RollingUpdate') {
      for (const [name, size] of proportionalSizes(noted, active)) {
        const set = active.find(({ metadata }) => metadata.name === name)!;
        this.#scale(noted, set, size);
        this.#annotate(noted, set);
      }
    }
    const fresh = this.#fresh(sets);
    if (noted.spec.paused) this.#cleanUp(noted, fresh.old);
    this.#report(noted, countedStatus(noted, listOf(fresh), fresh.current, this.#time()));
  }

  /** Upstream: rolloutRolling. */
  #roll(deployment: KubeObject, all: readonly KubeObject[]): void {
    const { sets, deployment: noted } = this.#sets(deployment, all, true);
    const current = sets.current!;
    if (!this.#growNew(noted, current, sets.old) && !this.#shrinkOld(noted, current, sets.old) && isComplete(noted, noted.status))
      this.#cleanUp(noted, sets.old);
    this.#finish(noted, sets);
  }

  #growNew(deployment: KubeObject, current: KubeObject, old: readonly KubeObject[]): boolean {
    const wanted: number = deployment.spec.replicas;
    if (current.spec.replicas === wanted) return false;
    const size = current.spec.replicas > wanted ? wanted : newReplicas(deployment, old, current.spec.replicas);
    return this.#scale(deployment, current, size);
  }

  /** Upstream: reconcileOldReplicaSets. */
  #shrinkOld(deployment: KubeObject, current: KubeObject, old: readonly KubeObject[]): boolean {
    const active = old.filter(isActive);
    if (active.length === 0) return false;
    const available = (set: KubeObject): number => set.status?.availableReplicas ?? 0;
    const least = deployment.spec.replicas - unavailable(deployment);
    const most = wantedBy([...active, current]) - least - (current.spec.replicas - available(current));
    if (most <= 0) return false;
    const sizes = new Map<KubeObject, number>(active.map((set) => [set, set.spec.replicas]));
    // pods that are not available cost nothing to remove
    let cleaned = 0;
    for (const set of active) {
      const fewer = Math.min(most - cleaned, set.spec.replicas - available(set));
      if (fewer <= 0) continue;
      this.#scale(deployment, set, set.spec.replicas - fewer);
      sizes.set(set, set.spec.replicas - fewer);
      cleaned += fewer;
    }
    const spare = statusSum([...active, current], 'availableReplicas') - least;
    let removed = 0;
    for (const set of active) {
      const size = sizes.get(set)!;
      const fewer = Math.min(size, spare - removed);
      if (fewer <= 0) continue;
      this.#scale(deployment, set, size - fewer);
      removed += fewer;
    }
    return cleaned + removed > 0;
  }

  /** Upstream: rolloutRecreate. */
  #recreate(deployment: KubeObject, all: readonly KubeObject[]): void {
    let { sets, deployment: noted } = this.#sets(deployment, all, false);
    const active = sets.old.filter(isActive);
    for (const set of active) this.#scale(noted, set, 0);
    const pods = this.context.client.list('pods', noted.metadata.namespace);
    const ended = ({ status }: KubeObject) => status?.phase === 'Failed' || status?.phase === 'Succeeded';
    const running = () => pods.some((pod) => !ended(pod) && sets.old.some((set) => isOwnedBy(pod, set)));
    if (active.length === 0 && !running()) {
      if (!sets.current) ({ sets, deployment: noted } = this.#sets(noted, all, true));
      this.#scale(noted, sets.current!, noted.spec.replicas);
      if (isComplete(noted, noted.status)) this.#cleanUp(noted, sets.old);
    }
    this.#finish(noted, sets);
  }

  #finish(deployment: KubeObject, sets: Sets): void {
    const fresh = this.#fresh(sets);
    const status = rolloutStatus(deployment, listOf(fresh), fresh.current, this.#time());
    if (this.#report(deployment, status)) return;
    const wait = untilDeadline(deployment, status, this.context.clock.now());
    if (wait !== undefined) this.#queue.addAfter(objectKey(deployment), wait);
  }

  /** The ReplicaSets, with revisions noted down. @param make the current one if there is none. Upstream: getAllReplicaSetsAndSyncRevision */
  #sets(deployment: KubeObject, all: readonly KubeObject[], make: boolean): { sets: Sets; deployment: KubeObject } {
    const { client } = this.context;
    let current = currentOf(deployment, all);
    const old = all.filter((set) => set !== current);
    const revision = Math.max(0, ...old.map(revisionOf)) + 1;
    let noted = deployment;
    if (current) {
      const { minReadySeconds } = deployment.spec;
      const annotations = currentAnnotations(deployment, current.metadata.annotations, revision);
      const spec = { ...current.spec, minReadySeconds };
      if (!minReadySeconds) delete spec.minReadySeconds;
      if (!deepEqual(annotations, current.metadata.annotations) || !deepEqual(spec, current.spec)) {
        current = client.update('replicasets', { ...current, metadata: { ...current.metadata, annotations }, spec });
      } else {
        noted = this.#noteRevision(deployment, current.metadata.annotations?.[REVISION]);
        if (hasDeadline(noted) && !conditionOf(noted.status, 'Progressing'))
          noted = this.#withCondition(noted, 'True', 'FoundNewReplicaSet', `Found new replica set "${current.metadata.name}"`);
      }
    } else if (make) {
      ({ set: current, noted } = this.#make(deployment, old, revision));
      noted = this.#noteRevision(noted, String(revision));
      if (hasDeadline(noted))
        noted = this.#withCondition(noted, 'True', 'NewReplicaSetCreated', `Created new replica set "${current.metadata.name}"`);
    }
    return { sets: { current, old }, deployment: noted };
  }

  #make(deployment: KubeObject, old: readonly KubeObject[], revision: number): { set: KubeObject; noted: KubeObject } {
    const { name, namespace } = deployment.metadata;
    const { minReadySeconds, selector, strategy, replicas: wanted } = deployment.spec;
    const { client } = this.context;
    let noted = deployment;
    const template: Json = clone(deployment.spec.template);
    // another template may have had the same hash
    let hash = podTemplateHash(template, deployment.status?.collisionCount);
    for (let collisions = deployment.status?.collisionCount ?? 0; client.get('replicasets', namespace, `${name}-${hash}`);) {
      hash = podTemplateHash(template, ++collisions);
      noted = client.updateStatus('deployments', { ...noted, status: { ...noted.status, collisionCount: collisions } });
    }
    template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash } };
    const replicas = strategy.type === 'Recreate' ? wanted : newReplicas(deployment, old, 0);
    const set = client.create('replicasets', {
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: template.metadata.labels,
        annotations: currentAnnotations(deployment, undefined, revision),
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas,
        ...(minReadySeconds && { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
        template,
      },
    });
    if (replicas > 0) this.#reportScaling(deployment, set, 0, replicas);
    return { set, noted };
  }

  #noteRevision(deployment: KubeObject, revision: string | undefined): KubeObject {
    const { annotations } = deployment.metadata;
    if (revision === undefined || annotations?.[REVISION] === revision) return deployment;
    const metadata = { ...deployment.metadata, annotations: { ...annotations, [REVISION]: revision } };
    // upstream writes it with the status, so that it counts as no change of the Deployment
    return this.context.client.updateStatus('deployments', { ...deployment, metadata });
  }

  /** @returns whether the size was another */
  #scale(deployment: KubeObject, { metadata: { namespace, name } }: KubeObject, replicas: number): boolean {
    const { client } = this.context;
    const set = client.get('replicasets', namespace, name);
    if (!set || set.spec.replicas === replicas) return false;
    const annotations = { ...set.metadata.annotations, ...replicaAnnotations(deployment) };
    client.update('replicasets', { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas } });
    this.#reportScaling(deployment, set, set.spec.replicas, replicas);
    return true;
  }

  /** Notes the Deployment's size on a ReplicaSet that keeps its own. */
  #annotate(deployment: KubeObject, { metadata: { namespace, name } }: KubeObject): void {
    const { client } = this.context;
    const set = client.get('replicasets', namespace, name);
    if (!set) return;
    const annotations = { ...set.metadata.annotations, ...replicaAnnotations(deployment) };
    if (!deepEqual(annotations, set.metadata.annotations))
      client.update('replicasets', { ...set, metadata: { ...set.metadata, annotations } });
  }

  #reportScaling(deployment: KubeObject, set: KubeObject, from: number, to: number): void {
    const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${set.metadata.name} from ${from} to ${to}`;
    this.context.recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message, SOURCE);
  }

  /** Deletes the oldest empty ReplicaSets beyond the history limit. Upstream: cleanupDeployment. */
  #cleanUp(deployment: KubeObject, old: readonly KubeObject[]): void {
    const limit = deployment.spec.revisionHistoryLimit;
    const living = old.filter(({ metadata }) => !metadata.deletionTimestamp);
    const surplus = living.length - limit;
    if (limit === undefined || limit === 2 ** 31 - 1 || surplus <= 0) return;
    for (const set of [...living].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus)) {
      const seen = (set.status?.observedGeneration ?? 0) >= set.metadata.generation!;
      if (set.spec.replicas === 0 && !set.status?.replicas && seen)
        this.context.client.delete('replicasets', set.metadata.namespace, set.metadata.name);
    }
  }

  /** Writes the status if it is another. @returns whether it was */
  #report(deployment: KubeObject, status: Json): boolean {
    if (deepEqual(status, deployment.status)) return false;
    this.context.client.updateStatus('deployments', { ...deployment, status });
    return true;
  }

  /** The same ReplicaSets as they are stored now. */
  #fresh({ current, old }: Sets): Sets {
    const get = ({ metadata: { namespace, name } }: KubeObject) => this.context.client.get('replicasets', namespace, name);
    return { current: current && get(current), old: old.flatMap((set) => get(set) ?? []) };
  }

  #time(): string {
    return rfc3339(this.context.clock.now());
  }
}

const listOf = ({ current, old }: Sets): KubeObject[] => (current ? [...old, current] : [...old]);

function selects(deployment: KubeObject, set: KubeObject): boolean {
  const selector = fromLabelSelector(deployment.spec.selector);
  return selector.length > 0 && matchesSelector(selector, set.metadata.labels);
}

/** The ReplicaSet of the template that is wanted now, the oldest if several are. Upstream: FindNewReplicaSet. */
function currentOf(deployment: KubeObject, all: readonly KubeObject[]): KubeObject | undefined {
  return all.find((set) => sameTemplate(set, deployment));
}

/** How many pods the new ReplicaSet may have now. Upstream: NewRSNewReplicas. */
function newReplicas(deployment: KubeObject, old: readonly KubeObject[], has: number): number {
  const wanted: number = deployment.spec.replicas;
  if (deployment.spec.strategy.type === 'Recreate') return wanted;
  const room = wanted + surge(deployment) - wantedBy(old) - has;
  return room <= 0 ? has : has + Math.min(room, wanted - has);
}

/** Whether a ReplicaSet has all pods the Deployment wants. Upstream: IsSaturated. */
function isSaturated(deployment: KubeObject, set: KubeObject): boolean {
  const wanted: number = deployment.spec.replicas;
  const desired = Number(set.metadata.annotations?.['deployment.kubernetes.io/desired-replicas'] ?? NaN);
  return set.spec.replicas === wanted && desired === wanted && (set.status?.availableReplicas ?? 0) === wanted;
}
