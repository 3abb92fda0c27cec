import { deepFreeze } from '../apimachinery/json';
import type { KubeObject } from '../apimachinery/object';
import type { Listener } from './client';

/**
 * The cluster's memory: frozen objects by resource and `namespace/name`, a resource version that counts every write, and watches.
 * Cluster-scoped objects have the key `/name`.
 */
export class Store {
  #resourceVersion = 1;
  readonly #indexes = new Map<string, Index[]>();
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #sorted = new Map<string, readonly KubeObject[]>();
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Called after each write, whatever the resource. */
  onWrite: (() => void) | undefined;

  /** The version of the newest write, as a decimal string. */
  get resourceVersion(): string {
    return String(this.#resourceVersion);
  }

  get(resource: string, key: string): KubeObject | undefined {
    return this.#objects.get(resource)?.get(key);
  }

  /** All objects of a resource, ordered by namespace, then name. The array is shared: do not change it. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    let all = this.#sorted.get(resource);
    if (!all) {
      const objects = this.#objects.get(resource);
      // etcd orders by key; '/' sorts before every character of a name, so namespace first, then name
      all = objects ? [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object) : [];
      this.#sorted.set(resource, all);
    }
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  /**
   * Keeps an index of a resource: `keysOf` names the keys under which an object is found. Returns the look-up: objects under a key,
   * oldest first. Upstream: k8s.io/client-go/tools/cache Indexers.
   */
  addIndex(resource: string, keysOf: (object: KubeObject) => readonly string[]): (key: string) => readonly KubeObject[] {
    const index = new Index(keysOf);
    this.#indexes.set(resource, [...(this.#indexes.get(resource) ?? []), index]);
    for (const object of this.list(resource)) index.put(keyOf(object), object, undefined);
    return (key) => index.lookUp(key);
  }

  /** Stores a new or changed object under the next resource version and tells the watches. Freezes `object`. */
  put(resource: string, key: string, object: KubeObject): KubeObject {
    object.metadata.resourceVersion = String(++this.#resourceVersion);
    deepFreeze(object);
    let objects = this.#objects.get(resource);
    if (!objects) this.#objects.set(resource, (objects = new Map()));
    const old = objects.get(key);
    objects.set(key, object);
    this.#sorted.delete(resource);
    for (const index of this.#indexes.get(resource) ?? []) index.put(key, object, old);
    this.#tell(resource, old ? 'MODIFIED' : 'ADDED', object, old);
    return object;
  }

  /** Removes an object. Returns it with the resource version of its deletion, or undefined when there was none. */
  remove(resource: string, key: string): KubeObject | undefined {
    const objects = this.#objects.get(resource);
    const old = objects?.get(key);
    if (!objects || !old) return undefined;
    objects.delete(key);
    this.#sorted.delete(resource);
    for (const index of this.#indexes.get(resource) ?? []) index.remove(key, old);
    const last = deepFreeze({ ...old, metadata: { ...old.metadata, resourceVersion: String(++this.#resourceVersion) } });
    this.#tell(resource, 'DELETED', last, old);
    return last;
  }

  /** Calls `listener` for each later change of a resource. Returns the function that stops it. */
  watch(resource: string, listener: Listener): () => void {
    let listeners = this.#listeners.get(resource);
    if (!listeners) this.#listeners.set(resource, (listeners = new Set()));
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #tell(resource: string, type: Parameters<Listener>[0], object: KubeObject, old: KubeObject | undefined): void {
    for (const listener of this.#listeners.get(resource) ?? []) listener(type, object, old);
    this.onWrite?.();
  }
}

class Index {
  readonly #entries = new Map<string, Map<string, KubeObject>>();

  constructor(private readonly keysOf: (object: KubeObject) => readonly string[]) {}

  lookUp(key: string): readonly KubeObject[] {
    const found = this.#entries.get(key);
    return found ? [...found.values()] : [];
  }

  put(id: string, object: KubeObject, old: KubeObject | undefined): void {
    const keys = this.keysOf(object);
    if (old) for (const key of this.keysOf(old)) if (!keys.includes(key)) this.#drop(key, id);
    for (const key of keys) {
      let entry = this.#entries.get(key);
      if (!entry) this.#entries.set(key, (entry = new Map()));
      entry.set(id, object);
    }
  }

  remove(id: string, old: KubeObject): void {
    for (const key of this.keysOf(old)) this.#drop(key, id);
  }

  #drop(key: string, id: string): void {
    const entry = this.#entries.get(key);
    entry?.delete(id);
    if (entry?.size === 0) this.#entries.delete(key);
  }
}

/** The store's key of an object. */
export function keyOf(object: { metadata: { namespace?: string; name: string } }): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
