import type { Clock } from '../clock';

/**
 * A controller's queue: keys to look at, each at most once at a time.
 * Upstream: k8s.io/client-go/util/workqueue.
 */
export class WorkQueue {
  readonly #pending = new Set<string>();

  /**
   * @param owner name of the controller
   * @param latency ms between an event and the controller's look at it
   */
  constructor(
    private readonly clock: Clock,
    private readonly owner: string,
    private readonly latency: number,
    sync: (key: string) => void,
  ) {
    clock.register(owner, (key) => {
      this.#pending.delete(key);
      sync(key);
    });
  }

  /** Looks at `key` after the queue's latency; not again when it is waiting already. */
  add(key: string): void {
    if (this.#pending.has(key)) return;
    this.#pending.add(key);
    this.clock.schedule(this.owner, key, this.latency);
  }

  /** Looks at `key` after `delay` ms, besides any look that is waiting. */
  addAfter(key: string, delay: number): void {
    this.clock.schedule(this.owner, key, delay);
  }
}

/** `namespace/name` of an object, `name` alone without a namespace. */
export function objectKey(object: { metadata: { namespace?: string; name: string } }): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, Math.max(0, slash)), name: key.slice(slash + 1) };
}
