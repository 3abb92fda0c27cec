import type { Json, KubeObject } from '../../apimachinery/object';
import type { Schema } from '../schema';
import {
  difference,
  dropBranch,
  emptySet,
  fromFieldsV1,
  insert,
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
  /** RFC 3339; empty for one that has never changed the object. */
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

/** What there is to know about a kind of object here. */
export interface Managed {
  schema: Schema;
  apiVersion: string;
  /** Status is written through its subresource only. */
  statusApart: boolean;
}

export interface Write {
  kind: Managed;
  writer: Writer;
  /** RFC 3339 */
  time: string;
  /** The object before; undefined for a new one. */
  old: Json;
  now: Json;
}

/**
 * Entries after an update: the writer has what it changed, nobody else does. Of an object without any nothing is kept until it is applied.
 * Upstream: merge/update.go Update, managedfields/internal/skipnonapplied.go.
 */
export function updatedEntries(entries: readonly Entry[], write: Write): Entry[] {
  const { kind, writer, time } = write;
  if (write.old !== undefined && entries.length === 0) return [];
  const { added, modified, removed } = compare(kind.schema, write.old ?? {}, write.now);
  const statusApart = kind.statusApart && !writer.subresource;
  const taken = managed(union(added, modified), statusApart);
  const given = union(taken, managed(removed, statusApart));
  const rest = entries
    .map((entry) => ({ ...entry, fields: difference(entry.fields, given) }))
    .filter((entry) => !isEmpty(entry.fields));
  if (isEmpty(taken)) return rest;
  const own = entries.find((entry) => sameWriter(entry, writer));
  const fields = own ? union(difference(own.fields, removed), taken) : taken;
  return capped([
    ...rest.filter((entry) => !sameWriter(entry, writer)),
    { ...writer, apiVersion: kind.apiVersion, time, fields },
  ]);
}

/** More managers by updates than this are not kept apart. */
const MAX_UPDATERS = 10;

/** The oldest updates of a version become one entry, until there are few enough. Upstream: managedfields/internal/capmanagers.go. */
function capped(entries: Entry[]): Entry[] {
  const updaters = entries
    .filter(({ operation }) => operation === 'Update')
    .sort((a, b) => compareText(a.time, b.time) || compareText(a.manager, b.manager));
  let excess = updaters.length - MAX_UPDATERS;
  if (excess <= 0) return entries;
  const buckets = new Map<string, Entry>();
  const merged = new Set<Entry>();
  for (const entry of updaters) {
    if (excess <= 0) break;
    const { apiVersion, time } = entry;
    const bucket = buckets.get(apiVersion);
    if (!bucket) {
      buckets.set(apiVersion, entry);
      continue;
    }
    merged.add(bucket).add(entry);
    const fields = union(bucket.fields, entry.fields);
    buckets.set(apiVersion, { manager: 'ancient-changes', operation: 'Update', apiVersion, time, fields });
    excess--;
  }
  const ancient = [...buckets.values()].filter((entry) => !updaters.includes(entry));
  return [...entries.filter((entry) => !merged.has(entry)), ...ancient];
}

/** Who has the fields of an object without managers when it is applied first. Upstream: internal/skipnonapplied.go. */
export const entriesBeforeApply = (kind: Managed, live: Json, time: string): Entry[] =>
  updatedEntries([], { kind, writer: { manager: 'before-first-apply', operation: 'Update' }, time, old: undefined, now: live });

/** metadata.managedFields of a Scale: who has the number. Upstream: managedfields/scalehandler.go ToSubresource. */
export const scaleManagers = (entries: readonly Entry[]): Json[] =>
  encodeEntries(
    entries
      .filter((entry) => holdsReplicas(entry))
      .map((entry) => ({ ...entry, apiVersion: 'autoscaling/v1', fields: replicasField() })),
  );

function replicasField(): FieldSet {
  const replicas = emptySet();
  insert(replicas, ['f:spec', 'f:replicas']);
  return replicas;
}

const holdsReplicas = ({ fields }: Entry) => !isEmpty(intersection(fields, replicasField()));

/** Entries after a scale that changed the number: the writer has it, nobody else does. Upstream: managedfields/scalehandler.go. */
export function scaledEntries(entries: readonly Entry[], writer: Writer, apiVersion: string): readonly Entry[] {
  const replicas = replicasField();
  if (!entries.some(holdsReplicas)) return entries;
  const own = entries.find((entry) => sameWriter(entry, writer));
  const others = entries
    .filter((entry) => entry !== own)
    .map((entry) => (holdsReplicas(entry) ? { ...entry, fields: difference(entry.fields, replicas) } : entry))
    .filter((entry) => !isEmpty(entry.fields));
  // upstream keeps the time of the entry there was
  return [...others, own && holdsReplicas(own) ? own : { ...writer, apiVersion, time: own?.time ?? '', fields: replicas }];
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
      ...(time && { time }),
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

/** A new object whose every field is its maker's, which goes for most objects there are: those of one kind and maker share this. */
class Creation {
  constructor(
    readonly kind: Managed,
    readonly writer: Writer,
  ) {}
}

/** A write of an object that may have had managers before. */
class Change implements Write {
  constructor(
    readonly kind: Managed,
    readonly writer: Writer,
    readonly time: string,
    readonly old: KubeObject | undefined,
    readonly now: Json,
    /** How many changes in a row are not worked out. */
    readonly depth: number,
  ) {}
}

/** A version that differs from `old` in nothing that anybody manages. */
class Carried {
  constructor(readonly old: KubeObject) {}
}

class Known {
  private list: Json[] | undefined = undefined;

  constructor(readonly entries: readonly Entry[]) {}

  /** metadata.managedFields */
  get encoded(): Json[] {
    return (this.list ??= encodeEntries(this.entries));
  }
}

/** Where a version's managers come from. Most versions are never looked at, so they are worked out when a client reads the object. */
type Origin = Creation | Change | Carried | Known;

/** The constructor of a class that gives its private fields to an object that is there already. */
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * The origin of a version's managers, kept by the object itself, out of sight of everything that reads or copies it. A WeakMap would
 * say the same, but with hundreds of thousands of objects it costs the garbage collector more than all the rest.
 */
class Marked extends Given {
  #origin: Origin;

  private constructor(object: KubeObject, origin: Origin) {
    super(object);
    this.#origin = origin;
  }

  static mark(object: KubeObject, origin: Origin): void {
    if (#origin in object) object.#origin = origin;
    else new Marked(object, origin);
  }

  static originOf(object: KubeObject): Origin | undefined {
    return #origin in object ? object.#origin : undefined;
  }
}

/** A copy of an object's metadata that knows the object, out of sight like the origin. */
class ShownMetadata extends Given {
  readonly #of: KubeObject;

  private constructor(copy: KubeObject['metadata'], of: KubeObject) {
    super(copy);
    this.#of = of;
  }

  /** Metadata as clients see it. One description serves all copies, so that they are objects of one shape to the engine. */
  static of(object: KubeObject): KubeObject['metadata'] {
    const copy = Object.defineProperty({ ...object.metadata }, 'managedFields', ShownMetadata.#managedFields);
    new ShownMetadata(copy, object);
    return copy;
  }

  static readonly #managedFields: PropertyDescriptor & ThisType<ShownMetadata> = {
    enumerable: true,
    get() {
      return known(this.#of)?.encoded;
    },
  };
}

/** Changes that are not worked out, in a row, at most. More would keep old versions of objects alive. */
const MAX_PENDING = 100;

/** Who manages which fields of each stored version. Versions are told of before they are stored. */
export class FieldManagers {
  readonly #creations = new Map<Managed, Creation[]>();

  /** Notes down that `stored` is new and as `writer` wrote it, at the time of its creation. */
  noteCreation(stored: KubeObject, kind: Managed, writer: Writer): void {
    let creations = this.#creations.get(kind);
    if (!creations) this.#creations.set(kind, (creations = []));
    let creation = creations.find((each) => sameWriter(each.writer, writer));
    if (!creation) creations.push((creation = new Creation(kind, writer)));
    Marked.mark(stored, creation);
  }

  /** Notes down the write that made `stored` out of `old`. */
  note(old: KubeObject | undefined, stored: KubeObject, { kind, writer, time, now }: Write): void {
    const before = old && Marked.originOf(old);
    const depth = (before instanceof Change ? before.depth : 0) + 1;
    Marked.mark(stored, new Change(kind, writer, time, old, now, depth));
    if (depth > MAX_PENDING) known(stored);
  }

  /** Notes down that `stored` differs from `old` in nothing that anybody manages. */
  carry(old: KubeObject, stored: KubeObject): void {
    if (Marked.originOf(old)) Marked.mark(stored, new Carried(old));
  }

  set(stored: KubeObject, entries: readonly Entry[]): void {
    Marked.mark(stored, new Known(entries));
  }

  /** The manager that wrote this version: of several entries, the one with the latest time. */
  writerOf(object: KubeObject): string | undefined {
    const origin = Marked.originOf(object);
    if (origin instanceof Creation || origin instanceof Change) return origin.writer.manager;
    if (origin instanceof Carried) return this.writerOf(origin.old);
    return entriesOf(object).reduce<Entry | undefined>(
      (last, entry) => (last && last.time > entry.time ? last : entry),
      undefined,
    )?.manager;
  }

  entriesOf(object: KubeObject | undefined): readonly Entry[] {
    return entriesOf(object);
  }

  /** The object as clients see it, with metadata.managedFields, which is worked out when it is looked at. */
  shown(object: KubeObject): KubeObject {
    const origin = Marked.originOf(object);
    if (!origin || (origin instanceof Known && origin.entries.length === 0)) return object;
    return { ...object, metadata: ShownMetadata.of(object) };
  }
}

function entriesOf(object: KubeObject | undefined): readonly Entry[] {
  return (object && known(object)?.entries) ?? [];
}

function known(object: KubeObject): Known | undefined {
  const origin = Marked.originOf(object);
  if (!origin || origin instanceof Known) return origin;
  const entries = entriesFrom(origin, object);
  const worked = new Known(entries);
  Marked.mark(object, worked);
  return worked;
}

function entriesFrom(origin: Creation | Change | Carried, object: KubeObject): readonly Entry[] {
  if (origin instanceof Carried) return entriesOf(origin.old);
  if (origin instanceof Change) return updatedEntries(entriesOf(origin.old), origin);
  const { kind, writer } = origin;
  return updatedEntries([], { kind, writer, time: object.metadata.creationTimestamp, old: undefined, now: object });
}
