import { parseRule, renderRule } from './rule-text';
import type { Hook, Match, Rule } from './rule';

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

/** Built-in chains of each table, in the order `iptables-save` prints them. */
const BUILT_IN: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** Chains shorter than this are simply walked. */
const INDEX_FROM = 12;

/** Prepared lists of rules that a chain keeps before it starts over. */
const MAX_PREPARED = 4096;

/** A rule belongs to one chain; its text is made once. */
const texts = new WeakMap<Rule, string>();

/** A rule with those of its matches that can fail: comments and counters are for the reader. */
export interface Step {
  readonly rule: Rule;
  readonly checks: readonly Match[];
}

/** A named list of rules. The rules are what runs and what is printed; the index only skips rules that cannot match. */
export class Chain {
  readonly #steps: Step[] = [];
  #index: ChainIndex | undefined;

  constructor(
    readonly name: string,
    readonly builtIn = false,
  ) {}

  get rules(): readonly Rule[] {
    return this.#steps.map(({ rule }) => rule);
  }

  append(rule: Rule): void {
    const checks = rule.matches.filter(({ module }) => module !== 'comment' && module !== 'nfacct');
    this.#steps.push({ rule, checks });
    this.#index = undefined;
  }

  /** The rules that could match a packet to that address and port, in the chain's order. */
  candidates(destination: number, port: number): readonly Step[] {
    if (this.#steps.length < INDEX_FROM) return this.#steps;
    return (this.#index ??= new ChainIndex(this.#steps)).candidates(destination, port);
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
  readonly #prepared = new Map<number, readonly Step[]>();

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
    const address = this.#byAddress.get(destination) ?? [];
    const ports = this.#byPort.get(port) ?? [];
    // Unknown addresses and ports share one list each.
    const key = (address.length > 0 ? destination : 0) * 0x10000 + (ports.length > 0 ? port : 0);
    let found = this.#prepared.get(key);
    if (!found) {
      found = [...address, ...ports, ...this.#others].sort((a, b) => a - b).map((at) => this.steps[at]!);
      if (this.#prepared.size >= MAX_PREPARED) this.#prepared.clear();
      this.#prepared.set(key, found);
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

/** One netfilter table: built-in chains (policy ACCEPT) and the chains that rules jump to. */
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

  /** Takes over a chain that is complete; it may be part of several tables. */
  adopt(chain: Chain): void {
    this.chains.set(chain.name, chain);
  }

  /** Built-in chains in hook order, then the others by name: the order of `iptables-save`. */
  sortedChains(): Chain[] {
    const all = [...this.chains.values()];
    const own = all.filter((c) => !c.builtIn).sort((a, b) => (a.name < b.name ? -1 : 1));
    return [...all.filter((c) => c.builtIn), ...own];
  }

  /** `*nat` to `COMMIT`. Counters are not kept: they print as [0:0]. */
  render(): string {
    const chains = this.sortedChains();
    const lines = [`*${this.name}`];
    for (const chain of chains) lines.push(`:${chain.name} ${chain.builtIn ? 'ACCEPT' : '-'} [0:0]`);
    for (const chain of chains) for (const rule of chain.rules) lines.push(chain.text(rule));
    lines.push('COMMIT');
    return lines.join('\n') + '\n';
  }
}

/** The tables of one host, in the order `iptables-save` prints them. */
export type Ruleset = readonly Table[];

/**
 * `iptables-save` text.
 * @param time virtual ms since the epoch, for the comment lines
 */
export function renderRuleset(ruleset: Ruleset, time: number, only?: string): string {
  const date = formatDate(time);
  let text = '';
  for (const table of ruleset) {
    if (only !== undefined && table.name !== only) continue;
    text += `# Generated by iptables-save v1.8.9 (nf_tables) on ${date}\n${table.render()}# Completed on ${date}\n`;
  }
  return text;
}

/** Reads `iptables-save` text. Throws SyntaxError on what the simulator does not run. */
export function parseRuleset(text: string): Table[] {
  const tables: Table[] = [];
  let table: Table | undefined;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('*')) {
      const name = line.slice(1) as TableName;
      if (!(name in BUILT_IN)) throw new SyntaxError(`iptables: no such table: ${name}`);
      table = new Table(name);
      tables.push(table);
    } else if (!table) {
      throw new SyntaxError(`iptables: line outside a table: ${line}`);
    } else if (line === 'COMMIT') {
      table = undefined;
    } else if (line.startsWith(':')) {
      table.chain(line.slice(1).split(' ')[0]!);
    } else {
      const { chain, rule } = parseRule(line);
      table.chain(chain).append(rule);
    }
  }
  return tables;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As C's ctime, in UTC: `Sun Nov 22 08:26:00 2026`. */
function formatDate(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${clock} ${date.getUTCFullYear()}`;
}
