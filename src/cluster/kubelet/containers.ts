import type { Json, KubeObject } from '../apimachinery/object';

/** What a pod's spec says of one of its containers, of any sort; undefined when it has none of that name. */
export function containerOf({ spec }: KubeObject, name: string): Json | undefined {
  return [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])].find(
    (container: Json) => container.name === name,
  );
}

/** What its status says of it; undefined before the kubelet has said anything. */
export function statusOf({ status }: KubeObject, name: string): Json | undefined {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = status ?? {};
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].find(
    (container: Json) => container.name === name,
  );
}

export const isRunning = (pod: KubeObject, name: string): boolean => statusOf(pod, name)?.state?.running !== undefined;
