import type { KubeObject } from '../../src/cluster/apimachinery/object';
import type { LabSnapshot } from '../../src/lab/types';

const twice = (items: readonly string[]): string[] => items.filter((item, index) => items.indexOf(item) !== index);
const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Pods that still run, or will. */
const living = (pods: readonly KubeObject[]): readonly KubeObject[] =>
  pods.filter(({ status }) => !['Succeeded', 'Failed'].includes(String(status?.phase)));

/** What must hold at every moment: no address and no port is given twice. @returns what does not hold */
export function brokenAlways({ pods, services }: LabSnapshot): string[] {
  const addresses = services.flatMap(({ spec }) =>
    ((spec?.clusterIPs ?? []) as string[]).filter((address) => address !== 'None'),
  );
  const ports = services.flatMap(({ spec }) =>
    ((spec?.ports ?? []) as { nodePort?: number; protocol?: string }[]).flatMap(({ nodePort, protocol }) =>
      nodePort ? [`${nodePort}/${protocol}`] : [],
    ),
  );
  const podAddresses = living(pods).flatMap(({ spec, status }) =>
    status?.podIP && !spec?.hostNetwork ? [String(status.podIP)] : [],
  );
  return [
    ...twice(addresses).map((address) => `cluster IP ${address} is given twice`),
    ...twice(ports).map((port) => `node port ${port} is given twice`),
    ...twice(podAddresses).map((address) => `pod IP ${address} is given twice`),
  ];
}

const selects = (selector: Record<string, string>, pod: KubeObject): boolean =>
  Object.entries(selector).every(([key, value]) => (pod.metadata.labels as Record<string, string> | undefined)?.[key] === value);
const isReady = ({ status }: KubeObject): boolean =>
  ((status?.conditions ?? []) as { type: string; status: string }[]).some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );

/** What must hold once the controllers are done: slices have the ready pods of their Service, and no others. @returns what does not hold */
export function brokenAtRest({ pods, services, endpointSlices }: LabSnapshot): string[] {
  return services.flatMap((service) => {
    const selector = service.spec?.selector as Record<string, string> | undefined;
    if (
      !selector ||
      Object.keys(selector).length === 0 ||
      service.spec.type === 'ExternalName' ||
      service.metadata.deletionTimestamp
    )
      return [];
    const expected = living(pods)
      .filter((pod) => pod.metadata.namespace === service.metadata.namespace && selects(selector, pod))
      .filter((pod) => pod.status?.podIP && !pod.metadata.deletionTimestamp && isReady(pod))
      .map(({ status }) => String(status.podIP))
      .sort();
    const found = endpointSlices
      .filter(({ metadata }) => {
        const labels = (metadata.labels ?? {}) as Record<string, string>;
        return (
          metadata.namespace === service.metadata.namespace &&
          labels['kubernetes.io/service-name'] === service.metadata.name &&
          labels['endpointslice.kubernetes.io/managed-by'] === 'endpointslice-controller.k8s.io'
        );
      })
      .flatMap(
        ({ endpoints }) =>
          (endpoints ?? []) as { addresses: string[]; conditions?: { ready?: boolean; terminating?: boolean } }[],
      )
      .filter(({ conditions }) => conditions?.ready && !conditions.terminating)
      .flatMap(({ addresses }) => addresses);
    const actual = [...new Set(found)].sort();
    return actual.join() === expected.join()
      ? []
      : [`Service ${nameOf(service)}: slices have ${actual.join()}, ready pods are ${expected.join()}`];
  });
}
