import { deepFreeze } from '../apimachinery/json';
import type { KubeObject } from '../apimachinery/object';
import type { Listener } from './client';
import { History, type Change } from './history';

/** Where an object stands: its versions come and go, the place stays until the object is deleted. */
interface Place {
  object: KubeObject;
}

/** What there is of one resource. */
class Table {
  /** By namespace, '' for objects without one, then by name. */
  readonly places = new Map<string, Map<string, Place>>();
  readonly indexes: Index[] = [];
  readonly listeners = new Set<Listener>();
  // the first version is the empty store's
  readonly history = new History(1);
  /** What `list` gives, until something changes: by namespace, and everything. */
  readonly #sorted = new Map<string, readonly KubeObject[]>();
  #all: readonly KubeObject[] | undefined;
  /** What was looked for last, since whoever writes an object has looked at it just before. */
  #found: { namespace: string; name: string; place: Place | undefined } = { namespace: '', name: '', place: undefined };

  find(namespace: string, name: string): Place | undefined {
    const found = this.#found;
    if (found.name === name && found.namespace === namespace) return found.place;
    const place = this.places.get(namespace)?.get(name);
    this.#found = { namespace, name, place };
    return place;
  }

  add(namespace: string, name: string, place: Place): void {
    this.#found = { namespace, name, place };
    let names = this.places.get(namespace);
    if (!names) this.places.set(namespace, (names = new Map()));
    names.set(name, place);
  }

  delete(namespace: string, name: string): void {
    this.#found = { namespace, name, place: undefined };
    const names = this.places.get(namespace);
    names?.delete(name);
    if (names?.size === 0) this.places.delete(namespace);
  }

  changed(namespace: string): void {
    this.#sorted.delete(namespace);
    this.#all = undefined;
  }

  list(namespace: string | undefined): readonly KubeObject[] {
    // etcd orders by `namespace/name`, in which some characters of a namespace come before the slash
    if (namespace === undefined) {
      const namespaces = () => [...this.places.keys()].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1));
      return (this.#all ??= namespaces().flatMap((each) => this.list(each)));
    }
    let list = this.#sorted.get(namespace);
    if (!list) {
      const named = [...(this.places.get(namespace) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      this.#sorted.set(namespace, (list = named.map(([, place]) => place.object)));
    }
    return list;
  }
}

/** How often the API server has etcd forget what was there before the last time, ms (--etcd-compaction-interval). */
const COMPACTION = 5 * 60_000;

/**
 * The cluster's memory: frozen objects by resource, namespace and name, a resource version that counts every write, and watches.
 */
export class Store {
  #resourceVersion = 1;
  readonly #tables = new Map<string, Table>();
  readonly #start: number;
  /** How many compactions there have been, and the version at the last one. */
  #compactions = 0;
  #atCompaction = 1;
  /** Older versions are forgotten: they were there before the last compaction but one. */
  #compacted = 1;
  /** Called after each write, whatever the resource. */
  onWrite: (() => void) | undefined;

  /** @param now virtual time, ms since the epoch */
  constructor(private readonly now: () => number) {
    this.#start = now();
  }

  /** The version of the newest write, as a decimal string. */
  get resourceVersion(): string {
    return String(this.#resourceVersion);
  }

  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#tables.get(resource)?.find(namespace ?? '', name)?.object;
  }

  /** All objects of a resource, ordered by namespace, then name. The array is shared: do not change it. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    return this.#table(resource).list(namespace);
  }

  /**
   * All objects of a resource as they were at a version, ordered as `list` does. Undefined when the version is forgotten.
   * Upstream: etcd's compaction by k8s.io/apiserver/pkg/storage/etcd3/compact.go.
   */
  listAt(resource: string, namespace: string | undefined, version: number): readonly KubeObject[] | undefined {
    this.#compact();
    const table = this.#table(resource);
    if (version < this.#compacted || version < table.history.oldest) return undefined;
    const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;
    const now = table.list(namespace);
    const changes = table.history
      .since(version)
      .filter(({ object }) => (namespace ?? object.metadata.namespace) === object.metadata.namespace);
    if (changes.length === 0) return now;
    const then = new Map(now.map((object) => [keyOf(object), object]));
    for (const { object, old } of changes.reverse()) {
      if (old) then.set(keyOf(object), old);
      else then.delete(keyOf(object));
    }
    return [...then].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** The changes of a resource after a version, oldest first; or the oldest version after which they are still known. */
  changesSince(resource: string, version: number): readonly Change[] | { oldest: number } {
    const { history } = this.#table(resource);
    return version < history.oldest ? { oldest: history.oldest } : history.since(version);
  }

  /**
   * Keeps an index of a resource: `keysOf` names the keys under which an object is found. Returns the look-up: objects under a key,
   * oldest first. Upstream: k8s.io/client-go/tools/cache Indexers.
   * @param part what the keys are made from, besides namespace and name: they are worked out again only when it changes
   */
  addIndex(
    resource: string,
    part: (object: KubeObject) => unknown,
    keysOf: (object: KubeObject) => readonly string[],
  ): (key: string) => readonly KubeObject[] {
    const index = new Index(part, keysOf);
    const table = this.#table(resource);
    table.indexes.push(index);
    for (const places of table.places.values()) for (const place of places.values()) index.put(place, place.object, undefined);
    return (key) => index.lookUp(key);
  }

  /** Stores a new or changed object under the next resource version and tells the watches. Freezes `object`. */
  put(resource: string, object: KubeObject): KubeObject {
    const { metadata } = object;
    this.#compact();
    metadata.resourceVersion = String(++this.#resourceVersion);
    deepFreeze(object);
    const table = this.#table(resource);
    const { namespace = '', name } = metadata;
    let place = table.find(namespace, name);
    const old = place?.object;
    if (place) place.object = object;
    else table.add(namespace, name, (place = { object }));
    table.changed(namespace);
    for (const index of table.indexes) index.put(place, object, old);
    this.#tell(table, old ? 'MODIFIED' : 'ADDED', object, old);
    return object;
  }

  /** Removes an object, of which `last` becomes the last version; freezes it. Nothing happens when there is no such object. */
  remove(resource: string, last: KubeObject): void {
    const table = this.#table(resource);
    const { namespace = '', name } = last.metadata;
    const place = table.find(namespace, name);
    if (!place) return;
    const old = place.object;
    table.delete(namespace, name);
    table.changed(namespace);
    for (const index of table.indexes) index.remove(place, old);
    this.#compact();
    last.metadata.resourceVersion = String(++this.#resourceVersion);
    this.#tell(table, 'DELETED', deepFreeze(last), old);
  }

  /** Calls `listener` for each later change of a resource. Returns the function that stops it. */
  watch(resource: string, listener: Listener): () => void {
    const { listeners } = this.#table(resource);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #table(resource: string): Table {
    let table = this.#tables.get(resource);
    if (!table) this.#tables.set(resource, (table = new Table()));
    return table;
  }

  /** Before a write or a look at the past: notes down what has become of the versions meanwhile. */
  #compact(): void {
    const due = Math.floor((this.now() - this.#start) / COMPACTION);
    if (due === this.#compactions) return;
    this.#compacted = due === this.#compactions + 1 ? this.#atCompaction : this.#resourceVersion;
    this.#atCompaction = this.#resourceVersion;
    this.#compactions = due;
  }

  #tell(table: Table, type: Parameters<Listener>[0], object: KubeObject, old: KubeObject | undefined): void {
    table.history.record({ type, object, old, version: this.#resourceVersion, time: this.now() });
    // a loop over a set makes an object for each step until it is compiled
    table.listeners.forEach((listener) => listener(type, object, old));
    this.onWrite?.();
  }
}

class Index {
  readonly #entries = new Map<string, Set<Place>>();

  constructor(
    private readonly part: (object: KubeObject) => unknown,
    private readonly keysOf: (object: KubeObject) => readonly string[],
  ) {}

  lookUp(key: string): readonly KubeObject[] {
    const objects: KubeObject[] = [];
    // a loop over a set makes an object for each step until it is compiled
    this.#entries.get(key)?.forEach((place) => objects.push(place.object));
    return objects;
  }

  put(place: Place, object: KubeObject, old: KubeObject | undefined): void {
    if (old && this.part(old) === this.part(object)) return;
    const keys = this.keysOf(object);
    if (old) for (const key of this.keysOf(old)) if (!keys.includes(key)) this.#drop(key, place);
    for (const key of keys) {
      let entry = this.#entries.get(key);
      if (!entry) this.#entries.set(key, (entry = new Set()));
      entry.add(place);
    }
  }

  remove(place: Place, old: KubeObject): void {
    for (const key of this.keysOf(old)) this.#drop(key, place);
  }

  #drop(key: string, place: Place): void {
    const entry = this.#entries.get(key);
    entry?.delete(place);
    if (entry?.size === 0) this.#entries.delete(key);
  }
}
