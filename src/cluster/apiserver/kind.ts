/** Subresources besides the object itself. */
export type Subresource =
  | 'approval'
  | 'attach'
  | 'binding'
  | 'ephemeralcontainers'
  | 'eviction'
  | 'exec'
  | 'finalize'
  | 'log'
  | 'portforward'
  | 'proxy'
  | 'resize'
  | 'scale'
  | 'status'
  | 'token';

/** What discovery says about a kind. */
export interface Kind {
  /** '' for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames?: string[];
  categories?: string[];
  namespaced: boolean;
  /** In alphabetical order. */
  subresources?: Subresource[];
  /** When not the usual eight. */
  verbs?: string[];
  /** The group and version in which objects are kept, when not this one: `v1` or `autoscaling/v2`. */
  storageVersion?: string;
}
