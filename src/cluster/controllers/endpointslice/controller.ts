import type { Json, KubeObject } from '../../apimachinery/object';
import { SERVICE_NAME } from '../../apimachinery/servicename';
import { CONTROLLER_LATENCY, type ControllerContext } from '../context';
import { controllerReference, isPodReady } from '../ownership';
import { hostnameIn, isHeadless, labelsOf, portFinder, type ServicePods, targetReference, withAddress } from '../servicepods';
import { TRIGGER_TIME, TriggerTimes } from '../triggertime';
import { splitKey, WorkQueue } from '../workqueue';
import { distribute, endpointKey, type SliceChanges } from './distribute';
import { inHashOrder } from './ports';
import { isNodeReady, removeHints, TopologyCache, type TopologyEvent, withAddressType, ZONE } from './topologycache';
import { hintClose, isClose } from './trafficdistribution';

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';
const CONTROLLER = 'endpointslice-controller.k8s.io';
const SOURCE = { component: 'endpoint-slice-controller' };
/** A look that failed is repeated after 5 ms, 10 ms, 20 ms and so on, this often. */
const RETRIES = 15;
/** ms before looking at a Service whose slices somebody else has changed (endpointSliceChangeMinSyncDelay). */
const FOREIGN_CHANGE_DELAY = 1000;

interface Group {
  ports: readonly Json[];
  endpoints: Map<string, Json>;
}

/** Keeps the EndpointSlices of Services with a selector. Upstream: pkg/controller/endpointslice, staging/src/k8s.io/endpointslice. */
export class EndpointSliceController {
  readonly #queue: WorkQueue;
  readonly #slicesOf: (key: string) => readonly KubeObject[];
  readonly #times = new TriggerTimes();
  readonly #topology = new TopologyCache();
  readonly #failures = new Map<string, number>();
  /** Slices that this controller is deleting or writing itself. */
  #writing = false;

  constructor(
    private readonly context: ControllerContext,
    private readonly servicePods: ServicePods,
  ) {
    const { client, clock } = context;
    this.#queue = new WorkQueue(clock, 'endpointslice', CONTROLLER_LATENCY, (key) => this.#sync(key));
    this.#slicesOf = client.addIndex('endpointslices', labelsOf, (slice) =>
      isManaged(slice) ? [`${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME]}`] : [],
    );
    servicePods.watch((key) => this.#queue.add(key));
    client.watch('endpointslices', (_type, slice, old) => {
      if (this.#writing) return;
      for (const version of old ? [slice, old] : [slice]) {
        const service = version.metadata.labels?.[SERVICE_NAME];
        if (service && isManaged(version)) this.#queue.addAfter(`${version.metadata.namespace}/${service}`, FOREIGN_CHANGE_DELAY);
      }
    });
    const topology = new WorkQueue(clock, 'endpointslice-topology', CONTROLLER_LATENCY, () => {
      this.#topology.setNodes(client.list('nodes'));
      for (const key of this.#topology.overloaded()) this.#queue.add(key);
    });
    client.watch('nodes', (type, node, old) => {
      const same =
        type === 'MODIFIED' &&
        old &&
        isNodeReady(node) === isNodeReady(old) &&
        node.metadata.labels?.[ZONE] === old.metadata.labels?.[ZONE];
      if (!same) topology.add('nodes');
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client, recorder } = this.context;
    const service = client.get('services', namespace, name);
    if (!service) {
      this.#times.delete(key);
      this.#failures.delete(key);
      return;
    }
    if (!service.spec.selector || service.spec.type === 'ExternalName') return;
    const problems = this.#reconcile(key, service);
    if (problems.length === 0) {
      this.#failures.delete(key);
      return;
    }
    const problem = problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`;
    const message = `Error updating Endpoint Slices for Service ${key}: ${problem}`;
    recorder.event(service, 'Warning', 'FailedToUpdateEndpointSlices', message, SOURCE);
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    if (failures < RETRIES) this.#queue.addAfter(key, 5 * 2 ** failures);
    else this.#failures.delete(key);
  }

  /** @returns what went wrong */
  #reconcile(key: string, service: KubeObject): string[] {
    const pods = this.servicePods.selected(service);
    const trigger = this.#times.next(key, service, pods);
    const existing = this.#slicesOf(key).filter((slice) => !slice.metadata.deletionTimestamp);
    const { groups, problems } = this.#groups(service, withAddress(pods, true));
    const labels = sliceLabels(service);

    const changes: SliceChanges = { create: [], update: [], delete: [] };
    const byPorts = new Map<string, KubeObject[]>();
    for (const slice of existing) {
      if (!isOwned(slice, service)) changes.delete.push(slice);
      else {
        const ports = portsKey(slice.ports ?? []);
        byPorts.set(ports, [...(byPorts.get(ports) ?? []), slice]);
      }
    }
    for (const [ports, group] of groups) {
      const own = distribute(byPorts.get(ports) ?? [], group.endpoints, labels, () => newSlice(service, labels, group.ports));
      for (const what of ['create', 'update', 'delete'] as const) changes[what].push(...own[what]);
    }
    for (const [ports, slices] of byPorts) if (!groups.has(ports)) changes.delete.push(...slices);
    // one slice without endpoints stands for a Service that would have none
    if (existing.length === changes.delete.length && changes.create.length === 0) {
      const [only] = changes.delete;
      if (changes.delete.length === 1 && isPlaceholder(only, service, labels)) changes.delete = [];
      else changes.create.push(newSlice(service, labels, []));
    }
    const touched = new Set([...changes.update, ...changes.delete].map(({ metadata }) => metadata.name));
    const unchanged = existing.filter((slice) => !touched.has(slice.metadata.name));
    const event = this.#hint(key, service, changes, unchanged);
    this.#write(service, changes, trigger);
    if (event) this.context.recorder.event(service, event.type, event.reason, event.message, SOURCE);
    return problems;
  }

  /** Wanted endpoints by their ports: pods whose named ports differ in number cannot share a slice. */
  #groups(service: KubeObject, pods: readonly KubeObject[]): { groups: Map<string, Group>; problems: string[] } {
    const groups = new Map<string, Group>();
    const problems: string[] = [];
    const portsOf = portFinder(service);
    const keys = new Map<unknown, string>();
    for (const pod of pods) {
      const ports = portsOf(pod);
      let key = keys.get(ports);
      if (key === undefined) keys.set(ports, (key = portsKey(ports)));
      const group = groups.get(key) ?? { ports: inHashOrder(ports), endpoints: new Map<string, Json>() };
      groups.set(key, group);
      const node = this.context.client.get('nodes', undefined, pod.spec.nodeName);
      if (!node && !service.spec.publishNotReadyAddresses) {
        const [name, where] = [pod.metadata.name, `${service.metadata.namespace}/${service.metadata.name}`];
        problems.push(`skipping Pod ${name} for Service ${where}: Node ${pod.spec.nodeName} Not Found`);
        continue;
      }
      const endpoint = endpointOf(pod, node, service);
      group.endpoints.set(endpointKey(endpoint), endpoint);
    }
    return { groups, problems };
  }

  /** Puts hints on endpoints or takes them away. @returns what to tell about it */
  #hint(key: string, service: KubeObject, changes: SliceChanges, unchanged: readonly KubeObject[]): TopologyEvent | undefined {
    if (wantsTopologyHints(service)) return this.#topology.addHints(key, changes, unchanged);
    let event: TopologyEvent | undefined;
    if (this.#topology.hasHints(key)) {
      const message = withAddressType('Topology Aware Hints has been disabled');
      event = { type: 'Warning', reason: 'TopologyAwareHintsDisabled', message };
    }
    this.#topology.forget(key);
    const { trafficDistribution } = service.spec;
    if (isClose(trafficDistribution)) hintClose(trafficDistribution, changes, unchanged);
    else removeHints(changes, unchanged);
    return event;
  }

  /** Upstream: finalize. */
  #write(service: KubeObject, changes: SliceChanges, trigger: string | undefined): void {
    const { client } = this.context;
    const { namespace } = service.metadata;
    // a slice that would go is used again for one that would come
    const gone: Json[] = [];
    for (const slice of changes.delete) {
      const fresh = isOwned(slice, service) ? changes.create.pop() : undefined;
      if (fresh) {
        changes.update.push({ ...fresh, metadata: { ...fresh.metadata, name: slice.metadata.name } });
      } else gone.push(slice);
    }
    const ending = client.get('namespaces', undefined, namespace!)?.metadata.deletionTimestamp;
    this.#writing = true;
    try {
      if (!service.metadata.deletionTimestamp && !ending)
        for (const slice of changes.create) client.create('endpointslices', withTrigger(slice, trigger));
      for (const slice of changes.update) client.update('endpointslices', withTrigger(slice, trigger));
      for (const slice of gone) client.delete('endpointslices', namespace, slice.metadata.name);
    } finally {
      this.#writing = false;
    }
  }
}

const portsKey = (ports: readonly Json[]): string =>
  JSON.stringify(inHashOrder(ports).map(({ name, protocol, port, appProtocol }) => [name, protocol, port, appProtocol]));

function withTrigger(slice: Json, trigger: string | undefined): Json {
  const { [TRIGGER_TIME]: _, ...others } = slice.metadata.annotations ?? {};
  const annotations = { ...others, ...(trigger && { [TRIGGER_TIME]: trigger }) };
  const endpoints = slice.endpoints?.length > 0 ? slice.endpoints : null;
  return {
    ...slice,
    metadata: { ...slice.metadata, annotations },
    endpoints,
    ports: slice.ports?.length > 0 ? slice.ports : null,
  };
}

function isManaged(slice: KubeObject): boolean {
  return slice.metadata.labels?.[MANAGED_BY] === CONTROLLER;
}

function isOwned(slice: Json, service: KubeObject): boolean {
  return (slice.metadata.ownerReferences ?? []).some(({ uid }: Json) => uid === service.metadata.uid);
}

function newSlice(service: KubeObject, labels: Record<string, string>, ports: readonly Json[]): Json {
  const { name, namespace } = service.metadata;
  const metadata = { generateName: `${name}-`, namespace, labels, ownerReferences: [controllerReference(service)] };
  return { metadata, addressType: 'IPv4', endpoints: [], ports };
}

/** Whether a slice says what a new one without endpoints would say. Upstream: placeholderSliceCompare. */
function isPlaceholder(slice: Json, service: KubeObject, labels: Record<string, string>): boolean {
  const have: Record<string, string> = slice.metadata.labels ?? {};
  const keys = new Set([...Object.keys(have), ...Object.keys(labels)]);
  const empty = !slice.endpoints?.length && !slice.ports?.length && slice.metadata.namespace === service.metadata.namespace;
  return empty && [...keys].every((label) => (have[label] ?? '') === (labels[label] ?? ''));
}

/** The Service's labels and those that make a slice its. */
function sliceLabels(service: KubeObject): Record<string, string> {
  const { [HEADLESS]: _, ...labels } = service.metadata.labels ?? {};
  return {
    ...labels,
    [MANAGED_BY]: CONTROLLER,
    [SERVICE_NAME]: service.metadata.name,
    ...(isHeadless(service) && { [HEADLESS]: '' }),
  };
}

/** Upstream: hintsEnabled; the older annotation goes first. */
function wantsTopologyHints({ metadata: { annotations } }: KubeObject): boolean {
  const value =
    annotations?.['service.kubernetes.io/topology-aware-hints'] ?? annotations?.['service.kubernetes.io/topology-mode'];
  return value === 'Auto' || value === 'auto';
}

/** Upstream: podToEndpoint. */
function endpointOf(pod: KubeObject, node: KubeObject | undefined, service: KubeObject): Json {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const hostname = hostnameIn(pod, service);
  const zone = node?.metadata.labels?.[ZONE];
  return {
    addresses: [pod.status.podIP],
    conditions: { ready, serving, terminating },
    ...(hostname && { hostname }),
    nodeName: pod.spec.nodeName,
    targetRef: targetReference(pod),
    ...(zone && { zone }),
  };
}
