import { address, prefix } from '../linux/address';
import { addressSet } from '../linux/nft-address';
import { type NftChain, NftSet, NftTable } from '../linux/nft-table';
import { parseNftTable } from '../linux/nft-text';

/**
 * The table of a node without Services, but for three things that differ between nodes and clusters.
 * kube-proxy: pkg/proxy/nftables/proxier.go, setupNFTables
 */
const BASE = `
table ip kube-proxy {
	comment "rules for kube-proxy"
	set hairpin-connections {
		type ipv4_addr . ipv4_addr . inet_proto . inet_service
		comment "service hairpin connections"
	}

	set cluster-ips {
		type ipv4_addr
		comment "Active ClusterIPs"
	}

	set nodeport-ips {
		type ipv4_addr
		comment "IPs that accept NodePort traffic"
	}

	map no-endpoint-services {
		type ipv4_addr . inet_proto . inet_service : verdict
		comment "vmap to drop or reject packets to services with no endpoints"
	}

	map no-endpoint-nodeports {
		type inet_proto . inet_service : verdict
		comment "vmap to drop or reject packets to service nodeports with no endpoints"
	}

	map firewall-ips {
		type ipv4_addr . inet_proto . inet_service : verdict
		comment "destinations that are subject to LoadBalancerSourceRanges"
	}

	map service-ips {
		type ipv4_addr . inet_proto . inet_service : verdict
		comment "ClusterIP, ExternalIP and LoadBalancer IP traffic"
	}

	map service-nodeports {
		type inet_proto . inet_service : verdict
		comment "NodePort traffic"
	}

	chain filter-prerouting-pre-dnat {
		type filter hook prerouting priority dstnat - 10; policy accept;
		ct state new jump firewall-check
	}

	chain filter-output-pre-dnat {
		type filter hook output priority -110; policy accept;
		ct state new jump firewall-check
	}

	chain filter-input {
		type filter hook input priority filter; policy accept;
		ct state new jump nodeport-endpoints-check
		ct state new jump service-endpoints-check
	}

	chain filter-forward {
		type filter hook forward priority filter; policy accept;
		ct state new jump service-endpoints-check
		ct state new jump cluster-ips-check
	}

	chain filter-output {
		type filter hook output priority filter; policy accept;
		ct state new jump service-endpoints-check
		ct state new jump cluster-ips-check
	}

	chain nat-prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		jump services
	}

	chain nat-output {
		type nat hook output priority -100; policy accept;
		jump services
	}

	chain nat-postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		jump masquerading
	}

	chain nodeport-endpoints-check {
		ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports
	}

	chain service-endpoints-check {
		ip daddr . meta l4proto . th dport vmap @no-endpoint-services
	}

	chain firewall-check {
		ip daddr . meta l4proto . th dport vmap @firewall-ips
	}

	chain services {
		ip daddr @cluster-ips ip saddr != 0.0.0.0/0 meta mark set meta mark | 0x00004000 comment "masquerade clusterIP traffic from outside cluster"
		ip daddr . meta l4proto . th dport vmap @service-ips
		ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
	}

	chain masquerading {
		meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random
		ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random
	}

	chain cluster-ips-check {
		ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"
		ip daddr 0.0.0.0/0 drop comment "Drop traffic to unallocated ClusterIPs"
	}

	chain reject-chain {
		comment "helper for @no-endpoint-services / @no-endpoint-nodeports"
		reject
	}
}
`;

/** Read when a node first has such rules. */
let base: NftTable | undefined;

export interface BaseInput {
  /** Pod addresses: what comes from elsewhere to a ClusterIP is masqueraded. */
  readonly clusterCIDR: string;
  /** Addresses that Services may get. */
  readonly serviceCIDR: string;
  readonly nodeIP: string;
}

/** A kube-proxy table as on a node without Services. */
export function baseTable({ clusterCIDR, serviceCIDR, nodeIP }: BaseInput): NftTable {
  base ??= parseNftTable(BASE);
  const table = new NftTable(base.name, base.comment);
  for (const set of base.sets.values()) table.sets.set(set.name, new NftSet(set.name, set.types, set.options));
  for (const chain of base.chains.values()) table.chains.set(chain.name, chain);
  table.chains.set('services', withAddresses(base.chain('services'), 'ip saddr', clusterCIDR));
  table.chains.set('cluster-ips-check', withAddresses(base.chain('cluster-ips-check'), 'ip daddr', serviceCIDR));
  table.set('nodeport-ips').add({ key: [address(nodeIP)] });
  return table;
}

/** The chain with a block put in where it compares that field with one. */
function withAddresses(chain: NftChain, field: 'ip saddr' | 'ip daddr', block: string): NftChain {
  const among = addressSet([prefix(block)]);
  const rules = chain.rules.map((rule) => ({
    ...rule,
    statements: rule.statements.map((s) => (s.kind === 'address' && s.field === field ? { ...s, among } : s)),
  }));
  return { ...chain, rules };
}
