import type { Chain, RuleLine } from './ruleset';

/** Chain and text of the rules that kube-proxy, the kubelet and the CNI write; the first that fits names the kind. */
const kinds = [
  // iptables: kube-proxy's pkg/proxy/iptables, syncProxyRules
  ['portals', /^(PREROUTING|OUTPUT)$/, /"kubernetes service portals" -j KUBE-SERVICES$/],
  ['postrouting', /^POSTROUTING$/, /-j KUBE-POSTROUTING$/],
  ['cni', /^POSTROUTING$/, /-j CNI-MASQ$/],
  ['cni', /^CNI-MASQ$/, /./],
  ['filterEntry', /^(INPUT|FORWARD|OUTPUT)$/, /-j KUBE-/],
  ['noEndpoints', /^KUBE-(SERVICES|EXTERNAL-SERVICES)$/, / has no endpoints"/],
  ['noLocalEndpoints', /^KUBE-(SERVICES|EXTERNAL-SERVICES)$/, / has no local endpoints"/],
  ['nodePortGate', /^KUBE-SERVICES$/, /-j KUBE-NODEPORTS$/],
  ['clusterIP', /^KUBE-SERVICES$/, / cluster IP"/],
  ['externalIP', /^KUBE-SERVICES$/, / external IP"/],
  ['loadBalancerIP', /^KUBE-SERVICES$/, / loadbalancer IP"/],
  ['healthCheck', /^KUBE-NODEPORTS$/, / health check node port"/],
  ['loopback', /^KUBE-NODEPORTS$/, /-d 127\.0\.0\.0\/8 /],
  ['nodePort', /^KUBE-NODEPORTS$/, /--dport/],
  ['localPods', /^KUBE-EXT-/, /"pod traffic for /],
  ['localMasquerade', /^KUBE-EXT-/, /"masquerade LOCAL traffic/],
  ['localRoute', /^KUBE-EXT-/, /"route LOCAL traffic/],
  ['masqueradeOutside', /^KUBE-EXT-/, /"masquerade traffic for /],
  ['toLocal', /^KUBE-EXT-/, /-j KUBE-SVL-/],
  ['toCluster', /^KUBE-EXT-/, /-j KUBE-SVC-/],
  ['sourceRange', /^KUBE-FW-/, /-j KUBE-EXT-/],
  ['sourceRangeRest', /^KUBE-FW-/, /./],
  ['sourceRangeDrop', /^KUBE-PROXY-FIREWALL$/, /-j DROP$/],
  ['masqueradeClusterIP', /^KUBE-SV[CL]-/, /-j KUBE-MARK-MASQ$/],
  ['sticky', /^KUBE-SV[CL]-/, /-m recent --rcheck/],
  ['spread', /^KUBE-SV[CL]-/, /-j KUBE-SEP-/],
  ['hairpin', /^KUBE-SEP-/, /-j KUBE-MARK-MASQ$/],
  ['dnatSticky', /^KUBE-SEP-/, /-m recent --set .*-j DNAT/],
  ['dnat', /^KUBE-SEP-/, /-j DNAT/],
  ['mark', /^KUBE-MARK-MASQ$/, /-j MARK/],
  ['unmarked', /^KUBE-POSTROUTING$/, /-j RETURN$/],
  ['unmark', /^KUBE-POSTROUTING$/, /-j MARK/],
  ['masquerade', /^KUBE-POSTROUTING$/, /-j MASQUERADE/],
  ['forwardInvalid', /^KUBE-FORWARD$/, /--ctstate INVALID/],
  ['forwardMarked', /^KUBE-FORWARD$/, /--mark /],
  ['forwardKnown', /^KUBE-FORWARD$/, /RELATED,ESTABLISHED/],
  ['localnet', /^KUBE-FIREWALL$/, /-j DROP$/],
  // nftables: kube-proxy's pkg/proxy/nftables, setupNFTables and syncProxyRules
  ['portals', /^nat-(prerouting|output)$/, /jump services$/],
  ['postrouting', /^nat-postrouting$/, /jump masquerading$/],
  ['filterEntry', /^filter-(prerouting|output|input|forward)/, /jump /],
  ['masqueradeClusterIP', /^services$/, /meta mark set/],
  ['lookup', /^services$/, /vmap @service-ips/],
  ['nodePortGate', /^services$/, /vmap @service-nodeports/],
  ['noEndpoints', /^no-endpoint-/, /goto reject-chain/],
  ['noLocalEndpoints', /^no-endpoint-/, /: drop/],
  ['noEndpointsLookup', /-endpoints-check$/, /vmap/],
  ['externalIP', /^service-ips$/, /goto external-/],
  ['clusterIP', /^service-ips$/, /goto (service|local)-/],
  ['nodePort', /^service-nodeports$/, /goto /],
  ['nodeAddress', /^nodeport-ips$/, /elements/],
  ['clusterIPs', /^cluster-ips$/, /elements/],
  ['sourceRangeDrop', /^firewall-(check|ips)$/, /vmap|goto/],
  ['sourceRange', /^firewall-/, /drop$/],
  ['localPods', /^external-/, /"short-circuit pod traffic"/],
  ['localMasquerade', /^external-/, /"masquerade local traffic"/],
  ['localRoute', /^external-/, /"short-circuit local traffic"/],
  ['masqueradeOutside', /^external-/, /"masquerade"/],
  ['toLocal', /^external-/, /goto local-/],
  ['toCluster', /^external-/, /goto service-/],
  ['sticky', /^(service|local)-/, /@affinity-/],
  ['spread', /^(service|local)-/, /numgen random .*goto endpoint-/],
  ['spreadDnat', /^(service|local)-/, /dnat ip to numgen/],
  ['remember', /^endpoint-/, /update @affinity-/],
  ['dnat', /^endpoint-/, /dnat to/],
  ['masquerade', /^masquerading$/, /meta mark/],
  ['hairpin', /^(masquerading|hairpin-connections)$/, /hairpin-connections|elements/],
  ['unallocated', /^cluster-ips-check$/, /reject|drop/],
  ['reject', /^reject-chain$/, /^reject$/],
] as const satisfies readonly (readonly [string, RegExp, RegExp])[];

export type RuleKind = (typeof kinds)[number][0];

/** What a line is for; undefined for rules of others and for what only declares a chain. */
export function kindOf(line: RuleLine, chain: Chain): RuleKind | undefined {
  const body = line.text.startsWith('elements') || chain.kind !== 'chain' ? line.text : line.text.replace(/^-A \S+ /, '');
  return kinds.find(([, name, text]) => name.test(chain.name) && text.test(body))?.[0];
}

/** A line that declares a chain or describes it: no packet meets it. */
export const declares = ({ text }: RuleLine): boolean => /^(type|comment|flags|size|timeout|typeof|counter|policy) /.test(text);
