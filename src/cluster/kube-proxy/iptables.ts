import { type Prefix, LOOPBACK, address, contains, prefix } from '../linux/address';
import type { Match, Negatable, Rule, Target } from '../linux/rule';
import { probability } from '../linux/rule-text';
import type { Table } from '../linux/table';
import { type Chain } from '../linux/table';
import { baseFilter, baseNat } from './base-rules';
import { endpointChain, serviceChain } from './chain-names';
import { type Endpoints, type NodeTopology, categorize } from './endpoints';
import { type Endpoint, type ServicePort, isExternallyAccessible } from './service';

/** What the rules of one node are made from. */
export interface ProxyInput {
  readonly node: NodeTopology & { readonly ip: string };
  /** Pod addresses, e.g. `10.244.0.0/16`: traffic from elsewhere to a ClusterIP is masqueraded. */
  readonly clusterCIDR: string;
  readonly ports: readonly ServicePort[];
}

const MARK_MASQ: Target = { kind: 'jump', chain: 'KUBE-MARK-MASQ' };
const REJECT: Target = { kind: 'REJECT', with: 'icmp-port-unreachable' };
const DROP: Target = { kind: 'DROP' };
const comment = (text: string): Match => ({ module: 'comment', comment: text });
const jump = (chain: string): Target => ({ kind: 'jump', chain });
const exactly = (port: number) => ({ value: { from: port, to: port } });
const local = { value: 'LOCAL' } as const;

/**
 * The nat and filter tables that kube-proxy 1.36 writes on one node in iptables mode. Pure: same input, same rules.
 * kube-proxy: pkg/proxy/iptables/proxier.go, syncProxyRules
 */
export function iptablesRules(input: ProxyInput): [nat: Table, filter: Table] {
  const nat = baseNat();
  const filter = baseFilter();
  const pods = prefix(input.clusterCIDR);
  for (const port of input.ports) writeServicePort(nat, filter, port, categorize(port, input.node), pods, input.node.ip);
  nat.chain('KUBE-SERVICES').append({
    matches: [
      comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain'),
      { module: 'addrtype', destinationType: local },
    ],
    target: jump('KUBE-NODEPORTS'),
  });
  return [nat, filter];
}

function writeServicePort(
  nat: Table,
  filter: Table,
  port: ServicePort,
  endpoints: Endpoints,
  pods: Prefix,
  nodeIP: string,
): void {
  const { name, protocol } = port;
  const clusterChain = serviceChain('SVC', name, protocol);
  const localChain = serviceChain('SVL', name, protocol);
  const externalChain = serviceChain('EXT', name, protocol);
  const firewallChain = serviceChain('FW', name, protocol);
  const external = isExternallyAccessible(port);

  const internalPolicyChain = port.internalLocal ? localChain : clusterChain;
  const externalPolicyChain = port.externalLocal ? localChain : clusterChain;
  const hasInternal = endpoints.any && (port.internalLocal ? endpoints.local : endpoints.cluster).length > 0;
  const hasExternal = endpoints.any && (port.externalLocal ? endpoints.local : endpoints.cluster).length > 0;
  const usesFirewall = endpoints.any && port.vips.length > 0 && port.sourceRanges.length > 0;

  /** `-d ADDRESS -p tcp -m comment ... -m tcp --dport PORT` */
  const to = (ip: string, text: string, number = port.port): Rule => ({
    destination: { value: prefix(ip) },
    protocol: { value: protocol },
    matches: [comment(text), { module: protocol, destinationPort: exactly(number) }],
  });
  const services = nat.chain('KUBE-SERVICES');
  const refusal = (has: boolean): [Target, string] | undefined =>
    !endpoints.any ? [REJECT, `${name} has no endpoints`] : has ? undefined : [DROP, `${name} has no local endpoints`];

  const internalRefusal = refusal(hasInternal);
  if (internalRefusal)
    filter.chain('KUBE-SERVICES').append({ ...to(port.clusterIP, internalRefusal[1]), target: internalRefusal[0] });
  else services.append({ ...to(port.clusterIP, `${name} cluster IP`), target: jump(internalPolicyChain) });

  const externalRefusal = refusal(hasExternal);
  const refuse = filter.chain('KUBE-EXTERNAL-SERVICES');
  for (const ip of port.externalIPs) {
    if (endpoints.any) services.append({ ...to(ip, `${name} external IP`), target: jump(externalChain) });
    if (externalRefusal) refuse.append({ ...to(ip, externalRefusal[1]), target: externalRefusal[0] });
  }
  for (const ip of port.vips) {
    if (endpoints.any)
      services.append({ ...to(ip, `${name} loadbalancer IP`), target: jump(usesFirewall ? firewallChain : externalChain) });
    if (usesFirewall) {
      const text = `${name} traffic not accepted by ${firewallChain}`;
      filter.chain('KUBE-PROXY-FIREWALL').append({ ...to(ip, text), target: DROP });
    }
    if (externalRefusal) refuse.append({ ...to(ip, externalRefusal[1]), target: externalRefusal[0] });
  }
  if (port.nodePort !== 0) {
    if (endpoints.any) writeNodePort(nat.chain('KUBE-NODEPORTS'), port, externalChain);
    if (externalRefusal) {
      refuse.append({
        protocol: { value: protocol },
        matches: [
          comment(externalRefusal[1]),
          { module: 'addrtype', destinationType: local },
          { module: protocol, destinationPort: exactly(port.nodePort) },
        ],
        target: externalRefusal[0],
      });
    }
  }
  writeHealthCheck(filter.chain('KUBE-NODEPORTS'), port);

  if (hasInternal) {
    const rule = to(port.clusterIP, `${name} cluster IP`);
    nat.chain(internalPolicyChain).append({ source: { value: pods, negated: true }, ...rule, target: MARK_MASQ });
  }
  if (endpoints.any && external) {
    writeExternalChain(nat.chain(externalChain), port, pods, clusterChain, hasExternal ? externalPolicyChain : undefined);
  }
  if (usesFirewall) writeFirewallChain(nat.chain(firewallChain), port, externalChain, nodeIP);
  if (endpoints.cluster.length > 0) writePolicyChain(nat.chain(clusterChain), port, endpoints.cluster);
  if (endpoints.local.length > 0) writePolicyChain(nat.chain(localChain), port, endpoints.local);
  for (const endpoint of endpoints.reachable) writeEndpointChain(nat, port, endpoint);
}

function writeNodePort(chain: Chain, port: ServicePort, target: string): void {
  const protocol = { value: port.protocol };
  const match: Match[] = [comment(port.name), { module: port.protocol, destinationPort: exactly(port.nodePort) }];
  // Counts who still uses node ports through 127.0.0.1.
  const counted: Match = { module: 'nfacct', name: 'localhost_nps_accepted_pkts' };
  chain.append({ destination: { value: LOOPBACK }, protocol, matches: [...match, counted], target: jump(target) });
  chain.append({ protocol, matches: match, target: jump(target) });
}

/** The health check port belongs to the Service, not to each of its ports: one rule. */
function writeHealthCheck(chain: Chain, port: ServicePort): void {
  if (port.healthCheckNodePort === 0) return;
  const text = `${port.namespace}/${port.service} health check node port`;
  if (chain.rules.some((r) => r.matches[0]?.module === 'comment' && r.matches[0].comment === text)) return;
  chain.append({
    protocol: { value: 'tcp' },
    matches: [comment(text), { module: 'tcp', destinationPort: exactly(port.healthCheckNodePort) }],
    target: { kind: 'ACCEPT' },
  });
}

/** `KUBE-EXT-…`: what comes from outside the cluster, before it is balanced. */
function writeExternalChain(chain: Chain, port: ServicePort, pods: Prefix, clusterChain: string, policyChain?: string): void {
  const destinations = `${port.name} external destinations`;
  if (port.externalLocal) {
    const fromHere: Match = { module: 'addrtype', sourceType: local };
    chain.append({
      source: { value: pods },
      matches: [comment(`pod traffic for ${destinations}`)],
      target: jump(clusterChain),
    });
    chain.append({ matches: [comment(`masquerade LOCAL traffic for ${destinations}`), fromHere], target: MARK_MASQ });
    chain.append({ matches: [comment(`route LOCAL traffic for ${destinations}`), fromHere], target: jump(clusterChain) });
  } else {
    chain.append({ matches: [comment(`masquerade traffic for ${destinations}`)], target: MARK_MASQ });
  }
  if (policyChain) chain.append({ matches: [], target: jump(policyChain) });
}

/** `KUBE-FW-…`: loadBalancerSourceRanges. What falls through is dropped by KUBE-PROXY-FIREWALL. */
function writeFirewallChain(chain: Chain, port: ServicePort, externalChain: string, nodeIP: string): void {
  const allow = (source: Prefix) =>
    chain.append({ source: { value: source }, matches: [comment(`${port.name} loadbalancer IP`)], target: jump(externalChain) });
  let allowsNode = false;
  for (const range of port.sourceRanges) {
    const block = prefix(range);
    allow(block);
    allowsNode ||= contains(block, address(nodeIP));
  }
  // A node that holds the VIP itself calls with the VIP as source.
  if (allowsNode) for (const ip of port.vips) allow(prefix(ip));
  chain.append({ matches: [comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`)] });
}

/** `KUBE-SVC-…` or `KUBE-SVL-…`: first clients that stick to an endpoint, then a fair draw. kube-proxy: writeServiceToEndpointRules */
function writePolicyChain(chain: Chain, port: ServicePort, endpoints: readonly Endpoint[]): void {
  const arrow = (endpoint: Endpoint) => comment(`${port.name} -> ${endpoint.text}`);
  const chainOf = (endpoint: Endpoint) => endpointChain(port.name, port.protocol, endpoint.text);
  if (port.affinitySeconds !== undefined) {
    for (const endpoint of endpoints) {
      const name = chainOf(endpoint);
      const recent: Match = {
        module: 'recent',
        action: 'rcheck',
        seconds: port.affinitySeconds,
        reap: true,
        name,
        mask: '255.255.255.255',
      };
      chain.append({ matches: [arrow(endpoint), recent], target: jump(name) });
    }
  }
  endpoints.forEach((endpoint, i) => {
    const left = endpoints.length - i;
    // kube-proxy hands iptables ten decimals.
    const draw: Match[] = left > 1 ? [{ module: 'statistic', probability: probability(Number((1 / left).toFixed(10))) }] : [];
    chain.append({ matches: [arrow(endpoint), ...draw], target: jump(chainOf(endpoint)) });
  });
}

/** `KUBE-SEP-…`: one endpoint. A pod that reaches itself is masqueraded, or it would answer itself past the node. */
function writeEndpointChain(nat: Table, port: ServicePort, endpoint: Endpoint): void {
  const name = endpointChain(port.name, port.protocol, endpoint.text);
  const chain = nat.chain(name);
  const own: Negatable<Prefix> = { value: prefix(endpoint.ip) };
  chain.append({ source: own, matches: [comment(port.name)], target: MARK_MASQ });
  const stick: Match[] =
    port.affinitySeconds === undefined ? [] : [{ module: 'recent', action: 'set', name, mask: '255.255.255.255' }];
  chain.append({
    protocol: { value: port.protocol },
    matches: [comment(port.name), ...stick, { module: port.protocol }],
    target: { kind: 'DNAT', to: { address: address(endpoint.ip), port: endpoint.port } },
  });
}
