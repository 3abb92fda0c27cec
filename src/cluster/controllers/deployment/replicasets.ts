import { deepEqual } from '../../apimachinery/json';
import type { Json, KubeObject } from '../../apimachinery/object';
import { parseTime } from '../../apimachinery/time';
import { surge } from './rollingupdate';

// What a Deployment notes down on its ReplicaSets. Upstream: pkg/controller/deployment/util/deployment_util.go.

export const REVISION = 'deployment.kubernetes.io/revision';
export const POD_TEMPLATE_HASH = 'pod-template-hash';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAX = 'deployment.kubernetes.io/max-replicas';
/** Annotations of a Deployment that its ReplicaSets do not get. */
const NOT_COPIED = ['kubectl.kubernetes.io/last-applied-configuration', REVISION, REVISION_HISTORY, DESIRED, MAX];
/** How long the list of earlier revisions may get, characters. */
const MAX_HISTORY = 2000;

export type Annotations = Record<string, string>;

export function revisionOf(set: KubeObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}

export function created(object: KubeObject): number {
  return parseTime(object.metadata.creationTimestamp!);
}

export const isActive = (set: KubeObject): boolean => set.spec.replicas > 0;

/** Sum of what ReplicaSets want. */
export const wantedBy = (sets: readonly KubeObject[]): number => sets.reduce((sum, set) => sum + set.spec.replicas, 0);

/** Sum of a number in the status of ReplicaSets. */
export const statusSum = (sets: readonly KubeObject[], field: string): number =>
  sets.reduce((sum, set) => sum + (set.status?.[field] ?? 0), 0);

/** The annotations of a Deployment's current ReplicaSet. @param own what it has; undefined for a new one @param revision the newest */
export function currentAnnotations(deployment: KubeObject, own: Annotations | undefined, revision: number): Annotations {
  const annotations: Annotations = { ...own };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {}))
    if (!NOT_COPIED.includes(key)) annotations[key] = value;
  const before = own?.[REVISION];
  if (Number(before ?? 0) < revision) {
    annotations[REVISION] = String(revision);
    if (before !== undefined) annotations[REVISION_HISTORY] = history(own?.[REVISION_HISTORY], before);
  }
  return own ? annotations : { ...annotations, ...replicaAnnotations(deployment) };
}

/** Earlier revisions, the oldest dropped when the list gets too long. */
function history(list: string | undefined, revision: string): string {
  const revisions = list ? list.split(',') : [];
  while (revisions.length > 0 && [...revisions, revision].join(',').length > MAX_HISTORY) revisions.shift();
  return [...revisions, revision].join(',');
}

/** How large the Deployment was when it last scaled a ReplicaSet. */
export function replicaAnnotations(deployment: KubeObject): Annotations {
  const { replicas } = deployment.spec;
  return { [DESIRED]: String(replicas), [MAX]: String(replicas + surge(deployment)) };
}

/** Whether a Deployment was scaled and its ReplicaSets do not know. */
export function isScalingEvent(deployment: KubeObject, sets: readonly KubeObject[]): boolean {
  return sets.some(({ spec, metadata: { annotations } }) => {
    const desired = annotations?.[DESIRED];
    return spec.replicas > 0 && desired !== undefined && Number(desired) !== deployment.spec.replicas;
  });
}

/**
 * What each of several ReplicaSets with pods gets of a change in size: in proportion to its own, the rest to the largest.
 * @returns sizes by name, in the order in which to set them
 */
export function proportionalSizes(deployment: KubeObject, sets: readonly KubeObject[]): Map<string, number> {
  const { replicas } = deployment.spec;
  const toAdd = (replicas > 0 ? replicas + surge(deployment) : 0) - wantedBy(sets);
  const younger = (a: KubeObject, b: KubeObject) => (toAdd > 0 ? created(b) - created(a) : created(a) - created(b));
  const largestFirst = toAdd === 0 ? sets : [...sets].sort((a, b) => b.spec.replicas - a.spec.replicas || younger(a, b));
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of largestFirst) {
    const part = toAdd === 0 ? 0 : proportion(deployment, set, toAdd, added);
    sizes.set(set.metadata.name, set.spec.replicas + part);
    added += part;
  }
  const [largest] = largestFirst;
  if (largest && toAdd !== 0) {
    const { name } = largest.metadata;
    sizes.set(name, Math.max(0, sizes.get(name)! + toAdd - added));
  }
  return sizes;
}

function proportion(deployment: KubeObject, set: KubeObject, toAdd: number, added: number): number {
  if (set.spec.replicas === 0 || toAdd === added) return 0;
  const part = fraction(deployment, set);
  return toAdd > 0 ? Math.min(part, toAdd - added) : Math.max(part, toAdd - added);
}

function fraction(deployment: KubeObject, set: KubeObject): number {
  const { replicas } = set.spec;
  if (deployment.spec.replicas === 0) return -replicas;
  const before = Number(set.metadata.annotations?.[MAX] ?? 0) || (deployment.status?.replicas ?? 0);
  if (before === 0) return 0;
  return Math.round((replicas * (deployment.spec.replicas + surge(deployment))) / before) - replicas;
}

/** Whether a ReplicaSet makes the pods that a Deployment wants now. Upstream: EqualIgnoreHash. */
export function sameTemplate(set: KubeObject, deployment: KubeObject): boolean {
  const withoutHash = (template: Json) => {
    const { [POD_TEMPLATE_HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
    return { ...template, metadata: { ...template.metadata, labels } };
  };
  return deepEqual(withoutHash(set.spec.template), withoutHash(deployment.spec.template));
}
