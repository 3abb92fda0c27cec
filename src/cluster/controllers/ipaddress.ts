import type { KubeObject } from '../apimachinery/object';
import { parseTime } from '../apimachinery/time';
import { CONTROLLER_LATENCY, type ControllerContext } from './context';
import { objectKey, splitKey, WorkQueue } from './workqueue';

const FAMILY = 'ipaddress.kubernetes.io/ip-family';
const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by';
const ALLOCATOR = 'ipallocator.k8s.io';
const LABELS = { [FAMILY]: 'IPv4', [MANAGED_BY]: ALLOCATOR };

/** Whether the allocator of Services made an IPAddress, or it says so. */
export const isManagedByAllocator = ({ metadata }: KubeObject): boolean => metadata.labels?.[MANAGED_BY] === ALLOCATOR;

/**
 * Keeps an IPAddress for each address of a Service. In the real server these objects are the allocator's memory; here they follow it
 * at once. Upstream: pkg/registry/core/service/ipallocator/ipallocator.go.
 */
export function keepIPAddresses({ client }: ControllerContext): void {
  client.watch('services', (type, service, old) => {
    const now = type === 'DELETED' ? [] : addressesOf(service);
    const before = old ? addressesOf(old) : [];
    for (const address of before)
      if (!now.includes(address) && client.get('ipaddresses', undefined, address))
        client.delete('ipaddresses', undefined, address);
    for (const address of now)
      if (!before.includes(address) && !client.get('ipaddresses', undefined, address))
        client.create('ipaddresses', ipAddressOf(service, address));
  });
}

/** ms between looks at all Services (repairServicesInterval). */
const INTERVAL = 3 * 60_000;

/** ms that the IPAddress of a Service which is not there yet, or no longer, may stay. */
const GRACE = 60_000;

const SOURCE = { component: 'ipallocator-repair-controller' };

/**
 * Brings Services and IPAddresses in line after somebody changed an IPAddress by hand.
 * Upstream: pkg/registry/core/service/ipallocator/controller/repairip.go.
 */
export class IPAddressRepairController {
  constructor(private readonly context: ControllerContext) {
    const { client, clock } = context;
    const services = new WorkQueue(clock, 'ipallocator-repair-services', CONTROLLER_LATENCY, (key) => this.#syncService(key));
    const addresses = new WorkQueue(clock, 'ipallocator-repair', CONTROLLER_LATENCY, (name) => {
      const wait = this.#syncAddress(name);
      if (wait !== undefined) addresses.addAfter(name, wait);
    });
    client.watch('services', (type, service, old) => {
      if (type === 'MODIFIED' && addressesOf(service).some((address) => !this.#isRight(service, address)))
        services.add(objectKey(old!));
    });
    client.watch('ipaddresses', (type, address) => {
      if (type !== 'DELETED') {
        if (isManagedByAllocator(address) && !this.#serviceOf(address)) addresses.add(address.metadata.name);
        return;
      }
      // its Service is found out about at the next look at all of them
      const service = this.#serviceOf(address);
      if (service && addressesOf(service).includes(address.metadata.name))
        services.addAfter(objectKey(service), INTERVAL - (clock.now() % INTERVAL));
    });
  }

  #syncService(key: string): void {
    const { client, recorder } = this.context;
    const { namespace, name } = splitKey(key);
    const service = client.get('services', namespace, name);
    for (const address of service ? addressesOf(service) : []) {
      if (this.#isRight(service!, address)) continue;
      const found = client.get('ipaddresses', undefined, address);
      const parent = found && this.#serviceOf(found);
      const taken = parent && parent !== service && addressesOf(parent).includes(address);
      const text = !found
        ? `Cluster IP [IPv4]: ${address} is not allocated; repairing`
        : taken
          ? `Cluster IP [IPv4]:${address} was assigned to multiple services; please recreate service`
          : `the ClusterIP [IPv4]: ${address} for Service ${key} has a wrong reference; repairing`;
      const reason = taken ? 'ClusterIPAlreadyAllocated' : 'ClusterIPNotAllocated';
      if (parent !== service) recorder.event(service!, 'Warning', reason, text, { ...SOURCE, action: 'ClusterIPAllocation' });
      if (taken) continue;
      if (found) client.delete('ipaddresses', undefined, address);
      client.create('ipaddresses', ipAddressOf(service!, address));
    }
  }

  /** @returns ms after which to look at the address again */
  #syncAddress(name: string): number | undefined {
    const { client, clock, recorder } = this.context;
    const address = client.get('ipaddresses', undefined, name);
    if (!address || !isManagedByAllocator(address)) return undefined;
    const { group, resource, namespace, name: parent } = address.spec.parentRef;
    const isService = !group && resource === 'services';
    if (isService && this.#serviceOf(address)) return undefined;
    const left = GRACE - (clock.now() - parseTime(address.metadata.creationTimestamp));
    if (isService && left >= 0) return left + CONTROLLER_LATENCY;
    const text = isService
      ? `IPAddress: ${name} for Service ${namespace ?? ''}/${parent} appears to have leaked: cleaning up`
      : `IPAddress ${name} appears to have been modified, not referencing a Service ${goReference(address)}: cleaning up`;
    recorder.event(address, 'Warning', 'IPAddressNotAllocated', text, { ...SOURCE, action: 'IPAddressAllocation' });
    client.delete('ipaddresses', undefined, name);
    return undefined;
  }

  #serviceOf({ spec }: KubeObject): KubeObject | undefined {
    const { group, resource, namespace, name } = spec.parentRef;
    return !group && resource === 'services' ? this.context.client.get('services', namespace, name) : undefined;
  }

  #isRight(service: KubeObject, address: string): boolean {
    const found = this.context.client.get('ipaddresses', undefined, address);
    const { group, resource, namespace, name } = found?.spec.parentRef ?? {};
    const refers = resource === 'services' && namespace === service.metadata.namespace && name === service.metadata.name;
    return refers && !group && isManagedByAllocator(found!) && found!.metadata.labels![FAMILY] === 'IPv4';
  }
}

/** A ParentReference as Go's %v prints a pointer to it. */
function goReference({ spec }: KubeObject): string {
  const { group = '', resource = '', namespace = '', name = '' } = spec.parentRef;
  return `&ParentReference{Group:${group},Resource:${resource},Namespace:${namespace},Name:${name},}`;
}

function ipAddressOf({ metadata: { namespace, name } }: KubeObject, address: string): { metadata: object; spec: object } {
  const parentRef = { resource: 'services', namespace, name };
  return { metadata: { name: address, labels: LABELS }, spec: { parentRef } };
}

function addressesOf(service: KubeObject): string[] {
  return ((service.spec.clusterIPs ?? []) as string[]).filter((address) => address !== 'None');
}
