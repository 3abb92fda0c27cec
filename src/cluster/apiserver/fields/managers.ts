import type { Json, KubeObject } from '../../apimachinery/object';
import type { Schema } from '../schema';
import {
  difference,
  dropBranch,
  fromFieldsV1,
  intersection,
  isEmpty,
  sameSet,
  toFieldsV1,
  union,
  type FieldSet,
} from './fieldset';
import { compare } from './walk';

/** Who writes, as metadata.managedFields names them. */
export interface Writer {
  manager: string;
  operation: 'Update' | 'Apply';
  subresource?: string;
}

/** One manager's fields. */
export interface Entry extends Writer {
  apiVersion: string;
  /** RFC 3339 */
  time: string;
  fields: FieldSet;
}

export const sameWriter = (a: Writer, b: Writer): boolean =>
  a.manager === b.manager && a.operation === b.operation && (a.subresource ?? '') === (b.subresource ?? '');

/** Fields that nobody manages. Upstream: managedfields/internal/stripmeta.go. */
const UNMANAGED = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((field) => ['f:metadata', `f:${field}`]),
];

/** A set without the fields that the server itself keeps. @param statusApart status is written through its subresource only */
export function managed(set: FieldSet, statusApart: boolean): FieldSet {
  for (const path of UNMANAGED) dropBranch(set, path);
  if (statusApart) dropBranch(set, ['f:status']);
  const metadata = set.children.get('f:metadata');
  if (metadata) metadata.member = false;
  set.member = false;
  return set;
}

export interface Write {
  schema: Schema;
  writer: Writer;
  apiVersion: string;
  time: string;
  statusApart: boolean;
  /** Undefined for a new object. */
  old: Json;
  now: Json;
}

/** Entries after an update: the writer has what it changed, nobody else does. Upstream: merge/update.go Update. */
export function updatedEntries(entries: readonly Entry[], write: Write): Entry[] {
  const { added, modified, removed } = compare(write.schema, write.old ?? {}, write.now);
  const taken = managed(union(added, modified), write.statusApart && !write.writer.subresource);
  const given = union(taken, managed(removed, write.statusApart && !write.writer.subresource));
  const rest = entries
    .map((entry) => ({ ...entry, fields: difference(entry.fields, given) }))
    .filter((entry) => !isEmpty(entry.fields));
  if (isEmpty(taken)) return rest;
  const own = entries.find((entry) => sameWriter(entry, write.writer));
  const fields = own ? union(difference(own.fields, removed), taken) : taken;
  const { writer, apiVersion, time } = write;
  return [...rest.filter((entry) => !sameWriter(entry, writer)), { ...writer, apiVersion, time, fields }];
}

/** Entries of others that have fields a configuration would change. */
export function conflictsWith(
  entries: readonly Entry[],
  writer: Writer,
  changed: FieldSet,
): { entry: Entry; fields: FieldSet }[] {
  return entries
    .filter((entry) => !sameWriter(entry, writer))
    .map((entry) => ({ entry, fields: intersection(entry.fields, changed) }))
    .filter(({ fields }) => !isEmpty(fields));
}

/** metadata.managedFields as it is shown. Upstream: internal/managedfields.go sortEncodedManagedFields. */
function encodeEntries(entries: readonly Entry[]): Json[] {
  return [...entries]
    .sort(
      (a, b) =>
        compareText(a.operation, b.operation) ||
        compareText(a.time, b.time) ||
        compareText(a.manager, b.manager) ||
        compareText(a.apiVersion, b.apiVersion) ||
        compareText(a.subresource ?? '', b.subresource ?? ''),
    )
    .map(({ manager, operation, apiVersion, time, fields, subresource }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      ...(subresource && { subresource }),
    }));
}

export function decodeEntries(list: readonly Json[]): Entry[] {
  return list
    .filter((entry) => entry.operation)
    .map(({ manager = '', operation, apiVersion = '', time = '', fieldsV1, subresource }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fields: fromFieldsV1(fieldsV1),
      ...(subresource && { subresource }),
    }));
}

/** Whether two lists say the same, times apart. */
export function sameEntries(a: readonly Entry[], b: readonly Entry[]): boolean {
  return (
    a.length === b.length &&
    a.every((entry) => b.some((other) => sameWriter(entry, other) && sameSet(entry.fields, other.fields)))
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is not worked out before somebody asks for it. */
interface Pending {
  before: State | undefined;
  write: Write;
  depth: number;
}

type State = { entries?: readonly Entry[]; pending?: Pending };

/** Writes whose fields are not worked out yet, at most. More would keep old versions of objects alive. */
const MAX_PENDING = 16;

/**
 * Who manages which fields of each stored version. Most versions are never looked at, so only the write is noted down and the fields
 * are worked out when a client reads the object.
 */
export class FieldManagers {
  readonly #states = new WeakMap<KubeObject, State>();
  readonly #shown = new WeakMap<KubeObject, KubeObject>();

  /** Notes down the write that made `stored` out of `old`. */
  note(old: KubeObject | undefined, stored: KubeObject, write: Write): void {
    const before = old && this.#states.get(old);
    const depth = (before?.pending?.depth ?? 0) + 1;
    const state: State = { pending: { before, write, depth } };
    this.#states.set(stored, state);
    if (depth > MAX_PENDING) resolve(state);
  }

  /** A version that differs from `old` in nothing that anybody manages. */
  carry(old: KubeObject, stored: KubeObject): void {
    const state = this.#states.get(old);
    if (state) this.#states.set(stored, state);
  }

  set(stored: KubeObject, entries: readonly Entry[]): void {
    this.#states.set(stored, { entries });
  }

  /** The manager that wrote this version: of several entries, the one with the latest time. */
  writerOf(object: KubeObject): string | undefined {
    const state = this.#states.get(object);
    if (state?.pending) return state.pending.write.writer.manager;
    return this.entriesOf(object).reduce<Entry | undefined>(
      (last, entry) => (last && last.time > entry.time ? last : entry),
      undefined,
    )?.manager;
  }

  entriesOf(object: KubeObject | undefined): readonly Entry[] {
    const state = object && this.#states.get(object);
    return state ? resolve(state) : [];
  }

  /** The object as clients see it, with metadata.managedFields, which is worked out when it is looked at. */
  shown(object: KubeObject): KubeObject {
    const known = this.#shown.get(object);
    if (known) return known;
    const state = this.#states.get(object);
    if (!state || state.entries?.length === 0) return object;
    let managedFields: Json;
    const metadata = Object.defineProperty({ ...object.metadata }, 'managedFields', {
      enumerable: true,
      get: () => (managedFields ??= encodeEntries(resolve(state))),
    });
    const shown = { ...object, metadata };
    this.#shown.set(object, shown);
    return shown;
  }
}

function resolve(state: State): readonly Entry[] {
  const chain: State[] = [];
  for (let at: State | undefined = state; at && !at.entries; at = at.pending?.before) chain.push(at);
  let entries = chain.at(-1)?.pending?.before?.entries ?? [];
  if (chain.length === 0) return state.entries!;
  for (const link of chain.reverse()) {
    entries = updatedEntries(entries, link.pending!.write);
    link.entries = entries;
    delete link.pending;
  }
  return entries;
}
