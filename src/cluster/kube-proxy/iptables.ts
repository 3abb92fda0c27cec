import { prefix } from '../linux/address';
import type { Rule } from '../linux/rule';
import { renderRule } from '../linux/rule-text';
import { type Chain, Table } from '../linux/table';
import { FILTER_BASE, NAT_BASE } from './base-rules';
import { type NodeTopology, categorize } from './endpoints';
import { RuleCache } from './rule-cache';
import type { ServicePort } from './service';
import { type SharedRule, serviceRules } from './service-rules';

/** What the rules of one node are made from. */
export interface ProxyInput {
  readonly node: NodeTopology & { readonly ip: string };
  /** Pod addresses, e.g. `10.244.0.0/16`: traffic from elsewhere to a ClusterIP is masqueraded. */
  readonly clusterCIDR: string;
}

/** Ports of Services, by `NAMESPACE/NAME`. */
export type Services = Iterable<readonly [key: string, ports: readonly ServicePort[]]>;

const known = new RuleCache<ReturnType<typeof serviceRules>, ProxyInput>(
  ({ node, clusterCIDR }, port) => serviceRules(port, categorize(port, node), prefix(clusterCIDR), node.ip),
  dependsOnNode,
);

/** The last rule of KUBE-SERVICES. */
const TO_NODE_PORTS: Rule = {
  matches: [
    { module: 'comment', comment: 'kubernetes service nodeports; NOTE: this must be the last rule in this chain' },
    { module: 'addrtype', destinationType: { value: 'LOCAL' } },
  ],
  target: { kind: 'jump', chain: 'KUBE-NODEPORTS' },
};

/** Chains that belong to one Service. kube-proxy: isServiceChainName */
const OF_SERVICES = /^KUBE-(SVC|SVL|EXT|FW|SEP)-/;

/** What one Service adds to a node's tables. */
interface Written {
  readonly chains: ReadonlyMap<string, readonly Rule[]>;
  readonly shared: readonly SharedRule[];
  /** The text of `shared`. */
  readonly text: string;
}

/**
 * kube-proxy's rules in one node's nat and filter tables, as kube-proxy 1.36 writes them in iptables mode. It writes them in full once,
 * then what belongs to Services that changed, so that a change costs what it changes. Whatever others do to a table stays until
 * that chain is written again. kube-proxy: pkg/proxy/iptables/proxier.go, syncProxyRules
 */
export class IptablesWriter {
  readonly nat: Table;
  readonly filter: Table;
  readonly #written = new Map<string, Written>();

  constructor(
    readonly input: ProxyInput,
    { nat = new Table('nat'), filter = new Table('filter') }: { nat?: Table; filter?: Table } = {},
  ) {
    this.nat = nat;
    this.filter = filter;
  }

  /** Writes everything anew; `services` in their order. */
  full(services: Services): this {
    for (const [table, base] of this.#bases()) {
      for (const [name, rules] of base) if (table.chain(name).builtIn) ensure(table.chain(name), rules);
    }
    const wanted = new Set<string>();
    this.#written.clear();
    for (const [key, ports] of services) {
      const made = this.#rulesOf(ports);
      this.#written.set(key, made);
      for (const [name, rules] of made.chains) {
        wanted.add(name);
        this.nat.chain(name).rewrite(rules);
      }
    }
    this.#writeShared([...this.#written.values()]);
    for (const name of this.nat.chains.keys()) if (OF_SERVICES.test(name) && !wanted.has(name)) this.nat.delete(name);
    return this;
  }

  /**
   * Writes Services that changed (without ports: that are gone), and the chains that all Services share, like every sync.
   * @param order keys of all Services, asked for when a shared chain gets other rules
   */
  partial(services: Services, order: () => readonly string[]): void {
    let sharedChanged = false;
    for (const [key, ports] of services) {
      const old = this.#written.get(key);
      const made = this.#rulesOf(ports);
      for (const name of old?.chains.keys() ?? []) if (!made.chains.has(name)) this.nat.delete(name);
      for (const [name, rules] of made.chains) this.nat.chain(name).rewrite(rules);
      if ((old?.text ?? '') !== made.text) sharedChanged = true;
      if (ports.length > 0) this.#written.set(key, made);
      else this.#written.delete(key);
    }
    this.#writeShared(sharedChanged ? order().flatMap((key) => this.#written.get(key) ?? []) : undefined);
  }

  /** Is there a rule in a shared chain whose target is gone? Then a sync fails, and the next one is a full one. */
  isBroken(): boolean {
    const { rules } = this.nat.chain('KUBE-SERVICES');
    return rules.some(({ target }) => target?.kind === 'jump' && !this.nat.chains.has(target.chain));
  }

  #bases() {
    return [
      [this.nat, NAT_BASE],
      [this.filter, FILTER_BASE],
    ] as const;
  }

  #rulesOf(ports: readonly ServicePort[]): Written {
    const chains = new Map<string, readonly Rule[]>();
    const shared: SharedRule[] = [];
    for (const port of ports) {
      const made = known.rulesFor(port, this.input);
      for (const { name, rules } of made.chains) chains.set(name, rules);
      shared.push(...made.shared);
    }
    const text = shared.map(({ table, chain, rule }) => `${table} ${renderRule(chain, rule)}`).join('\n');
    return { chains, shared, text };
  }

  /** The chains that are kube-proxy's but no Service's own. `services`: all, or undefined when they add what they did before. */
  #writeShared(services: readonly Written[] | undefined): void {
    const added = new Map<string, Rule[]>();
    for (const { shared } of services ?? []) {
      for (const { table, chain, rule } of shared) {
        const key = `${table} ${chain}`;
        const rules = added.get(key);
        if (rules) rules.push(rule);
        else added.set(key, [rule]);
      }
    }
    for (const [table, base] of this.#bases()) {
      for (const [name, rules] of base) {
        const chain = table.chain(name);
        if (chain.builtIn) continue;
        const key = `${table.name} ${name}`;
        if (services) {
          const last = key === 'nat KUBE-SERVICES' ? [TO_NODE_PORTS] : [];
          const more = [...(added.get(key) ?? []), ...last];
          this.#shared.set(key, more.length === 0 ? rules : [...rules, ...more]);
        }
        chain.rewrite(this.#shared.get(key) ?? rules);
      }
    }
  }

  /** Rules of the chains that Services share, as last written: `nat KUBE-SERVICES` ... */
  readonly #shared = new Map<string, readonly Rule[]>();
}

/** Puts rules that are missing in a built-in chain in front of what is there. kube-proxy: EnsureRule, Prepend */
function ensure(chain: Chain, rules: readonly Rule[]): void {
  const there = new Set(chain.rules.map((rule) => chain.text(rule)));
  chain.insert(
    0,
    rules.filter((rule) => !there.has(chain.text(rule))),
  );
}

/** The nat and filter tables of a node that has only kube-proxy's rules. Pure: same input, same rules. */
export function iptablesRules(input: ProxyInput, services: Services): [nat: Table, filter: Table] {
  const { nat, filter } = new IptablesWriter(input).full(services);
  return [nat, filter];
}

/** Do two nodes get different rules for this port? */
function dependsOnNode(port: ServicePort): boolean {
  return (
    port.internalLocal || port.externalLocal || port.sourceRanges.length > 0 || port.endpoints.some((e) => e.zones ?? e.nodes)
  );
}
