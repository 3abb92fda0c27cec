import { deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { matchesMap } from '../apimachinery/selector';
import { objectKey } from './workqueue';
import type { ControllerContext } from './context';
import { isPodReady } from './ownership';

// What the Endpoints and the EndpointSlice controllers share.

type Labels = Record<string, string> | undefined;

/** Keys of an index by label. Pods of one template share their labels, and come in rows. */
function pairs({ metadata: { namespace } }: KubeObject, labels: Labels): readonly string[] {
  if (!labels) return [];
  if (labels !== last.labels || namespace !== last.namespace) {
    last = { namespace, labels, pairs: Object.keys(labels).map((key) => `${namespace}/${key}=${labels[key]!}`) };
  }
  return last.pairs;
}

let last: { namespace: string | undefined; labels: Labels; pairs: readonly string[] } = {
  namespace: undefined,
  labels: undefined,
  pairs: [],
};

/** What indexes by label are made from. */
export const labelsOf = (object: KubeObject) => object.metadata.labels;
const selectorOf = (service: KubeObject): Labels => service.spec.selector;

/** Which pods a Service selects and which Services select a pod, found by label and not by looking at all of them. */
export class ServicePods {
  readonly #podsByLabel: (key: string) => readonly KubeObject[];
  readonly #servicesBySelector: (key: string) => readonly KubeObject[];

  constructor(private readonly context: ControllerContext) {
    this.#podsByLabel = context.client.addIndex('pods', labelsOf, (pod) => pairs(pod, pod.metadata.labels));
    // a Service stands under one pair of its selector only: a pod that it selects has that pair
    this.#servicesBySelector = context.client.addIndex('services', selectorOf, (service) =>
      pairs(service, selectorOf(service)).slice(0, 1),
    );
  }

  /**
   * Calls `enqueue` with the key of each Service whose endpoints a change of Services or pods may touch.
   * Upstream: k8s.io/endpointslice/util GetServicesToUpdate.
   */
  watch(enqueue: (key: string) => void): void {
    this.context.client.watch('services', (_type, service) => enqueue(objectKey(service)));
    this.context.client.watch('pods', (type, pod, old) => {
      const changed = !old || type !== 'MODIFIED' || changesEndpoints(pod, old);
      const moved = old !== undefined && type === 'MODIFIED' && changesMembership(pod, old);
      if (!changed && !moved) return;
      const now = this.#selecting(pod);
      if (!moved) {
        for (const key of now) enqueue(key);
        return;
      }
      const before = this.#selecting(old);
      // those that had it and still do need not care, unless it has changed itself
      for (const key of new Set([...now, ...before])) if (changed || !now.has(key) || !before.has(key)) enqueue(key);
    });
  }

  #selecting(pod: KubeObject): Set<string> {
    const keys = new Set<string>();
    for (const pair of pairs(pod, pod.metadata.labels)) {
      for (const service of this.#servicesBySelector(pair))
        if (matchesMap(service.spec.selector, pod.metadata.labels)) keys.add(objectKey(service));
    }
    return keys;
  }

  /** Pods that a Service selects. */
  selected(service: KubeObject): readonly KubeObject[] {
    const [pair] = pairs(service, service.spec.selector);
    if (pair === undefined) return [];
    return this.#podsByLabel(pair).filter((pod) => matchesMap(service.spec.selector, pod.metadata.labels));
  }
}

/** The pods among some that belong into endpoints, in the order they got their addresses. Upstream: ShouldPodBeInEndpoints. */
export function withAddress(pods: readonly KubeObject[], terminating: boolean): KubeObject[] {
  return pods
    .filter((pod) => pod.status?.podIP && !isTerminal(pod) && (terminating || !pod.metadata.deletionTimestamp))
    .map((pod) => ({ pod, arrival: arrival(pod) }))
    .sort((a, b) => compare(a.arrival, b.arrival))
    .map(({ pod }) => pod);
}

/** Whether two versions of a pod differ in what endpoints show of it. Upstream: podEndpointsChanged. */
function changesEndpoints(pod: KubeObject, old: KubeObject): boolean {
  if (pod.metadata.deletionTimestamp || old.metadata.deletionTimestamp) return true;
  return isPodReady(pod) !== isPodReady(old) || pod.status?.podIP !== old.status?.podIP;
}

/** Whether two versions of a pod differ in what decides to which Service's endpoints it belongs. */
function changesMembership(pod: KubeObject, old: KubeObject): boolean {
  return (
    !deepEqual(pod.metadata.labels ?? {}, old.metadata.labels ?? {}) ||
    pod.spec.hostname !== old.spec.hostname ||
    pod.spec.subdomain !== old.spec.subdomain
  );
}

function isTerminal(pod: KubeObject): boolean {
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders pods by start, then by the last parts of their addresses, so that those of different nodes alternate as pods are spread. */
function arrival(pod: KubeObject): string {
  const [, , third = '', fourth = ''] = pod.status.podIP.split('.');
  return `${pod.status.startTime ?? ''} ${fourth.padStart(3, '0')} ${third.padStart(3, '0')} ${pod.status.podIP}`;
}

/** The number behind a Service port's targetPort in one pod; undefined when the pod has no port of that name. Upstream: pod FindPort. */
function findPort(pod: KubeObject, servicePort: Json): number | undefined {
  if (typeof servicePort.targetPort === 'number') return servicePort.targetPort;
  const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }: Json) => restartPolicy === 'Always');
  for (const container of [...pod.spec.containers, ...sidecars]) {
    for (const port of container.ports ?? []) {
      if (port.name === servicePort.targetPort && port.protocol === servicePort.protocol) return port.containerPort;
    }
  }
  return undefined;
}

export interface EndpointPort {
  name: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

/** Finds a Service's ports in its pods, named after the Service's. Numbered ports are the same in every pod and found once. */
export function portFinder(service: KubeObject): (pod: KubeObject) => readonly EndpointPort[] {
  const ports: readonly Json[] = service.spec.ports ?? [];
  const find = (pod: KubeObject) =>
    ports.flatMap((servicePort): EndpointPort[] => {
      const port = findPort(pod, servicePort);
      if (port === undefined) return [];
      const { name = '', protocol, appProtocol } = servicePort;
      return [{ name, port, protocol, ...(appProtocol && { appProtocol }) }];
    });
  if (ports.some(({ targetPort }) => typeof targetPort !== 'number')) return find;
  let same: readonly EndpointPort[] | undefined;
  return (pod) => (same ??= find(pod));
}

/** Whether a Service has no address of its own, or not yet. */
export const isHeadless = (service: KubeObject): boolean => !service.spec.clusterIP || service.spec.clusterIP === 'None';

/** The name that a pod has in a Service's DNS. Upstream: ShouldSetHostname. */
export function hostnameIn(pod: KubeObject, service: KubeObject): string | undefined {
  return pod.spec.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined;
}

export function targetReference(pod: KubeObject): Json {
  const { name, namespace, uid } = pod.metadata;
  return { kind: 'Pod', name, namespace, uid };
}

/** Ready for a Service: the pod is, or the Service asks for addresses that are not. */
export function countsAsReady(pod: KubeObject, service: KubeObject): boolean {
  return service.spec.publishNotReadyAddresses === true || isPodReady(pod);
}
