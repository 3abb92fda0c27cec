import { sha256 } from '@noble/hashes/sha2.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Names of that many chains are remembered. */
const MAX_KNOWN = 250_000;
const known = new Map<string, string>();

/** The first 16 characters of the base32 SHA-256 of a text: what kube-proxy puts behind `KUBE-SVC-` and its like. */
function hash(text: string): string {
  let name = known.get(text);
  if (name !== undefined) return name;
  const digest = sha256(new TextEncoder().encode(text));
  name = '';
  let bits = 0;
  let have = 0;
  for (let i = 0; i < 10; i++) {
    bits = ((bits << 8) | digest[i]!) & 0xfff;
    for (have += 8; have >= 5; have -= 5) name += BASE32[(bits >> (have - 5)) & 31]!;
  }
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, name);
  return name;
}

/** `KUBE-SVC-…`, `KUBE-SVL-…`, `KUBE-EXT-…` or `KUBE-FW-…` of a Service port. kube-proxy: pkg/proxy/iptables, portProtoHash */
export function serviceChain(kind: 'SVC' | 'SVL' | 'EXT' | 'FW', servicePortName: string, protocol: string): string {
  return `KUBE-${kind}-${hash(servicePortName + protocol)}`;
}

/** `KUBE-SEP-…` of one endpoint of a Service port. kube-proxy: pkg/proxy/iptables, servicePortEndpointChainName */
export function endpointChain(servicePortName: string, protocol: string, endpoint: string): string {
  return `KUBE-SEP-${hash(servicePortName + protocol + endpoint)}`;
}

/** Linux: NFT_NAME_MAXLEN; kube-proxy keeps 16 for what stands before the name. */
const NFT_NAME_LENGTH = 256 - 16;

/**
 * What follows `service-`, `external-`, `endpoint-` … in nftables mode: the beginning of the text's hash, and the text.
 * kube-proxy: pkg/proxy/nftables, hashAndTruncate
 */
export function nftName(text: string): string {
  const name = `${hash(text).slice(0, 8)}-${text}`;
  return name.length <= NFT_NAME_LENGTH ? name : `${name.slice(0, NFT_NAME_LENGTH - 3)}...`;
}
