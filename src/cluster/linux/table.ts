import { renderRule } from './rule-text';
import type { Hook, Rule } from './rule';
import { Step } from './step';

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

/** Built-in chains of each table, in the order `iptables-save` prints them. */
export const BUILT_IN: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** Chains shorter than this are simply walked. */
const INDEX_FROM = 12;

/** Prepared lists of rules that a chain keeps before it starts over. */
const MAX_PREPARED = 4096;

/** A rule belongs to one chain's name; its text is made once. */
const texts = new WeakMap<Rule, string>();

/**
 * A named list of rules of one host, with counters. The rules are what runs and what is printed; the index only skips rules that
 * cannot match. The rules themselves may be shared with other hosts' chains of that name: they are replaced, never changed.
 */
export class Chain {
  /** What a built-in chain does with what reaches its end. */
  policy: 'ACCEPT' | 'DROP' = 'ACCEPT';
  /** What reached the end. */
  packets = 0;
  bytes = 0;
  #rules: readonly Rule[] = [];
  #steps: Step[] | undefined;
  #index: ChainIndex | undefined;

  constructor(
    readonly name: string,
    readonly builtIn = false,
  ) {}

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  /** The rules with their counters. */
  get steps(): readonly Step[] {
    return (this.#steps ??= this.#rules.map((rule) => new Step(rule)));
  }

  append(rule: Rule): void {
    this.insert(this.#rules.length, [rule]);
  }

  /** Puts rules in front of the one at `at` (0 is the first). */
  insert(at: number, rules: readonly Rule[]): void {
    this.#edit(at, 0, rules);
  }

  /** Takes the rule at `at` away, or puts another in its place. */
  replace(at: number, by?: Rule): void {
    this.#edit(at, 1, by ? [by] : []);
  }

  #edit(at: number, count: number, rules: readonly Rule[]): void {
    this.#rules = this.#rules.toSpliced(at, count, ...rules);
    this.#steps?.splice(at, count, ...rules.map((rule) => new Step(rule)));
    this.#index = undefined;
  }

  /** Flushes the chain and writes it anew: counters begin at 0. */
  rewrite(rules: readonly Rule[]): void {
    if (rules === this.#rules) {
      this.zero();
      return;
    }
    this.#rules = rules;
    this.#steps = undefined;
    this.#index = undefined;
  }

  /** Sets counters to 0. */
  zero(): void {
    this.packets = this.bytes = 0;
    for (const step of this.#steps ?? []) step.packets = step.bytes = 0;
  }

  /** The rules that could match a packet to that address and port, in the chain's order. */
  candidates(destination: number, port: number): readonly Step[] {
    const steps = this.#steps ?? this.steps;
    if (steps.length < INDEX_FROM) return steps;
    return (this.#index ??= new ChainIndex(steps)).candidates(destination, port);
  }

  /** The rule's own text. */
  text(rule: Rule): string {
    let text = texts.get(rule);
    if (text === undefined) texts.set(rule, (text = renderRule(this.name, rule)));
    return text;
  }
}

/** Finds the rules of a long chain that ask for one address, or for one port, without walking the others. */
class ChainIndex {
  readonly #byAddress = new Map<number, number[]>();
  readonly #byPort = new Map<number, number[]>();
  readonly #others: number[] = [];
  readonly #prepared = new Map<number, Map<number, readonly Step[]>>();
  #size = 0;

  constructor(readonly steps: readonly Step[]) {
    steps.forEach(({ rule }, at) => {
      const { destination } = rule;
      const port = portOf(rule);
      if (destination && !destination.negated && destination.value.length === 32)
        add(this.#byAddress, destination.value.network, at);
      else if (port !== undefined) add(this.#byPort, port, at);
      else this.#others.push(at);
    });
  }

  candidates(destination: number, port: number): readonly Step[] {
    const address = this.#byAddress.get(destination);
    const ports = this.#byPort.get(port);
    // Unknown addresses and ports share one list each.
    const addressKey = address ? destination : 0;
    const portKey = ports ? port : 0;
    let ofAddress = this.#prepared.get(addressKey);
    if (!ofAddress) this.#prepared.set(addressKey, (ofAddress = new Map()));
    let found = ofAddress.get(portKey);
    if (!found) {
      found = [...(address ?? []), ...(ports ?? []), ...this.#others].sort((a, b) => a - b).map((at) => this.steps[at]!);
      if (this.#size++ >= MAX_PREPARED) {
        this.#prepared.clear();
        this.#size = 0;
      } else ofAddress.set(portKey, found);
    }
    return found;
  }
}

function add(map: Map<number, number[]>, key: number, at: number): void {
  const list = map.get(key);
  if (list) list.push(at);
  else map.set(key, [at]);
}

/** The only destination port that a rule can match, if it is one. */
function portOf(rule: Rule): number | undefined {
  for (const match of rule.matches) {
    if (match.module !== 'tcp' && match.module !== 'udp' && match.module !== 'sctp') continue;
    const field = match.destinationPort;
    if (field && !field.negated && field.value.from === field.value.to) return field.value.from;
  }
  return undefined;
}

/** One netfilter table: built-in chains and the chains that rules jump to. */
export class Table {
  readonly chains = new Map<string, Chain>();

  constructor(readonly name: TableName) {
    for (const hook of BUILT_IN[name]) this.chains.set(hook, new Chain(hook, true));
  }

  /** The chain of that name, made when it does not exist. */
  chain(name: string): Chain {
    let chain = this.chains.get(name);
    if (!chain) {
      chain = new Chain(name);
      this.chains.set(name, chain);
    }
    return chain;
  }

  /** Empties and removes a chain that is not built in. */
  delete(name: string): void {
    this.chains.get(name)?.rewrite([]);
    this.chains.delete(name);
  }

  /** Gives a chain another name; rules that jump to it follow. */
  rename(from: string, to: string): void {
    const chain = this.chains.get(from)!;
    const renamed = new Chain(to);
    // a text begins with the chain's name, and is made once for a rule
    renamed.rewrite(chain.rules.map((rule) => ({ ...rule })));
    this.chains.delete(from);
    this.chains.set(to, renamed);
    for (const each of this.chains.values()) {
      each.rules.forEach((rule, at) => {
        if (rule.target?.kind !== 'jump' || rule.target.chain !== from) return;
        const { packets, bytes } = each.steps[at]!;
        each.replace(at, { ...rule, target: { kind: 'jump', chain: to } });
        Object.assign(each.steps[at]!, { packets, bytes });
      });
    }
  }

  /** Built-in chains in hook order, then the others by name: the order of `iptables-save`. */
  sortedChains(): Chain[] {
    const all = [...this.chains.values()];
    const own = all.filter((c) => !c.builtIn).sort((a, b) => (a.name < b.name ? -1 : 1));
    return [...all.filter((c) => c.builtIn), ...own];
  }
}

/** The tables of one host, in the order `iptables-save` prints them. */
export type Ruleset = readonly Table[];
