import { address, formatAddress } from './address';
import { Reader, nftWords, parseNftRule, parseVerdict, renderNftRule, renderVerdict } from './nft-rule-text';
import { type BaseChain, type DataType, type NftChain, type NftElement, NftSet, NftTable, PROTOCOL_CODE } from './nft-table';
import type { NftRule } from './nft-rule';
import type { Hook } from './rule';
import type { Protocol } from './trace';

/** Addresses that rules put into a set, and when they are forgotten (virtual ms). */
export type Remembered = ReadonlyMap<string, ReadonlyMap<number, number>>;

const NONE: Remembered = new Map();

/** Elements of plain addresses stand two in a line, all others alone. nft: src/expression.c, calculate_delim */
const ADDRESSES_A_LINE = 2;

const PROTOCOLS = Object.keys(PROTOCOL_CODE) as Protocol[];

function formatValue(type: DataType, value: number): string {
  if (type === 'ipv4_addr') return formatAddress(value);
  return type === 'inet_proto' ? PROTOCOLS[value]!.toLowerCase() : `${value}`;
}

function parseValue(type: DataType, text: string, reader: Reader): number {
  if (type === 'ipv4_addr') return address(text);
  if (type === 'inet_service') return Number(text);
  const code = PROTOCOL_CODE[text.toUpperCase() as Protocol] as number | undefined;
  if (code === undefined) throw reader.error(`this simulator does not know the protocol ${text}`);
  return code;
}

/** Seconds as nft writes them: 10800 -> `3h`, 90 -> `1m30s`. */
function formatSeconds(seconds: number): string {
  let text = '';
  let left = seconds;
  for (const [unit, size] of [
    ['d', 86400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}

function parseSeconds(text: string): number {
  const size: Record<string, number> = { d: 86400, h: 3600, m: 60, s: 1 };
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([dhms])/g)) seconds += Number(count) * size[unit!]!;
  return seconds;
}

/** The element as it stands between the braces of its set: `10.96.0.1 . tcp . 443 : goto service-…`. */
export function formatElement(set: NftSet, element: NftElement): string {
  let text = element.key.map((value, i) => formatValue(set.types[i]!, value)).join(' . ');
  if (element.comment !== undefined) text += ` comment "${element.comment}"`;
  return element.verdict ? `${text} : ${renderVerdict(element.verdict)}` : text;
}

/** IP protocol numbers. */
const NUMBERS: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132, ICMP: 1 };

/** A value with its bytes in the order in which a little-endian machine reads them. */
function swapped(type: DataType, value: number): number {
  if (type === 'inet_proto') return NUMBERS[PROTOCOLS[value]!];
  if (type === 'inet_service') return ((value & 0xff) << 8) | (value >>> 8);
  return (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}

/** Elements are listed in numeric order; a concatenation counts as one little-endian number. nft: src/mergesort.c */
function listOrder(types: readonly DataType[], a: NftElement, b: NftElement): number {
  if (types.length === 1) return (a.key[0]! >>> 0) - (b.key[0]! >>> 0);
  for (let i = types.length - 1; i >= 0; i--) {
    const difference = swapped(types[i]!, a.key[i]!) - swapped(types[i]!, b.key[i]!);
    if (difference !== 0) return difference;
  }
  return 0;
}

function renderSet(
  set: NftSet,
  remembered: ReadonlyMap<number, number> | undefined,
  now: number,
  handle: (of: string | NftRule) => string,
): string {
  const { comment, map, timeout, size } = set.options;
  const lines = [`type ${set.types.join(' . ')}${map ? ' : verdict' : ''}`];
  if (size !== undefined) lines.push(`size ${size}`);
  if (timeout !== undefined) lines.push('flags dynamic,timeout', `timeout ${formatSeconds(timeout)}`);
  if (comment !== undefined) lines.push(`comment "${comment}"`);
  const elements = [...set.elements].sort((a, b) => listOrder(set.types, a, b)).map((element) => formatElement(set, element));
  for (const [value, expires] of [...(remembered ?? [])].sort(([a], [b]) => (a >>> 0) - (b >>> 0))) {
    if (expires > now) elements.push(`${formatAddress(value)} expires ${formatSeconds(Math.ceil((expires - now) / 1000))}`);
  }
  if (elements.length > 0) {
    const perLine = set.types.length === 1 && !map ? ADDRESSES_A_LINE : 1;
    let text = '';
    elements.forEach((element, i) => {
      text += i === 0 ? '' : i % perLine === 0 ? ',\n\t\t\t     ' : ', ';
      text += element;
    });
    lines.push(`elements = { ${text} }`);
  }
  return block(`${map ? 'map' : 'set'} ${set.name}`, lines, handle(`set ${set.name}`));
}

function renderChain(chain: NftChain, handle: (of: string | NftRule) => string): string {
  const lines: string[] = [];
  if (chain.comment !== undefined) lines.push(`comment "${chain.comment}"`);
  if (chain.base) {
    const { type, hook, priority, policy } = chain.base;
    lines.push(`type ${type} hook ${hook.toLowerCase()} priority ${priority}; policy ${policy};`);
  }
  for (const rule of chain.rules) lines.push(nftRuleText(rule) + handle(rule));
  return block(`chain ${chain.name}`, lines, handle(`chain ${chain.name}`));
}

function block(head: string, lines: readonly string[], handle: string): string {
  return `\t${head} {${handle}\n${lines.map((line) => `\t\t${line}\n`).join('')}\t}\n`;
}

/** A rule belongs to one chain; its text is made once. */
const texts = new WeakMap<NftRule, string>();

/** The rule's own text. */
export function nftRuleText(rule: NftRule): string {
  let text = texts.get(rule);
  if (text === undefined) texts.set(rule, (text = renderNftRule(rule)));
  return text;
}

/** What of a table is listed. */
export interface Listing {
  /** `nft -a`: with the numbers of chains, sets and rules. */
  readonly handles: boolean;
  readonly only?: (kind: 'set' | 'map' | 'chain', name: string) => boolean;
}

/**
 * `nft list table ip NAME`.
 * @param remembered what rules put into sets
 * @param now virtual ms, for what is left of their time
 */
export function renderNftTable(
  table: NftTable,
  remembered: Remembered = NONE,
  now = 0,
  { handles, only = () => true }: Listing = { handles: false },
): string {
  const handle = (of: string | NftRule) => (handles ? ` # handle ${table.handle(of)}` : '');
  const sets = [...table.sets.values()].filter((set) => only(set.options.map ? 'map' : 'set', set.name));
  const chains = [...table.chains.values()].filter(({ name }) => only('chain', name));
  const blocks = [
    ...sets.map((set) => renderSet(set, remembered.get(set.name), now, handle)),
    ...chains.map((chain) => renderChain(chain, handle)),
  ];
  const comment = table.comment === undefined ? '' : `\tcomment "${table.comment}"\n`;
  return `table ip ${table.name} {${handles ? ' # handle 1' : ''}\n${comment}${blocks.join('\n')}}\n`;
}

/** Reads `nft list table` text. Throws SyntaxError on what the simulator does not run. */
export function parseNftTable(text: string): NftTable {
  const lines = joined(text);
  const head = /^table ip (\S+) \{$/.exec(lines[0] ?? '');
  if (!head) throw new SyntaxError(`nft: not a table of family ip: ${lines[0] ?? ''}`);
  const comment = /^comment "(.*)"$/.exec(lines[1] ?? '')?.[1];
  const table = new NftTable(head[1]!, comment);
  for (let at = 1; at < lines.length; at++) {
    const [, kind, name] = /^(set|map|chain) (\S+) \{$/.exec(lines[at]!) ?? [];
    if (kind === undefined || name === undefined) continue;
    const end = lines.indexOf('}', at);
    const body = lines.slice(at + 1, end);
    if (kind === 'chain') table.chains.set(name, parseChain(name, body));
    else table.sets.set(name, parseSet(name, kind === 'map', body));
    at = end;
  }
  return table;
}

/** Lines without indentation; lists that were broken in several lines are one. */
function joined(text: string): string[] {
  const lines: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    if (/,$/.test(lines.at(-1) ?? '')) lines[lines.length - 1] += ` ${line}`;
    else lines.push(line);
  }
  return lines;
}

function parseChain(name: string, body: readonly string[]): NftChain {
  let base: BaseChain | undefined;
  let comment: string | undefined;
  const rules: NftRule[] = [];
  for (const line of body) {
    const [, type, hook, priority, policy] = /^type (\w+) hook (\w+) priority ([^;]+); policy (accept|drop);$/.exec(line) ?? [];
    const quoted = /^comment "(.*)"$/.exec(line)?.[1];
    if (quoted !== undefined) comment = quoted;
    else if (type !== undefined)
      base = {
        type: type as BaseChain['type'],
        hook: hook!.toUpperCase() as Hook,
        priority: priority!,
        policy: policy as BaseChain['policy'],
      };
    else rules.push(parseNftRule(line));
  }
  return { name, ...(comment === undefined ? {} : { comment }), ...(base ? { base } : {}), rules };
}

function parseSet(name: string, map: boolean, body: readonly string[]): NftSet {
  let types: DataType[] = [];
  let elements: string | undefined;
  const options: { map: boolean; comment?: string; timeout?: number; size?: number } = { map };
  for (const line of body) {
    const [, key, value = ''] = /^(type|comment|size|timeout|flags|elements =) (.*)$/.exec(line) ?? [];
    if (key === 'type') types = value.replace(/ : verdict$/, '').split(' . ') as DataType[];
    else if (key === 'comment') options.comment = value.slice(1, -1);
    else if (key === 'size') options.size = Number(value);
    else if (key === 'timeout') options.timeout = parseSeconds(value);
    else if (key === 'elements =') elements = value;
    else if (key !== 'flags') throw new SyntaxError(`nft: this simulator does not know ${line} of a set`);
  }
  const set = new NftSet(name, types, options);
  if (elements !== undefined) {
    for (const words of new Reader(nftWords(elements), elements).list()) set.add(parseElement(set, words, elements));
  }
  return set;
}

/** An element as it is typed between braces. Throws SyntaxError or RangeError. */
export function parseElement(set: NftSet, words: readonly string[], text: string): NftElement {
  const reader = new Reader(words, text);
  const key: number[] = [];
  for (const type of set.types) {
    if (key.length > 0) reader.expect('.');
    key.push(parseValue(type, reader.next(), reader));
  }
  const comment = reader.skip('comment') ? { comment: reader.quoted() } : {};
  const verdict = reader.skip(':') ? { verdict: parseVerdict(reader) } : {};
  return { key, ...comment, ...verdict };
}
