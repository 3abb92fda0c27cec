import { evaluate } from './evaluate';
import { evaluateNft } from './nft-evaluate';
import { type NftTable, priorityOf } from './nft-table';
import type { Place, Verdict } from './place';
import type { Hook } from './rule';
import type { Ruleset, TableName } from './table';

/** What one hook runs, in the order of priorities. */
export interface HookChains {
  /** Before connections are tracked. */
  readonly raw: readonly RunChain[];
  /** Before nat, with the connection known. */
  readonly before: readonly RunChain[];
  /** Looks at a connection's first packet only. */
  readonly nat: readonly RunChain[];
  readonly after: readonly RunChain[];
}

type RunChain = (place: Place) => Verdict;

export type Hooks = Readonly<Record<Hook, HookChains>>;

const HOOKS: readonly Hook[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

/** Where connections are tracked. Linux: enum nf_ip_hook_priorities, NF_IP_PRI_CONNTRACK */
const TRACKING = -200;

/** Where nat stands in each hook. Linux: enum nf_ip_hook_priorities */
const NAT_PRIORITY: Readonly<Record<Hook, number>> = {
  PREROUTING: -100,
  INPUT: 100,
  FORWARD: 0,
  OUTPUT: -100,
  POSTROUTING: 100,
};

const FILTER_PRIORITY: Readonly<Record<Exclude<TableName, 'nat'>, number>> = { raw: -300, mangle: -150, filter: 0 };

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
    const tracking = hook === 'PREROUTING' || hook === 'OUTPUT' ? TRACKING : -Infinity;
    const limit = hook === 'FORWARD' ? -Infinity : NAT_PRIORITY[hook];
    const between = (from: number, to: number) =>
      filters.filter(({ priority }) => priority >= from && priority < to).map(({ run }) => run);
    return {
      raw: between(-Infinity, tracking),
      before: between(tracking, limit),
      nat: here.filter(({ nat }) => nat).map(({ run }) => run),
      after: between(Math.max(limit, tracking), Infinity),
    };
  };
  return Object.fromEntries(HOOKS.map((hook) => [hook, of(hook)])) as unknown as Hooks;
}

function iptablesChains(ruleset: Ruleset): Registered[] {
  return ruleset.flatMap((table) => {
    const { name } = table;
    return HOOKS.flatMap((hook) => {
      const chain = table.chains.get(hook);
      if (!chain) return [];
      const priority = name === 'nat' ? NAT_PRIORITY[hook] : FILTER_PRIORITY[name];
      return [{ hook, nat: name === 'nat', priority, run: (place: Place) => evaluate(place, table, chain) }];
    });
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
