import type { Json } from './apimachinery/object';
import { SERVICE_NAME } from './apimachinery/servicename';
import { parseCIDR, formatIPv4 } from './apiserver/allocator';
import type { Registry } from './apiserver/registry';
import { SERVICE_CIDR_FINALIZER } from './controllers/servicecidr';
import { nodeObject, type NodeSpec } from './kubelet/node';
import { API_SERVER } from './network-hosts';
import type { Random } from './random';

/**
 * What a fresh cluster holds, piece by piece: its namespaces, the `kubernetes` Service with its endpoints, and the nodes.
 * @param time RFC 3339
 */
export function* bootstrapping(
  client: Registry,
  nodes: readonly NodeSpec[],
  time: string,
  random: Random,
  serviceCIDR: string,
): Generator<undefined, void> {
  for (const name of ['kube-system', 'kube-public', 'kube-node-lease', 'default'])
    client.create('namespaces', { metadata: { name } });
  yield;
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
  for (const [resource, object] of Object.entries(kubernetesService(serviceCIDR))) {
    yield;
    client.create(resource, object);
  }
  for (const node of nodes) {
    yield;
    client.create('nodes', nodeObject(node, time, random));
    client.create('leases', {
      metadata: { name: node.name, namespace: 'kube-node-lease' },
      spec: { holderIdentity: node.name, leaseDurationSeconds: 40, renewTime: time.replace('Z', '.000000Z') },
    });
  }
}

/** The Service under which pods find the API server, and its endpoints, by resource. */
export function kubernetesService(serviceCIDR: string): Record<string, Json> {
  const meta = (labels: Record<string, string>) => ({ name: 'kubernetes', namespace: 'default', labels });
  const ports = [{ name: 'https', port: API_SERVER.port, protocol: 'TCP' }];
  return {
    services: {
      metadata: meta({ component: 'apiserver', provider: 'kubernetes' }),
      spec: {
        clusterIP: formatIPv4(parseCIDR(serviceCIDR).network + 1),
        ipFamilyPolicy: 'SingleStack',
        ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: API_SERVER.port }],
        type: 'ClusterIP',
        sessionAffinity: 'None',
      },
    },
    endpoints: {
      metadata: meta({ 'endpointslice.kubernetes.io/skip-mirror': 'true' }),
      subsets: [{ addresses: [{ ip: API_SERVER.address }], ports }],
    },
    endpointslices: {
      metadata: meta({ [SERVICE_NAME]: 'kubernetes' }),
      addressType: 'IPv4',
      endpoints: [{ addresses: [API_SERVER.address], conditions: { ready: true } }],
      ports,
    },
  };
}
