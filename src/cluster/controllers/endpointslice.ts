import { deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { controllerReference, isPodReady } from './ownership';
import { endpointPorts, targetReference, TRIGGER_TIME, type ServicePods } from './servicepods';
import { splitKey, WorkQueue } from './workqueue';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslice-controller.k8s.io';
/** Endpoints in one slice, at most (--max-endpoints-per-slice). */
const MAX_ENDPOINTS = 100;

interface Group {
  ports: Json[] | null;
  endpoints: Json[];
}

/** Keeps the EndpointSlices of Services with a selector. Upstream: pkg/controller/endpointslice, staging/src/k8s.io/endpointslice. */
export class EndpointSliceController {
  readonly #queue: WorkQueue;
  readonly #slicesOf: (key: string) => readonly KubeObject[];

  constructor(
    private readonly context: ControllerContext,
    private readonly servicePods: ServicePods,
  ) {
    this.#queue = new WorkQueue(context.clock, 'endpointslice', CONTROLLER_LATENCY, (key) => this.#sync(key));
    this.#slicesOf = context.client.addIndex('endpointslices', (slice) =>
      isManaged(slice) ? [`${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME]}`] : [],
    );
    servicePods.watch((key) => this.#queue.add(key));
    context.client.watch('endpointslices', (type, slice) => {
      const service = slice.metadata.labels?.[SERVICE_NAME];
      if (type === 'DELETED' && service && isManaged(slice)) this.#queue.add(`${slice.metadata.namespace}/${service}`);
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client } = this.context;
    const service = client.get('services', namespace, name);
    const slices = this.#slicesOf(key).filter((slice) => !slice.metadata.deletionTimestamp);
    if (!service || service.metadata.deletionTimestamp) return;
    if (!service.spec.selector || service.spec.type === 'ExternalName') return;
    this.#reconcile(service, slices);
  }

  #reconcile(service: KubeObject, slices: readonly KubeObject[]): void {
    const { client } = this.context;
    const groups = this.#groups(service);
    const labels = sliceLabels(service);
    const free = new Set(slices);
    const creates: Group[] = [];
    for (const group of groups) {
      const own = slices.filter((slice) => free.has(slice) && deepEqual(slice.ports, group.ports));
      own.forEach((slice) => free.delete(slice));
      for (const { slice, endpoints } of distribute(own, group.endpoints)) {
        if (!slice) creates.push({ ports: group.ports, endpoints });
        else if (
          endpoints.length === 0 &&
          (own.length > 1 || groups.some((other) => other.endpoints.length > 0 && other !== group))
        )
          free.add(slice);
        else this.#update(slice, endpoints, group.ports, labels);
      }
    }
    for (const group of creates) {
      // a slice that would go is used again for one that would come
      const [reused] = free;
      if (reused) {
        free.delete(reused);
        this.#update(reused, group.endpoints, group.ports, labels);
      } else {
        client.create('endpointslices', {
          metadata: {
            generateName: `${service.metadata.name}-`,
            namespace: service.metadata.namespace,
            labels,
            annotations: { [TRIGGER_TIME]: rfc3339(this.context.clock.now()) },
            ownerReferences: [controllerReference(service)],
          },
          addressType: 'IPv4',
          endpoints: group.endpoints.length > 0 ? group.endpoints : null,
          ports: group.ports,
        });
      }
    }
    for (const slice of free) client.delete('endpointslices', slice.metadata.namespace, slice.metadata.name);
  }

  #update(slice: KubeObject, endpoints: Json[], ports: Json, labels: Record<string, string>): void {
    const next = endpoints.length > 0 ? endpoints : null;
    if (deepEqual(slice.endpoints, next) && deepEqual(slice.ports, ports) && deepEqual(slice.metadata.labels, labels)) return;
    const annotations = { ...slice.metadata.annotations, [TRIGGER_TIME]: rfc3339(this.context.clock.now()) };
    this.context.client.update('endpointslices', {
      ...slice,
      metadata: { ...slice.metadata, annotations, labels },
      endpoints: next,
      ports,
    });
  }

  /** Wanted endpoints by their ports: pods whose named ports differ in number cannot share a slice. */
  #groups(service: KubeObject): Group[] {
    const groups = new Map<string, Group>();
    for (const pod of this.servicePods.selected(service)) {
      const ports = endpointPorts(pod, service);
      const key = JSON.stringify(ports);
      const group = groups.get(key) ?? { ports: ports.length > 0 ? ports : null, endpoints: [] };
      groups.set(key, group);
      group.endpoints.push(endpointOf(pod, service));
    }
    // without any endpoint one empty slice stands for the Service
    return groups.size > 0 ? [...groups.values()] : [{ ports: null, endpoints: [] }];
  }
}

function isManaged(slice: KubeObject): boolean {
  return slice.metadata.labels?.[MANAGED_BY] === CONTROLLER;
}

function sliceLabels(service: KubeObject): Record<string, string> {
  return {
    ...service.metadata.labels,
    [MANAGED_BY]: CONTROLLER,
    [SERVICE_NAME]: service.metadata.name,
    ...(service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
  };
}

/** Upstream: endpointslice utils podToEndpoint. */
function endpointOf(pod: KubeObject, service: KubeObject): Json {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const { hostname, subdomain } = pod.spec;
  return {
    addresses: [pod.status.podIP],
    conditions: { ready, serving, terminating },
    ...(hostname && subdomain === service.metadata.name && { hostname }),
    nodeName: pod.spec.nodeName,
    targetRef: targetReference(pod),
  };
}

/** Puts endpoints into the slices that hold them already; new ones fill slices with room, then new slices. */
function distribute(slices: readonly KubeObject[], wanted: readonly Json[]): { slice?: KubeObject; endpoints: Json[] }[] {
  const byPod = new Map(wanted.map((endpoint) => [endpoint.targetRef.uid, endpoint]));
  const result: { slice?: KubeObject; endpoints: Json[] }[] = slices.map((slice) => {
    const endpoints = (slice.endpoints ?? []).map((endpoint: Json) => byPod.get(endpoint.targetRef?.uid)).filter(Boolean);
    for (const endpoint of endpoints) byPod.delete(endpoint.targetRef.uid);
    return { slice, endpoints };
  });
  const fresh = [...byPod.values()];
  for (const entry of result) entry.endpoints.push(...fresh.splice(0, MAX_ENDPOINTS - entry.endpoints.length));
  while (fresh.length > 0) result.push({ endpoints: fresh.splice(0, MAX_ENDPOINTS) });
  if (result.length === 0) result.push({ endpoints: [] });
  return result;
}
