import type { Json } from './apimachinery/object';
import { parseCIDR, formatIPv4 } from './apiserver/allocator';
import type { Registry } from './apiserver/registry';
import { SERVICE_CIDR_FINALIZER } from './controllers/servicecidr';
import { nodeObject, type NodeSpec } from './kubelet/node';
import type { Random } from './random';

/** The address of the API server's machine. */
const API_SERVER = '192.168.0.10';

/** What a fresh cluster holds: its namespaces, the `kubernetes` Service with its endpoints, and the nodes. @param time RFC 3339 */
export function bootstrap(client: Registry, nodes: readonly NodeSpec[], time: string, random: Random, serviceCIDR: string): void {
  for (const name of ['kube-system', 'kube-public', 'kube-node-lease', 'default'])
    client.create('namespaces', { metadata: { name } });
  client.create('servicecidrs', {
    metadata: { name: 'kubernetes', finalizers: [SERVICE_CIDR_FINALIZER] },
    spec: { cidrs: [serviceCIDR] },
  });
  const ready = {
    type: 'Ready',
    status: 'True',
    lastTransitionTime: time,
    reason: '',
    message: 'Kubernetes Service CIDR is ready',
  };
  client.updateStatus('servicecidrs', { metadata: { name: 'kubernetes' }, status: { conditions: [ready] } });
  client.create('services', kubernetesService(serviceCIDR));
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
  for (const node of nodes) {
    client.create('nodes', nodeObject(node, time, random));
    client.create('leases', {
      metadata: { name: node.name, namespace: 'kube-node-lease' },
      spec: { holderIdentity: node.name, leaseDurationSeconds: 40, renewTime: time.replace('Z', '.000000Z') },
    });
  }
}

/** The Service under which pods find the API server. */
export function kubernetesService(serviceCIDR: string): Json {
  return {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      clusterIP: formatIPv4(parseCIDR(serviceCIDR).network + 1),
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
      type: 'ClusterIP',
      sessionAffinity: 'None',
    },
  };
}
