import { type Prefix, LOOPBACK, address, contains, prefix } from '../linux/address';
import type { Match, Negatable, Rule, Target } from '../linux/rule';
import { probability } from '../linux/rule-text';
import { endpointChain, serviceChain } from './chain-names';
import type { Endpoints } from './endpoints';
import { type Endpoint, type ServicePort, isExternallyAccessible } from './service';

/** What one Service port adds to a node's tables: chains of its own, and rules in chains that all Services share. */
export interface ServiceRules {
  /** KUBE-SVC, KUBE-SVL, KUBE-EXT, KUBE-FW and KUBE-SEP chains of the nat table. */
  readonly chains: readonly ChainRules[];
  readonly shared: readonly SharedRule[];
}

interface ChainRules {
  readonly name: string;
  readonly rules: readonly Rule[];
}

export interface SharedRule {
  readonly table: 'nat' | 'filter';
  readonly chain: 'KUBE-SERVICES' | 'KUBE-NODEPORTS' | 'KUBE-EXTERNAL-SERVICES' | 'KUBE-PROXY-FIREWALL';
  readonly rule: Rule;
}

const MARK_MASQ: Target = { kind: 'jump', chain: 'KUBE-MARK-MASQ' };
const REJECT: Target = { kind: 'REJECT', with: 'icmp-port-unreachable' };
const DROP: Target = { kind: 'DROP' };
const comment = (text: string): Match => ({ module: 'comment', comment: text });
const jump = (chain: string): Target => ({ kind: 'jump', chain });
const exactly = (port: number) => ({ value: { from: port, to: port } });
const local = { value: 'LOCAL' } as const;

/**
 * The rules of one Service port for the endpoints that a node uses. `pods`: pod addresses of the cluster.
 * kube-proxy: pkg/proxy/iptables/proxier.go, the loop over services in syncProxyRules
 */
export function serviceRules(port: ServicePort, endpoints: Endpoints, pods: Prefix, nodeIP: string): ServiceRules {
  const { name, protocol } = port;
  const clusterChain = serviceChain('SVC', name, protocol);
  const localChain = serviceChain('SVL', name, protocol);
  const externalChain = serviceChain('EXT', name, protocol);
  const firewallChain = serviceChain('FW', name, protocol);

  const internalPolicyChain = port.internalLocal ? localChain : clusterChain;
  const externalPolicyChain = port.externalLocal ? localChain : clusterChain;
  const hasInternal = endpoints.any && (port.internalLocal ? endpoints.local : endpoints.cluster).length > 0;
  const hasExternal = endpoints.any && (port.externalLocal ? endpoints.local : endpoints.cluster).length > 0;
  const usesFirewall = endpoints.any && port.vips.length > 0 && port.sourceRanges.length > 0;

  const shared: SharedRule[] = [];
  const nat = (chain: SharedRule['chain'], rule: Rule) => shared.push({ table: 'nat', chain, rule });
  const filter = (chain: SharedRule['chain'], rule: Rule) => shared.push({ table: 'filter', chain, rule });
  const to = (ip: string, text: string) => toAddress(port, ip, text);
  const refusal = (has: boolean): [Target, string] | undefined =>
    !endpoints.any ? [REJECT, `${name} has no endpoints`] : has ? undefined : [DROP, `${name} has no local endpoints`];

  const internalRefusal = refusal(hasInternal);
  if (internalRefusal) filter('KUBE-SERVICES', { ...to(port.clusterIP, internalRefusal[1]), target: internalRefusal[0] });
  else nat('KUBE-SERVICES', { ...to(port.clusterIP, `${name} cluster IP`), target: jump(internalPolicyChain) });

  const externalRefusal = refusal(hasExternal);
  const refuse = (ip: string) => {
    if (externalRefusal) filter('KUBE-EXTERNAL-SERVICES', { ...to(ip, externalRefusal[1]), target: externalRefusal[0] });
  };
  for (const ip of port.externalIPs) {
    if (endpoints.any) nat('KUBE-SERVICES', { ...to(ip, `${name} external IP`), target: jump(externalChain) });
    refuse(ip);
  }
  for (const ip of port.vips) {
    const target = jump(usesFirewall ? firewallChain : externalChain);
    if (endpoints.any) nat('KUBE-SERVICES', { ...to(ip, `${name} loadbalancer IP`), target });
    if (usesFirewall)
      filter('KUBE-PROXY-FIREWALL', { ...to(ip, `${name} traffic not accepted by ${firewallChain}`), target: DROP });
    refuse(ip);
  }
  if (port.nodePort !== 0) {
    if (endpoints.any) for (const rule of nodePortRules(port, externalChain)) nat('KUBE-NODEPORTS', rule);
    if (externalRefusal) filter('KUBE-EXTERNAL-SERVICES', nodePortRefusal(port, ...externalRefusal));
  }
  if (port.healthCheckNodePort !== 0) filter('KUBE-NODEPORTS', healthCheckRule(port));

  const chains = new Map<string, Rule[]>();
  const chain = (wanted: string): Rule[] => {
    const made = chains.get(wanted) ?? [];
    chains.set(wanted, made);
    return made;
  };
  if (hasInternal) {
    const rule = to(port.clusterIP, `${name} cluster IP`);
    chain(internalPolicyChain).push({ source: { value: pods, negated: true }, ...rule, target: MARK_MASQ });
  }
  if (endpoints.any && isExternallyAccessible(port)) {
    writeExternalChain(chain(externalChain), port, pods, clusterChain, hasExternal ? externalPolicyChain : undefined);
  }
  if (usesFirewall) writeFirewallChain(chain(firewallChain), port, externalChain, nodeIP);
  if (endpoints.cluster.length > 0) writePolicyChain(chain(clusterChain), port, endpoints.cluster);
  if (endpoints.local.length > 0) writePolicyChain(chain(localChain), port, endpoints.local);
  for (const endpoint of endpoints.reachable) {
    const own = endpointChain(name, protocol, endpoint.text);
    writeEndpointChain(chain(own), own, port, endpoint);
  }
  return { chains: [...chains].map(([own, rules]) => ({ name: own, rules })), shared };
}

/** `-d ADDRESS -p tcp -m comment … -m tcp --dport PORT` */
function toAddress(port: ServicePort, ip: string, text: string): Rule {
  return {
    destination: { value: prefix(ip) },
    protocol: { value: port.protocol },
    matches: [comment(text), { module: port.protocol, destinationPort: exactly(port.port) }],
  };
}

function nodePortRules(port: ServicePort, target: string): Rule[] {
  const protocol = { value: port.protocol };
  const match: Match[] = [comment(port.name), { module: port.protocol, destinationPort: exactly(port.nodePort) }];
  // Counts who still uses node ports through 127.0.0.1.
  const counted: Match = { module: 'nfacct', name: 'localhost_nps_accepted_pkts' };
  return [
    { destination: { value: LOOPBACK }, protocol, matches: [...match, counted], target: jump(target) },
    { protocol, matches: match, target: jump(target) },
  ];
}

function nodePortRefusal(port: ServicePort, target: Target, text: string): Rule {
  return {
    protocol: { value: port.protocol },
    matches: [
      comment(text),
      { module: 'addrtype', destinationType: local },
      { module: port.protocol, destinationPort: exactly(port.nodePort) },
    ],
    target,
  };
}

function healthCheckRule(port: ServicePort): Rule {
  return {
    protocol: { value: 'tcp' },
    matches: [
      comment(`${port.name} health check node port`),
      { module: 'tcp', destinationPort: exactly(port.healthCheckNodePort) },
    ],
    target: { kind: 'ACCEPT' },
  };
}

/** `KUBE-EXT-…`: what comes from outside the cluster, before it is balanced. */
function writeExternalChain(chain: Rule[], port: ServicePort, pods: Prefix, clusterChain: string, policyChain?: string): void {
  const destinations = `${port.name} external destinations`;
  if (port.externalLocal) {
    const fromHere: Match = { module: 'addrtype', sourceType: local };
    chain.push({
      source: { value: pods },
      matches: [comment(`pod traffic for ${destinations}`)],
      target: jump(clusterChain),
    });
    chain.push({ matches: [comment(`masquerade LOCAL traffic for ${destinations}`), fromHere], target: MARK_MASQ });
    chain.push({ matches: [comment(`route LOCAL traffic for ${destinations}`), fromHere], target: jump(clusterChain) });
  } else {
    chain.push({ matches: [comment(`masquerade traffic for ${destinations}`)], target: MARK_MASQ });
  }
  if (policyChain) chain.push({ matches: [], target: jump(policyChain) });
}

/** `KUBE-FW-…`: loadBalancerSourceRanges. What falls through is dropped by KUBE-PROXY-FIREWALL. */
function writeFirewallChain(chain: Rule[], port: ServicePort, externalChain: string, nodeIP: string): void {
  const allow = (source: Prefix) =>
    chain.push({ source: { value: source }, matches: [comment(`${port.name} loadbalancer IP`)], target: jump(externalChain) });
  let allowsNode = false;
  for (const range of port.sourceRanges) {
    const block = prefix(range);
    allow(block);
    allowsNode ||= contains(block, address(nodeIP));
  }
  // A node that holds the VIP itself calls with the VIP as source.
  if (allowsNode) for (const ip of port.vips) allow(prefix(ip));
  chain.push({ matches: [comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`)] });
}

/** `KUBE-SVC-…` or `KUBE-SVL-…`: first clients that stick to an endpoint, then a fair draw. kube-proxy: writeServiceToEndpointRules */
function writePolicyChain(chain: Rule[], port: ServicePort, endpoints: readonly Endpoint[]): void {
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
      chain.push({ matches: [arrow(endpoint), recent], target: jump(name) });
    }
  }
  endpoints.forEach((endpoint, i) => {
    const left = endpoints.length - i;
    // kube-proxy hands iptables ten decimals.
    const draw: Match[] = left > 1 ? [{ module: 'statistic', probability: probability(Number((1 / left).toFixed(10))) }] : [];
    chain.push({ matches: [arrow(endpoint), ...draw], target: jump(chainOf(endpoint)) });
  });
}

/** `KUBE-SEP-…`: one endpoint. A pod that reaches itself is masqueraded, or it would answer itself past the node. */
function writeEndpointChain(chain: Rule[], name: string, port: ServicePort, endpoint: Endpoint): void {
  const own: Negatable<Prefix> = { value: prefix(endpoint.ip) };
  chain.push({ source: own, matches: [comment(port.name)], target: MARK_MASQ });
  const stick: Match[] =
    port.affinitySeconds === undefined ? [] : [{ module: 'recent', action: 'set', name, mask: '255.255.255.255' }];
  chain.push({
    protocol: { value: port.protocol },
    matches: [comment(port.name), ...stick, { module: port.protocol }],
    target: { kind: 'DNAT', to: { address: address(endpoint.ip), port: endpoint.port } },
  });
}
