import type { KubeObject } from '../../cluster/apimachinery/object';
import type { LabState } from '../timeline';

/** The objects that a repair changes; nodes belong to no task. */
type Touchable = Pick<LabState, 'pods' | 'services' | 'endpointSlices'>;

/**
 * Whether anything that a task is made of is no longer as the learner found it: Services as they are specified, which pods and slices
 * there are, and the pods' labels. What changes by itself (a pod's or a load balancer's state) does not count.
 */
export function touched(before: Touchable, now: Touchable, namespaces: readonly string[]): boolean {
  return namespaces.some((namespace) => marks(before, namespace) !== marks(now, namespace));
}

function marks({ pods, services, endpointSlices }: Touchable, namespace: string): string {
  const own = (objects: readonly KubeObject[]) => objects.filter(({ metadata }) => metadata.namespace === namespace);
  return JSON.stringify([
    own(services).map(({ metadata, spec }) => [metadata.name, spec]),
    own(pods).map(({ metadata }) => [metadata.name, metadata.labels]),
    own(endpointSlices).map(({ metadata }) => metadata.name),
  ]);
}
