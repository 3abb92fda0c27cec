import { address, formatAddress, formatPrefix, prefix } from './address';
import type {
  AddressType,
  ConntrackState,
  Match,
  NatAddress,
  Negatable,
  PortRange,
  RejectWith,
  Rule,
  Target,
  TransportName,
} from './rule';

/** iptables' fixed point for `--probability`: libxt_statistic.c, 0x80000000 is 1. */
const PROBABILITY_ONE = 0x80000000;

/** The 31-bit fraction that the kernel keeps for a probability in [0,1]. */
export function probability(value: number): number {
  return Math.round(value * PROBABILITY_ONE);
}

const hex = (value: number) => `0x${value.toString(16)}`;
const not = (field: { readonly negated?: boolean }) => (field.negated ? '! ' : '');
const ports = (range: PortRange) => (range.from === range.to ? `${range.from}` : `${range.from}:${range.to}`);
const nat = (to: NatAddress) => formatAddress(to.address) + (to.port === undefined ? '' : `:${to.port}`);

function renderMatch(match: Match): string {
  switch (match.module) {
    case 'comment':
      return `-m comment --comment ${quote(match.comment)}`;
    case 'tcp':
    case 'udp':
    case 'sctp': {
      let text = `-m ${match.module}`;
      if (match.sourcePort) text += ` ${not(match.sourcePort)}--sport ${ports(match.sourcePort.value)}`;
      if (match.destinationPort) text += ` ${not(match.destinationPort)}--dport ${ports(match.destinationPort.value)}`;
      return text;
    }
    case 'addrtype': {
      let text = '-m addrtype';
      if (match.sourceType) text += ` ${not(match.sourceType)}--src-type ${match.sourceType.value}`;
      if (match.destinationType) text += ` ${not(match.destinationType)}--dst-type ${match.destinationType.value}`;
      return text;
    }
    case 'mark':
      return `-m mark ${not(match)}--mark ${hex(match.mark)}${match.mask === 0xffffffff ? '' : `/${hex(match.mask)}`}`;
    case 'conntrack':
      return `-m conntrack ${not(match)}--ctstate ${match.states.join(',')}`;
    case 'statistic':
      return `-m statistic --mode random --probability ${(match.probability / PROBABILITY_ONE).toFixed(11)}`;
    case 'recent': {
      let text = `-m recent --${match.action}`;
      if (match.seconds !== undefined) text += ` --seconds ${match.seconds}`;
      if (match.reap) text += ' --reap';
      return `${text} --name ${match.name} --mask ${match.mask} --rsource`;
    }
    case 'nfacct':
      // Two blanks, as libxt_nfacct prints them.
      return `-m nfacct --nfacct-name  ${match.name}`;
  }
}

/** iptables: libxtables/xtables.c, xtables_save_string */
function quote(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `"${text.replace(/["'\\]/g, '\\$&')}"`;
}

function renderTarget(target: Target): string {
  switch (target.kind) {
    case 'jump':
      return `-j ${target.chain}`;
    case 'REJECT':
      return `-j REJECT --reject-with ${target.with}`;
    case 'MARK':
      return `-j MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`;
    case 'DNAT':
      return `-j DNAT --to-destination ${nat(target.to)}`;
    case 'SNAT':
      return `-j SNAT --to-source ${nat(target.to)}${target.randomFully ? ' --random-fully' : ''}`;
    case 'MASQUERADE':
      return `-j MASQUERADE${target.randomFully ? ' --random-fully' : ''}`;
    case 'CT':
      return '-j CT --notrack';
    default:
      return `-j ${target.kind}`;
  }
}

/** The rule as `iptables-save` prints it (`iptables -S -v` with counters), e.g. `-A KUBE-SEP-… -p tcp -m tcp -j DNAT --to-destination 10.244.1.3:5000`. */
export function renderRule(chain: string, rule: Rule, counters?: { readonly packets: number; readonly bytes: number }): string {
  let text = `-A ${chain}`;
  if (rule.source) text += ` ${not(rule.source)}-s ${formatPrefix(rule.source.value)}`;
  if (rule.destination) text += ` ${not(rule.destination)}-d ${formatPrefix(rule.destination.value)}`;
  if (rule.inInterface) text += ` ${not(rule.inInterface)}-i ${rule.inInterface.value}`;
  if (rule.outInterface) text += ` ${not(rule.outInterface)}-o ${rule.outInterface.value}`;
  if (rule.protocol) text += ` ${not(rule.protocol)}-p ${rule.protocol.value}`;
  for (const match of rule.matches) text += ` ${renderMatch(match)}`;
  if (counters) text += ` -c ${counters.packets} ${counters.bytes}`;
  if (rule.target) text += ` ${renderTarget(rule.target)}`;
  return text;
}

function words(line: string): string[] {
  const found: string[] = [];
  for (const match of line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
    found.push(match[1] === undefined ? match[2]! : match[1].replace(/\\(.)/g, '$1'));
  }
  return found;
}

function parsePorts(text: string): PortRange {
  const [from, to] = text.split(':');
  return { from: Number(from), to: Number(to ?? from) };
}

function parseNat(text: string): NatAddress {
  const [host, port] = text.split(':');
  return port === undefined ? { address: address(host!) } : { address: address(host!), port: Number(port) };
}

function parseMasked(text: string): [number, number] {
  const [value, mask] = text.split('/');
  return [Number(value), mask === undefined ? 0xffffffff : Number(mask)];
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads one `-A CHAIN ...` line of `iptables-save`. Throws SyntaxError on an option that the simulator does not run: a rule that
 * is shown must be the rule that runs.
 */
export function parseRule(line: string): { chain: string; rule: Rule } {
  const input = words(line);
  let at = 0;
  const next = (): string => {
    const word = input[at++];
    if (word === undefined) throw new SyntaxError(`iptables: incomplete rule: ${line}`);
    return word;
  };
  if (next() !== '-A') throw new SyntaxError(`iptables: not a rule: ${line}`);
  const chain = next();
  const rule: Draft<Rule> = { matches: [] };
  const matches: Match[] = [];
  let match: Draft<Match> | undefined;
  let negated = false;
  const field = <T>(value: T): Negatable<T> => {
    const made = negated ? { value, negated: true } : { value };
    negated = false;
    return made;
  };
  const into = <M extends Match['module']>(...modules: M[]): Draft<Extract<Match, { module: M }>> => {
    if (!match || !(modules as string[]).includes(match.module))
      throw new SyntaxError(`iptables: option without its module: ${line}`);
    return match as Draft<Extract<Match, { module: M }>>;
  };
  while (at < input.length) {
    const word = next();
    switch (word) {
      case '!':
        negated = true;
        break;
      case '-s':
        rule.source = field(prefix(next()));
        break;
      case '-d':
        rule.destination = field(prefix(next()));
        break;
      case '-i':
        rule.inInterface = field(next());
        break;
      case '-o':
        rule.outInterface = field(next());
        break;
      case '-p':
        rule.protocol = field(next() as TransportName);
        break;
      case '-m': {
        const module = next();
        match = emptyMatch(module);
        if (!match) throw new SyntaxError(`iptables: this simulator does not run the match ${module}: ${line}`);
        matches.push(match as Match);
        break;
      }
      case '--comment':
        into('comment').comment = next();
        break;
      case '--sport':
        into('tcp', 'udp', 'sctp').sourcePort = field(parsePorts(next()));
        break;
      case '--dport':
        into('tcp', 'udp', 'sctp').destinationPort = field(parsePorts(next()));
        break;
      case '--src-type':
        into('addrtype').sourceType = field(next() as AddressType);
        break;
      case '--dst-type':
        into('addrtype').destinationType = field(next() as AddressType);
        break;
      case '--mark': {
        const mark = into('mark');
        [mark.mark, mark.mask] = parseMasked(next());
        if (negated) mark.negated = true;
        negated = false;
        break;
      }
      case '--ctstate': {
        const conntrack = into('conntrack');
        conntrack.states = next().split(',') as ConntrackState[];
        if (negated) conntrack.negated = true;
        negated = false;
        break;
      }
      case '--mode':
        if (next() !== 'random')
          throw new SyntaxError(`iptables: this simulator does not run statistic modes other than random: ${line}`);
        break;
      case '--probability':
        into('statistic').probability = probability(Number(next()));
        break;
      case '--set':
      case '--rcheck':
        into('recent').action = word === '--set' ? 'set' : 'rcheck';
        break;
      case '--seconds':
        into('recent').seconds = Number(next());
        break;
      case '--reap':
        into('recent').reap = true;
        break;
      case '--name':
        into('recent').name = next();
        break;
      case '--mask':
        into('recent').mask = next();
        break;
      case '--rsource':
        into('recent');
        break;
      case '--nfacct-name':
        into('nfacct').name = next();
        break;
      case '-j':
        rule.target = parseTarget(next(), input.slice(at), line);
        at = input.length;
        break;
      default:
        throw new SyntaxError(`iptables: this simulator does not run ${word}: ${line}`);
    }
  }
  rule.matches = matches;
  return { chain, rule };
}

/** A match before its options are read; undefined for a module that is not simulated. */
export function emptyMatch(module: string): Match | undefined {
  switch (module) {
    case 'comment':
      return { module, comment: '' };
    case 'tcp':
    case 'udp':
    case 'sctp':
    case 'addrtype':
      return { module };
    case 'mark':
      return { module, mark: 0, mask: 0 };
    case 'conntrack':
      return { module, states: [] };
    case 'statistic':
      return { module, probability: 0 };
    case 'recent':
      return { module, action: 'rcheck', name: '', mask: '255.255.255.255' };
    case 'nfacct':
      return { module, name: '' };
    default:
      return undefined;
  }
}

function parseTarget(name: string, options: readonly string[], line: string): Target {
  const option = (key: string) => {
    const at = options.indexOf(key);
    if (at < 0) throw new SyntaxError(`iptables: ${name} without ${key}: ${line}`);
    return options[at + 1]!;
  };
  const random = options.includes('--random-fully') ? { randomFully: true } : {};
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return { kind: name };
    case 'REJECT':
      return { kind: name, with: option('--reject-with') as RejectWith };
    case 'MARK': {
      const [value, mask] = parseMasked(option('--set-xmark'));
      return { kind: name, value, mask };
    }
    case 'DNAT':
      return { kind: name, to: parseNat(option('--to-destination')) };
    case 'SNAT':
      return { kind: name, to: parseNat(option('--to-source')), ...random };
    case 'MASQUERADE':
      return { kind: name, ...random };
    case 'CT':
      return { kind: name, notrack: true };
    default:
      return { kind: 'jump', chain: name };
  }
}
