import { ApiError } from '../../cluster/apimachinery/errors';
import type { Cluster } from '../../cluster/cluster';
import type { Outcome, Protocol } from '../../cluster/linux/trace';
import type { ConnectResult, OpenSocket } from '../../cluster/network';
import { httpProbe } from './http';
import { modeOf } from './recording';

type Result = { exit: number; stdout: string; stderr: string };

const ok = (stdout = ''): Result => ({ exit: 0, stdout, stderr: '' });
const failure = (text: string): Result => ({ exit: 1, stdout: '', stderr: text + '\n' });

/** Runs a pseudo command of a recording: a probe, a dump, or something that happens to the cluster. */
export function pseudo(cluster: Cluster, cmd: string): Result {
  const [name = '', ...args] = cmd.trim().split(/\s+/);
  const mode = modeOf(cmd);
  if (mode !== undefined) {
    if (mode !== 'iptables' && mode !== 'nftables') return failure(`this simulator does not run kube-proxy in ${mode} mode`);
    cluster.network.setProxyMode(mode);
  }
  const run = commands[name];
  return run ? run(cluster, args) : failure(`this simulator does not do ${name}`);
}

const commands: Record<string, (cluster: Cluster, args: string[]) => Result> = {
  '@ready': (cluster, [pod = '', ready]) => {
    const name = podNamed(cluster, pod);
    if (name === undefined) return failure(`no pod ${pod}`);
    cluster.setPodReady('default', name, ready === 'true');
    return ok();
  },
  '@lb': (cluster, [name = '', addresses = '-']) => {
    const service = cluster.client.get('services', 'default', name);
    if (!service) return failure(`no Service ${name}`);
    const ingress = addresses
      .split(',')
      .map((address) => (/^\d+(\.\d+){3}$/.test(address) ? { ip: address, ipMode: 'VIP' } : { hostname: address }));
    const loadBalancer = addresses === '-' ? {} : { ingress };
    try {
      cluster.client
        .as('cloud-controller-manager')
        .updateStatus('services', { ...service, status: { ...service.status, loadBalancer } });
    } catch (error) {
      // the server refuses addresses for a Service of another type
      if (error instanceof ApiError) return failure(error.message);
      throw error;
    }
    return ok();
  },
  '@ccm': (cluster, [what]) => {
    if (what === 'start') cluster.serviceController?.start();
    else cluster.serviceController?.stop();
    return ok();
  },
  '@wait': (cluster, [seconds = '0']) => {
    cluster.advance(Number(seconds) * 1000);
    return ok();
  },
  '@proxy': (cluster, [, node = '']) => ok(cluster.network.kubeProxyRules(node)),
  '@route': (cluster, [address = '', node = '-']) => {
    cluster.network.setRoute(address, node === '-' ? null : `node:${node}`);
    return ok();
  },
  '@arp': (cluster, [address = '', node = '-']) => {
    cluster.network.announce(address, node === '-' ? null : `node:${node}`);
    return ok();
  },
  '@flow': (cluster, [, from = '', protocol = 'TCP', target = '', count = '40']) => {
    const [address = '', port = '0'] = target.split(':');
    if (!held.get(cluster)?.size) cluster.network.flushConntrack();
    const counts = new Map<Outcome, number>();
    const backends = new Set<string>();
    const sources = new Set<string>();
    for (let i = 0; i < Number(count); i++) {
      const result = cluster.network.connect({
        from: hostOf(from),
        protocol: protocol as Protocol,
        address,
        port: Number(port),
        trace: false,
      });
      counts.set(result.outcome, (counts.get(result.outcome) ?? 0) + 1);
      if (result.backend !== undefined && result.outcome === 'answered') backends.add(result.backend);
      if (result.sourceSeen !== undefined && result.outcome === 'answered') sources.add(result.sourceSeen);
    }
    const [only] = counts.keys();
    const mixed = counts.size > 1 ? { counts: Object.fromEntries(counts) } : {};
    const result = counts.size > 1 ? 'mixed' : only;
    return ok(JSON.stringify({ result, ...mixed, backends: [...backends].sort(), sources: [...sources].sort() }) + '\n');
  },
  '@ping': (cluster, [, from = '', address = '']) =>
    ok(JSON.stringify({ result: cluster.network.ping(hostOf(from), address).outcome }) + '\n'),
  '@http': (cluster, [, from = '', target = '']) => ok(JSON.stringify(httpProbe(cluster, hostOf(from), target)) + '\n'),
  '@conntrack': (cluster, [node = '', protocol]) =>
    ok(cluster.network.conntrack(`node:${node}`, protocol?.toUpperCase() as Protocol | undefined)),
  '@facts': () => ok(),
  '@octavia': (cluster, [vip = '-', list, ...options]) => {
    if (vip === '-' || list === undefined) {
      for (const id of cluster.topology.loadBalancers()) cluster.topology.setLoadBalancer(id, null);
      return ok();
    }
    const check = options.find((option) => option.startsWith('hc='))?.slice('hc='.length);
    const ports = list.split(',').map((pair) => pair.split(':').map(Number));
    cluster.topology.setLoadBalancer(`octavia/${vip}`, {
      vip,
      ports: ports.map(([port = 0, nodePort = 0]) => ({ protocol: 'TCP', port, nodePort })),
      ...(check === undefined ? {} : { healthCheckNodePort: Number(check) }),
    });
    return ok();
  },
  '@hold': (cluster, [action, id = '', , from = '', protocol = 'TCP', target = '']) => {
    const sockets = held.get(cluster) ?? new Map<string, OpenSocket>();
    held.set(cluster, sockets);
    if (action === 'open') {
      const [address = '', port = '0'] = target.split(':');
      const request = { from: hostOf(from), protocol: protocol as Protocol, address, port: Number(port), trace: false };
      const { result, socket } = cluster.network.open(request);
      if (socket) sockets.set(id, socket);
      return exchanged(result);
    }
    const socket = sockets.get(id);
    if (!socket) return failure(`nothing is open as ${id}`);
    if (action === 'send') return exchanged(socket.send());
    socket.close();
    sockets.delete(id);
    return ok();
  },
};

/** Sockets that `@hold` keeps open. */
const held = new WeakMap<Cluster, Map<string, OpenSocket>>();

function exchanged({ outcome, backend, sourceSeen }: ConnectResult): Result {
  const answered = outcome === 'answered';
  const [backends, sources] = [answered ? [backend] : [], answered ? [sourceSeen] : []];
  return ok(JSON.stringify({ result: outcome, backends, sources }) + '\n');
}

/** Recordings leave out the namespace of a pod in `default`. */
function hostOf(from: string): string {
  return from.startsWith('pod:') && !from.includes('/') ? `pod:default/${from.slice(4)}` : from;
}

/** A pod by name, or by `label=x#n`: the n-th with that label, counted from 0. */
function podNamed(cluster: Cluster, text: string): string | undefined {
  const selected = /^([^=]+)=([^#]+)#(\d+)$/.exec(text);
  if (!selected) return cluster.client.get('pods', 'default', text) && text;
  const [, key = '', value, index] = selected;
  return cluster.client.list('pods', 'default').filter((pod) => pod.metadata.labels?.[key] === value)[Number(index)]?.metadata
    .name;
}
