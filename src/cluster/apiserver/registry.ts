import { deepEqual, clone, deepFreeze, draft } from '../apimachinery/json';
import { alreadyExists, conflict, forbidden, invalidObject, notFound, plainError, STALE } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';
import { strconvError } from '../apimachinery/strconv';
import { parseTime, rfc3339 } from '../apimachinery/time';
import type { Random } from '../random';
import type { Client, Listener } from './client';
import { inGoOrder } from './goorder';
import {
  decodeEntries,
  FieldManagers,
  sameEntries,
  updatedEntries,
  type Entry,
  type Managed,
  type Write,
  type Writer,
} from './fields/managers';
import { validateMeta, validateMetaUpdate } from './metadata';
import type { ResourceDefinition } from './resource';
import { goSchema } from './goschema';
import type { Schema } from './schema';
import { resourceNamed } from './resources';
import type { ServiceAllocator } from './resources/service/allocate';
import type { Store } from './store';

export interface WriteOptions {
  /** Do everything but store. */
  dryRun?: boolean;
  /** The change leaves metadata.generation as it is. */
  keepsGeneration?: true;
  /** Whose fields the change becomes; the registry's own manager when left out. */
  writer?: Writer;
  /** Who manages which fields afterwards, worked out already (server-side apply). */
  entries?: readonly Entry[];
  /** The object was made for this write and nobody else keeps it: it becomes the stored one without a copy. */
  owned?: boolean;
  /** Which changes are allowed, for a subresource with rules of its own. */
  validateUpdate?: ResourceDefinition['validateUpdate'];
  /** What the change may not touch, likewise. */
  prepareForUpdate?: ResourceDefinition['prepareForUpdate'];
}

export interface DeleteOptions extends WriteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** The uid of a new object, when it is not to be a random one. */
export type UidSource = (kind: string, namespace: string | undefined, name: string) => string | undefined;

/**
 * The generic registry: what happens to any object on its way into the store. REST requests and controllers come through here alike.
 * Upstream: k8s.io/apiserver/pkg/registry/generic/registry/store.go.
 */
export class Registry implements Client {
  constructor(
    private readonly store: Store,
    private readonly now: () => number,
    private readonly random: Random,
    private readonly serviceAllocator: ServiceAllocator,
    readonly managers: FieldManagers = new FieldManagers(),
    private readonly manager = 'kube-controller-manager',
    private readonly background: Random = random,
    private readonly uids: UidSource = () => undefined,
  ) {}

  /** The same registry, for a component that manages fields under its own name. */
  as(manager: string): Registry {
    return new Registry(
      this.store,
      this.now,
      this.random,
      this.serviceAllocator,
      this.managers,
      manager,
      this.background,
      this.uids,
    );
  }

  /**
   * Runs something that stores nothing (dry runs) so that nothing of it stays, not even in what is drawn by chance afterwards: it is given
   * the addresses, ports and names that the same writes will be given. A dry run that a client asks for draws like any request and gets
   * upstream's stand-ins for addresses and ports.
   */
  rehearse<T>(run: () => T): T {
    const marks = [this.random.mark(), this.background.mark()];
    this.serviceAllocator.rehearsing = true;
    try {
      return run();
    } finally {
      this.serviceAllocator.rehearsing = false;
      for (const back of marks) back();
    }
  }

  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.store.get(resource, namespace, name);
  }

  list(resource: string, namespace?: string): readonly KubeObject[] {
    return this.store.list(resource, namespace);
  }

  /** See Store.addIndex. */
  addIndex(...index: Parameters<Store['addIndex']>): ReturnType<Store['addIndex']> {
    return this.store.addIndex(...index);
  }

  watch(resource: string, listener: Listener): () => void {
    return this.store.watch(resource, listener);
  }

  /** Stores a new object. Throws ApiError: AlreadyExists, Invalid, NotFound (its namespace), BadRequest. The input is not changed. */
  create(resource: string, input: Json, options: WriteOptions = {}): KubeObject {
    const definition = resourceNamed(resource);
    const copy: typeof clone = options.owned ? (value) => value : clone;
    const given: Json = input.metadata ?? {};
    const { namespaced } = definition;
    if (namespaced) this.#checkNamespace(definition, given.namespace ?? 'default', given.name ?? '');
    let name: string = given.name;
    if (!name && given.generateName) name = given.generateName.slice(0, 58) + this.random.suffix(5);
    // what comes and goes by itself does not change the names that are given to other objects later
    const uid = (BACKGROUND.includes(resource) ? this.background : this.random).uuid();
    // in the order of Go's type
    const meta: KubeObject['metadata'] = { name } as KubeObject['metadata'];
    if (given.generateName !== undefined) meta.generateName = given.generateName;
    if (namespaced && given.namespace !== undefined) meta.namespace = given.namespace;
    meta.uid = uid;
    // its place among the fields; the store fills it in
    meta.resourceVersion = '';
    if (definition.generation) meta.generation = 1;
    else if (given.generation) meta.generation = given.generation;
    meta.creationTimestamp = rfc3339(this.now());
    for (const field of COPIED) if (!isEmpty(given[field])) meta[field] = copy(given[field]);
    const object: KubeObject = { kind: definition.kind, apiVersion: groupVersion(definition), metadata: meta };
    for (const field in input) if (!(field in object)) object[field] = copy(input[field]);
    definition.setDefaults(object);
    // what the writer wrote, before the server adds its own
    const written = addsItsOwn(resource) ? clone(object) : object;
    const account = resource === 'pods' ? this.#accountOf(object) : undefined;
    definition.prepareForCreate?.(object, account);

    const allocation = allocates(resource) ? this.#allocator(options).forCreate(object) : undefined;
    if (allocation?.errors.length) throw invalidObject(definition, meta.name, allocation.errors);
    const errors = [...validateMeta(definition, meta), ...definition.validate(object)];
    const there = this.get(resource, meta.namespace, name);
    const versioned = !options.dryRun && hasVersion(given);
    if (errors.length > 0 || there || versioned) {
      allocation?.undo();
      if (errors.length > 0) throw invalidObject(definition, meta.name, errors);
      if (versioned) throw plainError('resourceVersion should not be set on objects to be created');
      throw alreadyExists(definition, meta.name, there!.metadata.deletionTimestamp !== undefined);
    }
    if (options.dryRun) {
      allocation?.undo();
      delete (meta as Json).resourceVersion;
    } else meta.uid = this.uids(definition.kind, meta.namespace, name) ?? uid;
    const ordered = inGoOrder(definition.schema, object) as KubeObject;
    this.#note(definition, undefined, ordered, written === object ? ordered : written, options);
    return options.dryRun ? deepFreeze(ordered) : this.store.put(resource, ordered);
  }

  /** The ServiceAccount that a pod runs as. Throws ApiError: Forbidden. Upstream: plugin/pkg/admission/serviceaccount. */
  #accountOf({ metadata: { namespace, name, generateName }, spec }: KubeObject): KubeObject | undefined {
    const account = spec.serviceAccountName || 'default';
    const found = this.get('serviceaccounts', namespace, account);
    // each namespace gets one of this name at once
    if (!found && account !== 'default') {
      const why = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
      throw forbidden(resourceNamed('pods'), generateName ?? name, why);
    }
    return found;
  }

  /** Replaces an object. A resourceVersion in it must be the stored one. Throws ApiError: NotFound, Conflict, Invalid. */
  update(resource: string, input: Json, options: WriteOptions = {}): KubeObject {
    const definition = resourceNamed(resource);
    const name = input.metadata?.name ?? '';
    const old = this.get(resource, input.metadata?.namespace, name);
    if (!old) throw notFound(definition, name);
    // parts that the new version shares with the old one have their defaults and their order already
    const copy: typeof draft = options.owned ? (value) => value : definition.prepareForUpdate ? clone : draftOf;
    const object: KubeObject = { kind: definition.kind, apiVersion: groupVersion(definition), metadata: { ...input.metadata } };
    for (const field in input) if (!(field in object)) object[field] = copy(input[field], old[field]);
    const meta = object.metadata;
    for (const field of COPIED) if (meta[field] !== undefined) meta[field] = copy(meta[field], old.metadata[field]);
    checkVersion(definition, old, meta.resourceVersion);
    const kept = old.metadata;
    meta.resourceVersion = kept.resourceVersion;
    meta.uid ??= kept.uid;
    meta.creationTimestamp = kept.creationTimestamp;
    copyOrDrop(meta, kept, 'deletionTimestamp');
    copyOrDrop(meta, kept, 'deletionGracePeriodSeconds');
    copyOrDrop(meta, kept, 'generation');
    delete meta.selfLink;
    const claimed: Json = meta.managedFields;
    delete meta.managedFields;
    dropEmpty(meta);
    if (old.status !== undefined && definition.subresources?.includes('status')) object.status = copy(old.status, old.status);
    definition.setDefaults(object);
    const written = addsItsOwn(resource) ? clone(object) : object;
    (options.prepareForUpdate ?? definition.prepareForUpdate)?.(object, old);
    const allocation = allocates(resource) ? this.#allocator(options).forUpdate(object, old) : undefined;
    if (allocation?.errors.length) throw invalidObject(definition, name, allocation.errors);
    share(object, old);
    if (definition.generation && !options.keepsGeneration && !sameGeneration(definition, object, old))
      meta.generation = (kept.generation ?? 0) + 1;
    const changed = (options.validateUpdate ?? definition.validateUpdate)?.(object, old) ?? [];
    const wrong = definition.validate(object, old);
    const errors = [
      ...validateMetaUpdate(meta, kept),
      ...(definition.validatesUpdateFirst ? [...changed, ...wrong] : [...wrong, ...changed]),
    ];
    if (errors.length > 0) {
      allocation?.undo();
      throw invalidObject(definition, name, errors);
    }
    // upstream: a write that changes nothing is no write (GuaranteedUpdate short-circuits)
    const given = claimed === undefined ? undefined : this.#claimed(old, claimed);
    if (deepEqual(object, old) && this.#keepsManagers(definition, old, written, given, options)) {
      allocation?.finish();
      return old;
    }
    const ordered = inGoOrder(definition.schema, object, undefined, old) as KubeObject;
    this.#note(definition, old, ordered, written === object ? ordered : written, options, given);
    if (options.dryRun) {
      allocation?.undo();
      return deepFreeze(ordered);
    }
    allocation?.finish();
    if (
      meta.deletionTimestamp &&
      !meta.finalizers?.length &&
      !(meta.deletionGracePeriodSeconds! > 0) &&
      !object.spec?.finalizers?.length
    ) {
      return this.#remove(resource, this.store.put(resource, ordered));
    }
    return this.store.put(resource, ordered);
  }

  /** Replaces an object's status and what metadata users may change; spec stays. Throws ApiError: NotFound, Conflict, Invalid. */
  updateStatus(resource: string, input: Json, options: WriteOptions = {}): KubeObject {
    const definition = resourceNamed(resource);
    const { namespace, name = '', resourceVersion } = input.metadata ?? {};
    const old = this.get(resource, namespace, name);
    if (!old) throw notFound(definition, name);
    checkVersion(definition, old, resourceVersion);
    const given: Json = input.status ?? {};
    const status: Json = options.owned ? given : definition.setStatusDefaults ? clone(given) : draft(given, old.status);
    definition.setStatusDefaults?.(status);
    const next: KubeObject = { ...old, metadata: { ...old.metadata }, status };
    for (const field of COPIED) {
      if (definition.statusKeeps?.includes(field)) continue;
      if (isEmpty(input.metadata[field])) delete next.metadata[field];
      else next.metadata[field] = draft(input.metadata[field], old.metadata[field]);
    }
    if (deepEqual(next, old)) return old;
    const errors = [...validateMetaUpdate(next.metadata, old.metadata), ...(definition.validateStatus?.(next) ?? [])];
    if (errors.length > 0) throw invalidObject(definition, name, errors);
    const object = inGoOrder(definition.schema, next, undefined, old) as KubeObject;
    const writer = { manager: this.manager, operation: 'Update', subresource: 'status', ...options.writer } as const;
    this.#note(definition, old, object, object, { ...options, writer });
    return options.dryRun ? deepFreeze(object) : this.store.put(resource, object);
  }

  /**
   * Asks for an object's end: at once, or, with finalizers or a grace period, by setting deletionTimestamp.
   * Returns the object as it is afterwards. Throws ApiError: NotFound, Conflict (preconditions).
   */
  delete(resource: string, namespace: string | undefined, name: string, options: DeleteOptions = {}): KubeObject {
    const definition = resourceNamed(resource);
    const old = this.get(resource, namespace, name);
    if (!old) throw notFound(definition, name);
    const { uid, resourceVersion } = options.preconditions ?? {};
    if ((uid && uid !== old.metadata.uid) || (resourceVersion && resourceVersion !== old.metadata.resourceVersion)) {
      const [field, want, have] =
        uid && uid !== old.metadata.uid
          ? ['UID', uid, old.metadata.uid]
          : ['ResourceVersion', resourceVersion, old.metadata.resourceVersion];
      throw conflict(
        definition,
        name,
        `Precondition failed: ${field} in precondition: ${want}, ${field} in object meta: ${have}`,
      );
    }
    if (resource === 'namespaces' && ['default', 'kube-system', 'kube-public'].includes(name)) {
      throw forbidden(definition, name, 'this namespace may not be deleted');
    }
    if (options.dryRun) return old;
    const finalizers = [...(old.metadata.finalizers ?? [])];
    if (options.propagationPolicy === 'Foreground' && !finalizers.includes('foregroundDeletion'))
      finalizers.push('foregroundDeletion');
    if (options.propagationPolicy === 'Orphan' && !finalizers.includes('orphan')) finalizers.push('orphan');
    const graceful = resource === 'pods';
    const grace = graceful ? gracePeriod(old, options.gracePeriodSeconds) : 0;
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = old.metadata;
    const stays = finalizers.length > 0 || grace > 0 || (resource === 'namespaces' && old.spec?.finalizers?.length > 0);
    if (!stays && (!graceful || (deletionTimestamp && deletionGracePeriodSeconds === 0))) return this.#remove(resource, old);
    // once asked for, only a shorter grace period changes anything
    if (deletionTimestamp && !(grace < deletionGracePeriodSeconds)) return old;
    const object: KubeObject = { ...old, metadata: { ...old.metadata } };
    const asked = deletionTimestamp ? parseTime(deletionTimestamp) - deletionGracePeriodSeconds * 1000 : this.now();
    object.metadata.deletionTimestamp = rfc3339(asked + grace * 1000);
    // the namespaces' own way to end sets no period. Upstream: pkg/registry/core/namespace/storage Delete
    if (resource !== 'namespaces') object.metadata.deletionGracePeriodSeconds = grace;
    if (finalizers.length > 0) object.metadata.finalizers = finalizers;
    if (object.metadata.generation && !deletionTimestamp) object.metadata.generation++;
    if (resource === 'namespaces') object.status = { ...object.status, phase: 'Terminating' };
    this.managers.carry(old, object);
    const stored = this.store.put(resource, object);
    // a pod that is to end at once is still seen ending before it is gone
    return stays ? stored : this.#remove(resource, stored);
  }

  /** Takes an object out of the store although it has a grace period: what the kubelet does when the containers have ended. */
  finish(resource: string, namespace: string | undefined, name: string): void {
    if (this.get(resource, namespace, name)) this.delete(resource, namespace, name, { gracePeriodSeconds: 0 });
  }

  #allocator({ dryRun }: WriteOptions): ServiceAllocator {
    return dryRun ? this.serviceAllocator.dryRun() : this.serviceAllocator;
  }

  #remove(resource: string, object: KubeObject): KubeObject {
    if (resource === 'services') this.serviceAllocator.release(object);
    const last: KubeObject = { ...object, metadata: { ...object.metadata } };
    this.managers.carry(object, last);
    this.store.remove(resource, last);
    return last;
  }

  /** Notes down who wrote. @param written the object as the writer had it @param base what a client says the managers were before */
  #note(
    definition: ResourceDefinition,
    old: KubeObject | undefined,
    stored: KubeObject,
    written: Json,
    options: WriteOptions,
    base?: readonly Entry[],
  ): void {
    if (options.entries) this.managers.set(stored, options.entries);
    else if (base) this.managers.set(stored, updatedEntries(base, this.#write(definition, old, written, options)));
    else if (!old && written === stored) this.managers.noteCreation(stored, managedKind(definition), this.#writer(options));
    else this.managers.note(old, stored, this.#write(definition, old, written, options));
  }

  #write(definition: ResourceDefinition, old: KubeObject | undefined, written: Json, options: WriteOptions): Write {
    const kind = managedKind(definition);
    return { kind, writer: this.#writer(options), time: rfc3339(this.now()), old, now: written };
  }

  #writer({ writer }: WriteOptions): Writer {
    return writer ?? { manager: this.manager, operation: 'Update' };
  }

  /** The managers that a client sent along; undefined when they are those it had been given. An empty list starts anew. */
  #claimed(old: KubeObject, claimed: readonly Json[]): readonly Entry[] | undefined {
    const sent = decodeEntries(claimed);
    return sameEntries(sent, this.managers.entriesOf(old)) ? undefined : sent;
  }

  /** Whether a write that changes no field changes no manager either. The cluster's own components are not asked: it is slow. */
  #keepsManagers(
    definition: ResourceDefinition,
    old: KubeObject,
    written: Json,
    given: readonly Entry[] | undefined,
    options: WriteOptions,
  ): boolean {
    if (!options.writer) return true;
    const before = this.managers.entriesOf(old);
    const after = options.entries ?? updatedEntries(given ?? before, this.#write(definition, old, written, options));
    return sameEntries(before, after);
  }

  #checkNamespace(definition: ResourceDefinition, namespace: string, name: string): void {
    const found = this.get('namespaces', undefined, namespace);
    if (!found) throw notFound({ group: '', kind: 'Namespace', plural: 'namespaces' }, namespace);
    if (found.metadata.deletionTimestamp) {
      throw forbidden(definition, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
    }
  }
}

/** `v1` or `apps/v1`. */
export function groupVersion(definition: { group: string; version: string }): string {
  return definition.group ? `${definition.group}/${definition.version}` : definition.version;
}

/** A version of 0, or none, replaces whatever there is. Throws ApiError. Upstream: genericregistry Store.Update. */
function checkVersion(definition: ResourceDefinition, { metadata }: KubeObject, given: string | undefined): void {
  if (!given || given === metadata.resourceVersion) return;
  const wrong = strconvError(given, 'ParseUint');
  if (wrong) throw plainError(wrong);
  const version = BigInt(given);
  if (version !== 0n && version !== BigInt(metadata.resourceVersion ?? '0')) throw conflict(definition, metadata.name, STALE);
}

/** Upstream: etcd3 store.Create, which does not mind what is no number. */
const hasVersion = ({ resourceVersion }: Json): boolean =>
  Boolean(resourceVersion) && strconvError(resourceVersion, 'ParseUint') === undefined && BigInt(resourceVersion) !== 0n;

/** Kinds that accompany others. */
const BACKGROUND = ['configmaps', 'ipaddresses', 'leases', 'serviceaccounts', 'servicecidrs'];

/** The schema with what the status holds, where that is not looked into on every write. */
function wholeSchema({ schema, status }: ResourceDefinition): Schema {
  if (!status || schema.type !== 'struct') return schema;
  return { ...schema, fields: { ...schema.fields, status: goSchema(status) } };
}

const managedKinds = new WeakMap<ResourceDefinition, Managed>();

function managedKind(definition: ResourceDefinition): Managed {
  let kind = managedKinds.get(definition);
  if (!kind) {
    const statusApart = definition.subresources?.includes('status') ?? false;
    managedKinds.set(definition, (kind = { schema: wholeSchema(definition), apiVersion: groupVersion(definition), statusApart }));
  }
  return kind;
}

const allocates = (resource: string): boolean => resource === 'services';

/** Kinds to whose spec the server adds on the way. */
const addsItsOwn = (resource: string): boolean => allocates(resource) || resource === 'namespaces';

/** Puts parts of the old version in place of equal parts of the new one. Changes `object`. */
function share(object: KubeObject, old: KubeObject): void {
  const from = (part: Json, known: Json, fields: readonly string[]) => {
    for (const field of fields) if (field in part && deepEqual(part[field], known[field])) part[field] = known[field];
  };
  from(
    object,
    old,
    Object.keys(object).filter((field) => field !== 'metadata'),
  );
  from(object.metadata, old.metadata, COPIED);
}

/** Whether two versions are the same in what metadata.generation counts the changes of. Their equal parts are shared. */
function sameGeneration({ generation }: ResourceDefinition, object: KubeObject, old: KubeObject): boolean {
  const counts = (field: string) => field !== 'metadata' && field !== 'status' && object[field] !== old[field];
  if (Object.keys(object).some(counts) || Object.keys(old).some(counts)) return false;
  if (generation === 'labels too') return deepEqual(object.metadata.labels ?? {}, old.metadata.labels ?? {});
  return generation !== 'annotations too' || deepEqual(object.metadata.annotations, old.metadata.annotations);
}

function gracePeriod(pod: KubeObject, asked: number | undefined): number {
  // a pod that was never bound to a node has nobody to end it (pkg/registry/core/pod CheckGracefulDelete)
  if (!pod.spec?.nodeName) return 0;
  if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return 0;
  return asked ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

function copyOrDrop(meta: Json, kept: Json, field: string): void {
  if (kept[field] === undefined) delete meta[field];
  else meta[field] = kept[field];
}

/** Maps and lists of metadata, in Go's order. They are not stored when they are empty (omitempty). */
const COPIED = ['labels', 'annotations', 'ownerReferences', 'finalizers'];

function isEmpty(value: Json): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

function dropEmpty(meta: Json): void {
  for (const field of COPIED) if (field in meta && isEmpty(meta[field])) delete meta[field];
}

/** A draft whose outermost object may be changed even when all of it is known. */
function draftOf(value: Json, known: Json): Json {
  return value === known && typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : draft(value, known);
}
