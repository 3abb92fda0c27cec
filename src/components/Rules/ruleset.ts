import type { NodeRules } from '../../lab/types';

export interface RuleLine {
  /** As the program prints it, without counters and indentation. */
  readonly text: string;
  /** `[packets:bytes]`, where the program prints them. */
  readonly counters?: string;
}

/** A chain, or a set or map of nftables: what can be folded. */
export interface Chain {
  readonly table: string;
  readonly name: string;
  readonly kind: 'chain' | 'set' | 'map';
  /** The line that declares it. */
  readonly head: string;
  readonly lines: readonly RuleLine[];
}

export interface RuleTable {
  readonly name: string;
  readonly head: string;
  readonly chains: readonly Chain[];
}

type Mutable = { name: string; head: string; chains: (Chain & { lines: RuleLine[] })[] };

function readIptables(text: string): RuleTable[] {
  const tables: Mutable[] = [];
  for (const line of text.split('\n')) {
    const table = tables.at(-1);
    if (line.startsWith('*')) tables.push({ name: line.slice(1), head: line, chains: [] });
    else if (table && line.startsWith(':')) {
      const name = line.slice(1, line.indexOf(' '));
      table.chains.push({ table: table.name, name, kind: 'chain', head: line, lines: [] });
    } else {
      const rule = /^(?:(\[\d+:\d+\]) )?(-A (\S+).*)$/.exec(line);
      const chain = rule && table?.chains.find(({ name }) => name === rule[3]);
      if (chain) chain.lines.push({ text: rule[2]!, ...(rule[1] && { counters: rule[1] }) });
    }
  }
  return tables;
}

function readNftables(text: string): RuleTable[] {
  const tables: Mutable[] = [];
  let chain: (Chain & { lines: RuleLine[] }) | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim();
    const table = tables.at(-1);
    const opened = /^\t(chain|set|map) (\S+) \{$/.exec(line);
    if (/^table .* \{$/.test(line)) tables.push({ name: words.split(' ').at(-2)!, head: words.slice(0, -2), chains: [] });
    else if (table && opened) {
      const kind = opened[1] as Chain['kind'];
      chain = { table: table.name, name: opened[2]!, kind, head: `${kind} ${opened[2]}`, lines: [] };
      table.chains.push(chain);
    } else if (line === '\t}') chain = undefined;
    else if (chain && words !== '') chain.lines.push({ text: words });
  }
  return tables;
}

/** The tables and chains of a node in the order of its program's text. */
export function readRules({ mode, text }: NodeRules): RuleTable[] {
  return mode === 'iptables' ? readIptables(text) : readNftables(text);
}
