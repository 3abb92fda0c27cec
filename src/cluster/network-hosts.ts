import { address, prefix } from './linux/address';
import { Host, type HostOptions } from './linux/host';
import { Link } from './linux/link';
import type { RouteTable } from './linux/routes';
import { parseRule } from './linux/rule-text';
import type { Table } from './linux/table';

/** Addresses of the tenant network 192.168.0.0/24 and of the internet link 198.51.100.0/24. */
export const ROUTER = address('192.168.0.1');
/** Where the API server listens. */
export const API_SERVER = { address: '192.168.0.10', port: 6443 };
const VM = '192.168.0.50';
const INTERNET = '198.51.100.7';
const DEFAULT = prefix('0.0.0.0/0');

/** The machines that are there whatever the cluster looks like. */
export interface Surroundings {
  /** L2 segment of router, nodes, vm and load balancers. */
  readonly tenant: Link;
  readonly router: Host;
  readonly controlPlane: Host;
  readonly vm: Host;
  readonly internet: Host;
}

/** Router, control plane, a VM beside the nodes, and a machine on the internet. */
export function surroundings(): Surroundings {
  const tenant = new Link('tenant');
  const outside = new Link('internet');

  const router = new Host('router', 'router', { forwarding: true });
  router.addInterface({ name: 'eth0', address: ROUTER, length: 24, link: tenant });
  router.addInterface({ name: 'eth1', address: address('198.51.100.1'), length: 24, link: outside });
  // No default route: Service and pod addresses are nobody's out here.

  const controlPlane = machine('control-plane', API_SERVER.address, tenant, ROUTER);
  controlPlane.listen({
    protocol: 'TCP',
    port: API_SERVER.port,
    name: 'control-plane',
    owner: 'control-plane',
    app: { kind: 'tls' },
  });
  const vm = machine('vm', VM, tenant, ROUTER);
  const internet = machine('internet', INTERNET, outside, address('198.51.100.1'));
  for (const host of [vm, internet]) {
    for (const protocol of ['TCP', 'UDP'] as const) {
      host.listen({ protocol, port: 9000, name: host.name, owner: host.id, app: { kind: 'banner' } });
    }
  }
  return { tenant, router, controlPlane, vm, internet };
}

/** A host with one interface eth0 in a /24 and a default route. */
export function machine(id: string, ip: string, link: Link, gateway: number, name = id): Host {
  const host = new Host(id, name);
  host.addInterface({ name: 'eth0', address: address(ip), length: 24, link });
  host.routes.add({ destination: DEFAULT, via: gateway, device: 'eth0' });
  return host;
}

/** A node, and its pod bridge when it has a pod CIDR. */
export interface NodeHost {
  readonly host: Host;
  readonly podCIDR: string | undefined;
  readonly pods: { readonly link: Link; readonly gateway: number; readonly length: number } | undefined;
}

/** Brings a node up: eth0 in the tenant network, cni0 with the pods behind it, forwarding on. */
export function nodeHost(
  name: string,
  ip: string,
  podCIDR: string | undefined,
  tenant: Link,
  podRoutes: RouteTable,
  options: HostOptions,
): NodeHost {
  const host = new Host(`node:${name}`, name, { ...options, forwarding: true, sharedRoutes: podRoutes });
  host.addInterface({ name: 'eth0', address: address(ip), length: 24, link: tenant });
  host.routes.add({ destination: DEFAULT, via: ROUTER, device: 'eth0' });
  if (podCIDR === undefined) return { host, podCIDR, pods: undefined };
  const block = prefix(podCIDR);
  const pods = { link: new Link('cni0', { host, interface: 'cni0' }), gateway: block.network + 1, length: block.length };
  host.addInterface({ name: 'cni0', address: pods.gateway, length: block.length, link: pods.link });
  podRoutes.add({ destination: block, via: address(ip), device: 'eth0' });
  return { host, podCIDR, pods };
}

/** A pod with its own network namespace, plugged into its node's bridge. */
export function podHost(id: string, name: string, ip: string, node: NodeHost): Host {
  const host = new Host(id, name);
  if (!node.pods) return host;
  host.addInterface({ name: 'eth0', address: address(ip), length: node.pods.length, link: node.pods.link });
  host.routes.add({ destination: DEFAULT, via: node.pods.gateway, device: 'eth0' });
  return host;
}

type PlacedRule = ReturnType<typeof parseRule>;

/** The CNI's own masquerading, behind kube-proxy's: what leaves for anything but a pod gets the node's address. */
export function cniRules(clusterCIDR: string): PlacedRule[] {
  return [
    `-A POSTROUTING -s ${clusterCIDR} -j CNI-MASQ`,
    `-A CNI-MASQ -d ${clusterCIDR} -j RETURN`,
    '-A CNI-MASQ -j MASQUERADE',
  ].map(parseRule);
}

export function append(table: Table, rules: readonly PlacedRule[]): void {
  for (const { chain, rule } of rules) table.chain(chain).append(rule);
}
