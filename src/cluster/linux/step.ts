import { isOfType, matches } from './matches';
import type { Skb } from './packet';
import type { Place } from './place';
import type { AddressType, ConntrackState, Match, Negatable, Rule, Target } from './rule';
import type { Chain } from './table';
import type { Protocol } from './trace';

// What a target does, as a number that the loop over rules branches on.
const COUNT = 0;
export const JUMP = 1;
export const ACCEPT = 2;
export const RETURN = 3;
/** DROP or REJECT. */
export const REFUSE = 4;
export const MARK_PACKET = 5;
export const NAT = 6;
const ACTIONS: Readonly<Record<Target['kind'], number>> = {
  jump: JUMP,
  ACCEPT,
  RETURN,
  DROP: REFUSE,
  REJECT: REFUSE,
  MARK: MARK_PACKET,
  CT: MARK_PACKET,
  DNAT: NAT,
  SNAT: NAT,
  MASQUERADE: NAT,
};

const PROTOCOLS: Readonly<Record<string, Protocol>> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', icmp: 'ICMP' };

// What `tests` asks to be looked at.
const SOURCE = 1;
const DESTINATION = 2;
const PROTOCOL = 4;
const INTERFACES = 8;
const PORTS = 16;
const MARK = 32;
const STATE = 64;
const TYPES = 128;
const REST = 256;

// States of a connection, as bits.
const INVALID = 1;
const NEW = 2;
const RELATED = 4;
const ESTABLISHED = 8;
const UNTRACKED = 16;
const SNAT = 32;
const DNAT = 64;
const STATES: Readonly<Record<ConntrackState, number>> = { INVALID, NEW, RELATED, ESTABLISHED, UNTRACKED, SNAT, DNAT };

/**
 * One rule as it runs in one chain of one host: what it asks for as numbers, made from the rule once, and its counters. Whatever a
 * packet is asked, it is asked in the order of the rule's text where the order can be told from the outcome. (`private` and not `#`:
 * V8 looks a `#` name up in its scope at every use, and every rule of every packet comes by here.)
 */
export class Step {
  // What every packet asks for comes first: it is in one piece of memory.
  private tests = 0;
  packets = 0;
  bytes = 0;
  readonly action: number = COUNT;
  /** Where a jump goes; found when it is first taken. */
  next: Chain | undefined = undefined;
  private destination = 0;
  private destinationMask = 0;
  private destinationNegated = false;
  private source = 0;
  private sourceMask = 0;
  private sourceNegated = false;
  private protocol: Protocol | undefined = undefined;
  private protocolNegated = false;
  private fromPort = 0;
  private toPort = 65535;
  private portNegated = false;
  private fromSourcePort = 0;
  private toSourcePort = 65535;
  private sourcePortNegated = false;
  private mark = 0;
  private markMask = 0;
  private markNegated = false;
  private states = 0;
  private statesNegated = false;
  private sourceType: Negatable<AddressType> | undefined = undefined;
  private destinationType: Negatable<AddressType> | undefined = undefined;
  private rest: readonly Match[] = [];

  constructor(readonly rule: Rule) {
    const { source, destination, protocol, target } = rule;
    if (source) {
      this.tests |= SOURCE;
      this.source = source.value.network;
      this.sourceMask = source.value.mask;
      this.sourceNegated = source.negated === true;
    }
    if (destination) {
      this.tests |= DESTINATION;
      this.destination = destination.value.network;
      this.destinationMask = destination.value.mask;
      this.destinationNegated = destination.negated === true;
    }
    if (protocol) {
      this.tests |= PROTOCOL;
      this.protocol = PROTOCOLS[protocol.value];
      this.protocolNegated = protocol.negated === true;
    }
    if (rule.inInterface ?? rule.outInterface) this.tests |= INTERFACES;
    const asked = rule.matches.filter(({ module }) => module !== 'comment' && module !== 'nfacct');
    const left = asked.findIndex((match) => !this.take(match));
    if (left >= 0) {
      this.tests |= REST;
      this.rest = asked.slice(left);
    }
    if (target) this.action = ACTIONS[target.kind];
  }

  /** Makes numbers of a match. False: it draws, remembers or stands there twice, and is asked as it is. */
  private take(match: Match): boolean {
    switch (match.module) {
      case 'tcp':
      case 'udp':
      case 'sctp': {
        const { destinationPort, sourcePort } = match;
        if (!destinationPort && !sourcePort) return true;
        if (this.tests & PORTS) return false;
        this.tests |= PORTS;
        if (destinationPort) ({ from: this.fromPort, to: this.toPort } = destinationPort.value);
        if (sourcePort) ({ from: this.fromSourcePort, to: this.toSourcePort } = sourcePort.value);
        this.portNegated = destinationPort?.negated === true;
        this.sourcePortNegated = sourcePort?.negated === true;
        return true;
      }
      case 'mark':
        if (this.tests & MARK) return false;
        this.tests |= MARK;
        this.mark = match.mark | 0;
        this.markMask = match.mask | 0;
        this.markNegated = match.negated === true;
        return true;
      case 'conntrack':
        if (this.tests & STATE) return false;
        this.tests |= STATE;
        for (const state of match.states) this.states |= STATES[state];
        this.statesNegated = match.negated === true;
        return true;
      case 'addrtype':
        if (this.tests & TYPES) return false;
        this.tests |= TYPES;
        this.sourceType = match.sourceType;
        this.destinationType = match.destinationType;
        return true;
      default:
        return false;
    }
  }

  /** Do all fields and matches hold? */
  applies(place: Place): boolean {
    const tests = this.tests;
    if (tests === 0) return true;
    const { skb } = place;
    if (tests & DESTINATION && ((skb.destination & this.destinationMask) === this.destination) === this.destinationNegated)
      return false;
    if (tests & SOURCE && ((skb.source & this.sourceMask) === this.source) === this.sourceNegated) return false;
    if (tests & PROTOCOL && (skb.protocol === this.protocol) === this.protocolNegated) return false;
    if (tests & PORTS && !this.portsMatch(skb)) return false;
    if (tests & MARK && ((skb.mark & this.markMask) === this.mark) === this.markNegated) return false;
    if (tests & STATE && hasState(skb, this.states) === this.statesNegated) return false;
    if (tests & TYPES && !this.typesMatch(place)) return false;
    if (tests & INTERFACES && !this.interfacesMatch(place)) return false;
    if (tests & REST) for (const match of this.rest) if (!matches(place, match)) return false;
    return true;
  }

  private portsMatch({ destinationPort, sourcePort }: Skb): boolean {
    if ((destinationPort >= this.fromPort && destinationPort <= this.toPort) === this.portNegated) return false;
    return (sourcePort >= this.fromSourcePort && sourcePort <= this.toSourcePort) !== this.sourcePortNegated;
  }

  private typesMatch(place: Place): boolean {
    const { skb } = place;
    return isOfType(place, this.destinationType, skb.destination) && isOfType(place, this.sourceType, skb.source);
  }

  private interfacesMatch({ inInterface, outInterface }: Place): boolean {
    return isInterface(this.rule.inInterface, inInterface) && isInterface(this.rule.outInterface, outInterface);
  }
}

function hasState({ state, entry }: Skb, wanted: number): boolean {
  const bit =
    state === 'ESTABLISHED'
      ? ESTABLISHED
      : state === 'NEW'
        ? NEW
        : state === 'RELATED'
          ? RELATED
          : state === 'INVALID'
            ? INVALID
            : UNTRACKED;
  if (bit & wanted) return true;
  if (!entry || !(wanted & (DNAT | SNAT))) return false;
  return (wanted & DNAT && entry.destinationNat) || (wanted & SNAT && entry.sourceNat) ? true : false;
}

/** `eth+` is every name that begins with `eth`. */
function isInterface(field: Negatable<string> | undefined, name: string | undefined): boolean {
  if (!field) return true;
  const wanted = field.value;
  const is = wanted.endsWith('+') ? (name ?? '').startsWith(wanted.slice(0, -1)) : wanted === name;
  return is !== (field.negated === true);
}
