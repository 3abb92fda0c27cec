import type { ProxyInput } from './iptables';
import type { ServicePort } from './service';

/** Rules of Service ports that did not change are used again: most syncs touch one Service. */
export class RuleCache<Rules> {
  readonly #known = new WeakMap<ServicePort, Map<string, Rules>>();

  constructor(
    /** What a node's rules for a port are. */
    readonly make: (input: ProxyInput, port: ServicePort) => Rules,
    /** Do two nodes get different rules for this port? */
    readonly dependsOnNode: (port: ServicePort) => boolean = () => true,
  ) {}

  rulesFor(port: ServicePort, input: ProxyInput): Rules {
    const { node, clusterCIDR } = input;
    let byNode = this.#known.get(port);
    if (!byNode) this.#known.set(port, (byNode = new Map()));
    const key = `${clusterCIDR} ${this.dependsOnNode(port) ? `${node.name} ${node.ip} ${node.zone}` : ''}`;
    let rules = byNode.get(key);
    if (!rules) byNode.set(key, (rules = this.make(input, port)));
    return rules;
  }
}
