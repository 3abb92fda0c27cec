import type { LabSnapshot } from '../../lab/types';

export interface Destination {
  /** service, node, balancer, pod: which group it is offered in. */
  group: 'service' | 'node' | 'balancer' | 'pod' | 'machine';
  label: string;
  address: string;
  port: number;
  protocol: 'TCP' | 'UDP';
}

/** Places a packet can be sent from: the machines outside, the nodes, and the pods that run. */
export function sourcesOf(snapshot: Pick<LabSnapshot, 'nodes' | 'pods'>): string[] {
  const pods = snapshot.pods
    .filter((pod) => pod.status?.phase === 'Running')
    .map((pod) => `pod:${pod.metadata.namespace}/${pod.metadata.name}`);
  return ['internet', 'vm', ...snapshot.nodes.map((node) => `node:${node.metadata.name}`), ...pods];
}

/** Every address and port of the cluster's objects that a packet can be sent to. */
export function destinationsOf(snapshot: Pick<LabSnapshot, 'nodes' | 'pods' | 'services'>): Destination[] {
  const found: Destination[] = [];
  const add = (group: Destination['group'], label: string, address: string, port: number, protocol: string) => {
    if (protocol !== 'TCP' && protocol !== 'UDP') return;
    found.push({ group, label: `${address}:${port} ${label}`, address, port, protocol });
  };
  for (const service of snapshot.services) {
    const { name } = service.metadata;
    const { clusterIP, ports = [], externalIPs = [] } = service.spec ?? {};
    for (const port of ports) {
      const protocol = port.protocol ?? 'TCP';
      if (clusterIP && clusterIP !== 'None') add('service', name, clusterIP, port.port, protocol);
      for (const address of externalIPs) add('balancer', name, address, port.port, protocol);
      for (const ingress of service.status?.loadBalancer?.ingress ?? []) {
        if (ingress.ip) add('balancer', name, ingress.ip, port.port, protocol);
      }
      if (!port.nodePort) continue;
      for (const node of snapshot.nodes) {
        const address = (node.status?.addresses ?? []).find((a: { type: string }) => a.type === 'InternalIP')?.address;
        if (address) add('node', `${node.metadata.name} (${name})`, address, port.nodePort, protocol);
      }
    }
  }
  for (const pod of snapshot.pods) {
    for (const container of pod.spec?.containers ?? []) {
      for (const port of container.ports ?? []) {
        if (pod.status?.podIP) add('pod', pod.metadata.name, pod.status.podIP, port.containerPort, port.protocol ?? 'TCP');
      }
    }
  }
  add('machine', 'vm', '192.168.0.50', 9000, 'TCP');
  add('machine', 'internet', '198.51.100.7', 9000, 'TCP');
  return found;
}
