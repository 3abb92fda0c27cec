import { ApiError, expired } from '../apimachinery/errors';
import type { KubeObject } from '../apimachinery/object';
import type { Clock } from '../clock';
import type { Listener } from './client';
import type { FieldManagers } from './fields/managers';
import { filterOf } from './listing';
import { checkNotTooLarge, watchStartOf, type WatchStart } from './listoptions';
import type { Target } from './path';
import { groupVersion } from './registry';
import type { WatchEvent, WatchHandle } from './rest';
import type { Store } from './store';

/** How often a watch that wants bookmarks gets one, ms, and how long before its end. */
const BOOKMARK_EVERY = 60_000;
const BOOKMARK_BEFORE_END = 2000;

const INITIAL_EVENTS_END = { 'k8s.io/initial-events-end': 'true' };

/**
 * Runs watches: what there is or was since a version, then what changes, and bookmarks on virtual time.
 * Upstream: k8s.io/apiserver/pkg/storage/cacher.
 */
export class Watches {
  readonly #bookmarks = new Map<string, () => void>();
  #started = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly managers: FieldManagers,
  ) {
    clock.register('watch', (key) => this.#bookmarks.get(key)?.());
  }

  /**
   * Starts a watch. What is wrong with the version turns up in the stream as an ERROR event, after which nothing comes.
   * @param query of the request; a watch of one object has its name as a field selector
   * @throws ApiError for what makes no sense in the query
   */
  start(target: Target, query: Record<string, string>, onEvent: (event: WatchEvent) => void): WatchHandle {
    const { definition, namespace } = target;
    const wanted = filterOf(definition, query);
    const start = watchStartOf(query);
    const tell: Listener = (type, object, old) => {
      if (namespace !== undefined && object.metadata.namespace !== namespace) return;
      // an object that starts or stops to match appears or disappears
      const matches = type !== 'DELETED' && wanted(object);
      const matched = old !== undefined && wanted(old);
      if (matches) onEvent({ type: matched ? 'MODIFIED' : 'ADDED', object });
      else if (matched) onEvent({ type: 'DELETED', object: type === 'DELETED' ? object : this.#last(old, object) });
    };
    try {
      if (start.initialEvents) {
        checkNotTooLarge(start.version, Number(this.store.resourceVersion));
        for (const object of this.store.list(definition.plural, namespace)) {
          if (wanted(object)) onEvent({ type: 'ADDED', object });
        }
        if (start.bookmarks) onEvent(this.#bookmark(target, INITIAL_EVENTS_END));
      } else if (start.version > 0) this.#replay(target, start.version, tell);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      onEvent({ type: 'ERROR', object: error.status as KubeObject });
      return { stop: () => undefined };
    }
    // a version that is not there yet is waited for
    const stop = this.store.watch(definition.plural, (type, object, old) => {
      if (Number(object.metadata.resourceVersion) > start.version) tell(type, object, old);
    });
    const stopBookmarks = start.bookmarks ? this.#sendBookmarks(target, start, onEvent) : undefined;
    return {
      stop: () => {
        stop();
        stopBookmarks?.();
      },
    };
  }

  #replay({ definition }: Target, version: number, tell: Listener): void {
    const changes = this.store.changesSince(definition.plural, version);
    if ('oldest' in changes) throw expired(`too old resource version: ${version} (${changes.oldest})`);
    for (const { type, object, old } of changes) tell(type, object, old);
  }

  /** @returns what ends them */
  #sendBookmarks(target: Target, { timeout }: WatchStart, onEvent: (event: WatchEvent) => void): () => void {
    const key = String(this.#started++);
    const end = timeout > 0 ? this.clock.now() + timeout : Infinity;
    const scheduleNext = () => {
      const delay = Math.min(BOOKMARK_EVERY, end - BOOKMARK_BEFORE_END - this.clock.now());
      if (delay > 0) this.clock.schedule('watch', key, delay);
    };
    this.#bookmarks.set(key, () => {
      onEvent(this.#bookmark(target));
      scheduleNext();
    });
    scheduleNext();
    return () => this.#bookmarks.delete(key);
  }

  /** Up to here the watch has told everything. */
  #bookmark({ definition }: Target, annotations?: Record<string, string>): WatchEvent {
    const metadata = { resourceVersion: this.store.resourceVersion, ...(annotations && { annotations }) };
    const object = { kind: definition.kind, apiVersion: groupVersion(definition), metadata };
    return { type: 'BOOKMARK', object: object as unknown as KubeObject };
  }

  /** The last version that matched, under the version of the write that made it stop. Upstream: cacheWatcher convertToWatchEvent. */
  #last(old: KubeObject, { metadata: { resourceVersion } }: KubeObject): KubeObject {
    const last = { ...old, metadata: { ...old.metadata, resourceVersion } };
    this.managers.carry(old, last);
    return last;
  }
}
