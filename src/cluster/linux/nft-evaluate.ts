import { isAmong } from './nft-address';
import type { Field, NftRule, NftVerdict, Statement } from './nft-rule';
import { type NftChain, type NftSet, type NftTable, PROTOCOL_CODE } from './nft-table';
import { formatElement, nftRuleText } from './nft-text';
import { setDestination, setSource, translate } from './nat';
import { type Skb, toPacket } from './packet';
import { ACCEPTED, BOUND, CONTINUE, type Place, REFUSED, type Verdict } from './place';

/** What one rule came to: undefined when it did not apply or only changed the packet. */
type Effect = NftVerdict | { readonly kind: 'reject' | 'bound' } | undefined;

const REJECT: Effect = { kind: 'reject' };
const BIND: Effect = { kind: 'bound' };

/** Runs a base chain of a table. Linux: net/netfilter/nf_tables_core.c, nft_do_chain */
export function evaluateNft(place: Place, table: NftTable, chain: NftChain): Verdict {
  const verdict = run(place, table, chain);
  if (verdict !== CONTINUE) return verdict;
  if (chain.base?.policy !== 'drop') return ACCEPTED;
  place.refusal = { table: table.name, chain: chain.name, text: 'policy drop' };
  return REFUSED;
}

/** A goto does not come back. */
function run(place: Place, table: NftTable, chain: NftChain): Verdict {
  const { rules } = chain;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i]!;
    const effect = apply(place, table, chain, rule);
    if (effect === undefined) continue;
    switch (effect.kind) {
      case 'accept':
        return ACCEPTED;
      case 'bound':
        return BOUND;
      case 'return':
        return CONTINUE;
      case 'drop':
        place.refusal = { table: table.name, chain: chain.name, text: nftRuleText(rule) };
        return REFUSED;
      case 'reject':
        place.refusal = { answer: 'icmp-port-unreachable', table: table.name, chain: chain.name, text: nftRuleText(rule) };
        return REFUSED;
      case 'goto':
        return run(place, table, table.chain(effect.chain));
      case 'jump': {
        const end = run(place, table, table.chain(effect.chain));
        if (end !== CONTINUE) return end;
      }
    }
  }
  return CONTINUE;
}

function apply(place: Place, table: NftTable, chain: NftChain, rule: NftRule): Effect {
  const { log, skb, host, hook } = place;
  const before = log && toPacket(skb);
  let effect: Effect;
  let element: string | undefined;
  for (const statement of rule.statements) {
    switch (statement.kind) {
      case 'vmap': {
        const map = table.set(statement.map);
        const found = map.find(keyOf(map, statement.key, skb));
        if (!found?.verdict) return undefined;
        effect = found.verdict;
        if (log) element = formatElement(map, found);
        break;
      }
      case 'draw':
        effect = statement.verdicts[Math.floor(place.random() * statement.verdicts.length)];
        break;
      case 'verdict':
        effect = statement.verdict;
        break;
      case 'reject':
        effect = REJECT;
        break;
      case 'dnat':
      case 'draw dnat':
      case 'masquerade':
        translateBy(place, statement);
        effect = BIND;
        break;
      case 'set mark':
        setMark(skb, statement);
        break;
      case 'update':
        if (!update(place, table, statement)) return undefined;
        break;
      default:
        if (!matches(place, table, statement)) return undefined;
    }
  }
  if (before) {
    const more = element === undefined ? {} : { element };
    log.change(host.id, 'rule', before, skb, {
      hook,
      table: table.name,
      chain: chain.name,
      text: nftRuleText(rule),
      ...more,
    });
  }
  return effect;
}

type Match = Exclude<
  Statement,
  { kind: 'vmap' | 'draw' | 'verdict' | 'reject' | 'dnat' | 'draw dnat' | 'masquerade' | 'set mark' | 'update' }
>;

function matches(place: Place, table: NftTable, statement: Match): boolean {
  const { skb, host } = place;
  switch (statement.kind) {
    case 'ct state':
      return statement.states.includes(skb.state as 'NEW');
    case 'ct status':
      return (statement.status === 'DNAT' ? skb.entry?.destinationNat : skb.entry?.sourceNat) === true;
    case 'address':
      return isAmong(statement.among, field(statement.field, skb)) !== statement.negated;
    case 'lookup': {
      const set = table.set(statement.set);
      const found =
        set.options.timeout === undefined
          ? set.find(keyOf(set, statement.key, skb)) !== undefined
          : (host.remembered.get(set.name)?.get(field(statement.key[0]!, skb)) ?? 0) > place.now;
      return found !== statement.negated;
    }
    case 'l4proto':
      return statement.protocol.toUpperCase() === skb.protocol;
    case 'fib':
      return host.isLocal(statement.field === 'saddr' ? skb.source : skb.destination);
    case 'mark':
      return ((skb.mark & statement.mask) >>> 0 === statement.value) !== statement.negated;
  }
}

function field(name: Field, skb: Skb): number {
  switch (name) {
    case 'ip saddr':
      return skb.source;
    case 'ip daddr':
      return skb.destination;
    case 'meta l4proto':
      return PROTOCOL_CODE[skb.protocol];
    case 'th sport':
      return skb.sourcePort;
    case 'th dport':
      return skb.destinationPort;
  }
}

/** One array for all look-ups: nothing keeps it. */
const scratch: number[] = [];

function keyOf(set: NftSet, key: readonly Field[], skb: Skb): number | string {
  for (let i = 0; i < key.length; i++) scratch[i] = field(key[i]!, skb);
  scratch.length = key.length;
  return set.pack(scratch);
}

function setMark(skb: Skb, { operator, value }: Extract<Statement, { kind: 'set mark' }>): void {
  const mark = operator === '|' ? skb.mark | value : operator === '^' ? skb.mark ^ value : skb.mark & value;
  skb.mark = mark >>> 0;
}

/** False: the set is full, and the rule ends here. */
function update(place: Place, table: NftTable, statement: Extract<Statement, { kind: 'update' }>): boolean {
  const { host, now, skb, probe } = place;
  if (probe) return true;
  const { name, options } = table.set(statement.set);
  let remembered = host.remembered.get(name);
  if (!remembered) host.remembered.set(name, (remembered = new Map()));
  const value = field(statement.field, skb);
  const { size = Infinity, timeout = 0 } = options;
  if (remembered.size >= size && !remembered.has(value)) {
    for (const [key, expires] of remembered) if (expires <= now) remembered.delete(key);
    if (remembered.size >= size) return false;
  }
  remembered.set(value, now + timeout * 1000);
  return true;
}

function translateBy(place: Place, statement: Extract<Statement, { kind: 'dnat' | 'draw dnat' | 'masquerade' }>): void {
  const { host, skb, random } = place;
  const { entry } = skb;
  if (!entry) return;
  if (statement.kind === 'masquerade') {
    setSource(place, entry, host.addressOf(place.outInterface ?? ''), undefined, statement.fullyRandom);
    return;
  }
  const to = statement.kind === 'dnat' ? statement.to : statement.to[Math.floor(random() * statement.to.length)]!;
  setDestination(entry, to.address, to.port);
  translate(entry, skb, 'destination');
}
