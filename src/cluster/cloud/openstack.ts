import type { Json, KubeObject } from '../apimachinery/object';
import type { Topology } from '../topology';

/** Asks for an address of the tenant's own network instead of a floating one. Upstream: kubernetes/cloud-provider-openstack. */
const INTERNAL = 'service.beta.kubernetes.io/openstack-internal-load-balancer';

const TENANT = { prefix: '192.168.0.', first: 100, last: 199 };
const FLOATING = { prefix: '203.0.113.', first: 10, last: 250 };

interface Balancer {
  vip: string;
  floatingIP?: string;
}

/**
 * An OpenStack cloud with Octavia: every load balancer has a virtual IP in the tenant's network; unless the Service is internal,
 * a floating IP of the public network leads to it.
 */
export class OpenStack {
  readonly #balancers = new Map<string, Balancer>();

  constructor(private readonly topology: Topology) {}

  /** Makes or changes the balancer of a Service. Returns the address that the Service shall show. Throws Error when a pool is empty. */
  ensure(service: KubeObject): string {
    const id = `${service.metadata.namespace}/${service.metadata.name}`;
    const internal = service.metadata.annotations?.[INTERNAL] === 'true';
    const balancer = this.#balancers.get(id) ?? { vip: this.#free(TENANT, (entry) => entry.vip) };
    if (internal) delete balancer.floatingIP;
    else balancer.floatingIP ??= service.spec.loadBalancerIP ?? this.#free(FLOATING, (entry) => entry.floatingIP);
    this.#balancers.set(id, balancer);
    this.topology.setLoadBalancer(id, {
      vip: balancer.vip,
      ...(balancer.floatingIP && { floatingIP: balancer.floatingIP }),
      ports: service.spec.ports.map(({ protocol, port, nodePort }: Json) => ({ protocol, port, nodePort: nodePort ?? 0 })),
      ...(service.spec.healthCheckNodePort && { healthCheckNodePort: service.spec.healthCheckNodePort }),
    });
    return balancer.floatingIP ?? balancer.vip;
  }

  /** Removes a Service's balancer and gives its addresses back. */
  remove(namespace: string, name: string): void {
    if (this.#balancers.delete(`${namespace}/${name}`)) this.topology.setLoadBalancer(`${namespace}/${name}`, null);
  }

  #free(pool: typeof TENANT, of: (balancer: Balancer) => string | undefined): string {
    const used = new Set([...this.#balancers.values()].map(of));
    for (let host = pool.first; host <= pool.last; host++) if (!used.has(pool.prefix + host)) return pool.prefix + host;
    throw new Error('no more addresses in the pool');
  }
}
