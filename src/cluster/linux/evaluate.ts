import { contains } from './address';
import type { Host } from './host';
import { setDestination, setSource, translate } from './nat';
import type { Skb } from './packet';
import { toPacket } from './packet';
import type { AddressType, Hook, Match, Negatable, PortRange, Rule, Target } from './rule';
import type { Chain, Step, Table } from './table';
import type { Packet } from './trace';
import type { TraceLog } from './trace-log';

/** Where a packet is while rules look at it. */
export interface Place {
  readonly host: Host;
  readonly hook: Hook;
  readonly skb: Skb;
  readonly inInterface: string | undefined;
  readonly outInterface: string | undefined;
  /** Virtual ms since the epoch. */
  readonly now: number;
  /** In [0,1). */
  readonly random: () => number;
  readonly log: TraceLog | undefined;
  /** Rules must not remember the packet. */
  readonly probe: boolean;
}

/** How a base chain let go of a packet. */
export type Verdict =
  /** `bound`: a nat rule decided where the connection goes to or comes from. */
  | { readonly kind: 'ACCEPT'; readonly bound: boolean }
  /** `answer`: what REJECT tells the sender. The rest names the rule, for the trace. */
  | {
      readonly kind: 'REFUSE';
      readonly answer?: Packet['payload'];
      readonly table: string;
      readonly chain: string;
      readonly text: string;
    };

const PROTOCOL_NAME = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp', ICMP: 'icmp' } as const;

export const ACCEPT: Verdict = { kind: 'ACCEPT', bound: false };
export const BOUND: Verdict = { kind: 'ACCEPT', bound: true };

/** Runs a built-in chain of a table; its policy is ACCEPT. */
export function evaluate(place: Place, table: Table): Verdict {
  return run(place, table, table.chain(place.hook)) ?? ACCEPT;
}

/** Undefined: the end of the chain or RETURN. Linux: net/ipv4/netfilter/ip_tables.c, ipt_do_table */
function run(place: Place, table: Table, chain: Chain): Verdict | undefined {
  for (const step of chain.candidates(place.skb.destination, place.skb.destinationPort)) {
    if (!applies(place, step)) continue;
    const { rule } = step;
    const target = rule.target;
    const before = place.log && toPacket(place.skb);
    if (target) act(place, target);
    if (before) record(place, table, chain, rule, before);
    if (!target) continue;
    switch (target.kind) {
      case 'jump': {
        const next = table.chains.get(target.chain);
        const verdict = next && run(place, table, next);
        if (verdict) return verdict;
        break;
      }
      case 'RETURN':
        return undefined;
      case 'DROP':
        return { kind: 'REFUSE', table: table.name, chain: chain.name, text: chain.text(rule) };
      case 'REJECT': {
        const answer = target.with === 'tcp-reset' ? 'RST' : target.with;
        return { kind: 'REFUSE', answer, table: table.name, chain: chain.name, text: chain.text(rule) };
      }
      case 'MARK':
        break;
      case 'ACCEPT':
        return ACCEPT;
      default:
        return BOUND;
    }
  }
  return undefined;
}

function record(place: Place, table: Table, chain: Chain, rule: Rule, before: Packet): void {
  place.log!.change(place.host.id, 'rule', before, place.skb, {
    hook: place.hook,
    table: table.name,
    chain: chain.name,
    text: chain.text(rule),
  });
}

/** What a target does to the packet and its connection; verdicts are the caller's. */
function act(place: Place, target: Target): void {
  const { host, skb, now, random } = place;
  const entry = skb.entry;
  switch (target.kind) {
    case 'MARK':
      skb.mark = ((skb.mark & ~target.mask) ^ target.value) >>> 0;
      break;
    case 'DNAT':
      if (!entry) break;
      setDestination(entry, target.to.address, target.to.port);
      translate(entry, skb, 'destination');
      break;
    case 'SNAT':
    case 'MASQUERADE': {
      if (!entry) break;
      const to = target.kind === 'SNAT' ? target.to : { address: host.addressOf(place.outInterface ?? '') };
      const choice = target.randomFully ? { ...to, randomFully: true } : to;
      setSource(entry, choice, host.conntrack, random, now);
      translate(entry, skb, 'source');
      break;
    }
    default:
      break;
  }
}

function holds<T>(field: Negatable<T> | undefined, test: (value: T) => boolean): boolean {
  return field === undefined || test(field.value) !== (field.negated === true);
}

function applies(place: Place, { rule, checks }: Step): boolean {
  const { skb } = place;
  const { source, destination, protocol } = rule;
  if (destination && contains(destination.value, skb.destination) === (destination.negated === true)) return false;
  if (source && contains(source.value, skb.source) === (source.negated === true)) return false;
  if (protocol && (protocol.value === PROTOCOL_NAME[skb.protocol]) === (protocol.negated === true)) return false;
  const { inInterface, outInterface } = rule;
  if (inInterface && (inInterface.value === place.inInterface) === (inInterface.negated === true)) return false;
  if (outInterface && (outInterface.value === place.outInterface) === (outInterface.negated === true)) return false;
  for (const match of checks) if (!matches(place, match)) return false;
  return true;
}

function matches(place: Place, match: Match): boolean {
  const { skb, host } = place;
  switch (match.module) {
    case 'comment':
    case 'nfacct':
      return true;
    case 'tcp':
    case 'udp':
    case 'sctp':
      return inRange(match.destinationPort, skb.destinationPort) && inRange(match.sourcePort, skb.sourcePort);
    case 'addrtype': {
      const is = (type: AddressType, address: number) => host.isLocal(address) === (type === 'LOCAL');
      return holds(match.destinationType, (t) => is(t, skb.destination)) && holds(match.sourceType, (t) => is(t, skb.source));
    }
    case 'mark':
      return ((skb.mark & match.mask) >>> 0 === match.mark) !== (match.negated === true);
    case 'conntrack': {
      const found = match.states.some(
        (state) =>
          state === skb.state ||
          (state === 'DNAT' && skb.entry?.destinationNat === true) ||
          (state === 'SNAT' && skb.entry?.sourceNat === true),
      );
      return found !== (match.negated === true);
    }
    case 'statistic':
      return place.random() * 0x80000000 < match.probability;
    case 'recent':
      return recent(place, match);
  }
}

function inRange(field: Negatable<PortRange> | undefined, port: number): boolean {
  return field === undefined || (port >= field.value.from && port <= field.value.to) !== (field.negated === true);
}

/** Linux: net/netfilter/xt_recent.c */
function recent(place: Place, match: Extract<Match, { module: 'recent' }>): boolean {
  const { recent: lists } = place.host;
  const { source } = place.skb;
  if (match.action === 'set') {
    if (place.probe) return true;
    let list = lists.get(match.name);
    if (!list) lists.set(match.name, (list = new Map()));
    list.set(source, place.now);
    return true;
  }
  const seen = lists.get(match.name)?.get(source);
  if (seen === undefined) return false;
  const fresh = match.seconds === undefined || place.now - seen <= match.seconds * 1000;
  if (!fresh && match.reap && !place.probe) lists.get(match.name)!.delete(source);
  return fresh;
}
