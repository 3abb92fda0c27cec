import type { Json, KubeObject } from '../apimachinery/object';

/** Called after each change of the store, in order of resourceVersion. `object` is the state after (for DELETED: the last state). */
export type Listener = (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject, old?: KubeObject) => void;

/**
 * What controllers, kubelets and kube-proxy use: the same registry as REST requests go through (defaults, validation, allocation),
 * without HTTP shapes. `resource` is the plural: `services`, `pods`, `endpointslices` ...
 * Writing methods throw `ApiError` (apimachinery/errors.ts) as the server would answer.
 */
export interface Client {
  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined;
  /** Frozen objects, ordered by namespace, then name. */
  list(resource: string, namespace?: string): readonly KubeObject[];
  create(resource: string, object: Json): KubeObject;
  update(resource: string, object: Json): KubeObject;
  updateStatus(resource: string, object: Json): KubeObject;
  delete(resource: string, namespace: string | undefined, name: string): void;
  /** Calls `listener` for each later change. Returns the function that stops it. */
  watch(resource: string, listener: Listener): () => void;
}
