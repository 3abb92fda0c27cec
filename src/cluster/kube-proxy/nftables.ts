import type { NftElement, NftTable } from '../linux/nft-table';
import { categorize } from './endpoints';
import type { ProxyInput, Services } from './iptables';
import { baseTable } from './nftables-base';
import { type NftServiceRules, type SharedSet, nftServiceRules } from './nftables-service';
import { RuleCache } from './rule-cache';

/** What the rules of one node are made from in nftables mode. */
export interface NftInput extends ProxyInput {
  /** Addresses that Services may get: what is not one of theirs is dropped. */
  readonly serviceCIDR: string;
}

const known = new RuleCache<NftServiceRules, NftInput>(({ node, clusterCIDR }, port) =>
  nftServiceRules(port, categorize(port, node), clusterCIDR, node),
);

/**
 * The table `ip kube-proxy` of one node as kube-proxy 1.36 writes it in nftables mode: in full once, then what belongs to Services that
 * changed. kube-proxy: pkg/proxy/nftables/proxier.go, syncProxyRules
 */
export class NftablesWriter {
  readonly table: NftTable;
  readonly #written = new Map<string, readonly NftServiceRules[]>();
  /** How many Services put an element into a set: two may have the same endpoint. */
  readonly #uses = new Map<string, number>();

  /** @param services ports of all Services, in their order */
  constructor(
    readonly input: NftInput,
    services: Services,
  ) {
    this.table = baseTable({ clusterCIDR: input.clusterCIDR, serviceCIDR: input.serviceCIDR, nodeIP: input.node.ip });
    this.partial(services);
  }

  /** Writes Services that changed; without ports: that are gone. */
  partial(services: Services): void {
    const { table } = this;
    for (const [key, ports] of services) {
      const made = ports.map((port) => known.rulesFor(port, this.input));
      for (const { elements } of made) for (const { set, element } of elements) this.#add(set, element);
      const old = this.#written.get(key) ?? [];
      for (const { elements } of old) for (const { set, element } of elements) this.#remove(set, element);
      const keep = new Set(made.flatMap(({ sets, chains }) => [...sets, ...chains].map(({ name }) => name)));
      for (const { sets, chains } of old) {
        for (const { name } of sets) if (!keep.has(name)) table.sets.delete(name);
        for (const { name } of chains) if (!keep.has(name)) table.chains.delete(name);
      }
      for (const { sets, chains } of made) {
        for (const set of sets) table.sets.set(set.name, set);
        for (const chain of chains) table.chains.set(chain.name, chain);
      }
      if (ports.length > 0) this.#written.set(key, made);
      else this.#written.delete(key);
    }
  }

  #add(name: SharedSet, element: NftElement): void {
    const set = this.table.set(name);
    const use = `${name} ${set.pack(element.key)}`;
    this.#uses.set(use, (this.#uses.get(use) ?? 0) + 1);
    set.add(element);
  }

  #remove(name: SharedSet, element: NftElement): void {
    const set = this.table.set(name);
    const packed = set.pack(element.key);
    const use = `${name} ${packed}`;
    const left = (this.#uses.get(use) ?? 0) - 1;
    if (left > 0) {
      this.#uses.set(use, left);
      return;
    }
    this.#uses.delete(use);
    set.delete(packed);
  }
}

/** The table of a node where nobody else touched it. Pure: same input, same rules. */
export function nftablesRules(input: NftInput, services: Services): NftTable {
  return new NftablesWriter(input, services).table;
}
