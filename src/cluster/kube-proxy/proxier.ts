import type { Host } from '../linux/host';
import type { NftTable } from '../linux/nft-table';
import { type Ruleset, Table } from '../linux/table';
import type { ProxyMode } from '../network';
import { CANARY } from './base-rules';
import { removeStaleFlows } from './conntrack-cleanup';
import { IptablesWriter, type Services, iptablesRules } from './iptables';
import { type NftInput, NftablesWriter, nftablesRules } from './nftables';
import type { ServiceTracker } from './tracker';

/** A sync writes everything when the last that did is this long ago, ms. kube-proxy: pkg/proxy/util, FullSyncPeriod */
const FULL_SYNC_PERIOD = 3_600_000;
/** `--iptables-sync-period`, ms: how often the canary is looked for, and when a failed sync is tried again. */
const SYNC_PERIOD = 30_000;

/**
 * kube-proxy of one node. It writes the host's rules when Services change, all of them once an hour, and all of them when it finds its
 * canary gone. In between, what somebody did to the rules by hand stays. Nothing is done before somebody looks at the rules, or a packet
 * comes.
 */
export class Proxier {
  #mode: ProxyMode | undefined;
  #version = 0;
  #iptables: IptablesWriter | undefined;
  #nftables: NftablesWriter | undefined;
  #edits = 0;
  // When to sync without a change, virtual ms since the epoch.
  #fullDue = 0;
  #canaryDue = Infinity;
  #retryDue = Infinity;
  #due = 0;

  /** @param others writes the rules that are not kube-proxy's, behind its own */
  constructor(
    readonly host: Host,
    readonly tracker: ServiceTracker,
    readonly input: NftInput,
    readonly others: (nat: Table) => void,
  ) {}

  /** Brings the host's rules up to date. */
  sync(mode: ProxyMode, now: number): void {
    const { host, tracker } = this;
    const { version } = tracker;
    if (version === this.#version && now < this.#due && mode === this.#mode && host.edits === this.#edits) return;
    if (mode !== this.#mode) {
      this.#mode = mode;
      this.#iptables = this.#nftables = undefined;
    }
    if (host.edits !== this.#edits) {
      this.#edits = host.edits;
      this.#canaryDue = host.editedAt - (host.editedAt % SYNC_PERIOD) + SYNC_PERIOD;
    }
    const started = (this.#iptables ?? this.#nftables) !== undefined;
    const changed = started ? tracker.changedSince(this.#version) : undefined;
    this.#version = version;
    if (!changed || now >= Math.min(this.#fullDue, this.#retryDue) || this.#isCanaryGone(now)) this.#full(now);
    else if (changed.size > 0) this.#partial(changed, now);
    this.#due = Math.min(this.#fullDue, this.#canaryDue, this.#retryDue);
  }

  /** kube-proxy: pkg/util/iptables, Monitor */
  #isCanaryGone(now: number): boolean {
    if (now < this.#canaryDue) return false;
    this.#canaryDue = Infinity;
    const { nat, filter } = this.#iptables ?? {};
    return [nat, filter].some((table) => table !== undefined && !table.chains.has(CANARY));
  }

  #full(now: number): void {
    const { host, tracker } = this;
    this.#fullDue = now + FULL_SYNC_PERIOD;
    this.#retryDue = Infinity;
    if (this.#mode === 'nftables') {
      const nat = new Table('nat');
      this.others(nat);
      this.#nftables = new NftablesWriter(this.input, this.#services(tracker.keys()));
      host.setRuleset([nat], [this.#nftables.table]);
    } else if (this.#iptables) this.#iptables.full(this.#services(tracker.keys()));
    else {
      this.#iptables = new IptablesWriter(this.input).full(this.#services(tracker.keys()));
      const { nat, filter } = this.#iptables;
      this.others(nat);
      host.setRuleset([nat, filter]);
    }
    // It lets node ports be called through 127.0.0.1 in iptables mode.
    host.routeLocalnet = this.#mode === 'iptables';
    host.forgetLists();
    removeStaleFlows(host.conntrack, tracker.ports());
  }

  #partial(changed: ReadonlySet<string>, now: number): void {
    const { host, tracker } = this;
    if (host.edits > 0 && this.#iptables?.isBroken()) {
      // iptables-restore refuses rules that jump nowhere; the next try is a full sync.
      this.#retryDue = Math.min(this.#retryDue, now + SYNC_PERIOD);
      return;
    }
    this.#iptables?.partial(this.#services(changed), () => tracker.keys());
    this.#nftables?.partial(this.#services(changed));
    host.forgetLists();
    removeStaleFlows(
      host.conntrack,
      [...changed].flatMap((key) => tracker.portsOf(key)),
    );
  }

  #services(keys: Iterable<string>): Services {
    return Array.from(keys, (key) => [key, this.tracker.portsOf(key)] as const);
  }

  /** The tables as kube-proxy alone would write them. */
  pure(mode: ProxyMode): { readonly iptables: Ruleset } | { readonly nftables: NftTable } {
    const all = this.#services(this.tracker.keys());
    return mode === 'nftables' ? { nftables: nftablesRules(this.input, all) } : { iptables: iptablesRules(this.input, all) };
  }
}
