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
      if (current && current.metadata.labels?.['endpoints.kubernetes.io/managed-by']) client.delete('endpoints', namespace, name);
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

  #subsets(service: KubeObject): Json[] {
    const bySet = new Map<string, { addresses: Json[]; notReadyAddresses: Json[]; ports: Json[] }>();
    for (const pod of this.servicePods.selected(service)) {
      if (pod.metadata.deletionTimestamp && !service.spec.publishNotReadyAddresses) continue;
      const ports = endpointPorts(pod, service).map(({ name, port, protocol, appProtocol }) => ({
        ...(name && { name }),
        port,
        protocol,
        ...(appProtocol && { appProtocol }),
      }));
      if (ports.length === 0 && service.spec.ports?.length) continue;
      const address = { ip: pod.status.podIP, nodeName: pod.spec.nodeName, targetRef: targetReference(pod) };
      // upstream repacks by the set of ports an address has in each state (endpoints.RepackSubsets)
      const key = JSON.stringify(ports);
      const subset = bySet.get(key) ?? { addresses: [], notReadyAddresses: [], ports };
      bySet.set(key, subset);
      (countsAsReady(pod, service) ? subset.addresses : subset.notReadyAddresses).push(address);
    }
    return [...bySet.values()].map(({ addresses, notReadyAddresses, ports }) => ({
      ...(addresses.length > 0 && { addresses: sortAddresses(addresses) }),
      ...(notReadyAddresses.length > 0 && { notReadyAddresses: sortAddresses(notReadyAddresses) }),
      ...(ports.length > 0 && { ports: [...ports].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) }),
    }));
  }
}

function sortAddresses(addresses: Json[]): Json[] {
  return addresses.sort((a, b) => (a.ip < b.ip ? -1 : 1));
}
