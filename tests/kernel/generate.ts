import { Random } from '../../src/cluster/random';
import type { PodSpec, Scenario, ServiceSpec } from './scenario';

/** A cluster with a few Services of every kind, from a seed. */
export function generate(seed: number): Scenario {
  const random = new Random(seed);
  const chance = (probability: number) => random.next() < probability;
  const below = (n: number) => Math.floor(random.next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

  const pods: PodSpec[] = [];
  const services: ServiceSpec[] = [];
  const routes = new Map<string, string>();
  const announced = new Map<string, string>();
  const balancer = new Map<number, number>();
  /** Rooms for pods on each node: the first is the client's. */
  const rooms = new Map([1, 2, 3].map((node) => [node, 3]));
  const hostPorts = new Set<string>();
  const node = () => `node-${1 + below(3)}`;

  const count = 1 + below(3);
  for (let s = 0; s < count; s++) {
    const app = 'abc'[s]!;
    const target = pick([8080, 5000]);
    const protocol = chance(0.25) ? ('UDP' as const) : ('TCP' as const);
    const kind = pick(['ClusterIP', 'NodePort', 'NodePort', 'LoadBalancer', 'LoadBalancer', 'LoadBalancer']);
    const nodePort = 30100 + s * 10 + below(5);
    const withNodePort = kind === 'NodePort' || (kind === 'LoadBalancer' && chance(0.8));
    const port = pick([80, 8080, 5000]);
    const spec: Record<string, unknown> = {
      type: kind,
      selector: { app },
      ports: [{ port, targetPort: target, protocol, ...(withNodePort ? { nodePort } : {}) }],
    };
    if (kind === 'LoadBalancer' && !withNodePort) spec.allocateLoadBalancerNodePorts = false;
    if (kind !== 'ClusterIP' && chance(0.4)) spec.externalTrafficPolicy = 'Local';
    if (chance(0.25)) spec.internalTrafficPolicy = 'Local';
    if (chance(0.2)) spec.sessionAffinity = 'ClientIP';
    if (chance(0.15)) spec.publishNotReadyAddresses = true;
    if (chance(0.15)) spec.trafficDistribution = 'PreferSameNode';
    const vips: string[] = [];
    if (kind === 'LoadBalancer') {
      const vip = chance(0.3) ? `192.168.0.${200 + s}` : `203.0.113.${40 + s}`;
      vips.push(vip);
      if (vip.startsWith('192')) announced.set(vip, node());
      else if (chance(0.85)) routes.set(vip, node());
      if (chance(0.3)) {
        const ranges = [
          '198.51.100.0/24',
          '192.168.0.0/24',
          '192.168.0.50/32',
          '10.244.0.0/16',
          '192.168.0.12/32',
          '10.244.2.0/24',
        ];
        spec.loadBalancerSourceRanges = [...new Set([pick(ranges), pick(ranges)])];
      }
    }
    if (chance(0.2)) {
      const external = `203.0.113.${200 + s}`;
      spec.externalIPs = [external];
      routes.set(external, node());
    }
    // One that sticks to clients sees the balancer as one client for each node: which pod each gets is chance, and stays so.
    const sticks = spec.sessionAffinity !== undefined;
    if (withNodePort && protocol === 'TCP' && !sticks && balancer.size === 0 && chance(0.3)) balancer.set(7000 + s, nodePort);
    services.push({ name: app, spec, vips, ...(chance(0.1) ? { ipMode: 'Proxy' as const } : {}) });

    const endpoints = chance(0.12) ? 0 : 1 + below(4);
    for (let i = 0; i < endpoints; i++) {
      const place = 1 + below(3);
      const hostNetwork = chance(0.12);
      // Some listen where the Service does not send to.
      const listening = chance(0.08) ? 4444 : target;
      if (hostNetwork) {
        const key = `${place} ${protocol} ${listening}`;
        if (hostPorts.has(key)) continue;
        hostPorts.add(key);
      } else {
        const free = rooms.get(place)!;
        if (free === 0) continue;
        rooms.set(place, free - 1);
      }
      pods.push({
        name: `${app}${i}`,
        node: place,
        app,
        ports: [{ port: listening, protocol }],
        ...(chance(0.15) ? { unready: true } : {}),
        ...(chance(0.15) ? { terminating: true } : {}),
        ...(hostNetwork ? { hostNetwork } : {}),
      });
    }
  }
  return { name: `seed ${seed}`, pods, services, routes, announced, ...(balancer.size > 0 ? { balancer } : {}) };
}

/** Some of the flows, each as likely as any other. */
export function sample<T>(seed: number, all: readonly T[], count: number): T[] {
  const random = new Random(seed);
  const rest = [...all];
  const chosen: T[] = [];
  while (chosen.length < count && rest.length > 0) chosen.push(...rest.splice(Math.floor(random.next() * rest.length), 1));
  return chosen;
}
