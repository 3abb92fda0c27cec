import { deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { rfc3339 } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { countsAsReady, endpointPorts, targetReference, TRIGGER_TIME, type ServicePods } from './servicepods';
import { splitKey, WorkQueue } from './workqueue';

const MANAGED_BY = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };

/** Keeps the old Endpoints objects. Upstream: pkg/controller/endpoint. */
export class EndpointsController {
  constructor(
    private readonly context: ControllerContext,
    private readonly servicePods: ServicePods,
  ) {
    const queue = new WorkQueue(context.clock, 'endpoints', CONTROLLER_LATENCY, (key) => this.#sync(key));
    servicePods.watch((key) => queue.add(key));
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client, clock } = this.context;
    const service = client.get('services', namespace, name);
    const current = client.get('endpoints', namespace, name);
    if (!service) {
      // those of the API server's own Service are the API server's
      if (current && !current.metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'])
        client.delete('endpoints', namespace, name);
      return;
    }
    if (!service.spec.selector || service.spec.type === 'ExternalName') return;
    const subsets = this.#subsets(service);
    const labels = {
      ...service.metadata.labels,
      ...MANAGED_BY,
      ...(service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
    };
    if (current && deepEqual(current.subsets ?? [], subsets) && deepEqual(current.metadata.labels ?? {}, labels)) return;
    const annotations = { [TRIGGER_TIME]: rfc3339(clock.now()) };
    const object: Json = { metadata: { name, namespace, labels, annotations }, ...(subsets.length > 0 && { subsets }) };
    if (current) client.update('endpoints', { ...object, metadata: { ...current.metadata, labels, annotations } });
    else client.create('endpoints', object);
  }

  /**
   * Addresses by port, then ports that have the same addresses together. Upstream: endpoints.RepackSubsets, which orders subsets by a
   * hash of their contents, random uids included; here they come in the order of their ports.
   */
  #subsets(service: KubeObject): Json[] {
    const byPort = new Map<string, { port: Json; addresses: Json[]; ready: boolean[] }>();
    for (const pod of this.servicePods.selected(service)) {
      if (pod.metadata.deletionTimestamp && !service.spec.publishNotReadyAddresses) continue;
      const address = { ip: pod.status.podIP, nodeName: pod.spec.nodeName, targetRef: targetReference(pod) };
      const ports: Json[] = endpointPorts(pod, service).map(({ name, ...rest }) => ({ ...(name && { name }), ...rest }));
      // a headless Service may have no ports at all
      for (const port of service.spec.ports?.length ? ports : [undefined]) {
        const key = JSON.stringify(port) ?? '';
        const entry = byPort.get(key) ?? { port, addresses: [], ready: [] };
        byPort.set(key, entry);
        entry.addresses.push(address);
        entry.ready.push(countsAsReady(pod, service));
      }
    }
    const bySet = new Map<string, { entry: { addresses: Json[]; ready: boolean[] }; ports: Json[] }>();
    for (const { port, addresses, ready } of byPort.values()) {
      const key = JSON.stringify([addresses.map(({ ip }) => ip), ready]);
      const subset = bySet.get(key) ?? { entry: { addresses, ready }, ports: [] };
      bySet.set(key, subset);
      if (port) subset.ports.push(port);
    }
    return [...bySet.values()].map(({ entry, ports }) => {
      const addresses = sortAddresses(entry.addresses.filter((_, index) => entry.ready[index]));
      const notReadyAddresses = sortAddresses(entry.addresses.filter((_, index) => !entry.ready[index]));
      return {
        ...(addresses.length > 0 && { addresses }),
        ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
        ...(ports.length > 0 && { ports }),
      };
    });
  }
}

function sortAddresses(addresses: Json[]): Json[] {
  return addresses.sort((a, b) => (a.ip < b.ip ? -1 : 1));
}
