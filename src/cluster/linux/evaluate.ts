import { setDestination, setSource, translate } from './nat';
import { toPacket } from './packet';
import { ACCEPTED, BOUND, CONTINUE, type Place, REFUSED, type Verdict } from './place';
import type { Target } from './rule';
import { ACCEPT, JUMP, MARK_PACKET, NAT, REFUSE, RETURN, type Step } from './step';
import type { Chain, Table } from './table';
import type { Packet } from './trace';

/** Runs a built-in chain of a table. */
export function evaluate(place: Place, table: Table, chain: Chain): Verdict {
  const verdict = run(place, table, chain);
  if (verdict !== CONTINUE) return verdict;
  if (!place.probe) {
    chain.packets++;
    chain.bytes += place.skb.bytes;
  }
  if (chain.policy === 'ACCEPT') return ACCEPTED;
  place.refusal = { table: table.name, chain: chain.name, text: `-P ${chain.name} ${chain.policy}` };
  return REFUSED;
}

/** Linux: net/ipv4/netfilter/ip_tables.c, ipt_do_table */
function run(place: Place, table: Table, chain: Chain): Verdict {
  const { skb, log } = place;
  const steps = chain.candidates(skb.destination, skb.destinationPort);
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    if (!step.applies(place)) continue;
    if (!place.probe) {
      step.packets++;
      step.bytes += skb.bytes;
    }
    const before = log && toPacket(skb);
    const { action } = step;
    if (action >= MARK_PACKET) act(place, step.rule.target!);
    if (before) record(place, table, chain, step, before);
    switch (action) {
      case JUMP: {
        const next = (step.next ??= table.chains.get((step.rule.target as Extract<Target, { kind: 'jump' }>).chain));
        // Many of kube-proxy's chains are empty.
        const verdict = next && next.rules.length > 0 ? run(place, table, next) : CONTINUE;
        if (verdict !== CONTINUE) return verdict;
        break;
      }
      case RETURN:
        return CONTINUE;
      case ACCEPT:
        return ACCEPTED;
      case NAT:
        return BOUND;
      case REFUSE:
        refuse(place, table, chain, step);
        return REFUSED;
      default:
    }
  }
  return CONTINUE;
}

function refuse(place: Place, table: Table, chain: Chain, { rule }: Step): void {
  const where = { table: table.name, chain: chain.name, text: chain.text(rule) };
  const { target } = rule;
  if (target?.kind !== 'REJECT') place.refusal = where;
  else place.refusal = { ...where, answer: target.with === 'tcp-reset' ? 'RST' : target.with };
}

function record(place: Place, table: Table, chain: Chain, { rule }: Step, before: Packet): void {
  place.log!.change(place.host.id, 'rule', before, place.skb, {
    hook: place.hook,
    table: table.name,
    chain: chain.name,
    text: chain.text(rule),
  });
}

/** What a target does to the packet and its connection; verdicts are the caller's. */
function act(place: Place, target: Target): void {
  const { host, skb } = place;
  const { entry } = skb;
  switch (target.kind) {
    case 'MARK':
      skb.mark = ((skb.mark & ~target.mask) ^ target.value) >>> 0;
      break;
    case 'CT':
      skb.untracked = true;
      break;
    case 'DNAT':
      if (!entry) break;
      setDestination(entry, target.to.address, target.to.port);
      translate(entry, skb, 'destination');
      break;
    case 'SNAT':
      if (entry) setSource(place, entry, target.to.address, target.to.port, target.randomFully === true);
      break;
    case 'MASQUERADE':
      if (entry) setSource(place, entry, host.addressOf(place.outInterface ?? ''), undefined, target.randomFully === true);
      break;
    default:
      break;
  }
}
