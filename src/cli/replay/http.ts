import type { Cluster } from '../../cluster/cluster';
import { respond } from '../../cluster/kubelet/images';

/** One HTTP GET: what `@http` records. */
export function httpProbe(cluster: Cluster, from: string, target: string): { status: number; body: string } | { error: string } {
  const [, address = '', port = '80', path = '/'] = /^([^:/]+)(?::(\d+))?(\/.*)?$/.exec(target) ?? [];
  const result = cluster.network.connect({ from, protocol: 'TCP', address, port: Number(port), trace: false });
  if (!result.app) return { error: result.outcome };
  const peer = `${result.sourceSeen ?? ''}:${result.sourcePortSeen ?? 0}`;
  const response = respond(result.app, { method: 'GET', path, host: `${address}:${port}`, headers: {}, peer });
  return response ? { status: response.status, body: response.body } : { error: 'no HTTP' };
}
