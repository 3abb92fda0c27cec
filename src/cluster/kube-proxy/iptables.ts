import { prefix } from '../linux/address';
import type { Table } from '../linux/table';
import { baseFilter, baseNat } from './base-rules';
import { type NodeTopology, categorize } from './endpoints';
import type { ServicePort } from './service';
import { RuleCache } from './rule-cache';
import { serviceRules } from './service-rules';

/** What the rules of one node are made from. */
export interface ProxyInput {
  readonly node: NodeTopology & { readonly ip: string };
  /** Pod addresses, e.g. `10.244.0.0/16`: traffic from elsewhere to a ClusterIP is masqueraded. */
  readonly clusterCIDR: string;
  readonly ports: readonly ServicePort[];
}

const known = new RuleCache(
  ({ node, clusterCIDR }, port) => serviceRules(port, categorize(port, node), prefix(clusterCIDR), node.ip),
  dependsOnNode,
);

/**
 * The nat and filter tables that kube-proxy 1.36 writes on one node in iptables mode. Pure: same input, same rules.
 * kube-proxy: pkg/proxy/iptables/proxier.go, syncProxyRules
 */
export function iptablesRules(input: ProxyInput): [nat: Table, filter: Table] {
  const nat = baseNat();
  const filter = baseFilter();
  const healthChecked = new Set<string>();
  for (const port of input.ports) {
    const { chains, shared } = known.rulesFor(port, input);
    for (const { name, rules } of chains) nat.chain(name).rewrite(rules);
    for (const { table, chain, rule } of shared) {
      if (table === 'filter' && chain === 'KUBE-NODEPORTS') {
        // The health check port belongs to the Service, not to each of its ports.
        const service = `${port.namespace}/${port.service}`;
        if (healthChecked.has(service)) continue;
        healthChecked.add(service);
      }
      (table === 'nat' ? nat : filter).chain(chain).append(rule);
    }
  }
  nat.chain('KUBE-SERVICES').append({
    matches: [
      { module: 'comment', comment: 'kubernetes service nodeports; NOTE: this must be the last rule in this chain' },
      { module: 'addrtype', destinationType: { value: 'LOCAL' } },
    ],
    target: { kind: 'jump', chain: 'KUBE-NODEPORTS' },
  });
  return [nat, filter];
}

/** Do two nodes get different rules for this port? */
function dependsOnNode(port: ServicePort): boolean {
  return (
    port.internalLocal || port.externalLocal || port.sourceRanges.length > 0 || port.endpoints.some((e) => e.zones ?? e.nodes)
  );
}
