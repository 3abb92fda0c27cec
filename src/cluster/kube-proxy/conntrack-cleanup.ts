import { formatAddress } from '../linux/address';
import type { Conntrack } from '../linux/conntrack';
import type { ServicePort } from './service';

/**
 * Forgets UDP flows whose endpoint left their Service: datagrams on the same source port then reach another one. TCP connections and
 * flows to Services that are gone stay. kube-proxy: pkg/proxy/conntrack/cleanup.go, CleanStaleEntries
 */
export function removeStaleFlows(table: Conntrack, ports: readonly ServicePort[]): void {
  const byAddress = new Map<string, Set<string>>();
  for (const port of ports) {
    if (port.protocol !== 'udp') continue;
    const backends = new Set(port.endpoints.filter((e) => e.ready || e.serving).map((e) => e.text));
    for (const ip of [port.clusterIP, ...port.externalIPs, ...port.vips]) byAddress.set(`${ip}:${port.port}`, backends);
    if (port.nodePort !== 0) byAddress.set(`:${port.nodePort}`, backends);
  }
  if (byAddress.size === 0) return;
  table.removeIf((entry) => {
    if (entry.protocol !== 'UDP') return false;
    const { destination, destinationPort } = entry.original;
    const backends = byAddress.get(`${formatAddress(destination)}:${destinationPort}`) ?? byAddress.get(`:${destinationPort}`);
    return backends !== undefined && !backends.has(`${formatAddress(entry.reply.source)}:${entry.reply.sourcePort}`);
  });
}
