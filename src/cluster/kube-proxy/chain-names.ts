import { sha256 } from '@noble/hashes/sha2.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const hashes = new Map<string, string>();

/** The first 16 characters of the base32 SHA-256 of a text: what kube-proxy puts behind `KUBE-SVC-` and its like. */
function hash(text: string): string {
  let name = hashes.get(text);
  if (name !== undefined) return name;
  const digest = sha256(new TextEncoder().encode(text));
  name = '';
  for (let i = 0; i < 10; i += 5) {
    // 5 bytes are 8 characters of 5 bits.
    let bits = 0n;
    for (let j = 0; j < 5; j++) bits = (bits << 8n) | BigInt(digest[i + j]!);
    for (let shift = 35n; shift >= 0n; shift -= 5n) name += BASE32[Number((bits >> shift) & 31n)];
  }
  hashes.set(text, name);
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
