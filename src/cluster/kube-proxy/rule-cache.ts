import type { ServicePort } from './service';

/** Which node rules are for, and where pods are. */
interface Input {
  readonly node: { readonly name: string; readonly ip: string; readonly zone?: string };
  readonly clusterCIDR: string;
}

/** Rules of Service ports that did not change are used again, by other nodes too. */
export class RuleCache<Rules, From extends Input> {
  readonly #known = new WeakMap<ServicePort, Map<string, Rules>>();

  constructor(
    /** What a node's rules for a port are. */
    readonly make: (input: From, port: ServicePort) => Rules,
    /** Do two nodes get different rules for this port? */
    readonly dependsOnNode: (port: ServicePort) => boolean = () => true,
  ) {}

  rulesFor(port: ServicePort, input: From): Rules {
    const { node, clusterCIDR } = input;
    let byNode = this.#known.get(port);
    if (!byNode) this.#known.set(port, (byNode = new Map()));
    const key = `${clusterCIDR} ${this.dependsOnNode(port) ? `${node.name} ${node.ip} ${node.zone}` : ''}`;
    let rules = byNode.get(key);
    if (!rules) byNode.set(key, (rules = this.make(input, port)));
    return rules;
  }
}
