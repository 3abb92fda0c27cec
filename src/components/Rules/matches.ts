import type { Hop, Trace } from '../../cluster/linux/trace';
import type { Step } from '../trace/steps';
import type { Chain, RuleTable } from './ruleset';

export interface Match {
  /** Index of the step it belongs to. */
  readonly step: number;
  /** Index among the step's rules. */
  readonly order: number;
  /** The step's number as the map counts, and which of the step's rules it is: `4.2`. */
  readonly label: string;
}

export interface Matches {
  /** By `lineKey`. */
  readonly lines: ReadonlyMap<string, readonly Match[]>;
  /** Rules that the packet passed and that the node no longer has. */
  readonly gone: number;
}

export const chainKey = ({ table, name }: Pick<Chain, 'table' | 'name'>): string => `${table} ${name}`;
export const lineKey = (chain: Chain, index: number): string => `${chainKey(chain)} ${index}`;

const isRule = (hop: Hop | undefined): hop is Hop & { chain: string; text: string } =>
  hop?.chain !== undefined && hop.text !== undefined;

/** The rules that a step passed on a host, in order. */
export function rulesPassed(trace: Trace, step: Step, host: string): readonly (Hop & { chain: string; text: string })[] {
  return [...step.details, trace.hops[step.lastHop]].filter(isRule).filter((hop) => hop.host === host);
}

/** An nftables map's line that holds the element that matched. */
const holds = (text: string, element: string): boolean =>
  text
    .replace(/^elements = \{ /, '')
    .replace(/ ?[},]$/, '')
    .split(', ')
    .includes(element);

/** Where in a node's text the hops of a packet are. */
export function matchesOf(tables: readonly RuleTable[], trace: Trace | undefined, steps: readonly Step[], host: string): Matches {
  const lines = new Map<string, Match[]>();
  let gone = 0;
  if (!trace) return { lines, gone };
  const enter = (key: string, match: Match) => {
    const here = lines.get(key) ?? [];
    // A loss repeats the rule that made it.
    if (!here.some(({ step }) => step === match.step)) lines.set(key, [...here, match]);
  };
  steps.forEach((step, index) => {
    const passed = rulesPassed(trace, step, host);
    passed.forEach((hop, order) => {
      const match = { step: index, order, label: passed.length > 1 ? `${index + 1}.${order + 1}` : String(index + 1) };
      const table = tables.find(({ name }) => name === hop.table);
      const chain = table?.chains.find(({ name }) => name === hop.chain);
      const at = chain?.lines.findIndex(({ text }) => text === hop.text) ?? -1;
      if (!chain || at < 0) gone++;
      else enter(lineKey(chain, at), match);
      const { element } = hop;
      if (element === undefined) return;
      for (const map of table?.chains ?? []) {
        if (map.kind === 'chain') continue;
        const found = map.lines.findIndex(({ text }) => holds(text, element));
        // The same element may stand in several maps: only the one that the rule names.
        if (found >= 0 && hop.text.includes(`@${map.name}`)) enter(lineKey(map, found), match);
      }
    });
  });
  return { lines, gone };
}

/** By `chainKey`: the steps that met a rule of the chain. */
export function stepsByChain(tables: readonly RuleTable[], { lines }: Matches): ReadonlyMap<string, ReadonlySet<number>> {
  return new Map(
    tables
      .flatMap(({ chains }) => chains)
      .map((chain) => [
        chainKey(chain),
        new Set(chain.lines.flatMap((_, at) => lines.get(lineKey(chain, at)) ?? []).map(({ step }) => step)),
      ]),
  );
}
