import type { FieldError } from '../apimachinery/fielderror';
import type { Json, KubeObject } from '../apimachinery/object';
import type { Kind } from './kind';
import type { Schema } from './schema';

/** A column of the table that `kubectl get` shows. Priority 1 shows with `-o wide` only. */
export interface Column {
  name: string;
  type: 'string' | 'integer';
  format?: 'name';
  priority: 0 | 1;
}

export type Cell = string | number;

/** What differs between kinds of objects. One folder a resource under `resources/`. */
export interface ResourceDefinition extends Kind {
  /** A PUT of what is not there makes it. */
  createsOnUpdate?: true;
  /** Sent with each answer about this resource. */
  warning?: string;
  /** metadata.generation counts changes of spec, or of annotations or labels besides. */
  generation: boolean | 'annotations too' | 'labels too';
  /** Decodes a body: types and unknown fields. */
  schema: Schema;
  /** Go type of the status where the schema leaves it open: it is looked into only when somebody asks who manages it, or for the order. */
  status?: 'DeploymentStatus' | 'PodStatus' | 'ReplicaSetStatus';
  /** Rule for metadata.name. */
  validateName: (name: string) => string[];
  /** Fills defaults into a decoded object. */
  setDefaults(object: Json): void;
  /** Metadata that a write of the status alone leaves as it is. */
  statusKeeps?: readonly string[];
  validateStatus?(object: KubeObject): FieldError[];
  /** Fills defaults into a status that is written by itself. */
  setStatusDefaults?(status: Json): void;
  /** Drops what a creator may not set; before allocation and validation. */
  /** @param account the ServiceAccount of a pod */
  prepareForCreate?(object: Json, account?: Json): void;
  /** What readers get of a stored object; the same one when it hides nothing. Upstream: the registry's Decorator. */
  onRead?(object: KubeObject): KubeObject;
  /** Carries over what an updater may not change. */
  prepareForUpdate?(object: Json, old: KubeObject): void;
  /** @param old the stored version, of an update */
  validate(object: Json, old?: KubeObject): FieldError[];
  /** What may not change. */
  validateUpdate?(object: Json, old: KubeObject): FieldError[];
  /** What may not change is told before what is wrong with the object itself. */
  validatesUpdateFirst?: true;
  /** Warnings for whoever created or updated the object. */
  warnings?(object: Json, old?: KubeObject): string[];
  /** Fields besides metadata.name and metadata.namespace that field selectors may name, with their values. */
  selectableFields?(object: KubeObject): Record<string, string>;
  columns: Column[];
  /** Cells of an object's row, in the order of `columns`. @param now ms since the epoch */
  row(object: KubeObject, now: number): Cell[];
}

export const column = (name: string, options: Partial<Column> = {}): Column => ({
  name,
  type: 'string',
  priority: 0,
  ...options,
});
export const nameColumn = column('Name', { format: 'name' });
export const wide = (name: string): Column => column(name, { priority: 1 });
