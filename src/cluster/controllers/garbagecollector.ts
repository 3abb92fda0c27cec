import { clone } from '../apimachinery/json';
import type { KubeObject, OwnerReference } from '../apimachinery/object';
import { groupVersion } from '../apiserver/registry';
import { RESOURCES } from '../apiserver/resources';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { ownersOf } from './ownership';
import { objectKey, splitKey, WorkQueue } from './workqueue';

/** Events come and go without it. */
const OWNED = RESOURCES.map(({ plural }) => plural).filter((plural) => plural !== 'events');
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** Deletes what a deleted owner leaves behind. Upstream: pkg/controller/garbagecollector. */
export class GarbageCollector {
  /** Uids of owners that are gone. */
  readonly #absent: WorkQueue;
  /** `resource namespace/name` of owners whose end waits for what they own. */
  readonly #ending: WorkQueue;
  readonly #dependentsOf: readonly (readonly [string, (uid: string) => readonly KubeObject[]])[];

  constructor(private readonly context: ControllerContext) {
    const { clock, client } = context;
    this.#absent = new WorkQueue(clock, 'garbagecollector', CONTROLLER_LATENCY, (uid) => this.#collect(uid));
    this.#ending = new WorkQueue(clock, 'garbagecollector-ending', CONTROLLER_LATENCY, (key) => this.#finalize(key));
    this.#dependentsOf = OWNED.map((resource) => [
      resource,
      client.addIndex(resource, ownersOf, (object) => (ownersOf(object) ?? []).map((owner) => owner.uid)),
    ]);
    for (const plural of OWNED) {
      client.watch(plural, (type, object) => {
        if (type !== 'DELETED') {
          for (const owner of ownersOf(object) ?? [])
            if (this.#ownerOf(object.metadata.namespace, owner) === undefined) this.#absent.add(owner.uid);
          return this.#lookAt(plural, object);
        }
        this.#absent.add(object.metadata.uid);
        for (const owner of ownersOf(object) ?? []) this.#lookAtOwner(object.metadata.namespace, owner);
      });
    }
  }

  #lookAt(resource: string, object: KubeObject): void {
    const { finalizers, deletionTimestamp } = object.metadata;
    if (deletionTimestamp && finalizers?.some((name) => name === FOREGROUND || name === ORPHAN))
      this.#ending.add(`${resource} ${objectKey(object)}`);
  }

  /** An owner that waits for its dependents looks again when one of them has gone. */
  #lookAtOwner(namespace: string | undefined, reference: OwnerReference): void {
    const found = this.#ownerOf(namespace, reference);
    if (found) this.#lookAt(found.resource, found.owner);
  }

  /** The owner that is meant; undefined where it is gone, null where its kind is not known here, which says nothing about it. */
  #ownerOf(namespace: string | undefined, { apiVersion, kind, name, uid }: OwnerReference) {
    const definition = RESOURCES.find((resource) => resource.kind === kind && groupVersion(resource) === apiVersion);
    if (!definition) return null;
    const resource = definition.plural;
    const owner = this.context.client.get(resource, definition.namespaced ? namespace : undefined, name);
    return owner?.metadata.uid === uid ? { resource, owner } : undefined;
  }

  #dependents(uid: string): [string, KubeObject][] {
    return this.#dependentsOf.flatMap(([resource, find]) => find(uid).map((object): [string, KubeObject] => [resource, object]));
  }

  /** Who has another owner only loses the one that is gone. Upstream: attemptToDeleteItem. */
  #collect(uid: string): void {
    const { client } = this.context;
    for (const [resource, object] of this.#dependents(uid)) {
      const { namespace, name, deletionTimestamp } = object.metadata;
      if (deletionTimestamp) continue;
      const left = ownersOf(object)!.filter((owner) => this.#ownerOf(namespace, owner) !== undefined);
      if (left.some((owner) => owner.uid === uid)) continue;
      if (left.length === 0) client.delete(resource, namespace, name);
      else client.update(resource, { ...object, metadata: { ...object.metadata, ownerReferences: left } });
    }
  }

  #finalize(key: string): void {
    const [resource = '', path = ''] = key.split(' ');
    const { namespace, name } = splitKey(path);
    const owner = this.context.client.get(resource, namespace || undefined, name);
    const finalizers = owner?.metadata.finalizers;
    if (!owner?.metadata.deletionTimestamp || !finalizers) return;
    if (finalizers.includes(ORPHAN)) this.#release(owner);
    else if (!finalizers.includes(FOREGROUND) || !this.#endDependents(owner)) return;
    const done = clone(owner) as KubeObject;
    done.metadata.finalizers = finalizers.filter((finalizer) => finalizer !== FOREGROUND && finalizer !== ORPHAN);
    this.context.client.update(resource, done);
  }

  /** Dependents live on without their owner. Upstream: orphanDependents. */
  #release(owner: KubeObject): void {
    for (const [resource, object] of this.#dependents(owner.metadata.uid)) {
      const orphan = clone(object) as KubeObject;
      orphan.metadata.ownerReferences = orphan.metadata.ownerReferences!.filter(({ uid }) => uid !== owner.metadata.uid);
      this.context.client.update(resource, orphan);
    }
  }

  /**
   * Deletes an owner's dependents, those first that have dependents of their own (processDeletingDependentsItem, attemptToDeleteItem).
   * @returns whether none of those is left that the owner must wait for
   */
  #endDependents(owner: KubeObject): boolean {
    const { uid } = owner.metadata;
    let free = true;
    for (const [resource, object] of this.#dependents(uid)) {
      const { namespace, name, deletionTimestamp } = object.metadata;
      if (ownersOf(object)!.some((reference) => reference.uid === uid && reference.blockOwnerDeletion)) free = false;
      if (deletionTimestamp) continue;
      const propagationPolicy = this.#dependents(object.metadata.uid).length > 0 ? 'Foreground' : 'Background';
      this.context.client.delete(resource, namespace, name, { propagationPolicy });
    }
    return free;
  }
}
