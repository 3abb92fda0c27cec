import type { Rule } from '../rule';
import { type Chain, type TableName, BUILT_IN, Table } from '../table';
import { NO_CHAIN, NO_RULE, checkRule, checkTarget } from './iptables';
import { IptablesError, misuse } from './iptables-error';
import { references } from './iptables-list';
import { RuleWords } from './rule-words';
import { type Tool, failed, said } from './tool';

/** A table as it is being restored: what is there, or an empty one. */
class Draft {
  readonly table: Table;

  constructor(
    readonly original: Table,
    keep: boolean,
  ) {
    this.table = new Table(original.name);
    if (keep) for (const chain of original.chains.values()) copy(chain, this.table.chain(chain.name));
  }
}

function copy(from: Chain, to: Chain): void {
  to.policy = from.policy;
  to.packets = from.packets;
  to.bytes = from.bytes;
  to.rewrite(from.rules);
  from.steps.forEach((step, at) => {
    to.steps[at]!.packets = step.packets;
    to.steps[at]!.bytes = step.bytes;
  });
}

class LineError extends Error {}

/** iptables-restore [-n] [-c] [-t] [-T TABLE]: all tables of the input at once, or nothing when a line is wrong. */
export const iptablesRestore: Tool = ({ host, args, stdin, now }) => {
  let keep = false;
  let counters = false;
  let test = false;
  let only: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (word === '-n' || word === '--noflush') keep = true;
    else if (word === '-c' || word === '--counters') counters = true;
    else if (word === '-t' || word === '--test') test = true;
    else if (word === '-T' || word === '--table') only = args[++i];
    else if (word === '-w' || word === '--wait') i += /^\d+$/.test(args[i + 1] ?? '') ? 1 : 0;
    else if (word !== '-v' && word !== '--verbose') {
      const what = word.startsWith('--') ? `unrecognized option '${word}'` : `invalid option -- '${word[1] ?? word}'`;
      return failed(`iptables-restore: ${what}\nTry \`iptables-restore -h' for more information.`, 1);
    }
  }
  const finished: Draft[] = [];
  let draft: Draft | undefined;
  let number = 0;
  const lineFailed = (why?: string) =>
    new LineError(`iptables-restore: line ${number} failed${why === undefined ? '' : `: ${why}`}`);
  try {
    for (const line of stdin.split('\n')) {
      number++;
      if (line.trim() === '' || line.startsWith('#')) continue;
      if (line.startsWith('*')) {
        const name = line.slice(1).trim();
        if (!(name in BUILT_IN)) throw misuse(`iptables-restore: line ${number} table name '${name}' invalid`);
        draft = new Draft(host.table(name as TableName), keep);
      } else if (!draft) throw lineFailed();
      else if (line.trim() === 'COMMIT') {
        // chains that rules jump to may have come behind them
        for (const chain of draft.table.chains.values()) for (const each of chain.rules) checkTarget(draft.table, each);
        if (only === undefined || draft.table.name === only) finished.push(draft);
        draft = undefined;
      } else if (line.startsWith(':')) declare(draft.table, line, counters, lineFailed);
      else rule(draft.table, line, counters, lineFailed);
    }
    if (draft) throw new LineError('iptables-restore: COMMIT expected at line ' + number);
  } catch (error) {
    if (error instanceof IptablesError) {
      const text = error.message.replace(
        /^iptables( v1\.8\.9 \(nf_tables\))?:/,
        (_, version = '') => `iptables-restore${version}:`,
      );
      if (error.exit === 2) {
        const [first = '', ...rest] = text.split('\n').filter((each) => !each.startsWith('Try '));
        return failed(
          [
            first,
            ...rest,
            `Error occurred at line: ${number}`,
            "Try `iptables-restore -h' or 'iptables-restore --help' for more information.",
          ].join('\n'),
          2,
        );
      }
      return failed(`iptables-restore: line ${number} failed: ${text.replace(/^iptables-restore: /, '')}`, error.exit);
    }
    if (error instanceof LineError) return failed(error.message, 1);
    throw error;
  }
  if (!test) {
    for (const { original, table } of finished) {
      for (const name of [...original.chains.keys()]) if (!table.chains.has(name)) original.delete(name);
      for (const chain of table.chains.values()) copy(chain, original.chain(chain.name));
    }
    if (finished.length > 0) host.edited(now);
  }
  return said('');
};

/** `:CHAIN POLICY [PACKETS:BYTES]`: a chain of one's own is emptied or made. */
function declare(table: Table, line: string, withCounters: boolean, lineFailed: () => Error): void {
  const [, name, policy, packets, bytes] = /^:(\S+) (\S+)(?: \[(\d+):(\d+)\])?\s*$/.exec(line) ?? [];
  if (name === undefined || policy === undefined) throw lineFailed();
  const chain = table.chain(name);
  if (chain.builtIn) {
    if (policy !== 'ACCEPT' && policy !== 'DROP') throw lineFailed();
    chain.policy = policy;
    if (withCounters && packets !== undefined) [chain.packets, chain.bytes] = [Number(packets), Number(bytes)];
  } else chain.rewrite([]);
}

function rule(table: Table, line: string, withCounters: boolean, lineFailed: (why?: string) => Error): void {
  const [, packets, bytes, text = ''] = /^(?:\[(\d+):(\d+)\] )?(.*)$/.exec(line)!;
  const words = shellWords(text);
  const [command, name = ''] = words;
  const chain = table.chains.get(name);
  switch (command) {
    case '-A':
    case '-I': {
      if (!chain) throw lineFailed(NO_CHAIN);
      const at = command === '-A' ? chain.rules.length : /^\d+$/.test(words[2] ?? '') ? Number(words[2]) - 1 : 0;
      const parsed = new RuleWords(words.slice(command === '-I' && /^\d+$/.test(words[2] ?? '') ? 3 : 2)).parse();
      for (const each of parsed.rules) {
        checkRule(table, chain, each, 'RULE_APPEND');
        chain.insert(at, [each]);
        if (withCounters && packets !== undefined)
          [chain.steps[at]!.packets, chain.steps[at]!.bytes] = [Number(packets), Number(bytes)];
      }
      return;
    }
    case '-D': {
      const [wanted] = new RuleWords(words.slice(2)).parse().rules as [Rule];
      const at = chain?.rules.findIndex((each) => JSON.stringify(each) === JSON.stringify(wanted)) ?? -1;
      if (!chain || at < 0) throw lineFailed(chain ? NO_RULE : NO_CHAIN);
      chain.replace(at);
      return;
    }
    case '-F':
      if (!chain) throw lineFailed(NO_CHAIN);
      chain.rewrite([]);
      return;
    case '-N':
      if (chain) throw lineFailed('Chain already exists.');
      table.chain(name);
      return;
    case '-X':
      if (!chain || chain.builtIn) throw lineFailed(NO_CHAIN);
      if (references(table).has(name)) throw lineFailed('Device or resource busy');
      table.delete(name);
      return;
    default:
      throw lineFailed();
  }
}

function shellWords(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((m) => (m[1] === undefined ? m[2]! : m[1].replace(/\\(.)/g, '$1')));
}
