import { FINALIZE } from '../apiserver/resources/namespace';
import { RESOURCES } from '../apiserver/resources';
import { type ControllerContext } from './context';
import { WorkQueue } from './workqueue';

/** ms between looks at a namespace that is going. Upstream: namespaceDeletionGracePeriod. */
const INTERVAL = 5000;

/** Empties a deleted namespace, then lets it go. Upstream: pkg/controller/namespace. */
export class NamespaceController {
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#queue = new WorkQueue(context.clock, 'namespace', INTERVAL, (name) => this.#sync(name));
    context.client.watch('namespaces', (_type, namespace) => {
      if (namespace.metadata.deletionTimestamp) this.#queue.add(namespace.metadata.name);
    });
  }

  #sync(name: string): void {
    const { client } = this.context;
    const namespace = client.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    let left = 0;
    for (const { plural, namespaced } of RESOURCES) {
      if (!namespaced) continue;
      for (const object of client.list(plural, name)) {
        if (!object.metadata.deletionTimestamp) client.delete(plural, name, object.metadata.name);
      }
      left += client.list(plural, name).length;
    }
    if (left > 0) {
      this.#queue.add(name);
      return;
    }
    const finalizers: string[] = namespace.spec.finalizers ?? [];
    if (!finalizers.includes('kubernetes')) return;
    const done = { ...namespace, spec: { finalizers: finalizers.filter((finalizer) => finalizer !== 'kubernetes') } };
    client.update('namespaces', done, FINALIZE);
  }
}
