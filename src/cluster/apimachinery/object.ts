/** Any JSON value, as it travels in a request or response body. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kubernetes objects are open-ended; fields are checked by validation, not by the compiler
export type Json = any;

/** metadata.ownerReferences[] */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** metadata of every stored object. Times are RFC 3339 with seconds, as the real server prints them. */
export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  [field: string]: Json;
}

/** A Kubernetes object. Objects that come out of the API server are deeply frozen and shared: copy before changing. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: Json;
  status?: Json;
  [field: string]: Json;
}
