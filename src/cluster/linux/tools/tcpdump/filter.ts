import { type Prefix, contains, address as known, maskOf, parseAddress } from '../../address';
import type { TransportName } from '../../rule';
import type { Protocol } from '../../trace';
import { portOf, protocolOf } from '../names';
import { FLAG_BITS, flagBits } from './flags';
import type { Frame } from './frames';

export type Filter = (frame: Frame) => boolean;

/** What tcpdump says of an expression, behind its name. */
export class FilterError extends Error {}

type Direction = 'src' | 'dst' | 'either' | 'both';
type Type = 'host' | 'net' | 'port' | 'portrange';

interface Qualifiers {
  readonly protocol?: string;
  readonly direction: Direction;
  readonly type: Type;
}

const syntax = () => new FilterError("can't parse filter expression: syntax error");
const NAMES = new Set(['ip', 'ip6', 'arp', 'rarp', 'tcp', 'udp', 'sctp', 'icmp']);
const TYPES = new Set(['host', 'net', 'port', 'portrange']);
/** Parts of libpcap's language that ask for what simulated packets do not have. */
const BEYOND = new Set(
  'ether wlan vlan mpls pppoed greater less gateway broadcast multicast inbound outbound ifname rnr len igmp esp ah vrrp'.split(
    ' ',
  ),
);
const FLAG_TEST = /^tcp\[(?:tcpflags|13)\]\s*(?:&\s*(\([^()]*\)|[\w-]+)\s*)?(!=|==?)\s*(\([^()]*\)|[\w-]+)/;
const TOKEN = /^(&&|\|\||[()!]|[^\s()!&|]+)/;

/** A filter expression of libpcap. `and` and `or` bind alike, from left to right. Throws FilterError. */
export function parseFilter(text: string): Filter {
  return text.trim() === '' ? () => true : new Parser(tokensOf(text)).whole();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const token = (FLAG_TEST.exec(rest) ?? TOKEN.exec(rest))?.[0];
    if (token === undefined) throw syntax();
    if (!token.startsWith('tcp[') && token.includes('['))
      throw new FilterError('this simulator does not look at bytes of a packet other than tcp[tcpflags]');
    tokens.push(token);
    rest = rest.slice(token.length).trimStart();
  }
  return tokens;
}

class Parser {
  #at = 0;
  /** A value alone has the qualifiers of the one before it. */
  #last: Qualifiers | undefined;

  constructor(readonly tokens: readonly string[]) {}

  whole(): Filter {
    const filter = this.#expression();
    if (this.#at < this.tokens.length) throw syntax();
    return filter;
  }

  #take(): string | undefined {
    return this.tokens[this.#at++];
  }

  get #next(): string | undefined {
    return this.tokens[this.#at];
  }

  #expression(): Filter {
    let left = this.#term();
    for (;;) {
      const word = this.#next;
      if (word !== 'and' && word !== '&&' && word !== 'or' && word !== '||') return left;
      this.#at++;
      const [first, second] = [left, this.#term()];
      left =
        word === 'and' || word === '&&' ? (frame) => first(frame) && second(frame) : (frame) => first(frame) || second(frame);
    }
  }

  #term(): Filter {
    const word = this.#next;
    if (word === 'not' || word === '!') {
      this.#at++;
      const inner = this.#term();
      return (frame) => !inner(frame);
    }
    if (word === '(') {
      this.#at++;
      const inner = this.#expression();
      if (this.#take() !== ')') throw syntax();
      return inner;
    }
    return this.#primitive();
  }

  #primitive(): Filter {
    const first = this.#next;
    if (first === undefined) throw syntax();
    const flags = FLAG_TEST.exec(first);
    if (flags) {
      this.#at++;
      return flagFilter(flags[1], flags[2]!, flags[3]!);
    }
    if (BEYOND.has(first)) throw new FilterError(`this simulator does not filter by "${first}"`);
    const protocol = NAMES.has(first) ? this.#take() : undefined;
    const direction = this.#direction();
    let type = TYPES.has(this.#next ?? '') ? (this.#take() as Type) : undefined;
    if (
      this.#next === 'proto' &&
      direction === undefined &&
      type === undefined &&
      (protocol === undefined || protocol === 'ip')
    ) {
      this.#at++;
      return protocolFilter(this.#protocolName());
    }
    if (type === undefined && direction === undefined) {
      if (protocol !== undefined) return protocolFilter(protocol);
      if (this.#last === undefined || !/^[\d.]+/.test(first)) throw syntax();
      return this.#value(this.#last);
    }
    type ??= this.#next?.includes('/') ? 'net' : 'host';
    this.#last = { ...(protocol === undefined ? {} : { protocol }), direction: direction ?? 'either', type };
    return this.#value(this.#last);
  }

  #protocolName(): string {
    const found = protocolOf(this.#take()?.replace(/^\\/, '') ?? '');
    if (!found) throw syntax();
    return found;
  }

  #direction(): Direction | undefined {
    const word = this.#next;
    if (word !== 'src' && word !== 'dst') return undefined;
    this.#at++;
    const [joint, other] = this.tokens.slice(this.#at, this.#at + 2);
    if ((joint === 'or' || joint === 'and') && (other === 'src' || other === 'dst') && other !== word) {
      this.#at += 2;
      return joint === 'or' ? 'either' : 'both';
    }
    return word;
  }

  #value({ protocol, direction, type }: Qualifiers): Filter {
    const text = this.#take();
    if (text === undefined || /^[()!&|]/.test(text)) throw syntax();
    const ofProtocol = protocol === undefined ? () => true : protocolFilter(protocol);
    const test = type === 'host' || type === 'net' ? this.#addressTest(type, text) : portTest(type, text, protocol);
    return (frame) => ofProtocol(frame) && joined(direction, test(frame, 'src'), test(frame, 'dst'));
  }

  #addressTest(type: Type, text: string) {
    let block: Prefix;
    if (type === 'net') {
      const mask = this.#next === 'mask' ? this.tokens[this.#at + 1] : undefined;
      if (mask !== undefined) this.#at += 2;
      block = netOf(text, mask);
    } else {
      const address = parseAddress(text);
      if (address === undefined)
        throw new FilterError(text.includes('/') ? 'syntax error in filter expression' : `unknown host '${text}'`);
      block = { network: address, mask: -1, length: 32 };
    }
    return ({ packet, arp }: Frame, side: 'src' | 'dst') =>
      contains(block, known(side === 'src' ? (packet?.source ?? arp!.sender) : (packet?.destination ?? arp!.target)));
  }
}

function joined(direction: Direction, source: boolean, destination: boolean): boolean {
  if (direction === 'either') return source || destination;
  return direction === 'both' ? source && destination : direction === 'src' ? source : destination;
}

function protocolFilter(name: string): Filter {
  if (name === 'arp') return ({ arp }) => arp !== undefined;
  if (name === 'ip') return ({ packet }) => packet !== undefined;
  const wanted = name.toUpperCase() as Protocol;
  return ({ packet }) => packet?.protocol === wanted;
}

function portTest(type: Type, text: string, protocol: string | undefined) {
  if (protocol !== undefined && !/^(ip|tcp|udp|sctp)$/.test(protocol))
    throw new FilterError(`'${protocol}' modifier applied to ${type}`);
  const [low, high = low] =
    type === 'portrange' ? text.split('-').map((each) => portNumber(each, protocol)) : [portNumber(text, protocol)];
  return ({ packet }: Frame, side: 'src' | 'dst') => {
    if (packet === undefined || packet.protocol === 'ICMP') return false;
    const port = side === 'src' ? packet.sourcePort : packet.destinationPort;
    return port >= Math.min(low!, high!) && port <= Math.max(low!, high!);
  };
}

function portNumber(text: string, protocol: string | undefined): number {
  if (/^\d+$/.test(text)) {
    if (Number(text) > 65535) throw new FilterError(`illegal port number ${text} > 65535`);
    return Number(text);
  }
  const names: TransportName[] = protocol === undefined || protocol === 'ip' ? ['tcp', 'udp'] : [protocol as TransportName];
  const port = names.map((name) => portOf(text, name)).find((each) => each !== undefined);
  if (port === undefined) throw new FilterError(`unknown port '${text}'`);
  return port;
}

/** `10.244.0.0/16`, `10.244` or an address with a mask. */
function netOf(text: string, maskText: string | undefined): Prefix {
  const [digits = '', lengthText] = text.split('/');
  const octets = digits.split('.');
  const address = parseAddress([...octets, '0', '0', '0'].slice(0, 4).join('.'));
  if (address === undefined || octets.length > 4) throw new FilterError(`unknown network '${text}'`);
  const length = lengthText === undefined ? octets.length * 8 : Number(lengthText);
  if (!Number.isInteger(length)) throw syntax();
  if (length > 32) throw new FilterError('mask length must be <= 32');
  const mask = maskText === undefined ? maskOf(length) : parseAddress(maskText);
  if (mask === undefined) throw syntax();
  if ((address & mask) !== address)
    throw new FilterError(`non-network bits set in "${maskText === undefined ? text : `${text} mask ${maskText}`}"`);
  return { network: address, mask, length };
}

/** `tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn` */
function flagFilter(maskText: string | undefined, operator: string, valueText: string): Filter {
  const mask = maskText === undefined ? 255 : bits(maskText);
  const value = bits(valueText);
  return ({ packet }) => packet?.protocol === 'TCP' && ((flagBits(packet) & mask) === value) === (operator !== '!=');
}

function bits(text: string): number {
  return text
    .replace(/[()]/g, '')
    .split('|')
    .map((each) => each.trim())
    .reduce((sum, each) => {
      const bit = FLAG_BITS[each] ?? (/^(0x[\da-f]+|\d+)$/i.test(each) ? Number(each) : undefined);
      if (bit === undefined) throw syntax();
      return sum | bit;
    }, 0);
}
