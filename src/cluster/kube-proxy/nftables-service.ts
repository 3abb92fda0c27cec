import { address, contains, prefix } from '../linux/address';
import { notFrom, parseNftRule } from '../linux/nft-rule-text';
import type { NftRule, NftVerdict, Statement } from '../linux/nft-rule';
import { type NftChain, type NftElement, NftSet, PROTOCOL_CODE } from '../linux/nft-table';
import type { Protocol } from '../linux/trace';
import { nftName } from './chain-names';
import type { Endpoints } from './endpoints';
import { type Endpoint, type ServicePort, isExternallyAccessible } from './service';

/** Names of the sets and maps that all Services share. */
export type SharedSet =
  | 'hairpin-connections'
  | 'cluster-ips'
  | 'no-endpoint-services'
  | 'no-endpoint-nodeports'
  | 'firewall-ips'
  | 'service-ips'
  | 'service-nodeports';

/** What one Service port adds to a node's table. */
export interface NftServiceRules {
  readonly elements: readonly { readonly set: SharedSet; readonly element: NftElement }[];
  /** Clients that stick to an endpoint. */
  readonly sets: readonly NftSet[];
  readonly chains: readonly NftChain[];
}

/** Linux: sets that rules fill have this size when none is given. */
const AFFINITY_SIZE = 65535;

const goto = (chain: string): NftVerdict => ({ kind: 'goto', chain });
const DROP: NftVerdict = { kind: 'drop' };
const MASQUERADE = parseNftRule('meta mark set meta mark | 0x00004000 comment "masquerade"');
const MASQUERADE_LOCAL = parseNftRule(
  'fib saddr type local meta mark set meta mark | 0x00004000 comment "masquerade local traffic"',
);

/**
 * The chains of one Service port, and its elements of shared sets and maps, for the endpoints that a node uses.
 * kube-proxy: pkg/proxy/nftables/proxier.go, the loop over services in syncProxyRules
 */
export function nftServiceRules(
  port: ServicePort,
  endpoints: Endpoints,
  clusterCIDR: string,
  node: { readonly name: string; readonly ip: string },
): NftServiceRules {
  const base = `${port.namespace}/${port.service}/${port.protocol}/${port.portName}`;
  const name = nftName(base);
  const clusterChain = `service-${name}`;
  const localChain = `local-${name}`;
  const externalChain = `external-${name}`;
  const firewallChain = `firewall-${name}`;
  const { any } = endpoints;
  const hasInternal = any && (port.internalLocal ? endpoints.local : endpoints.cluster).length > 0;
  const hasExternal = any && (port.externalLocal ? endpoints.local : endpoints.cluster).length > 0;
  const refusal = any ? DROP : goto('reject-chain');

  const elements: { set: SharedSet; element: NftElement }[] = [];
  const protocol = PROTOCOL_CODE[port.protocol.toUpperCase() as Protocol];
  const add = (set: SharedSet, key: readonly number[], verdict: NftVerdict, comment?: string) =>
    elements.push({ set, element: { key, verdict, ...(comment === undefined ? {} : { comment }) } });
  const at = (ip: string) => [address(ip), protocol, port.port];

  elements.push({ set: 'cluster-ips', element: { key: [address(port.clusterIP)] } });
  if (hasInternal) add('service-ips', at(port.clusterIP), goto(port.internalLocal ? localChain : clusterChain));
  else add('no-endpoint-services', at(port.clusterIP), refusal, port.name);
  for (const ip of [...port.externalIPs, ...port.vips]) {
    if (any) add('service-ips', at(ip), goto(externalChain));
    if (!hasExternal) add('no-endpoint-services', at(ip), refusal, port.name);
  }
  const usesFirewall = port.vips.length > 0 && port.sourceRanges.length > 0;
  if (usesFirewall) for (const ip of port.vips) add('firewall-ips', at(ip), goto(firewallChain));
  if (port.nodePort !== 0) {
    const key = [protocol, port.nodePort];
    if (any) add('service-nodeports', key, goto(externalChain));
    if (!hasExternal) add('no-endpoint-nodeports', key, refusal, port.name);
  }
  for (const { ip, port: to, nodeName } of endpoints.reachable) {
    if (nodeName !== node.name) continue;
    elements.push({ set: 'hairpin-connections', element: { key: [address(ip), address(ip), protocol, to] } });
  }

  const sets: NftSet[] = [];
  const chains: NftChain[] = [];
  const nameOf = (endpoint: Endpoint) => nftName(`${base}__${endpoint.ip}/${endpoint.port}`);
  if (port.affinitySeconds !== undefined) {
    for (const endpoint of endpoints.reachable) {
      const named = nameOf(endpoint);
      sets.push(new NftSet(`affinity-${named}`, ['ipv4_addr'], { timeout: port.affinitySeconds, size: AFFINITY_SIZE }));
      chains.push({ name: `endpoint-${named}`, rules: endpointRules(port, endpoint, named) });
    }
  }
  const policyRules = (list: readonly Endpoint[]) =>
    port.affinitySeconds === undefined ? [spread(port, list)] : stickyRules(list.map(nameOf));
  if (endpoints.cluster.length > 0) chains.push({ name: clusterChain, rules: policyRules(endpoints.cluster) });
  if (endpoints.local.length > 0) chains.push({ name: localChain, rules: policyRules(endpoints.local) });
  if (any && isExternallyAccessible(port)) {
    const policyChain = hasExternal ? (port.externalLocal ? localChain : clusterChain) : undefined;
    chains.push({ name: externalChain, rules: externalRules(port, clusterCIDR, clusterChain, policyChain) });
  }
  if (usesFirewall) chains.push({ name: firewallChain, rules: [firewallRule(port, node.ip)] });
  return { elements, sets, chains };
}

const verdict = (made: NftVerdict): Statement => ({ kind: 'verdict', verdict: made });

/** A fair draw among endpoints, straight to their addresses. */
function spread(port: ServicePort, endpoints: readonly Endpoint[]): NftRule {
  const to = endpoints.map((e) => ({ address: address(e.ip), port: e.port }));
  return {
    statements: [
      { kind: 'l4proto', protocol: port.protocol },
      { kind: 'draw dnat', to },
    ],
  };
}

/** Clients that an endpoint's set remembers go there; for the others a fair draw. */
function stickyRules(names: readonly string[]): NftRule[] {
  const known = names.map((name): NftRule => ({
    statements: [
      { kind: 'lookup', key: ['ip saddr'], negated: false, set: `affinity-${name}` },
      verdict(goto(`endpoint-${name}`)),
    ],
  }));
  return [...known, { statements: [{ kind: 'draw', verdicts: names.map((name) => goto(`endpoint-${name}`)) }] }];
}

function endpointRules(port: ServicePort, endpoint: Endpoint, name: string): NftRule[] {
  return [
    { statements: [{ kind: 'update', set: `affinity-${name}`, field: 'ip saddr' }] },
    {
      statements: [
        { kind: 'l4proto', protocol: port.protocol },
        { kind: 'dnat', to: { address: address(endpoint.ip), port: endpoint.port } },
      ],
    },
  ];
}

/** What comes from outside the cluster, before it is balanced. */
function externalRules(port: ServicePort, clusterCIDR: string, clusterChain: string, policyChain?: string): NftRule[] {
  const rules: NftRule[] = [];
  if (port.externalLocal) {
    rules.push(
      parseNftRule(`ip saddr ${clusterCIDR} goto ${clusterChain} comment "short-circuit pod traffic"`),
      MASQUERADE_LOCAL,
      parseNftRule(`fib saddr type local goto ${clusterChain} comment "short-circuit local traffic"`),
    );
  } else {
    rules.push(MASQUERADE);
  }
  if (policyChain) rules.push({ statements: [verdict(goto(policyChain))] });
  return rules;
}

/** loadBalancerSourceRanges. A node that holds the VIP itself calls with the VIP as source. */
function firewallRule(port: ServicePort, nodeIP: string): NftRule {
  const allowed = port.sourceRanges.map(prefix);
  const node = address(nodeIP);
  if (allowed.some((block) => contains(block, node))) allowed.push(...port.vips.map(prefix));
  return { statements: [notFrom(allowed), verdict(DROP)] };
}
