import type { Json } from '../apimachinery/object';
import type { ControllerContext } from './context';
import { WorkQueue } from './workqueue';

/** ms between the API server's looks at its own Service. */
const INTERVAL = 10_000;

/**
 * Makes the Service `kubernetes` and its endpoints again when they are gone.
 * Upstream: pkg/controlplane/controller/kubernetesservice, pkg/controlplane/reconcilers.
 */
export class KubernetesServiceController {
  /** @param objects what must be there, by resource */
  constructor({ client, clock }: ControllerContext, objects: Readonly<Record<string, Json>>) {
    const queue = new WorkQueue(clock, 'kubernetes-service', 0, () => {
      for (const [resource, object] of Object.entries(objects)) {
        const { namespace, name } = object.metadata;
        if (!client.get(resource, namespace, name)) client.create(resource, object);
      }
    });
    for (const [resource, object] of Object.entries(objects)) {
      const { namespace, name } = object.metadata;
      client.watch(resource, (type, { metadata }) => {
        if (type === 'DELETED' && metadata.name === name && metadata.namespace === namespace)
          queue.addAfter(name, INTERVAL - (clock.now() % INTERVAL));
      });
    }
  }
}
