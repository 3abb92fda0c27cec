import type { Rule } from '../linux/rule';
import { parseRule } from '../linux/rule-text';

/**
 * The chains and rules that kube-proxy and the kubelet keep on every node whatever the Services are.
 * kube-proxy: pkg/proxy/iptables/proxier.go, iptablesJumpChains; kubelet: pkg/kubelet, syncIptablesUtilChains
 */
const NAT_CHAINS = ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ', 'KUBE-PROXY-CANARY'];
const FILTER_CHAINS = [
  'KUBE-SERVICES',
  'KUBE-EXTERNAL-SERVICES',
  'KUBE-FORWARD',
  'KUBE-NODEPORTS',
  'KUBE-PROXY-FIREWALL',
  'KUBE-PROXY-CANARY',
  'KUBE-FIREWALL',
];

const NAT_RULES = `
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
`;

const FILTER_RULES = `
-A INPUT -j KUBE-FIREWALL
-A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
-A INPUT -m comment --comment "kubernetes health check service ports" -j KUBE-NODEPORTS
-A INPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES
-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD
-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes externally-visible service portals" -j KUBE-EXTERNAL-SERVICES
-A OUTPUT -j KUBE-FIREWALL
-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
-A OUTPUT -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment "block incoming localnet connections" -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
-A KUBE-FORWARD -m conntrack --ctstate INVALID -m nfacct --nfacct-name  ct_state_invalid_dropped_pkts -j DROP
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
`;

const parsed = (text: string): readonly { chain: string; rule: Rule }[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRule);

const natRules = parsed(NAT_RULES);
const filterRules = parsed(FILTER_RULES);

/** What stands in each chain of a table: `PREROUTING` and its like have the rules that jump into kube-proxy's chains. */
function byChain(
  chains: readonly string[],
  rules: readonly { chain: string; rule: Rule }[],
): ReadonlyMap<string, readonly Rule[]> {
  const made = new Map<string, Rule[]>(chains.map((name) => [name, []]));
  for (const { chain, rule } of rules) made.set(chain, [...(made.get(chain) ?? []), rule]);
  return made;
}

/** Chains of the nat table on a node without Services, and their rules. */
export const NAT_BASE = byChain(NAT_CHAINS, natRules);

/** The same of the filter table. */
export const FILTER_BASE = byChain(FILTER_CHAINS, filterRules);

/** A chain that is there to be missed: when it is gone, somebody flushed the tables. */
export const CANARY = 'KUBE-PROXY-CANARY';
