import { deepEqual } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { type PortedAddress, repackSubsets } from './repacksubsets';
import { countsAsReady, hostnameIn, isHeadless, portFinder, type ServicePods, targetReference, withAddress } from './servicepods';
import { TRIGGER_TIME, TriggerTimes } from './triggertime';
import { splitKey, WorkQueue } from './workqueue';

const MANAGED_BY = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };

/** Keeps the old Endpoints objects. Upstream: pkg/controller/endpoint. */
export class EndpointsController {
  readonly #times = new TriggerTimes();

  constructor(
    private readonly context: ControllerContext,
    private readonly servicePods: ServicePods,
  ) {
    const { client, clock } = context;
    const queue = new WorkQueue(clock, 'endpoints', CONTROLLER_LATENCY, (key) => this.#sync(key));
    servicePods.watch((key) => queue.add(key));
    client.watch('endpoints', (type, { metadata: { namespace, name } }) => {
      if (type === 'DELETED') queue.add(`${namespace}/${name}`);
    });
  }

  #sync(key: string): void {
    const { namespace, name } = splitKey(key);
    const { client } = this.context;
    const service = client.get('services', namespace, name);
    const current = client.get('endpoints', namespace, name);
    if (!service) {
      if (current) client.delete('endpoints', namespace, name);
      this.#times.delete(key);
      return;
    }
    if (!service.spec.selector || service.spec.type === 'ExternalName') return;
    const pods = this.servicePods.selected(service);
    const trigger = this.#times.next(key, service, pods);
    const subsets = repackSubsets(addressesOf(service, pods));
    const labels = {
      ...service.metadata.labels,
      ...MANAGED_BY,
      ...(isHeadless(service) && { 'service.kubernetes.io/headless': '' }),
    };
    if (current && deepEqual(current.subsets ?? [], subsets) && deepEqual(current.metadata.labels ?? {}, labels)) return;
    if (!current && client.get('namespaces', undefined, namespace)?.metadata.deletionTimestamp) return;
    const { [TRIGGER_TIME]: _, ...others } = current?.metadata.annotations ?? {};
    const annotations = { ...others, ...(trigger && { [TRIGGER_TIME]: trigger }) };
    const object: Json = { metadata: { name, namespace, labels, annotations }, ...(subsets.length > 0 && { subsets }) };
    if (current) client.update('endpoints', { ...object, metadata: { ...current.metadata, labels, annotations } });
    else client.create('endpoints', object);
  }
}

function addressesOf(service: KubeObject, pods: readonly KubeObject[]): PortedAddress[] {
  const portsOf = portFinder(service);
  return withAddress(pods, service.spec.publishNotReadyAddresses === true).flatMap((pod): PortedAddress[] => {
    const hostname = hostnameIn(pod, service);
    const address = {
      ip: pod.status.podIP,
      ...(hostname && { hostname }),
      nodeName: pod.spec.nodeName,
      targetRef: targetReference(pod),
    };
    const ready = countsAsReady(pod, service);
    // a headless Service may have no ports at all
    if (!service.spec.ports?.length) return isHeadless(service) ? [{ address, port: undefined, ready }] : [];
    return portsOf(pod).map(({ name, ...rest }) => ({ address, port: { ...(name && { name }), ...rest }, ready }));
  });
}
