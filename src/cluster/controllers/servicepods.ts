import type { Json, KubeObject } from '../apimachinery/object';
import { matchesMap } from '../apimachinery/selector';
import { objectKey } from './workqueue';
import type { ControllerContext } from './context';
import { isPodReady } from './ownership';

// What the Endpoints and the EndpointSlice controllers share.

const pairs = (object: KubeObject, labels: Record<string, string> | undefined): string[] =>
  Object.keys(labels ?? {}).map((key) => pairKey(object, key, labels![key]!));
const pairKey = (object: KubeObject, key: string, value: string): string => `${object.metadata.namespace}/${key}=${value}`;

/** Which pods a Service selects and which Services select a pod, found by label and not by looking at all of them. */
export class ServicePods {
  readonly #podsByLabel: (key: string) => readonly KubeObject[];
  readonly #servicesBySelector: (key: string) => readonly KubeObject[];

  constructor(private readonly context: ControllerContext) {
    this.#podsByLabel = context.client.addIndex('pods', (pod) => pairs(pod, pod.metadata.labels));
    // a Service stands under one pair of its selector only: a pod that it selects has that pair
    this.#servicesBySelector = context.client.addIndex('services', (service) =>
      pairs(service, service.spec.selector).slice(0, 1),
    );
  }

  /** Calls `enqueue` with the key of each Service whose endpoints a change of Services or pods may touch. */
  watch(enqueue: (key: string) => void): void {
    this.context.client.watch('services', (_type, service) => enqueue(objectKey(service)));
    this.context.client.watch('pods', (_type, pod, old) => {
      for (const version of old ? [pod, old] : [pod]) {
        for (const pair of pairs(version, version.metadata.labels)) {
          for (const service of this.#servicesBySelector(pair)) {
            if (matchesMap(service.spec.selector, version.metadata.labels)) enqueue(objectKey(service));
          }
        }
      }
    });
  }

  /** Pods that a Service selects and that have an address, in the order they got it. */
  selected(service: KubeObject): KubeObject[] {
    const [pair] = pairs(service, service.spec.selector);
    if (pair === undefined) return [];
    return this.#podsByLabel(pair)
      .filter((pod) => matchesMap(service.spec.selector, pod.metadata.labels) && pod.status?.podIP && !isTerminal(pod))
      .sort((a, b) => compare(arrival(a), arrival(b)));
  }
}

function isTerminal(pod: KubeObject): boolean {
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders pods by start, then by the last parts of their addresses, so that those of different nodes alternate as pods are spread. */
function arrival(pod: KubeObject): string {
  let key = arrivals.get(pod);
  if (key === undefined) {
    const [, , third = '', fourth = ''] = pod.status.podIP.split('.');
    key = `${pod.status.startTime ?? ''} ${fourth.padStart(3, '0')} ${third.padStart(3, '0')} ${pod.status.podIP}`;
    arrivals.set(pod, key);
  }
  return key;
}

/** Stored objects never change, so a key worked out once stays right. */
const arrivals = new WeakMap<KubeObject, string>();

/** The number behind a Service port's targetPort in one pod; undefined when the pod has no port of that name. Upstream: pod FindPort. */
function findPort(pod: KubeObject, servicePort: Json): number | undefined {
  if (typeof servicePort.targetPort === 'number') return servicePort.targetPort;
  for (const container of pod.spec.containers) {
    for (const port of container.ports ?? []) {
      if (port.name === servicePort.targetPort && port.protocol === servicePort.protocol) return port.containerPort;
    }
  }
  return undefined;
}

/** Ports of a pod as endpoints list them, named after the Service's ports. */
export function endpointPorts(
  pod: KubeObject,
  service: KubeObject,
): { name: string; port: number; protocol: string; appProtocol?: string }[] {
  return (service.spec.ports ?? []).flatMap((servicePort: Json) => {
    const port = findPort(pod, servicePort);
    if (port === undefined) return [];
    return [
      {
        name: servicePort.name ?? '',
        port,
        protocol: servicePort.protocol,
        ...(servicePort.appProtocol && { appProtocol: servicePort.appProtocol }),
      },
    ];
  });
}

export function targetReference(pod: KubeObject): Json {
  const { name, namespace, uid } = pod.metadata;
  return { kind: 'Pod', name, namespace, uid };
}

/** Ready for a Service: the pod is, or the Service asks for addresses that are not. */
export function countsAsReady(pod: KubeObject, service: KubeObject): boolean {
  return service.spec.publishNotReadyAddresses === true || isPodReady(pod);
}

/** The newest of the Service's creation and its pods' readiness changes: what last moved the endpoints. */
export const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
