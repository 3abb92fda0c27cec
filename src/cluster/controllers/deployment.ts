import { clone, deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { deploymentStatus } from './deploymentstatus';
import { controllerOf, controllerReference, isOwnedBy, ownersOf } from './ownership';
import { podTemplateHash } from './podtemplatehash';
import { surge, unavailable } from './rollingupdate';
import { objectKey, splitKey, WorkQueue } from './workqueue';

const SOURCE = { component: 'deployment-controller' };
const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

/** Rolls Deployments out through ReplicaSets. Upstream: pkg/controller/deployment. */
export class DeploymentController {
  readonly #queue: WorkQueue;
  readonly #setsOf: (key: string) => readonly KubeObject[];

  constructor(private readonly context: ControllerContext) {
    this.#queue = new WorkQueue(context.clock, 'deployment', CONTROLLER_LATENCY, (key) => this.#sync(key));
    this.#setsOf = context.client.addIndex('replicasets', ownersOf, (set) => [controllerOf(set)?.uid ?? '']);
    context.client.watch('deployments', (_type, deployment) => this.#queue.add(objectKey(deployment)));
    context.client.watch('replicasets', (_type, set) => {
      const owner = controllerOf(set);
      if (owner?.kind === 'Deployment') this.#queue.add(`${set.metadata.namespace}/${owner.name}`);
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client } = this.context;
    let deployment = client.get('deployments', namespace, name);
    if (!deployment) return;
    if (!deployment.metadata.deletionTimestamp) {
      const sets = this.#ownSets(deployment);
      const current = sets.find((set) => sameTemplate(set, deployment!));
      if (deployment.spec.paused) {
        if (current) this.#scale(deployment, current, deployment.spec.replicas);
      } else {
        const newSet = this.#newReplicaSet(deployment, sets, current);
        const old = this.#ownSets(deployment).filter((set) => set.metadata.uid !== newSet.metadata.uid);
        if (deployment.spec.strategy.type === 'Recreate') this.#recreate(deployment, newSet, old);
        else this.#roll(deployment, newSet, old);
        this.#cleanUp(deployment, old);
      }
    }
    deployment = client.get('deployments', namespace, name);
    if (!deployment) return;
    const sets = this.#ownSets(deployment);
    const newSet = sets.find((set) => sameTemplate(set, deployment!));
    const status = deploymentStatus(deployment, sets, newSet, rfc3339(this.context.clock.now()));
    if (!deepEqual(status, deployment.status)) client.updateStatus('deployments', { ...deployment, status });
  }

  #ownSets(deployment: KubeObject): readonly KubeObject[] {
    return this.#setsOf(deployment.metadata.uid);
  }

  #newReplicaSet(deployment: KubeObject, sets: readonly KubeObject[], current: KubeObject | undefined): KubeObject {
    const { client, recorder } = this.context;
    const others = sets.filter((set) => set !== current);
    const revision = Math.max(0, ...others.map(revisionOf)) + 1;
    const annotations = (own: Record<string, string> = {}): Record<string, string> => {
      const {
        'kubectl.kubernetes.io/last-applied-configuration': _applied,
        [REVISION]: _revision,
        ...copied
      } = deployment.metadata.annotations ?? {};
      const history =
        current && revisionOf(current) < revision
          ? [own['deployment.kubernetes.io/revision-history'], String(revisionOf(current))]
          : [];
      return {
        ...own,
        ...copied,
        'deployment.kubernetes.io/desired-replicas': String(deployment.spec.replicas),
        'deployment.kubernetes.io/max-replicas': String(deployment.spec.replicas + surge(deployment)),
        [REVISION]: String(Math.max(revision, current ? revisionOf(current) : 0)),
        ...(history.length > 0 && { 'deployment.kubernetes.io/revision-history': history.filter(Boolean).join(',') }),
      };
    };
    let set = current;
    if (set) {
      const wanted = annotations(set.metadata.annotations);
      if (!deepEqual(wanted, set.metadata.annotations)) {
        set = client.update('replicasets', { ...set, metadata: { ...set.metadata, annotations: wanted } });
      }
    } else {
      const template = clone(deployment.spec.template);
      const hash = podTemplateHash(template);
      template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, [HASH]: hash } };
      const replicas = deployment.spec.strategy.type === 'Recreate' ? 0 : this.#newReplicas(deployment, others);
      set = client.create('replicasets', {
        metadata: {
          name: `${deployment.metadata.name}-${hash}`,
          namespace: deployment.metadata.namespace,
          labels: template.metadata.labels,
          annotations: annotations(),
          ownerReferences: [controllerReference(deployment)],
        },
        spec: {
          replicas,
          ...(deployment.spec.minReadySeconds && { minReadySeconds: deployment.spec.minReadySeconds }),
          selector: { ...deployment.spec.selector, matchLabels: { ...deployment.spec.selector.matchLabels, [HASH]: hash } },
          template,
        },
      });
      if (replicas > 0)
        recorder.event(
          deployment,
          'Normal',
          'ScalingReplicaSet',
          `Scaled up replica set ${set.metadata.name} from 0 to ${replicas}`,
          SOURCE,
        );
    }
    const wanted = String(revisionOf(set));
    if (deployment.metadata.annotations?.[REVISION] !== wanted) {
      const fresh = client.get('deployments', deployment.metadata.namespace, deployment.metadata.name)!;
      // upstream writes it with the status, so that it counts as no change of the Deployment
      client.updateStatus('deployments', {
        ...fresh,
        metadata: { ...fresh.metadata, annotations: { ...fresh.metadata.annotations, [REVISION]: wanted } },
      });
    }
    return set;
  }

  /** How many pods the new ReplicaSet may have now. Upstream: deploymentutil.NewRSNewReplicas. */
  #newReplicas(deployment: KubeObject, others: readonly KubeObject[], has = 0): number {
    const total = others.reduce((sum, set) => sum + set.spec.replicas, has);
    const room = deployment.spec.replicas + surge(deployment) - total;
    return room <= 0 ? has : has + Math.min(room, deployment.spec.replicas - has);
  }

  #roll(deployment: KubeObject, newSet: KubeObject, old: readonly KubeObject[]): void {
    const wanted: number = deployment.spec.replicas;
    const active = old.filter((set) => set.spec.replicas > 0);
    if (newSet.spec.replicas > wanted) {
      this.#scale(deployment, newSet, wanted);
      return;
    }
    if (newSet.spec.replicas < wanted) {
      const replicas = this.#newReplicas(deployment, old, newSet.spec.replicas);
      if (replicas > newSet.spec.replicas) {
        this.#scale(deployment, newSet, replicas);
        return;
      }
    }
    if (active.length === 0) return;
    const available = (set: KubeObject): number => set.status?.availableReplicas ?? 0;
    const least = wanted - unavailable(deployment);
    const total = [...active, newSet].reduce((sum, set) => sum + set.spec.replicas, 0);
    const newUnavailable = newSet.spec.replicas - available(newSet);
    let room = total - least - newUnavailable;
    if (room <= 0) return;
    // pods that are not available cost nothing to remove
    const oldestFirst = [...active].sort((a, b) => revisionOf(a) - revisionOf(b));
    for (const set of oldestFirst) {
      const unhealthy = Math.min(room, set.spec.replicas - available(set));
      if (unhealthy > 0) {
        this.#scale(deployment, set, set.spec.replicas - unhealthy);
        room -= unhealthy;
      }
    }
    let spare = [...active, newSet].reduce((sum, set) => sum + available(set), 0) - least;
    for (const set of oldestFirst) {
      const fresh = this.context.client.get('replicasets', set.metadata.namespace, set.metadata.name)!;
      const fewer = Math.min(spare, fresh.spec.replicas);
      if (fewer > 0) {
        this.#scale(deployment, fresh, fresh.spec.replicas - fewer);
        spare -= fewer;
      }
    }
  }

  #recreate(deployment: KubeObject, newSet: KubeObject, old: readonly KubeObject[]): void {
    const active = old.filter((set) => set.spec.replicas > 0);
    for (const set of active) this.#scale(deployment, set, 0);
    const remaining = this.context.client
      .list('pods', deployment.metadata.namespace)
      .some((pod) => old.some((set) => isOwnedBy(pod, set)));
    if (active.length === 0 && !remaining) this.#scale(deployment, newSet, deployment.spec.replicas);
    else if (remaining) this.#queue.addAfter(objectKey(deployment), 200);
  }

  #scale(deployment: KubeObject, set: KubeObject, replicas: number): void {
    const from: number = set.spec.replicas;
    const fresh = this.context.client.get('replicasets', set.metadata.namespace, set.metadata.name) ?? set;
    if (from === replicas) return;
    const annotations = {
      ...fresh.metadata.annotations,
      'deployment.kubernetes.io/desired-replicas': String(deployment.spec.replicas),
      'deployment.kubernetes.io/max-replicas': String(deployment.spec.replicas + surge(deployment)),
    };
    this.context.client.update('replicasets', {
      ...fresh,
      metadata: { ...fresh.metadata, annotations },
      spec: { ...fresh.spec, replicas },
    });
    const direction = replicas > from ? 'up' : 'down';
    this.context.recorder.event(
      deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${direction} replica set ${set.metadata.name} from ${from} to ${replicas}`,
      SOURCE,
    );
  }

  /** Deletes the oldest empty ReplicaSets beyond the history limit. */
  #cleanUp(deployment: KubeObject, old: readonly KubeObject[]): void {
    const empty = old.filter(
      (set) => set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0 && !set.metadata.deletionTimestamp,
    );
    const surplus = empty.length - deployment.spec.revisionHistoryLimit;
    if (surplus <= 0) return;
    for (const set of [...empty].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, surplus)) {
      this.context.client.delete('replicasets', set.metadata.namespace, set.metadata.name);
    }
  }
}

function revisionOf(set: KubeObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

function sameTemplate(set: KubeObject, deployment: KubeObject): boolean {
  const withoutHash = (template: Json) => {
    const { [HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
    return { ...template, metadata: { ...template.metadata, labels } };
  };
  return deepEqual(withoutHash(set.spec.template), withoutHash(deployment.spec.template));
}
