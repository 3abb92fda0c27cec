import type { KubeObject } from '../apimachinery/object';
import type { ControllerContext } from './context';

const LABELS = { 'ipaddress.kubernetes.io/ip-family': 'IPv4', 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io' };

/**
 * Keeps an IPAddress for each address of a Service. In the real server these objects are the allocator's memory; here they follow it
 * at once. Upstream: pkg/registry/core/service/ipallocator/ipallocator.go.
 */
export function keepIPAddresses({ client }: ControllerContext): void {
  client.watch('services', (type, service, old) => {
    const now = type === 'DELETED' ? [] : addressesOf(service);
    const before = old ? addressesOf(old) : [];
    const { namespace, name } = service.metadata;
    for (const address of before)
      if (!now.includes(address) && client.get('ipaddresses', undefined, address))
        client.delete('ipaddresses', undefined, address);
    for (const address of now) {
      if (before.includes(address) || client.get('ipaddresses', undefined, address)) continue;
      const parentRef = { group: '', resource: 'services', namespace, name };
      client.create('ipaddresses', { metadata: { name: address, labels: LABELS }, spec: { parentRef } });
    }
  });
}

function addressesOf(service: KubeObject): string[] {
  return ((service.spec.clusterIPs ?? []) as string[]).filter((address) => address !== 'None');
}
