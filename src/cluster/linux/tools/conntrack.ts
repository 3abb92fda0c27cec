import { parseAddress, prefix, contains } from '../address';
import { type ConntrackEntry, formatEntry } from '../conntrack';
import type { Protocol } from '../trace';
import { type Tool, type ToolOutput, said } from './tool';

const NAME = 'conntrack v1.4.7 (conntrack-tools)';
const HINT = "Try `conntrack -h' or 'conntrack --help' for more information.\n";
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  icmp: 'ICMP',
  '6': 'TCP',
  '17': 'UDP',
  '132': 'SCTP',
  '1': 'ICMP',
};

const mistake = (text: string): ToolOutput => ({ stdout: '', stderr: `${NAME}: ${text}\n${HINT}`, exit: 2 });

type Test = (entry: ConntrackEntry) => boolean;

const address =
  (of: (entry: ConntrackEntry) => number) =>
  (text: string): Test | undefined => {
    if (parseAddress(text.split('/')[0] ?? '') === undefined) return undefined;
    const block = prefix(text);
    return (entry) => contains(block, of(entry));
  };
const port =
  (of: (entry: ConntrackEntry) => number) =>
  (text: string): Test | undefined =>
    /^\d+$/.test(text) ? (entry) => of(entry) === Number(text) : undefined;

/** Options that narrow down which entries are meant, each with a value. */
const FILTERS: Readonly<Record<string, (value: string) => Test | undefined>> = {
  '-s': address((e) => e.originalSource),
  '-d': address((e) => e.originalDestination),
  '-r': address((e) => e.replySource),
  '-q': address((e) => e.replyDestination),
  '--sport': port((e) => e.originalSourcePort),
  '--dport': port((e) => e.originalDestinationPort),
  '--reply-port-src': port((e) => e.replySourcePort),
  '--reply-port-dst': port((e) => e.replyDestinationPort),
  '--state': (text) => (entry) => entry.state === text.toUpperCase(),
  '-u': (text) => {
    const status = text.toUpperCase();
    if (status === 'ASSURED') return (entry) => entry.assured;
    if (status === 'SEEN_REPLY') return (entry) => entry.replied;
    return status === 'UNREPLIED' || status === 'UNSET' ? (entry) => !entry.replied : undefined;
  },
};
const LONG: Readonly<Record<string, string>> = {
  '--src': '-s',
  '--orig-src': '-s',
  '--dst': '-d',
  '--orig-dst': '-d',
  '--reply-src': '-r',
  '--reply-dst': '-q',
  '--protonum': '-p',
  '--proto': '-p',
  '--status': '-u',
  '--orig-port-src': '--sport',
  '--orig-port-dst': '--dport',
  '--dump': '-L',
  '--delete': '-D',
  '--flush': '-F',
  '--count': '-C',
  '--stats': '-S',
  '--family': '-f',
};

/** conntrack 1.4.7: -L -D -F -C -S with filters. */
export const conntrack: Tool = ({ host, args, now }) => {
  let command: string | undefined;
  let protocol: Protocol | undefined;
  const tests: Test[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    const option = LONG[word] ?? word;
    const value = () => args[++i];
    if (['-L', '-D', '-F', '-C', '-S'].includes(option)) {
      if (command !== undefined) return mistake('Cannot use commands together');
      command = option;
    } else if (option === '-p') {
      const text = value() ?? '';
      protocol = PROTOCOLS[text.toLowerCase()];
      const wanted = protocol;
      if (!wanted) return mistake(`\`${text}' unsupported protocol`);
      tests.push((entry) => entry.protocol === wanted);
    } else if (option in FILTERS) {
      if (/^--(sport|dport|state|reply-port)/.test(option) && !protocol) return mistake(`unknown option \`${word}'`);
      const text = value();
      const test = text === undefined ? undefined : FILTERS[option]!(text);
      if (!test) return mistake(text === undefined ? `option \`${word}' requires an argument` : `Invalid IP address \`${text}'`);
      tests.push(test);
    } else if (option === '-f') value();
    else if (option === '-n' || option === '-g' || option === '-j') {
      if (option !== '-j') tests.push((entry) => (option === '-n' ? entry.sourceNat : entry.destinationNat));
      else tests.push((entry) => entry.sourceNat || entry.destinationNat);
      if (args[i + 1] !== undefined && !args[i + 1]!.startsWith('-')) value();
    } else if (['-E', '-I', '-U', '-G', '-o', '-z', '--event', '--output'].includes(option))
      return { stdout: '', stderr: `conntrack: this simulator does not do ${word}\n`, exit: 2 };
    else if (option.startsWith('-')) return mistake(`unknown option \`${word}'`);
    else if (word !== 'conntrack') return { stdout: '', stderr: `conntrack: this simulator has no table ${word}\n`, exit: 2 };
  }
  const table = host.conntrack;
  const fits = (entry: ConntrackEntry) => tests.every((test) => test(entry));
  const listed = () => table.entries(now).filter(fits);
  const lines = (entries: readonly ConntrackEntry[]) => entries.map((entry) => `${formatEntry(entry, now)}\n`).join('');
  const counted = (stdout: string, count: number, done: string, exit = 0): ToolOutput => ({
    stdout,
    stderr: `${NAME}: ${count} flow entries have been ${done}.\n`,
    exit,
  });
  switch (command) {
    case '-L': {
      const found = listed();
      return counted(lines(found), found.length, 'shown');
    }
    case '-D': {
      const found = listed();
      const text = lines(found);
      for (const entry of found) table.remove(entry);
      return counted(text, found.length, 'deleted', found.length > 0 ? 0 : 1);
    }
    case '-F':
      table.flush();
      return { stdout: '', stderr: `${NAME}: connection tracking table has been emptied.\n`, exit: 0 };
    case '-C':
      return said(`${table.entries(now).length}\n`);
    case '-S':
      return { stdout: '', stderr: 'conntrack: this simulator keeps no statistics of its connection tables\n', exit: 2 };
    default:
      return {
        stdout: '',
        stderr: 'usage: conntrack -L | -D | -F | -C [-p PROTOCOL] [-s ADDRESS] [-d ADDRESS] [--sport PORT] [--dport PORT]\n',
        exit: 2,
      };
  }
};
