import { type Prefix, maskOf, parseAddress } from '../address';
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
} from '../rule';
import { emptyMatch, probability } from '../rule-text';
import { misuse, unsupported } from './iptables-error';
import { portOf, protocolOf } from './names';

/** What a rule's words came to. `-s a,b` makes several rules. */
export interface ParsedRule {
  readonly rules: readonly Rule[];
  /** `-c PACKETS BYTES` */
  readonly counters?: readonly [packets: number, bytes: number];
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

const REJECTS: Readonly<Record<string, RejectWith>> = {
  'icmp-port-unreachable': 'icmp-port-unreachable',
  'port-unreach': 'icmp-port-unreachable',
  'icmp-net-unreachable': 'icmp-net-unreachable',
  'net-unreach': 'icmp-net-unreachable',
  'icmp-host-unreachable': 'icmp-host-unreachable',
  'host-unreach': 'icmp-host-unreachable',
  'tcp-reset': 'tcp-reset',
  'tcp-rst': 'tcp-reset',
};

/** Extensions of iptables that exist, but that this simulator does not run. */
const OTHER_MATCHES = new Set(
  (
    'bpf cgroup cluster connbytes connlabel connlimit connmark cpu devgroup dscp ecn esp hashlimit helper icmp iprange ipvs length limit ' +
    'mac multiport osf owner physdev pkttype policy quota rateest rpfilter set socket state string tcpmss time tos ttl u32'
  ).split(' '),
);
const OTHER_TARGETS = new Set(
  (
    'AUDIT CHECKSUM CLASSIFY CONNMARK CONNSECMARK DSCP ECN HL HMARK IDLETIMER LED LOG NETMAP NFLOG NFQUEUE NOTRACK RATEEST REDIRECT SECMARK ' +
    'SET SYNPROXY TCPMSS TCPOPTSTRIP TEE TOS TPROXY TRACE TTL QUEUE ULOG'
  ).split(' '),
);

/** Options of a rule that take no module, in their short form. */
const LONG: Readonly<Record<string, string>> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--protocol': '-p',
  '--proto': '-p',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--jump': '-j',
  '--match': '-m',
  '--set-counters': '-c',
  '--goto': '-g',
};

/** Reads `10.0.0.0/8`, `1.2.3.4`, `10.0.0.0/255.0.0.0`, `0/0`. */
function block(text: string): Prefix {
  const [host = '', length = '32'] = text.split('/');
  const octets = host.split('.');
  // inet_aton's short forms are completed by zeros, as iptables does with a mask and without
  const value = octets.length < 4 ? parseAddress([...octets, '0', '0', '0'].slice(0, 4).join('.')) : parseAddress(host);
  if (value === undefined) throw misuse(`host/network \`${host}' not found`);
  const dotted = parseAddress(length);
  const bits = dotted === undefined ? Number(length) : 32 - Math.log2(~dotted + 1 || 1);
  if (!Number.isInteger(bits) || bits < 0 || bits > 32) throw misuse(`invalid mask \`${length}' specified`);
  const mask = maskOf(bits);
  return { network: value & mask, mask, length: bits };
}

/** Reads the words of a rule behind `-A CHAIN`, in any order that iptables takes. Throws IptablesError. */
export class RuleWords {
  #at = 0;
  readonly #rule: Draft<Rule> = { matches: [] };
  readonly #matches: Match[] = [];
  #match: Draft<Match> | undefined;
  #sources: Negatable<Prefix>[] | undefined;
  #destinations: Negatable<Prefix>[] | undefined;
  #counters: [number, number] | undefined;
  #target: string | undefined;
  readonly #options = new Map<string, string>();

  constructor(readonly words: readonly string[]) {}

  parse(): ParsedRule {
    while (this.#at < this.words.length) this.#option();
    const target = this.#makeTarget();
    this.#check();
    const rule: Rule = { ...this.#rule, matches: this.#matches, ...(target ? { target } : {}) };
    const rules: Rule[] = [];
    for (const source of this.#sources ?? [undefined]) {
      for (const destination of this.#destinations ?? [undefined])
        rules.push({ ...(source ? { source } : {}), ...(destination ? { destination } : {}), ...rule });
    }
    return { rules, ...(this.#counters ? { counters: this.#counters } : {}) };
  }

  #value(option: string): string {
    const word = this.words[this.#at++];
    if (word === undefined) throw misuse(`option "${option}" requires an argument`);
    return word;
  }

  #option(): void {
    let word = this.words[this.#at++]!;
    let negated = word === '!';
    if (negated) word = this.#value('!');
    const shown = word;
    word = LONG[word] ?? word;
    const field = <T>(value: T): Negatable<T> => (negated ? { value, negated: true } : { value });
    const own = () => {
      const value = this.#value(shown);
      // the old place of the exclamation mark
      if (value !== '!') return value;
      negated = true;
      return this.#value(shown);
    };
    switch (word) {
      case '-s':
        this.#sources = own()
          .split(',')
          .map((text) => field(block(text)))
          .filter(({ value }) => value.length > 0);
        if (this.#sources.length === 0) this.#sources = undefined;
        break;
      case '-d':
        this.#destinations = own()
          .split(',')
          .map((text) => field(block(text)))
          .filter(({ value }) => value.length > 0);
        if (this.#destinations.length === 0) this.#destinations = undefined;
        break;
      case '-i':
        this.#rule.inInterface = field(own());
        break;
      case '-o':
        this.#rule.outInterface = field(own());
        break;
      case '-p':
        this.#protocol(own(), negated);
        break;
      case '-m':
        this.#match = newMatch(this.#value(shown));
        this.#matches.push(this.#match as Match);
        break;
      case '-j':
        this.#target = this.#value(shown);
        this.#match = undefined;
        break;
      case '-g':
        throw unsupported('-g');
      case '-c':
        this.#counters = [Number(this.#value(shown)), Number(this.#value(shown))];
        break;
      default:
        if (!word.startsWith('-')) throw badArgument(word);
        if (!this.#matchOption(word, negated)) this.#targetOption(word);
    }
  }

  #protocol(text: string, negated: boolean): void {
    const name = text.toLowerCase();
    if (name === 'all' || name === '0') return;
    const value = protocolOf(name);
    if (!value) {
      if (/^\d+$/.test(name) || ['esp', 'ah', 'gre', 'udplite', 'dccp', 'ipv6-icmp', 'icmpv6', 'igmp', 'ospf'].includes(name))
        throw unsupported(`protocol ${name}`);
      throw misuse(`unknown protocol "${text}" specified`);
    }
    this.#rule.protocol = negated ? { value, negated: true } : { value };
  }

  /** An option of a match that was named, or of the protocol's own match. False: of none. */
  #matchOption(word: string, negated: boolean): boolean {
    const name = ALIASES[word] ?? word;
    const module = OWNER[name];
    if (!module) return false;
    const match = this.#matchFor(module, word);
    if (match === undefined) return false;
    const value = () => this.#value(word);
    const field = <T>(made: T): Negatable<T> => (negated ? { value: made, negated: true } : { value: made });
    switch (match.module) {
      case 'tcp':
      case 'udp':
      case 'sctp':
        match[name === '--sport' ? 'sourcePort' : 'destinationPort'] = field(ports(value(), match.module));
        break;
      case 'comment':
        match.comment = value();
        break;
      case 'addrtype':
        match[name === '--src-type' ? 'sourceType' : 'destinationType'] = field(addressType(value()));
        break;
      case 'mark':
        [match.mark, match.mask] = masked(value(), 'mark');
        if (negated) match.negated = true;
        break;
      case 'conntrack':
        match.states = conntrackStates(value());
        if (negated) match.negated = true;
        break;
      case 'statistic':
        if (name === '--mode') {
          const mode = value();
          if (mode === 'nth') throw unsupported('statistic mode nth');
          if (mode !== 'random') throw misuse(`Bad mode "${mode}"`);
        } else {
          const chance = Number(value());
          if (!(chance >= 0 && chance <= 1)) throw misuse('--probability must be between 0 and 1');
          match.probability = probability(chance);
        }
        break;
      case 'recent':
        if (name === '--set' || name === '--rcheck') match.action = name === '--set' ? 'set' : 'rcheck';
        else if (name === '--update' || name === '--remove' || name === '--rdest') throw unsupported(`-m recent ${name}`);
        else if (name === '--seconds') match.seconds = Number(value());
        else if (name === '--reap') match.reap = true;
        else if (name === '--name') match.name = value();
        else if (name === '--mask') match.mask = value();
        break;
      case 'nfacct':
        match.name = value();
        break;
    }
    return true;
  }

  #matchFor(module: Match['module'] | 'ports', word: string): Draft<Match> | undefined {
    if (module !== 'ports') {
      // the last of that module, wherever it stands
      return this.#matches.findLast((match) => match.module === module) as Draft<Match> | undefined;
    }
    const found = this.#matches.findLast(({ module: m }) => m === 'tcp' || m === 'udp' || m === 'sctp');
    if (found) return found as Draft<Match>;
    const { protocol } = this.#rule;
    if (!protocol || protocol.value === 'icmp') return undefined;
    if (protocol.negated) throw misuse(`unknown option "${word}"`);
    const made: Draft<Match> = { module: protocol.value };
    this.#matches.push(made as Match);
    return made;
  }

  #targetOption(word: string): void {
    const name = ALIASES[word] ?? word;
    const owners = TARGET_OPTIONS[name];
    if (!owners || this.#target === undefined || !owners.includes(this.#target)) throw misuse(`unknown option "${word}"`);
    const takesNone = name === '--random-fully' || name === '--notrack' || name === '--random' || name === '--persistent';
    if (name === '--random' || name === '--persistent' || name === '--to-ports') throw unsupported(name);
    this.#options.set(name, takesNone ? '' : this.#value(word));
  }

  #makeTarget(): Target | undefined {
    const name = this.#target;
    const get = (key: string) => this.#options.get(key);
    const random = get('--random-fully') === undefined ? {} : { randomFully: true };
    switch (name) {
      case undefined:
        return undefined;
      case 'ACCEPT':
      case 'DROP':
      case 'RETURN':
        return { kind: name };
      case 'REJECT': {
        const text = get('--reject-with') ?? 'icmp-port-unreachable';
        const found = REJECTS[text];
        if (!found && /^icmp-(proto-unreachable|net-prohibited|host-prohibited|admin-prohibited)$/.test(text))
          throw unsupported(`--reject-with ${text}`);
        if (!found) throw misuse(`unknown reject type "${text}"`);
        return { kind: name, with: found };
      }
      case 'MARK':
        return { kind: name, ...this.#mark() };
      case 'DNAT':
      case 'SNAT': {
        const option = name === 'DNAT' ? '--to-destination' : '--to-source';
        const to = get(option);
        if (to === undefined) throw misuse(`${name}: option "${option}" must be specified`);
        return { kind: name, to: natAddress(to), ...(name === 'SNAT' ? random : {}) };
      }
      case 'MASQUERADE':
        return { kind: name, ...random };
      case 'CT':
        if (get('--notrack') === undefined) throw unsupported('-j CT without --notrack');
        return { kind: name, notrack: true };
      default:
        if (OTHER_TARGETS.has(name)) throw unsupported(`the target ${name}`);
        return { kind: 'jump', chain: name };
    }
  }

  /** iptables: extensions/libxt_MARK.c */
  #mark(): { value: number; mask: number } {
    const take = (key: string) => this.#options.get(key);
    const bits = (text: string) => Number(text) >>> 0;
    const [set, xset, or, and, xor] = ['--set-mark', '--set-xmark', '--or-mark', '--and-mark', '--xor-mark'].map(take);
    if (or !== undefined) return { value: bits(or), mask: bits(or) };
    if (and !== undefined) return { value: 0, mask: ~bits(and) >>> 0 };
    if (xor !== undefined) return { value: bits(xor), mask: 0 };
    if (xset !== undefined) {
      const [value, mask] = masked(xset, 'MARK');
      return { value, mask };
    }
    if (set === undefined) throw misuse('MARK target: One of the --set-xmark, --{and,or,xor,set}-mark options is required');
    const [value, mask] = masked(set, 'MARK');
    return { value, mask: (value | mask) >>> 0 };
  }

  #check(): void {
    for (const match of this.#matches) {
      if (match.module === 'statistic' && match.probability < 0)
        throw misuse('--probability must be specified when using random mode');
      if (match.module === 'recent' && match.name === '') (match as Draft<typeof match>).name = 'DEFAULT';
      if (match.module === 'tcp' || match.module === 'udp' || match.module === 'sctp') {
        const { protocol } = this.#rule;
        if (protocol?.value !== match.module || protocol.negated)
          throw misuse(`unknown option "-m ${match.module}" without "-p ${match.module}"`);
      }
    }
  }
}

const badArgument = (word: string) =>
  Object.assign(misuse(''), {
    message: `Bad argument \`${word}'\nTry \`iptables -h' or 'iptables --help' for more information.`,
  });

/** Which match an option belongs to. */
const OWNER: Readonly<Record<string, Match['module'] | 'ports'>> = {
  '--sport': 'ports',
  '--dport': 'ports',
  '--comment': 'comment',
  '--src-type': 'addrtype',
  '--dst-type': 'addrtype',
  '--mark': 'mark',
  '--ctstate': 'conntrack',
  '--mode': 'statistic',
  '--probability': 'statistic',
  '--set': 'recent',
  '--rcheck': 'recent',
  '--update': 'recent',
  '--remove': 'recent',
  '--seconds': 'recent',
  '--reap': 'recent',
  '--name': 'recent',
  '--mask': 'recent',
  '--rsource': 'recent',
  '--rdest': 'recent',
  '--nfacct-name': 'nfacct',
};

const ALIASES: Readonly<Record<string, string>> = {
  '--source-port': '--sport',
  '--source-ports': '--sport',
  '--destination-port': '--dport',
  '--destination-ports': '--dport',
};

const TARGET_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  '--reject-with': ['REJECT'],
  '--to-destination': ['DNAT'],
  '--to-source': ['SNAT'],
  '--to-ports': ['MASQUERADE'],
  '--random-fully': ['SNAT', 'MASQUERADE'],
  '--random': ['SNAT', 'DNAT', 'MASQUERADE'],
  '--persistent': ['SNAT', 'DNAT'],
  '--set-mark': ['MARK'],
  '--set-xmark': ['MARK'],
  '--or-mark': ['MARK'],
  '--and-mark': ['MARK'],
  '--xor-mark': ['MARK'],
  '--notrack': ['CT'],
};

function newMatch(module: string): Draft<Match> {
  const match = emptyMatch(module);
  // -1: the probability is still to be said
  if (match) return match.module === 'statistic' ? { ...match, probability: -1 } : match;
  if (OTHER_MATCHES.has(module)) throw unsupported(`the match ${module}`);
  throw misuse(`Couldn't load match \`${module}':No such file or directory\n`);
}

function ports(text: string, protocol: TransportName): PortRange {
  const [from = '', to = from] = text.split(':');
  const read = (port: string, otherwise: number) => {
    if (port === '') return otherwise;
    const number = portOf(port, protocol);
    if (number === undefined) throw misuse(`invalid port/service \`${port}' specified`);
    return number;
  };
  return { from: read(from, 0), to: read(to, 65535) };
}

function addressType(text: string): AddressType {
  if (text === 'LOCAL' || text === 'UNICAST') return text;
  if (/^(BROADCAST|MULTICAST|ANYCAST|BLACKHOLE|UNREACHABLE|PROHIBIT|UNSPEC|THROW|NAT|XRESOLVE)$/.test(text) || text.includes(','))
    throw unsupported(`address type ${text}`);
  throw misuse(`addrtype: bad type \`${text}'`);
}

const STATES = new Set(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT']);

/** iptables prints states in the order of their bits. */
function conntrackStates(text: string): ConntrackState[] {
  const asked = text.split(',');
  for (const state of asked) if (!STATES.has(state)) throw misuse(`Bad ctstate "${state}"`);
  return [...STATES].filter((state) => asked.includes(state)) as ConntrackState[];
}

function masked(text: string, owner: string): [value: number, mask: number] {
  const [value = '', mask] = text.split('/');
  const numbers = [Number(value), mask === undefined ? 0xffffffff : Number(mask)] as const;
  if (value === '' || numbers.some((n) => !Number.isInteger(n) || n < 0 || n > 0xffffffff))
    throw misuse(`${owner}: Bad value for "--${owner === 'MARK' ? 'set-xmark' : 'mark'}" option: "${text}"`);
  return [numbers[0], numbers[1]];
}

function natAddress(text: string): NatAddress {
  const [host = '', port] = text.split(':');
  if (text.includes('-')) throw unsupported(`a range of addresses (${text})`);
  const address = parseAddress(host);
  if (address === undefined) throw misuse(`Bad IP address "${host}"`);
  if (port === undefined) return { address };
  const number = Number(port);
  if (!(Number.isInteger(number) && number > 0 && number < 65536)) throw misuse(`Port \`${port}' not valid`);
  return { address, port: number };
}
