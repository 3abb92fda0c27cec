import { type Place, type Verdict, evaluate } from './evaluate';
import { evaluateNft } from './nft-evaluate';
import { type NftTable, priorityOf } from './nft-table';
import type { Hook } from './rule';
import type { Ruleset, TableName } from './table';

/** What one hook runs: chains by priority, those of nat apart, because it looks at a connection's first packet only. */
export interface HookChains {
  readonly before: readonly RunChain[];
  readonly nat: readonly RunChain[];
  readonly after: readonly RunChain[];
}

type RunChain = (place: Place) => Verdict;

export type Hooks = Readonly<Record<Hook, HookChains>>;

const HOOKS: readonly Hook[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

/** Where nat stands in each hook. Linux: enum nf_ip_hook_priorities */
const NAT_PRIORITY: Readonly<Record<Hook, number>> = {
  PREROUTING: -100,
  INPUT: 100,
  FORWARD: 0,
  OUTPUT: -100,
  POSTROUTING: 100,
};

/** iptables' tables that packets meet; `raw` comes before connections are tracked and is not run. */
const FILTER_PRIORITY: Readonly<Partial<Record<TableName, number>>> = { mangle: -150, filter: 0 };

interface Registered {
  readonly hook: Hook;
  readonly nat: boolean;
  readonly priority: number;
  readonly run: RunChain;
}

/** Chains of both kinds of tables in the order the kernel calls them. */
export function hookChains(ruleset: Ruleset, tables: readonly NftTable[]): Hooks {
  // Of equal priority, what was registered later runs first: kube-proxy starts after the CNI. Linux: net/netfilter/core.c
  const all = [...nftChains(tables), ...iptablesChains(ruleset)].sort((a, b) => a.priority - b.priority);
  const of = (hook: Hook): HookChains => {
    const here = all.filter((chain) => chain.hook === hook);
    const filters = here.filter(({ nat }) => !nat);
    const limit = NAT_PRIORITY[hook];
    return {
      before: filters.filter(({ priority }) => hook !== 'FORWARD' && priority < limit).map(({ run }) => run),
      nat: here.filter(({ nat }) => nat).map(({ run }) => run),
      after: filters.filter(({ priority }) => hook === 'FORWARD' || priority >= limit).map(({ run }) => run),
    };
  };
  return Object.fromEntries(HOOKS.map((hook) => [hook, of(hook)])) as unknown as Hooks;
}

function iptablesChains(ruleset: Ruleset): Registered[] {
  return ruleset.flatMap((table) => {
    const nat = table.name === 'nat';
    const run = (place: Place) => evaluate(place, table);
    return HOOKS.filter((hook) => table.chains.has(hook) && (nat || FILTER_PRIORITY[table.name] !== undefined)).map((hook) => ({
      hook,
      nat,
      priority: nat ? NAT_PRIORITY[hook] : FILTER_PRIORITY[table.name]!,
      run,
    }));
  });
}

function nftChains(tables: readonly NftTable[]): Registered[] {
  return tables.flatMap((table) =>
    [...table.chains.values()].flatMap((chain) => {
      const { base } = chain;
      if (!base) return [];
      const run = (place: Place) => evaluateNft(place, table, chain);
      return [{ hook: base.hook, nat: base.type === 'nat', priority: priorityOf(base.priority), run }];
    }),
  );
}
