import type { Json, KubeObject, OwnerReference } from '../apimachinery/object';

/** The reference by which an object belongs to its controller. */
export function controllerReference(owner: KubeObject): OwnerReference {
  const { name, uid } = owner.metadata;
  return { apiVersion: owner.apiVersion, blockOwnerDeletion: true, controller: true, kind: owner.kind, name, uid };
}

export const ownersOf = (object: KubeObject): OwnerReference[] | undefined => object.metadata.ownerReferences;

/** The controller that owns an object, if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller);
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** Whether a pod's Ready condition is True. Upstream: pkg/api/v1/pod IsPodReady. */
export function isPodReady(pod: KubeObject): boolean {
  const conditions: readonly Json[] = pod.status?.conditions ?? [];
  for (const { type, status } of conditions) if (type === 'Ready') return status === 'True';
  return false;
}

/** Whether a pod still counts for its ReplicaSet. Upstream: controller.IsPodActive. */
export function isPodActive(pod: KubeObject): boolean {
  return pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed' && !pod.metadata.deletionTimestamp;
}
