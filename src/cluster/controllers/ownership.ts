import type { Json, KubeObject, OwnerReference } from '../apimachinery/object';

/** The reference by which an object belongs to its controller. */
export function controllerReference(owner: KubeObject): OwnerReference {
  const { name, uid } = owner.metadata;
  return { apiVersion: owner.apiVersion, blockOwnerDeletion: true, controller: true, kind: owner.kind, name, uid };
}

export const ownersOf = (object: KubeObject): OwnerReference[] | undefined => object.metadata.ownerReferences;

/** The controller that owns an object, if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  const references = object.metadata.ownerReferences;
  if (references) for (let i = 0; i < references.length; i++) if (references[i]!.controller) return references[i];
  return undefined;
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** Whether a pod's Ready condition is True. Upstream: pkg/api/v1/pod IsPodReady. */
export function isPodReady(pod: KubeObject): boolean {
  const conditions: readonly Json[] = pod.status?.conditions ?? [];
  for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type === 'Ready') return conditions[i]!.status === 'True';
  return false;
}

/** Whether a pod still counts for its ReplicaSet. Upstream: controller.IsPodActive. */
export function isPodActive(pod: KubeObject): boolean {
  const phase = pod.status?.phase;
  return phase !== 'Succeeded' && phase !== 'Failed' && !pod.metadata.deletionTimestamp;
}
