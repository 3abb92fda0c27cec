import { clone } from '../apimachinery/json';
import type { KubeObject } from '../apimachinery/object';
import { RESOURCES } from '../apiserver/resources';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { ownersOf } from './ownership';
import { WorkQueue } from './workqueue';

const OWNED = ['pods', 'replicasets', 'deployments', 'endpointslices', 'endpoints', 'services'];

/** Deletes what a deleted owner leaves behind. Upstream: pkg/controller/garbagecollector. */
export class GarbageCollector {
  readonly #queue: WorkQueue;
  readonly #dependentsOf: readonly (readonly [string, (uid: string) => readonly KubeObject[]])[];

  constructor(private readonly context: ControllerContext) {
    this.#queue = new WorkQueue(context.clock, 'garbagecollector', CONTROLLER_LATENCY, (uid) => this.#collect(uid));
    this.#dependentsOf = OWNED.map((resource) => [
      resource,
      context.client.addIndex(resource, ownersOf, (object) => (ownersOf(object) ?? []).map((owner) => owner.uid)),
    ]);
    for (const { plural } of RESOURCES) {
      if (plural === 'events') continue;
      context.client.watch(plural, (type, object) => {
        const { finalizers, deletionTimestamp, uid } = object.metadata;
        if (type === 'DELETED') this.#queue.add(uid);
        else if (deletionTimestamp && finalizers?.some((name) => name === 'foregroundDeletion' || name === 'orphan'))
          this.#finalize(plural, object);
        if (type === 'DELETED')
          for (const owner of object.metadata.ownerReferences ?? []) this.#releaseOwner(object.metadata.namespace, owner.uid);
      });
    }
  }

  #dependents(uid: string): [string, KubeObject][] {
    return this.#dependentsOf.flatMap(([resource, find]) => find(uid).map((object): [string, KubeObject] => [resource, object]));
  }

  #collect(uid: string): void {
    for (const [resource, object] of this.#dependents(uid)) {
      if (!object.metadata.deletionTimestamp)
        this.context.client.delete(resource, object.metadata.namespace, object.metadata.name);
    }
  }

  #finalize(resource: string, owner: KubeObject): void {
    const { client } = this.context;
    const dependents = this.#dependents(owner.metadata.uid);
    if (owner.metadata.finalizers!.includes('orphan')) {
      for (const [kind, object] of dependents) {
        const orphan = clone(object) as KubeObject;
        orphan.metadata.ownerReferences = orphan.metadata.ownerReferences!.filter(({ uid }) => uid !== owner.metadata.uid);
        client.update(kind, orphan);
      }
    } else {
      this.#collect(owner.metadata.uid);
      if (this.#dependents(owner.metadata.uid).length > 0) return;
    }
    const done = clone(client.get(resource, owner.metadata.namespace, owner.metadata.name) ?? owner) as KubeObject;
    done.metadata.finalizers = done.metadata.finalizers?.filter((name) => name !== 'foregroundDeletion' && name !== 'orphan');
    client.update(resource, done);
  }

  /** An owner that waits for its dependents looks again when one of them has gone. */
  #releaseOwner(namespace: string | undefined, uid: string): void {
    for (const resource of OWNED) {
      const owner = this.context.client.list(resource, namespace).find((object) => object.metadata.uid === uid);
      if (owner?.metadata.deletionTimestamp && owner.metadata.finalizers?.includes('foregroundDeletion'))
        this.#finalize(resource, owner);
    }
  }
}
