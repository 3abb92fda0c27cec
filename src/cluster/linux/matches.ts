import type { Place } from './place';
import type { AddressType, Match, Negatable, PortRange } from './rule';

/** Does one `-m MODULE …` hold for the packet? */
export function matches(place: Place, match: Match): boolean {
  const { skb } = place;
  switch (match.module) {
    case 'comment':
    case 'nfacct':
      return true;
    case 'tcp':
    case 'udp':
    case 'sctp':
      return inRange(match.destinationPort, skb.destinationPort) && inRange(match.sourcePort, skb.sourcePort);
    case 'addrtype':
      return isOfType(place, match.destinationType, skb.destination) && isOfType(place, match.sourceType, skb.source);
    case 'mark':
      return ((skb.mark & match.mask) >>> 0 === match.mark) !== (match.negated === true);
    case 'conntrack': {
      const found = match.states.some(
        (state) =>
          state === skb.state ||
          (state === 'UNTRACKED' && skb.state === 'NONE') ||
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

/** Linux: net/netfilter/xt_addrtype.c */
export function isOfType(place: Place, type: Negatable<AddressType> | undefined, address: number): boolean {
  if (type === undefined) return true;
  return (place.host.isLocal(address) === (type.value === 'LOCAL')) !== (type.negated === true);
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
