import { parseCIDR, formatIPv4 } from './apiserver/allocator';
import type { Registry } from './apiserver/registry';
import { nodeObject, type NodeSpec } from './kubelet/node';
import type { Random } from './random';

/** The address of the API server's machine. */
const API_SERVER = '192.168.0.10';

/** What a fresh cluster holds: its namespaces, the `kubernetes` Service with its endpoints, and the nodes. @param time RFC 3339 */
export function bootstrap(client: Registry, nodes: readonly NodeSpec[], time: string, random: Random, serviceCIDR: string): void {
  for (const name of ['kube-system', 'kube-public', 'kube-node-lease', 'default'])
    client.create('namespaces', { metadata: { name } });
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  client.create('services', {
    metadata: { name: 'kubernetes', namespace: 'default', labels },
    spec: {
      clusterIP: formatIPv4(parseCIDR(serviceCIDR).network + 1),
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      type: 'ClusterIP',
      sessionAffinity: 'None',
    },
  });
  client.create('endpoints', {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: API_SERVER }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
  });
  client.create('endpointslices', {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [API_SERVER], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  });
  for (const node of nodes) client.create('nodes', nodeObject(node, time, random));
}
