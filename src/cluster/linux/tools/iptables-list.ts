import { type Prefix, formatAddress } from '../address';
import type { Match, Negatable, PortRange, Rule, Target, TransportName } from '../rule';
import type { Chain, Table } from '../table';
import { PROTOCOLS, portName } from './names';

/** Flags of `iptables -L`. */
export interface ListFormat {
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
}

const PROBABILITY_ONE = 0x80000000;
const ADDRESS_WIDTH = 19;

/** A counter in five columns: 12345 -> `12345`, 123456 -> ` 123K`. iptables: xtables_print_num */
function count(value: number, { exact }: ListFormat): string {
  if (exact) return String(value).padStart(8);
  let number = value;
  if (number <= 99_999) return String(number).padStart(5);
  for (const unit of 'KMG') {
    number = Math.round(number / 1000);
    if (number <= 9999) return String(number).padStart(4) + unit;
  }
  return `${String(Math.round(number / 1000)).padStart(4)}T`;
}

function head(chain: Chain, references: number, format: ListFormat): string {
  if (!chain.builtIn) return `Chain ${chain.name} (${references} references)`;
  const counted = format.verbose ? ` ${trimmed(chain.packets, format)} packets, ${trimmed(chain.bytes, format)} bytes` : '';
  return `Chain ${chain.name} (policy ${chain.policy}${counted})`;
}

const trimmed = (value: number, format: ListFormat) => count(value, format).trim();

function columns({ verbose, exact, lineNumbers }: ListFormat): string {
  const counters = verbose ? (exact ? '    pkts      bytes ' : ' pkts bytes ') : '';
  const via = verbose ? 'in     out     ' : '';
  return `${lineNumbers ? 'num  ' : ''}${counters}target     prot opt ${via}source               destination         `;
}

function interfaceName(field: Negatable<string> | undefined, numeric: boolean): string {
  return `${field?.negated ? '!' : ''}${field?.value ?? (numeric ? '*' : 'any')}`;
}

function addressText(field: Negatable<Prefix> | undefined, numeric: boolean): string {
  const sign = field?.negated ? '!' : ' ';
  if (!field) return sign + (numeric ? '0.0.0.0/0' : 'anywhere').padEnd(ADDRESS_WIDTH);
  const { network, length } = field.value;
  let text = formatAddress(network);
  if (!numeric && text === '127.0.0.0') text = 'loopback';
  if (!numeric && text === '127.0.0.1') text = 'localhost';
  return sign + (length === 32 ? text : `${text}/${length}`).padEnd(ADDRESS_WIDTH);
}

const not = (field: { readonly negated?: boolean }) => (field.negated ? '!' : '');
const hex = (value: number) => `0x${value.toString(16)}`;

function portsText(
  what: 'spt' | 'dpt',
  field: Negatable<PortRange> | undefined,
  protocol: TransportName,
  numeric: boolean,
): string {
  if (!field) return '';
  const { from, to } = field.value;
  const name = (port: number) => (numeric ? `${port}` : portName(port, protocol));
  return from === to ? ` ${what}:${not(field)}${name(from)}` : ` ${what}s:${not(field)}${name(from)}:${name(to)}`;
}

function matchText(match: Match, numeric: boolean): string {
  switch (match.module) {
    case 'comment':
      return ` /* ${match.comment} */`;
    case 'tcp':
    case 'udp':
    case 'sctp': {
      const { module, sourcePort, destinationPort } = match;
      return ` ${module}${portsText('spt', sourcePort, module, numeric)}${portsText('dpt', destinationPort, module, numeric)}`;
    }
    case 'addrtype': {
      const { sourceType, destinationType } = match;
      const source = sourceType ? ` src-type ${not(sourceType)}${sourceType.value}` : '';
      return ` ADDRTYPE match${source}${destinationType ? ` dst-type ${not(destinationType)}${destinationType.value}` : ''}`;
    }
    case 'mark':
      return ` mark match ${match.negated ? '! ' : ''}${hex(match.mark)}${match.mask === 0xffffffff ? '' : `/${hex(match.mask)}`}`;
    case 'conntrack':
      return ` ${match.negated ? '! ' : ''}ctstate ${match.states.join(',')}`;
    case 'statistic':
      return ` statistic mode random probability ${(match.probability / PROBABILITY_ONE).toFixed(11)}`;
    case 'recent': {
      const seconds = match.seconds === undefined ? '' : ` seconds: ${match.seconds}`;
      const how = match.action === 'set' ? 'SET' : 'CHECK';
      return ` recent: ${how}${seconds}${match.reap ? ' reap' : ''} name: ${match.name} side: source mask: ${match.mask}`;
    }
    case 'nfacct':
      return ` nfacct-name  ${match.name}`;
  }
}

/** iptables: extensions/libxt_MARK.c, mark_tg_print */
function markText(value: number, mask: number): string {
  if (value === 0) return ` MARK and ${hex(~mask >>> 0)}`;
  if (value === mask) return ` MARK or ${hex(value)}`;
  if (mask === 0) return ` MARK xor ${hex(value)}`;
  return mask === 0xffffffff ? ` MARK set ${hex(value)}` : ` MARK xset ${hex(value)}/${hex(mask)}`;
}

function targetText(target: Target | undefined): string {
  switch (target?.kind) {
    case 'DNAT':
    case 'SNAT': {
      const { to } = target;
      const random = target.kind === 'SNAT' && target.randomFully ? ' random-fully' : '';
      return ` to:${formatAddress(to.address)}${to.port === undefined ? '' : `:${to.port}`}${random}`;
    }
    case 'MARK':
      return markText(target.value, target.mask);
    case 'MASQUERADE':
      return target.randomFully ? ' random-fully' : '';
    case 'REJECT':
      return ` reject-with ${target.with}`;
    case 'CT':
      return ' NOTRACK';
    default:
      return '';
  }
}

function protocolText(protocol: Rule['protocol'], numeric: boolean): string {
  if (!protocol) return (numeric ? '0' : 'all').padEnd(4);
  const { value } = protocol;
  return not(protocol) + (numeric ? String(PROTOCOLS.find(([name]) => name === value)![1]) : value).padEnd(4);
}

function ruleLine(chain: Chain, at: number, format: ListFormat): string {
  const { rule, packets, bytes } = chain.steps[at]!;
  const { numeric, verbose, lineNumbers } = format;
  const { target } = rule;
  const name = target ? (target.kind === 'jump' ? target.chain : target.kind) : '';
  let text = lineNumbers ? `${String(at + 1).padEnd(4)} ` : '';
  if (verbose) text += `${count(packets, format)} ${count(bytes, format)} `;
  text += `${name.padEnd(9)}  ${protocolText(rule.protocol, numeric)} -- `;
  if (verbose) {
    const via = [rule.inInterface, rule.outInterface].map((field) => interfaceName(field, numeric).padEnd(6));
    text += ` ${via.join(' ')} `;
  }
  text += `${addressText(rule.source, numeric)} ${addressText(rule.destination, numeric)} `;
  // every match and target begins with a blank of its own
  return text.slice(0, -1) + more(rule, numeric);
}

function more(rule: Rule, numeric: boolean): string {
  const text = rule.matches.map((match) => matchText(match, numeric)).join('') + targetText(rule.target);
  return ` ${text}`;
}

/** How many rules of the table jump to a chain. */
export function references(table: Table): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { rules } of table.chains.values()) {
    for (const { target } of rules) if (target?.kind === 'jump') found.set(target.chain, (found.get(target.chain) ?? 0) + 1);
  }
  return found;
}

/** `iptables -L` of some chains of a table. */
export function listChains(table: Table, chains: readonly Chain[], format: ListFormat): string {
  const used = references(table);
  return chains
    .map((chain) => {
      const lines = chain.rules.map((_, at) => `${ruleLine(chain, at, format)}\n`);
      return `${head(chain, used.get(chain.name) ?? 0, format)}\n${columns(format)}\n${lines.join('')}`;
    })
    .join('\n');
}

/** One line of `iptables -L CHAIN NUMBER`; empty when there is no such rule. */
export function listRule(chain: Chain, number: number, format: ListFormat): string {
  return number >= 1 && number <= chain.rules.length ? `${ruleLine(chain, number - 1, format)}\n` : '';
}
