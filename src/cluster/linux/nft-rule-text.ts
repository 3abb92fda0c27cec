import { address, formatAddress } from './address';
import { addressSet, formatAddressSet, parseAddressSet } from './nft-address';
import type { Field, NftRule, NftVerdict, Statement } from './nft-rule';
import type { TransportName } from './rule';

const hex = (value: number) => `0x${(value >>> 0).toString(16).padStart(8, '0')}`;

export function renderVerdict(verdict: NftVerdict): string {
  return verdict.kind === 'jump' || verdict.kind === 'goto' ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
}

function renderStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'ct state':
      return `ct state ${statement.states.map((s) => s.toLowerCase()).join(',')}`;
    case 'ct status':
      return `ct status ${statement.status.toLowerCase()}`;
    case 'address':
      return `${statement.field} ${statement.negated ? '!= ' : ''}${formatAddressSet(statement.among)}`;
    case 'lookup':
      return `${statement.key.join(' . ')} ${statement.negated ? '!= ' : ''}@${statement.set}`;
    case 'vmap':
      return `${statement.key.join(' . ')} vmap @${statement.map}`;
    case 'draw': {
      const { verdicts } = statement;
      return `numgen random mod ${verdicts.length} vmap { ${verdicts.map((v, i) => `${i} : ${renderVerdict(v)}`).join(', ')} }`;
    }
    case 'l4proto':
      return `meta l4proto ${statement.protocol}`;
    case 'fib':
      return `fib ${statement.field} type local`;
    case 'mark':
      return `meta mark & ${hex(statement.mask)} ${statement.negated ? '!=' : '=='} ${hex(statement.value)}`;
    case 'set mark':
      return `meta mark set meta mark ${statement.operator} ${hex(statement.value)}`;
    case 'update':
      return `update @${statement.set} { ${statement.field} }`;
    case 'dnat':
      return `dnat to ${formatAddress(statement.to.address)}${statement.to.port === undefined ? '' : `:${statement.to.port}`}`;
    case 'draw dnat': {
      const { to } = statement;
      const choices = to.map((t, i) => `${i} : ${formatAddress(t.address)} . ${t.port}`);
      return `dnat ip to numgen random mod ${to.length} map { ${choices.join(', ')} }`;
    }
    case 'masquerade':
      return statement.fullyRandom ? 'masquerade fully-random' : 'masquerade';
    case 'reject':
      return 'reject';
    case 'verdict':
      return renderVerdict(statement.verdict);
  }
}

/** The rule as `nft list` prints it, without indentation. */
export function renderNftRule(rule: NftRule): string {
  const text = rule.statements.map(renderStatement).join(' ');
  return rule.comment === undefined ? text : `${text} comment "${rule.comment}"`;
}

/** Words, braces and commas of nft text; a quoted string is one word that keeps its first quote. */
export function nftWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|[{},;]|[^\s{},;"]+/g)].map((m) => (m[1] === undefined ? m[0] : `"${m[1]}`));
}

const FIELDS = new Set<string>(['ip saddr', 'ip daddr', 'meta l4proto', 'th sport', 'th dport']);

/** Words that are read one after the other. */
export class Reader {
  #at = 0;

  constructor(
    readonly words: readonly string[],
    readonly text: string,
  ) {}

  get done(): boolean {
    return this.#at >= this.words.length;
  }

  peek(ahead = 0): string {
    return this.words[this.#at + ahead] ?? '';
  }

  next(): string {
    const word = this.words[this.#at++];
    if (word === undefined) throw this.error('incomplete');
    return word;
  }

  /** Takes the next word if it is that one. */
  skip(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#at++;
    return true;
  }

  expect(...words: string[]): void {
    for (const word of words) if (this.next() !== word) throw this.error(`this simulator does not run a rule without "${word}"`);
  }

  /** What stands between braces, cut at its commas. */
  list(): string[][] {
    this.expect('{');
    const items: string[][] = [[]];
    for (let word = this.next(); word !== '}'; word = this.next()) {
      if (word === ',') items.push([]);
      else items.at(-1)!.push(word);
    }
    return items.filter((item) => item.length > 0);
  }

  quoted(): string {
    const word = this.next();
    if (!word.startsWith('"')) throw this.error('expected a string');
    return word.slice(1);
  }

  error(why: string): SyntaxError {
    return new SyntaxError(`nft: ${why}: ${this.text.trim()}`);
  }
}

export function parseVerdict(reader: Reader): NftVerdict {
  const kind = reader.next();
  if (kind === 'jump' || kind === 'goto') return { kind, chain: reader.next() };
  if (kind === 'accept' || kind === 'drop' || kind === 'return') return { kind };
  throw reader.error(`this simulator does not run ${kind}`);
}

/** Reads one rule. Throws SyntaxError on an expression that the simulator does not run. */
export function parseNftRule(text: string): NftRule {
  const reader = new Reader(nftWords(text), text);
  const statements: Statement[] = [];
  let comment: string | undefined;
  while (!reader.done) {
    if (reader.skip('comment')) comment = reader.quoted();
    else statements.push(parseStatement(reader));
  }
  return comment === undefined ? { statements } : { statements, comment };
}

function parseStatement(reader: Reader): Statement {
  switch (reader.peek()) {
    case 'ct':
      return parseCt(reader);
    case 'ip':
    case 'th':
      return parseKeyed(reader);
    case 'meta':
      return parseMeta(reader);
    case 'fib': {
      reader.next();
      const field = reader.next();
      if (field !== 'saddr' && field !== 'daddr') throw reader.error(`this simulator does not run fib ${field}`);
      reader.expect('type', 'local');
      return { kind: 'fib', field };
    }
    case 'numgen': {
      reader.expect('numgen', 'random', 'mod');
      reader.next();
      reader.expect('vmap');
      return { kind: 'draw', verdicts: choices(reader).map((words) => parseVerdict(new Reader(words, reader.text))) };
    }
    case 'update': {
      reader.next();
      const set = setName(reader);
      const [words = []] = reader.list();
      const field = words.join(' ');
      if (field !== 'ip saddr' && field !== 'ip daddr') throw reader.error(`this simulator does not keep ${field} in a set`);
      return { kind: 'update', set, field };
    }
    case 'dnat':
      return parseDnat(reader);
    case 'masquerade':
      reader.next();
      return { kind: 'masquerade', fullyRandom: reader.skip('fully-random') };
    case 'reject':
      reader.next();
      return { kind: 'reject' };
    default:
      return { kind: 'verdict', verdict: parseVerdict(reader) };
  }
}

function parseCt(reader: Reader): Statement {
  reader.expect('ct');
  const what = reader.next();
  if (what === 'state') {
    const states = [reader.next()];
    while (reader.skip(',')) states.push(reader.next());
    return { kind: 'ct state', states: states.map((s) => s.toUpperCase() as 'NEW') };
  }
  const status = reader.next().toUpperCase();
  if (what !== 'status' || (status !== 'DNAT' && status !== 'SNAT'))
    throw reader.error(`this simulator does not run ct ${what} ${status.toLowerCase()}`);
  return { kind: 'ct status', status };
}

function parseMeta(reader: Reader): Statement {
  if (reader.peek(1) === 'mark') {
    reader.expect('meta', 'mark');
    if (reader.skip('set')) {
      reader.expect('meta', 'mark');
      const operator = reader.next();
      if (operator !== '|' && operator !== '^' && operator !== '&')
        throw reader.error(`this simulator does not run meta mark ${operator}`);
      return { kind: 'set mark', operator, value: Number(reader.next()) };
    }
    let mask = 0xffffffff;
    if (reader.skip('&')) mask = Number(reader.next());
    const negated = reader.skip('!=');
    if (!negated) reader.skip('==');
    return { kind: 'mark', mask, value: Number(reader.next()), negated };
  }
  if (reader.peek(1) === 'l4proto' && !['.', 'vmap', '!='].includes(reader.peek(2)) && !reader.peek(2).startsWith('@')) {
    reader.expect('meta', 'l4proto');
    return { kind: 'l4proto', protocol: reader.next() as TransportName };
  }
  return parseKeyed(reader);
}

/** Something that begins with a field, or several joined by dots. */
function parseKeyed(reader: Reader): Statement {
  const key: Field[] = [];
  do {
    const field = `${reader.next()} ${reader.next()}`;
    if (!FIELDS.has(field)) throw reader.error(`this simulator does not look at ${field}`);
    key.push(field as Field);
  } while (reader.skip('.'));
  if (reader.skip('vmap')) return { kind: 'vmap', key, map: setName(reader) };
  const negated = reader.skip('!=');
  if (reader.peek().startsWith('@')) return { kind: 'lookup', key, negated, set: setName(reader) };
  const [field] = key;
  if (key.length !== 1 || (field !== 'ip saddr' && field !== 'ip daddr'))
    throw reader.error(`this simulator compares ${key.join(' . ')} with named sets only`);
  if (reader.peek() !== '{') return { kind: 'address', field, negated, among: parseAddressSet([reader.next()]) };
  return { kind: 'address', field, negated, among: parseAddressSet(reader.list().map(([item = '']) => item)) };
}

function parseDnat(reader: Reader): Statement {
  reader.expect('dnat');
  reader.skip('ip');
  reader.expect('to');
  if (!reader.skip('numgen')) {
    const [host = '', port] = reader.next().split(':');
    return { kind: 'dnat', to: port === undefined ? { address: address(host) } : { address: address(host), port: Number(port) } };
  }
  reader.expect('random', 'mod');
  reader.next();
  reader.expect('map');
  const to = choices(reader).map(([host = '', , port]) => ({ address: address(host), port: Number(port) }));
  return { kind: 'draw dnat', to };
}

/** `{ 0 : WORDS, 1 : WORDS }` in the order of their numbers. */
function choices(reader: Reader): string[][] {
  return reader.list().map((words, i) => {
    if (Number(words[0]) !== i || words[1] !== ':') throw reader.error('this simulator draws from 0, 1, 2, ... only');
    return words.slice(2);
  });
}

function setName(reader: Reader): string {
  const word = reader.next();
  if (!word.startsWith('@')) throw reader.error(`expected @NAME, not ${word}`);
  return word.slice(1);
}

/** An `ip saddr != { ... }` of given blocks, as nft would show it. */
export function notFrom(blocks: Parameters<typeof addressSet>[0]): Statement {
  return { kind: 'address', field: 'ip saddr', negated: true, among: addressSet(blocks) };
}
