import type { KubeObject } from '../cluster/apimachinery/object';

export { SERVICE_NAME, slicesOf } from '../cluster/apimachinery/servicename';

/** Whether a pod is ready to be sent to. */
export const isReady = (pod: KubeObject): boolean =>
  ((pod.status?.conditions ?? []) as { type: string; status: string }[]).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
