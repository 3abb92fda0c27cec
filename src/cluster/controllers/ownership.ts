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
  let ready = readiness.get(pod);
  if (ready === undefined) {
    ready = (pod.status?.conditions ?? []).some((condition: Json) => condition.type === 'Ready' && condition.status === 'True');
    readiness.set(pod, ready!);
  }
  return ready!;
}

/** Stored objects never change, so what was read from one stays true. */
const readiness = new WeakMap<KubeObject, boolean>();

/** Whether a pod still counts for its ReplicaSet. Upstream: controller.IsPodActive. */
export function isPodActive(pod: KubeObject): boolean {
  return pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed' && !pod.metadata.deletionTimestamp;
}
