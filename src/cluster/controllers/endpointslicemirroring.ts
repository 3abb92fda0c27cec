import { deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { controllerReference } from './ownership';
import { labelsOf } from './servicepods';
import { objectKey, splitKey, WorkQueue } from './workqueue';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
const SKIP = 'endpointslice.kubernetes.io/skip-mirror';
const NOT_COPIED = ['kubectl.kubernetes.io/last-applied-configuration', 'endpoints.kubernetes.io/last-change-trigger-time'];

/**
 * Copies Endpoints that somebody made by hand into EndpointSlices, for Services without a selector.
 * Upstream: pkg/controller/endpointslicemirroring.
 */
export class EndpointSliceMirroringController {
  /** The slices of a Service that are copies. */
  readonly #mirrored: (key: string) => readonly KubeObject[];

  constructor(private readonly context: ControllerContext) {
    const { client, clock } = context;
    this.#mirrored = client.addIndex('endpointslices', labelsOf, ({ metadata: { namespace, labels } }) =>
      labels?.[MANAGED_BY] === CONTROLLER ? [`${namespace}/${labels[SERVICE_NAME]}`] : [],
    );
    const queue = new WorkQueue(clock, 'endpointslicemirroring', CONTROLLER_LATENCY, (key) => this.#sync(key));
    client.watch('endpoints', (_type, endpoints) => queue.add(objectKey(endpoints)));
    client.watch('services', (_type, service, old) => {
      // a Service with a selector, before and after, is none of this controller's business
      if (!service.spec.selector || (old && !old.spec.selector)) queue.add(objectKey(service));
      else if (this.#mirrored(objectKey(service)).length > 0) queue.add(objectKey(service));
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client } = this.context;
    const service = client.get('services', namespace, name);
    const endpoints = client.get('endpoints', namespace, name);
    const wanted = service && !service.spec.selector && endpoints && !skips(endpoints) ? slicesOf(endpoints, name) : [];
    const slices = [...this.#mirrored(key)];
    for (const slice of wanted) {
      const index = slices.findIndex((other) => other.addressType === slice.addressType && deepEqual(other.ports, slice.ports));
      const [old] = index >= 0 ? slices.splice(index, 1) : [];
      if (!old) client.create('endpointslices', slice);
      else if (!deepEqual(old.endpoints, slice.endpoints))
        client.update('endpointslices', { ...slice, metadata: { ...old.metadata, labels: slice.metadata.labels } });
    }
    for (const { metadata } of slices) client.delete('endpointslices', namespace, metadata.name);
  }
}

function skips({ metadata }: KubeObject): boolean {
  return metadata.labels?.[SKIP] === 'true' || metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] !== undefined;
}

/** One slice a subset and family of addresses. */
function slicesOf(endpoints: KubeObject, service: string): Json[] {
  const { namespace, labels } = endpoints.metadata;
  const annotations = Object.fromEntries(
    Object.entries(endpoints.metadata.annotations ?? {}).filter(([key]) => !NOT_COPIED.includes(key)),
  );
  return ((endpoints.subsets ?? []) as Json[]).flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }: Json) =>
    ['IPv4', 'IPv6'].flatMap((addressType) => {
      const ofFamily = (list: Json[], ready: boolean) =>
        list.filter(({ ip }) => ip.includes(':') === (addressType === 'IPv6')).map((address) => endpointOf(address, ready));
      const entries = [...ofFamily(addresses, true), ...ofFamily(notReadyAddresses, false)];
      if (entries.length === 0) return [];
      return [
        {
          metadata: {
            generateName: `${service}-`,
            namespace,
            labels: { ...labels, [MANAGED_BY]: CONTROLLER, [SERVICE_NAME]: service },
            annotations,
            ownerReferences: [controllerReference(endpoints)],
          },
          addressType,
          endpoints: entries,
          ports: ports.map(({ name = '', ...port }: Json) => ({ name, ...port })),
        },
      ];
    }),
  );
}

function endpointOf({ ip, hostname, nodeName, targetRef }: Json, ready: boolean): Json {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(nodeName && { nodeName }),
    ...(targetRef && { targetRef }),
  };
}
