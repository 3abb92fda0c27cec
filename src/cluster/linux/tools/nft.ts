import type { Host } from '../host';
import { Reader, nftWords, parseNftRule } from '../nft-rule-text';
import type { NftRule, Statement } from '../nft-rule';
import { type BaseChain, type DataType, type NftChain, NftSet, type NftTable, NftTable as Table, priorityOf } from '../nft-table';
import { type Listing, parseElement, parseNftTable, renderNftTable } from '../nft-text';
import type { Hook } from '../rule';
import { type Tool, type ToolOutput, failed, said } from './tool';

/** What nft says, with the words that it is about underlined. */
class NftError extends Error {}

/** One command, and the word that reading has come to. */
class Command {
  #at = 0;

  constructor(
    readonly text: string,
    readonly words: readonly string[],
  ) {}

  next(): string | undefined {
    return this.words[this.#at++];
  }

  peek(): string | undefined {
    return this.words[this.#at];
  }

  /** The words that are left, as they were typed. */
  rest(): string {
    return this.words.slice(this.#at).join(' ');
  }

  /** An error at the word that was read last. */
  error(why: string): NftError {
    const before = this.words.slice(0, this.#at - 1).join(' ');
    const start = before.length + (before === '' ? 0 : 1);
    const length = Math.max(1, this.words[this.#at - 1]?.length ?? 1);
    return new NftError(`Error: ${why}\n${this.text}\n${' '.repeat(start)}${'^'.repeat(length)}`);
  }

  /** `[ip] NAME`: the family can be left out. */
  name(): string {
    if (this.peek() === 'ip') this.next();
    else if (['ip6', 'inet', 'arp', 'bridge', 'netdev'].includes(this.peek() ?? '')) {
      this.next();
      throw new NftError(`nft: this simulator has tables of family ip only: ${this.text}`);
    }
    return this.following();
  }

  following(): string {
    const word = this.next();
    if (word === undefined) throw this.error('syntax error, unexpected newline, expecting string');
    return word;
  }
}

const MISSING = 'No such file or directory';
const NOT_DONE = `Could not process rule: ${MISSING}`;

class Session {
  changed = false;

  constructor(
    readonly host: Host,
    readonly now: number,
    readonly handles: boolean,
  ) {}

  get #listing(): Listing {
    return { handles: this.handles };
  }

  table(command: Command, why = NOT_DONE): NftTable {
    const name = command.name();
    const found = this.host.nftables.find((table) => table.name === name);
    if (!found) throw command.error(why);
    return found;
  }

  /** The chain's name, with its table's in front. */
  chain(command: Command, why = NOT_DONE): [NftTable, NftChain] {
    const table = this.table(command, why);
    const chain = table.chains.get(command.following());
    if (!chain) throw command.error(why);
    return [table, chain];
  }

  set(command: Command, why = NOT_DONE): [NftTable, NftSet] {
    const table = this.table(command, why);
    const set = table.sets.get(command.following());
    if (!set) throw command.error(why);
    return [table, set];
  }

  run(command: Command): string {
    const verb = command.following();
    if (verb === 'list') return this.list(command);
    const what = command.following();
    this.changed = true;
    switch (`${verb} ${what}`) {
      case 'add table':
      case 'create table': {
        const name = command.name();
        const tables = this.host.nftables;
        if (!tables.some((table) => table.name === name)) this.host.setNftables([...tables, new Table(name)]);
        else if (verb === 'create') throw command.error('Could not process rule: File exists');
        return '';
      }
      case 'delete table': {
        const table = this.table(command);
        this.host.setNftables(this.host.nftables.filter((each) => each !== table));
        return '';
      }
      case 'flush ruleset':
        this.host.setNftables([]);
        return '';
      case 'flush table': {
        const table = this.table(command);
        for (const chain of table.chains.values()) table.chains.set(chain.name, { ...chain, rules: [] });
        return '';
      }
      case 'add chain':
      case 'create chain': {
        const table = this.table(command);
        const name = command.following();
        const base = baseOf(command);
        const old = table.chains.get(name);
        if (!old) {
          table.chains.set(name, { name, ...(base ? { base } : {}), rules: [] });
          table.handle(`chain ${name}`);
        }
        if (old && verb === 'create') throw command.error('Could not process rule: File exists');
        return '';
      }
      case 'delete chain': {
        const [table, { name, rules }] = this.chain(command);
        if (rules.length > 0 || isUsed(table, name)) throw command.error('Could not process rule: Device or resource busy');
        table.chains.delete(name);
        return '';
      }
      case 'flush chain': {
        const [table, chain] = this.chain(command);
        table.chains.set(chain.name, { ...chain, rules: [] });
        return '';
      }
      case 'add rule':
      case 'insert rule':
      case 'replace rule':
        this.#rule(command, verb);
        return '';
      case 'delete rule': {
        const [table, chain] = this.chain(command);
        const at = this.#at(command, table, chain);
        table.chains.set(chain.name, { ...chain, rules: chain.rules.toSpliced(at, 1) });
        return '';
      }
      case 'add set':
      case 'add map':
        addSet(this.table(command), command, what === 'map');
        return '';
      case 'delete set':
      case 'delete map': {
        const [table, { name }] = this.set(command);
        if (isLookedAt(table, name)) throw command.error('Could not process rule: Device or resource busy');
        table.sets.delete(name);
        return '';
      }
      case 'flush set':
      case 'flush map': {
        const [, set] = this.set(command);
        for (const { key } of [...set.elements]) set.delete(set.pack(key));
        this.host.remembered.delete(set.name);
        return '';
      }
      case 'add element':
      case 'create element':
      case 'delete element':
        this.#elements(command, verb);
        return '';
      default:
        throw new NftError(`nft: this simulator does not do "${verb} ${what}"`);
    }
  }

  list(command: Command): string {
    const what = command.following();
    const { host, now } = this;
    const render = (table: NftTable, only?: Listing['only']) =>
      renderNftTable(table, host.remembered, now, only ? { ...this.#listing, only } : this.#listing);
    switch (what) {
      case 'ruleset':
        return host.nftables.map((table) => render(table)).join('');
      case 'tables':
        return host.nftables.map(({ name }) => `table ip ${name}\n`).join('');
      case 'chains':
        return host.nftables
          .map((table) => `table ip ${table.name} {\n${[...table.chains.values()].map(chainHead).join('')}}\n`)
          .join('');
      case 'sets':
      case 'maps':
        return host.nftables.map((table) => render(table, (kind) => kind === what.slice(0, -1))).join('');
      case 'table':
        return render(this.table(command, MISSING));
      case 'chain': {
        const [table, { name }] = this.chain(command, MISSING);
        return render(table, (kind, each) => kind === 'chain' && each === name);
      }
      case 'set':
      case 'map': {
        const [table, { name }] = this.set(command, MISSING);
        return render(table, (kind, each) => kind !== 'chain' && each === name);
      }
      default:
        throw command.error('syntax error, unexpected string');
    }
  }

  /** Where a rule stands: `handle N`, `position N` or `index N`. */
  #at(command: Command, table: NftTable, chain: NftChain): number {
    const how = command.following();
    if (how !== 'handle' && how !== 'position' && how !== 'index')
      throw command.error('syntax error, unexpected string, expecting handle');
    const number = Number(command.following());
    const at = how === 'index' ? number : chain.rules.findIndex((rule) => table.handle(rule) === number);
    if (!(at >= 0 && at < chain.rules.length)) throw command.error(NOT_DONE);
    return at;
  }

  #rule(command: Command, verb: string): void {
    const [table, chain] = this.chain(command);
    const isPlaced = ['handle', 'position', 'index'].includes(command.peek() ?? '');
    const at = isPlaced ? this.#at(command, table, chain) : undefined;
    let rule: NftRule;
    const text = command.rest();
    try {
      rule = parseNftRule(text);
    } catch (error) {
      throw new NftError(`Error: ${(error as Error).message.replace(/^nft: /, '')}`);
    }
    for (const statement of rule.statements) {
      for (const name of targets(statement)) {
        if (!table.chains.has(name)) throw new NftError(underlined(`${NOT_DONE}`, command.text, name));
      }
      const set = setOf(statement);
      if (set !== undefined && !table.sets.has(set)) throw new NftError(underlined(MISSING, command.text, `@${set}`));
    }
    table.handle(rule);
    const where = verb === 'add' ? (at === undefined ? chain.rules.length : at + 1) : (at ?? 0);
    table.chains.set(chain.name, { ...chain, rules: chain.rules.toSpliced(where, verb === 'replace' ? 1 : 0, rule) });
  }

  #elements(command: Command, verb: string): void {
    const [, set] = this.set(command);
    const text = command.rest();
    for (const words of new Reader(nftWords(text), text).list()) {
      const element = parseElement(set, words, text);
      const packed = set.pack(element.key);
      if (verb !== 'delete') set.add(element);
      else if (
        set.options.timeout !== undefined ? !this.host.remembered.get(set.name)?.delete(element.key[0]!) : !set.find(packed)
      )
        throw new NftError(underlined(NOT_DONE, command.text, words.join(' ')));
      else set.delete(packed);
    }
  }
}

function underlined(why: string, text: string, word: string): string {
  const start = Math.max(0, text.lastIndexOf(word));
  return `Error: ${why}\n${text}\n${' '.repeat(start)}${'^'.repeat(word.length)}`;
}

function chainHead({ name, base }: NftChain): string {
  const line =
    base && `\t\ttype ${base.type} hook ${base.hook.toLowerCase()} priority ${base.priority}; policy ${base.policy};\n`;
  return `\tchain ${name} {\n${line ?? ''}\t}\n`;
}

/** Chains that a statement goes to. */
function targets(statement: Statement): string[] {
  const verdicts = statement.kind === 'draw' ? statement.verdicts : statement.kind === 'verdict' ? [statement.verdict] : [];
  return verdicts.flatMap((verdict) => ('chain' in verdict ? [verdict.chain] : []));
}

function setOf(statement: Statement): string | undefined {
  if (statement.kind === 'vmap') return statement.map;
  return statement.kind === 'lookup' || statement.kind === 'update' ? statement.set : undefined;
}

const statementsOf = (table: NftTable) =>
  [...table.chains.values()].flatMap(({ rules }) => rules.flatMap(({ statements }) => statements));

function isUsed(table: NftTable, chain: string): boolean {
  if (statementsOf(table).some((statement) => targets(statement).includes(chain))) return true;
  return [...table.sets.values()].some((set) =>
    [...set.elements].some(({ verdict }) => verdict !== undefined && 'chain' in verdict && verdict.chain === chain),
  );
}

const isLookedAt = (table: NftTable, set: string) => statementsOf(table).some((statement) => setOf(statement) === set);

/** `{ type nat hook prerouting priority dstnat; policy accept; }` */
function baseOf(command: Command): BaseChain | undefined {
  const text = command.rest();
  if (text === '') return undefined;
  const [, type, hook, priority, policy = 'accept'] =
    /^\{ ?type (filter|nat|route) hook (\w+) priority ([^;]+?) ?;(?: ?policy (accept|drop) ?;?)? ?\}$/.exec(text) ?? [];
  if (type === undefined) throw new NftError(`nft: this simulator does not read ${text}`);
  priorityOf(priority!);
  return { type, hook: hook!.toUpperCase() as Hook, priority: priority!, policy } as BaseChain;
}

function addSet(table: NftTable, command: Command, isMap: boolean): void {
  const name = command.following();
  const text = command.rest();
  const types = /type ([^;:}]+?) ?(?::|;|\})/.exec(text)?.[1]?.split(' . ');
  const known = ['ipv4_addr', 'inet_proto', 'inet_service'];
  if (!types?.every((type) => known.includes(type)) || /flags|timeout/.test(text))
    throw new NftError(`nft: this simulator does not make a set of ${text}`);
  if (!table.sets.has(name)) table.sets.set(name, new NftSet(name, types as DataType[], { map: isMap }));
  table.handle(`set ${name}`);
}

/** Commands of a line or a file; what stands between braces is not cut. */
function commandsOf(text: string): string[] {
  const commands: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of text.replace(/#.*$/gm, '')) {
    if (char === '{') depth++;
    if (char === '}') depth--;
    if (depth === 0 && (char === ';' || char === '\n')) {
      commands.push(current);
      current = '';
    } else current += char;
  }
  return [...commands, current].map((command) => command.trim()).filter((command) => command !== '');
}

/** nft 1.0.6 for tables of family ip: list, add, insert, replace, delete, flush; -a; -f with the file on standard input. */
export const nft: Tool = ({ host, args, stdin, now }): ToolOutput => {
  let handles = false;
  let fromFile = false;
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (words.length > 0 || !word.startsWith('-')) words.push(word);
    else if (word === '-v' || word === '--version') return said('nftables v1.0.6 (Lester Gooch #5)\n');
    else if (word === '-a' || word === '--handle') handles = true;
    else if (word === '-f' || word === '--file') {
      fromFile = true;
      i++;
    } else if (!['-n', '-nn', '-s', '-y', '--numeric', '--stateless'].includes(word))
      return failed(`nft: this simulator does not know the option ${word}`, 1);
  }
  if (words.length === 0 && !fromFile) return failed('nft: no command specified', 1);
  const session = new Session(host, now, handles);
  const input = fromFile ? stdin : words.join(' ').replace(/\s+/g, ' ');
  let stdout = '';
  try {
    for (const text of commandsOf(input)) {
      if (text.startsWith('table ')) loadTable(host, text);
      else stdout += session.run(new Command(text, text.split(/\s+/)));
    }
  } catch (error) {
    if (error instanceof NftError) return failed(error.message, 1);
    if (error instanceof SyntaxError || error instanceof RangeError)
      return failed(`Error: ${error.message.replace(/^nft: /, '')}`, 1);
    throw error;
  }
  if (session.changed || fromFile) host.edited(now);
  return said(stdout);
};

/** A whole table as `nft list` prints it: what it has is added to the table of that name. */
function loadTable(host: Host, text: string): void {
  const made = parseNftTable(text);
  const old = host.nftables.find(({ name }) => name === made.name);
  if (!old) {
    host.setNftables([...host.nftables, made]);
    return;
  }
  for (const set of made.sets.values()) if (!old.sets.has(set.name)) old.sets.set(set.name, set);
  for (const chain of made.chains.values()) {
    const there = old.chains.get(chain.name);
    old.chains.set(chain.name, there ? { ...there, rules: [...there.rules, ...chain.rules] } : chain);
  }
}
