import type { Host } from '../host';
import type { Rule } from '../rule';
import { renderRule } from '../rule-text';
import { type Chain, type Table, type TableName, BUILT_IN } from '../table';
import { IptablesError, kernelError, misuse, refused, unsupported } from './iptables-error';
import { type ListFormat, listChains, listRule, references } from './iptables-list';
import { RuleWords } from './rule-words';
import { type Tool, failed, said } from './tool';

const COMMANDS: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--check': '-C',
  '--delete': '-D',
  '--replace': '-R',
  '--insert': '-I',
  '--list': '-L',
  '--list-rules': '-S',
  '--flush': '-F',
  '--zero': '-Z',
  '--new-chain': '-N',
  '--new': '-N',
  '--delete-chain': '-X',
  '--rename-chain': '-E',
  '--policy': '-P',
};
const SHORT = new Set(Object.values(COMMANDS));
/** The longest name of a chain, and one. Linux: XT_EXTENSION_MAXNAMELEN */
const NAME_LIMIT = 29;

const TARGET_HOOKS: Readonly<Record<string, readonly string[]>> = {
  DNAT: ['PREROUTING', 'OUTPUT'],
  SNAT: ['INPUT', 'POSTROUTING'],
  MASQUERADE: ['POSTROUTING'],
};

/** A command line taken apart: what is left belongs to the rule. */
interface Parsed {
  readonly command: string;
  /** CHAIN, and what stands behind it: a number, a new name, a policy. */
  readonly operands: readonly string[];
  readonly table: string;
  readonly format: ListFormat;
  readonly ruleWords: readonly string[];
}

function parse(args: readonly string[]): Parsed | 'version' {
  let command: string | undefined;
  let operands: string[] = [];
  let table = 'filter';
  const flags = { numeric: false, verbose: false, exact: false, lineNumbers: false };
  const ruleWords: string[] = [];
  const words = args.flatMap((word) => (/^-[a-zA-Z]{2,}$/.test(word) && !word.startsWith('--') ? bundle(word) : [word]));
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const short = COMMANDS[word] ?? word;
    if (SHORT.has(short)) {
      if (command !== undefined) throw misuse(`Cannot use ${short} with ${command}`);
      command = short;
      operands = [];
      const most = { '-L': 2, '-S': 2, '-D': 2, '-I': 2, '-R': 2, '-E': 2, '-P': 2, '-Z': 2 }[short] ?? 1;
      while (operands.length < most && words[i + 1] !== undefined && !/^[-!]/.test(words[i + 1]!)) {
        if (operands.length === 1 && (short === '-D' || short === '-I') && !/^\d+$/.test(words[i + 1]!)) break;
        operands.push(words[++i]!);
      }
      if (operands.length === 0 && !'-L -S -F -Z -X'.includes(short)) throw misuse(`option "${word}" requires an argument`);
      continue;
    }
    switch (word) {
      case '-t':
      case '--table':
        table = words[++i] ?? '';
        break;
      case '-n':
      case '--numeric':
        flags.numeric = true;
        break;
      case '-v':
      case '--verbose':
        flags.verbose = true;
        break;
      case '-x':
      case '--exact':
        flags.exact = true;
        break;
      case '--line-numbers':
        flags.lineNumbers = true;
        break;
      case '-w':
      case '--wait':
        if (/^\d+$/.test(words[i + 1] ?? '')) i++;
        break;
      case '-4':
      case '--ipv4':
        break;
      case '-V':
      case '--version':
        return 'version';
      case '-6':
      case '--ipv6':
        throw unsupported('IPv6');
      default:
        if (word.startsWith('--table=')) table = word.slice('--table='.length);
        else ruleWords.push(word);
    }
  }
  if (command === undefined) {
    if (ruleWords.length > 0) new RuleWords(ruleWords).parse();
    throw misuse('no command specified');
  }
  return { command, operands, table, format: flags, ruleWords };
}

/** `-nvL` is `-n -v -L`. */
function bundle(word: string): string[] {
  const letters = [...word.slice(1)];
  return letters.every((letter) => 'nvxLSFZXVADICRNPEt46w'.includes(letter)) ? letters.map((letter) => `-${letter}`) : [word];
}

/** The host's table of that name; made when it was not used before. */
function tableOf(host: Host, name: string): Table {
  if (!(name in BUILT_IN)) {
    if (name === 'security') throw unsupported('the table security');
    const text = `iptables v1.8.9 (nf_tables): table '${name}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.`;
    throw new IptablesError(text, 3);
  }
  return host.table(name as TableName);
}

/** Throws when a rule jumps to a chain that is not there. */
export function checkTarget(table: Table, { target }: Rule): void {
  if (target?.kind === 'jump' && table.chains.get(target.chain)?.builtIn !== false)
    throw misuse(`Chain '${target.chain}' does not exist`);
}

/** What the kernel or iptables itself would not let into a chain. */
export function checkRule(table: Table, chain: Chain, rule: Rule, action: string): void {
  const { target } = rule;
  if (rule.outInterface && (chain.name === 'PREROUTING' || chain.name === 'INPUT'))
    throw misuse(`Can't use -o with ${chain.name}\n`);
  if (rule.inInterface && (chain.name === 'POSTROUTING' || chain.name === 'OUTPUT'))
    throw misuse(`Can't use -i with ${chain.name}\n`);
  if (target?.kind === 'DROP' && table.name === 'nat')
    throw misuse('\nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n');
  const hooks = TARGET_HOOKS[target?.kind ?? ''];
  const isWrong = hooks && (table.name !== 'nat' || (chain.builtIn && !hooks.includes(chain.name)));
  if (isWrong || (target?.kind === 'REJECT' && table.name !== 'filter') || (target?.kind === 'CT' && table.name !== 'raw'))
    throw kernelError(`${action} failed (Invalid argument): rule in chain ${chain.name}`);
}

export const NO_CHAIN = 'No chain/target/match by that name.';
export const NO_RULE = 'Bad rule (does a matching rule exist in that chain?).';

function run(host: Host, parsed: Parsed): { text: string; changed: boolean } {
  const { command, operands, format, ruleWords } = parsed;
  const [name, second] = operands;
  const made = new RuleWords(ruleWords).parse();
  const takesRule = '-A -C -D -I -R'.includes(command) && !(command === '-D' && second !== undefined);
  if (!takesRule && ruleWords.length > 0) {
    const [word = ''] = ruleWords;
    throw misuse(word.startsWith('-') ? `Illegal option \`${word}' with this command` : `Bad argument \`${word}'`);
  }
  const table = tableOf(host, parsed.table);
  const found = name === undefined ? undefined : table.chains.get(name);
  const chain = (): Chain => {
    if (!found) throw refused(NO_CHAIN);
    return found;
  };
  const done = { text: '', changed: true };
  const listed = (): readonly Chain[] => {
    if (name === undefined) return table.sortedChains();
    if (!found)
      throw new IptablesError(
        `iptables v1.8.9 (nf_tables): chain \`${name}' in table \`${table.name}' is incompatible, use 'nft' tool.\n`.trimEnd(),
        1,
      );
    return [found];
  };
  const same = (rule: Rule) => chain().rules.findIndex((each) => renderRule('', each) === renderRule('', rule));
  switch (command) {
    case '-L':
      return {
        text: second === undefined ? listChains(table, listed(), format) : listRule(listed()[0]!, Number(second), format),
        changed: false,
      };
    case '-S':
      return { text: saved(listed(), second, format.verbose, name === undefined), changed: false };
    case '-A':
    case '-I': {
      if (command === '-A' && second !== undefined) throw misuse(`Bad argument \`${second}'`);
      chain();
      for (const rule of made.rules) {
        checkTarget(table, rule);
        checkRule(table, chain(), rule, command === '-A' ? 'RULE_APPEND' : 'RULE_INSERT');
      }
      const at = command === '-A' ? chain().rules.length : Number(second ?? 1) - 1;
      if (at > chain().rules.length || at < 0) throw refused('Index of insertion too big.');
      for (const rule of made.rules) {
        chain().insert(command === '-A' ? chain().rules.length : at, [rule]);
        const step = chain().steps[command === '-A' ? chain().rules.length - 1 : at]!;
        [step.packets, step.bytes] = made.counters ?? [0, 0];
      }
      return done;
    }
    case '-C':
    case '-D': {
      if (second !== undefined) {
        chain();
        const at = Number(second) - 1;
        if (at < 0 || at >= chain().rules.length) throw refused('Index of deletion too big.');
        chain().replace(at);
        return done;
      }
      for (const rule of made.rules) {
        const at = same(rule);
        if (at < 0) throw refused(NO_RULE);
        if (command === '-D') chain().replace(at);
      }
      return { text: '', changed: command === '-D' };
    }
    case '-R': {
      const [rule] = made.rules;
      const at = Number(second) - 1;
      if (second === undefined) throw misuse('-R requires a rule number');
      chain();
      if (at < 0 || at >= chain().rules.length) throw refused('Index of replacement too big.');
      checkTarget(table, rule!);
      checkRule(table, chain(), rule!, 'RULE_REPLACE');
      chain().replace(at, rule);
      return done;
    }
    case '-F':
      for (const each of name === undefined ? table.chains.values() : [chain()]) each.rewrite([]);
      return done;
    case '-Z':
      if (second === undefined) for (const each of name === undefined ? table.chains.values() : [chain()]) each.zero();
      else {
        const step = chain().steps[Number(second) - 1];
        if (!step) throw refused('Index of zero too big.');
        step.packets = step.bytes = 0;
      }
      return { text: '', changed: false };
    case '-N':
      checkName(name!);
      if (found) throw refused('Chain already exists.');
      table.chain(name!);
      return done;
    case '-X':
      deleteChains(table, name);
      return done;
    case '-E':
      if (second === undefined) throw misuse('-E requires old-chain-name and new-chain-name');
      if (!found || found.builtIn) throw refused(NO_CHAIN);
      checkName(second);
      if (table.chains.has(second)) throw refused('File exists.');
      table.rename(name!, second);
      return done;
    default: {
      if (!found?.builtIn) throw refused('Bad built-in chain name.');
      if (second !== 'ACCEPT' && second !== 'DROP') throw refused("Bad policy name. Run `dmesg' for more information.");
      found.policy = second;
      return done;
    }
  }
}

function checkName(name: string): void {
  if (name.length >= NAME_LIMIT) throw misuse(`chain name \`${name}' too long (must be under ${NAME_LIMIT} chars)`);
}

function deleteChains(table: Table, name: string | undefined): void {
  const used = references(table);
  const chains = [...table.chains.values()].filter((chain) => !chain.builtIn && (name === undefined || chain.name === name));
  if (name !== undefined && chains.length === 0) throw refused(NO_CHAIN);
  for (const chain of chains) {
    if (chain.rules.length > 0 || used.has(chain.name))
      throw kernelError(`CHAIN_DEL failed (Device or resource busy): chain ${chain.name}`);
  }
  for (const chain of chains) table.delete(chain.name);
}

/** `iptables -S` */
function saved(chains: readonly Chain[], number: string | undefined, verbose: boolean, heads: boolean): string {
  const lines: string[] = [];
  const counters = ({ packets, bytes }: Chain) => (verbose ? ` -c ${packets} ${bytes}` : '');
  const head = (chain: Chain) => (chain.builtIn ? `-P ${chain.name} ${chain.policy}${counters(chain)}` : `-N ${chain.name}`);
  const rules = (chain: Chain) =>
    chain.steps.map((step) => (verbose ? renderRule(chain.name, step.rule, step) : chain.text(step.rule)));
  if (number !== undefined) lines.push(...rules(chains[0]!).slice(Number(number) - 1, Number(number)));
  else if (heads) lines.push(...chains.map(head), ...chains.flatMap(rules));
  else lines.push(...chains.flatMap((chain) => [head(chain), ...rules(chain)]));
  return lines.map((line) => `${line}\n`).join('');
}

/** iptables 1.8.9 over nf_tables: -A -C -D -R -I -L -S -F -Z -N -X -P -E. */
export const iptables: Tool = ({ host, args, now }) => {
  try {
    const parsed = parse(args);
    if (parsed === 'version') return said('iptables v1.8.9 (nf_tables)\n');
    const { text, changed } = run(host, parsed);
    if (changed) host.edited(now);
    return said(text);
  } catch (error) {
    if (error instanceof IptablesError) return failed(error.message, error.exit);
    throw error;
  }
};
