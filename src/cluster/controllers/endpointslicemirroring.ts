import { canonicalAddress } from '../apimachinery/ip';
import { deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { SERVICE_NAME } from '../apimachinery/servicename';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { controllerReference } from './ownership';
import { type PortedAddress, repackSubsets } from './repacksubsets';
import { labelsOf } from './servicepods';
import { objectKey, splitKey, WorkQueue } from './workqueue';

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
const SKIP = 'endpointslice.kubernetes.io/skip-mirror';
const NOT_COPIED = ['kubectl.kubernetes.io/last-applied-configuration', 'endpoints.kubernetes.io/last-change-trigger-time'];
const SOURCE = { component: 'endpoint-slice-mirroring-controller' };

/** Addresses of a subset that are copied (--mirroring-max-endpoints-per-subset). */
const MOST = 1000;

/** A slice as it should be, and what came of the subset it is of. */
interface Wanted {
  slice: Json;
  skipped: number;
}

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
    // a copy that somebody changed or took away is made good
    client.watch('endpointslices', (type, { metadata: { namespace, labels } }, old) => {
      if (type === 'ADDED') return;
      for (const shown of [labels, old?.metadata.labels])
        if (shown?.[MANAGED_BY] === CONTROLLER) queue.add(`${namespace}/${shown[SERVICE_NAME]}`);
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client, recorder } = this.context;
    const service = client.get('services', namespace, name);
    const endpoints = client.get('endpoints', namespace, name);
    const mirrors = service && !service.spec.selector && endpoints && !skips(endpoints);
    const wanted = mirrors ? slicesOf(endpoints) : [];
    const skipped = wanted.reduce((sum, one) => sum + one.skipped, 0);
    if (skipped > 0) {
      const text = `A max of ${MOST} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`;
      recorder.event(endpoints!, 'Warning', 'TooManyAddressesToMirror', text, SOURCE);
    }
    const slices = [...this.#mirrored(key)];
    const create: Json[] = [];
    const update: Json[] = [];
    for (const { slice } of wanted) {
      const index = slices.findIndex((old) => old.addressType === slice.addressType && samePorts(old.ports, slice.ports));
      const [old] = index >= 0 ? slices.splice(index, 1) : [];
      if (!old) create.push(slice);
      else if (!isCopy(old, slice)) {
        // an update names the slice, and nothing else of how its name came about
        const { generateName: _, ...metadata } = slice.metadata;
        update.push({ ...slice, metadata: { ...metadata, name: old.metadata.name } });
      }
    }
    // slices that are to go become those that are to come
    for (const slice of create) {
      const index = slices.findIndex((old) => old.addressType === slice.addressType);
      const [old] = index >= 0 ? slices.splice(index, 1) : [];
      if (old) update.push({ ...slice, metadata: { ...slice.metadata, name: old.metadata.name } });
      else client.create('endpointslices', slice);
    }
    for (const slice of update) client.update('endpointslices', slice);
    for (const { metadata } of slices) client.delete('endpointslices', namespace, metadata.name);
  }
}

function skips({ metadata }: KubeObject): boolean {
  return metadata.labels?.[SKIP] === 'true' || metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] !== undefined;
}

/** The items in whatever order. */
const byKey = (items: Json, key: (item: Json) => string): Json =>
  Object.fromEntries(((items ?? []) as Json[]).map((item) => [key(item), item]));

function samePorts(a: Json, b: Json): boolean {
  const key = ({ name, port, protocol }: Json) => `${name} ${port} ${protocol}`;
  return deepEqual(byKey(a, key), byKey(b, key));
}

/** Whether a slice says what it should: its endpoints in any order, labels and annotations. Upstream: reconcileByPortMapping. */
function isCopy(slice: KubeObject, wanted: Json): boolean {
  const { labels, annotations, ownerReferences } = slice.metadata;
  const address = ({ addresses }: Json) => addresses.join();
  return (
    slice.endpoints?.length === wanted.endpoints.length &&
    deepEqual(byKey(slice.endpoints, address), byKey(wanted.endpoints, address)) &&
    deepEqual(labels, wanted.metadata.labels) &&
    deepEqual(annotations ?? {}, wanted.metadata.annotations) &&
    deepEqual(ownerReferences?.[0]?.uid, wanted.metadata.ownerReferences[0].uid)
  );
}

/** One slice for each set of ports and family of addresses. */
function slicesOf(endpoints: KubeObject): Wanted[] {
  const { namespace, name, labels } = endpoints.metadata;
  const annotations = Object.fromEntries(
    Object.entries(endpoints.metadata.annotations ?? {}).filter(([key]) => !NOT_COPIED.includes(key)),
  );
  return repackSubsets(portedAddresses(endpoints)).flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }: Json) => {
    const all = [
      ...addresses.map((address: Json) => endpointOf(address, true)),
      ...notReadyAddresses.map((address: Json) => endpointOf(address, false)),
    ];
    const taken = all.slice(0, MOST);
    const families = ['IPv4', 'IPv6'].flatMap((addressType) => {
      const entries = taken.filter((endpoint) => endpoint.addresses[0].includes(':') === (addressType === 'IPv6'));
      return entries.length > 0 ? [{ addressType, entries }] : [];
    });
    return families.map(({ addressType, entries }, index) => ({
      skipped: index === 0 ? all.length - taken.length : 0,
      slice: {
        metadata: {
          generateName: `${name}-`,
          namespace,
          labels: { ...labels, [MANAGED_BY]: CONTROLLER, [SERVICE_NAME]: name },
          annotations,
          ownerReferences: [controllerReference(endpoints)],
        },
        addressType,
        endpoints: entries,
        ports: ports.map(({ name: port = '', ...rest }: Json) => ({ name: port, ...rest })),
      },
    }));
  });
}

/** What repacking takes: each address with each of its ports. */
function portedAddresses({ subsets }: KubeObject): PortedAddress[] {
  const known = new Map<string, Json>();
  const same = (address: Json): Json => {
    const key = `${address.ip} ${address.targetRef?.uid}`;
    if (!known.has(key)) known.set(key, address);
    return known.get(key);
  };
  return ((subsets ?? []) as Json[]).flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }: Json) =>
    [addresses, notReadyAddresses].flatMap((list: Json[], index) =>
      list.flatMap((address): PortedAddress[] =>
        (ports.length > 0 ? ports : [undefined]).map((port: Json | undefined) => ({
          address: same(address),
          port,
          ready: index === 0,
        })),
      ),
    ),
  );
}

function endpointOf({ ip, hostname, nodeName, targetRef }: Json, ready: boolean): Json {
  return {
    addresses: [canonicalAddress(ip)],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(nodeName && { nodeName }),
    ...(targetRef && { targetRef }),
  };
}
