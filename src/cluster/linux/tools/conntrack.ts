import { parseAddress, prefix, contains } from '../address';
import { type ConntrackEntry, type ConntrackEvent, formatConnection, formatEntry } from '../conntrack';
import type { Protocol } from '../trace';
import type { Follower } from './follow';
import { protocolOf } from './names';
import { type Tool, type ToolOutput, said } from './tool';

const NAME = 'conntrack v1.4.7 (conntrack-tools)';
const HINT = "Try `conntrack -h' or 'conntrack --help' for more information.\n";

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
type AddressTest = (of: (entry: ConntrackEntry) => number) => Test | undefined;

// Options for translated connections, with the address that stands in the place of the old one.
const sourceNat = (is: AddressTest): Test | undefined => {
  const test = is((entry) => entry.replyDestination);
  return test && ((entry) => entry.sourceNat && test(entry));
};
const destinationNat = (is: AddressTest): Test | undefined => {
  const test = is((entry) => entry.replySource);
  return test && ((entry) => entry.destinationNat && test(entry));
};
const NAT_FILTERS: Readonly<Record<string, (is: AddressTest) => Test | undefined>> = {
  '-n': sourceNat,
  '-g': destinationNat,
  '-j': (is) => {
    const [source, destination] = [sourceNat(is), destinationNat(is)];
    return source && destination && ((entry) => source(entry) || destination(entry));
  },
};
const LONG: Readonly<Record<string, string>> = {
  '--src-nat': '-n',
  '--dst-nat': '-g',
  '--any-nat': '-j',
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
  '--event': '-E',
  '--event-mask': '-e',
  '--output': '-o',
  '--zero': '-z',
};

interface Query {
  readonly command: string | undefined;
  readonly fits: Test;
  /** Of -E. */
  readonly events: readonly ConntrackEvent[];
  readonly timestamps: boolean;
}

const EVENTS: Readonly<Record<string, readonly ConntrackEvent[]>> = {
  NEW: ['NEW'],
  UPDATES: ['UPDATE'],
  DESTROY: ['DESTROY'],
  ALL: ['NEW', 'UPDATE', 'DESTROY'],
};

/** What the arguments ask for. */
function readQuery(given: readonly string[]): Query | ToolOutput {
  const args = given.flatMap((word) => /^(--[a-z-]+)=(.*)$/.exec(word)?.slice(1) ?? [word]);
  let command: string | undefined;
  let protocol: Protocol | undefined;
  let timestamps = false;
  const events = new Set<ConntrackEvent>();
  const tests: Test[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    const option = LONG[word] ?? word;
    const value = () => args[++i];
    if (['-L', '-D', '-F', '-C', '-S', '-E'].includes(option)) {
      if (command !== undefined) return mistake('Cannot use commands together');
      command = option;
    } else if (option === '-p') {
      const text = value() ?? '';
      protocol = protocolOf(text.toLowerCase())?.toUpperCase() as Protocol | undefined;
      const wanted = protocol;
      if (!wanted) return mistake(`\`${text}' unsupported protocol`);
      tests.push((entry) => entry.protocol === wanted);
    } else if (option in FILTERS) {
      if (/^--(sport|dport|state|reply-port)/.test(option) && !protocol) return mistake(`unknown option \`${word}'`);
      const text = value();
      const test = text === undefined ? undefined : FILTERS[option]!(text);
      if (!test) return mistake(text === undefined ? `option \`${word}' requires an argument` : `Invalid IP address \`${text}'`);
      tests.push(test);
    } else if (option === '-e') {
      for (const name of (value() ?? '').split(',')) {
        const named = EVENTS[name.toUpperCase()];
        if (!named) return mistake(`Bad parameter \`${name}'`);
        for (const event of named) events.add(event);
      }
    } else if (option === '-o' && command === '-E' && args[i + 1] === 'timestamp') {
      value();
      timestamps = true;
    } else if (option === '-f') value();
    else if (option in NAT_FILTERS) {
      // The address is optional.
      const text = args[i + 1]?.startsWith('-') === false ? value() : undefined;
      const test = NAT_FILTERS[option]!(text === undefined ? () => () => true : (of) => address(of)(text));
      if (!test) return mistake(`Invalid IP address \`${text}'`);
      tests.push(test);
    } else if (['-I', '-U', '-G', '-o', '-z'].includes(option))
      return { stdout: '', stderr: `conntrack: this simulator does not do ${word}\n`, exit: 2 };
    else if (option.startsWith('-')) return mistake(`unknown option \`${word}'`);
    else if (word !== 'conntrack') return { stdout: '', stderr: `conntrack: this simulator has no table ${word}\n`, exit: 2 };
  }
  const fits: Test = (entry) => tests.every((test) => test(entry));
  return { command, fits, events: events.size === 0 ? EVENTS.ALL! : [...events], timestamps };
}

/** conntrack 1.4.7: -L -D -F -C -S with filters. */
export const conntrack: Tool = ({ host, args, now }) => {
  const query = readQuery(args);
  if ('stdout' in query) return query;
  const { command, fits } = query;
  const table = host.conntrack;
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
      // A node here has one processor, on which packets never meet.
      return said(
        `cpu=0   \tfound=0 invalid=${table.invalid} insert=0 insert_failed=0 drop=0 early_drop=${table.earlyDrops} error=0 ` +
          'search_restart=0 clash_resolve=0 chaintoolong=0 \n',
      );
    default:
      return {
        stdout: '',
        stderr:
          'usage: conntrack -L | -D | -F | -C | -S | -E [-p PROTOCOL] [-s ADDRESS] [-d ADDRESS] [--sport PORT] [--dport PORT]\n',
        exit: 2,
      };
  }
};

/** conntrack -E: what happens to connections while it runs. Without -E it is `conntrack`. */
export const conntrackEvents: Follower = ({ host, args, now, print }) => {
  const query = readQuery(args);
  if ('stdout' in query) return query;
  if (query.command !== '-E') return conntrack({ host, args, stdin: '', now: now() });
  const table = host.conntrack;
  let shown = 0;
  const stop = table.listen((event, entry) => {
    if (!query.events.includes(event) || !query.fits(entry)) return;
    shown++;
    const left = Math.max(0, Math.ceil((entry.expires - now()) / 1000));
    const reset = event === 'DESTROY' && entry.state === 'SYN_SENT' && entry.replied;
    const when = query.timestamps ? `[${(now() / 1000).toFixed(6)}]\t` : '';
    print(`${when}${`[${event}]`.padStart(9)} ${formatConnection(entry, left === 0 ? undefined : left, reset)}\n`);
  });
  return {
    intro: '',
    done: false,
    // entries whose time is over go when somebody looks
    look: () => void table.entries(now()),
    stop: () => {
      stop();
      return { stdout: '', stderr: `${NAME}: ${shown} flow events have been shown.\n`, exit: 0 };
    },
  };
};
