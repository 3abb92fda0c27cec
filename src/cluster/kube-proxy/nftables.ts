import type { NftTable } from '../linux/nft-table';
import { categorize } from './endpoints';
import type { ProxyInput } from './iptables';
import { RuleCache } from './rule-cache';
import { baseTable } from './nftables-base';
import { nftServiceRules } from './nftables-service';

/** What the rules of one node are made from in nftables mode. */
export interface NftInput extends ProxyInput {
  /** Addresses that Services may get: what is not one of theirs is dropped. */
  readonly serviceCIDR: string;
}

const known = new RuleCache(({ node, clusterCIDR }, port) => nftServiceRules(port, categorize(port, node), clusterCIDR, node));

/**
 * The table `ip kube-proxy` that kube-proxy 1.36 writes on one node in nftables mode. Pure: same input, same rules.
 * kube-proxy: pkg/proxy/nftables/proxier.go, syncProxyRules
 */
export function nftablesRules(input: NftInput): NftTable {
  const table = baseTable({ clusterCIDR: input.clusterCIDR, serviceCIDR: input.serviceCIDR, nodeIP: input.node.ip });
  for (const port of input.ports) {
    const { elements, sets, chains } = known.rulesFor(port, input);
    for (const { set, element } of elements) table.set(set).add(element);
    for (const set of sets) table.sets.set(set.name, set);
    for (const chain of chains) table.chains.set(chain.name, chain);
  }
  return table;
}
