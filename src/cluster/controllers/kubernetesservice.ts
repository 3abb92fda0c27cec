import type { Json } from '../apimachinery/object';
import type { ControllerContext } from './context';
import { WorkQueue } from './workqueue';

/** ms between the API server's looks at its own Service. */
const INTERVAL = 10_000;

/** Makes the Service `kubernetes` again when it is gone. Upstream: pkg/controlplane/controller/kubernetesservice. */
export class KubernetesServiceController {
  /** @param service the Service as it must be */
  constructor({ client, clock }: ControllerContext, service: Json) {
    const { name, namespace } = service.metadata;
    const queue = new WorkQueue(clock, 'kubernetes-service', 0, () => {
      if (!client.get('services', namespace, name)) client.create('services', service);
    });
    client.watch('services', (type, { metadata }) => {
      if (type === 'DELETED' && metadata.name === name && metadata.namespace === namespace)
        queue.addAfter(name, INTERVAL - (clock.now() % INTERVAL));
    });
  }
}
