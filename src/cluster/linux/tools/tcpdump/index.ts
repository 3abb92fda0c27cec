import type { Host } from '../../host';
import type { Follower } from '../follow';
import { type ToolOutput, said } from '../tool';
import { type Filter, FilterError, parseFilter } from './filter';
import { type Frame, framesOf } from './frames';
import { type Style, line } from './print';

const VERSION = 'tcpdump version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\n';
const USAGE = `${VERSION}Usage: tcpdump [-DehlnpqtvV#] [ -c count ] [ -i interface ] [ -Q in|out|inout ] [ -s snaplen ] [ expression ]\n`;

interface Options {
  device: string | undefined;
  count: number;
  side: 'in' | 'out' | 'inout';
  numeric: boolean;
  verbose: number;
  quiet: boolean;
  links: boolean;
  times: number;
  list: boolean;
  expression: string[];
}

const complaint = (text: string, exit = 1): ToolOutput => ({ stdout: '', stderr: `tcpdump: ${text}\n`, exit });
const mistake = (text: string): ToolOutput => ({ stdout: '', stderr: `${text}\n${USAGE}`, exit: 1 });

/** Those that change nothing here: buffers, promiscuity, absolute numbers, checksums, names of domains. */
const IDLE = new Set('lUpSKNfO');
const WITH_VALUE = new Set('ciQs');

function readOptions(args: readonly string[]): Options | ToolOutput {
  const options: Options = {
    device: undefined,
    count: Infinity,
    side: 'inout',
    numeric: false,
    verbose: 0,
    quiet: false,
    links: false,
    times: 0,
    list: false,
    expression: [],
  };
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (!word.startsWith('-') || word === '-') {
      options.expression = args.slice(i);
      break;
    }
    if (word === '--version') return said(VERSION);
    if (word === '--help') return { stdout: '', stderr: USAGE, exit: 0 };
    if (word === '--immediate-mode' || word === '--no-promiscuous-mode' || word === '--print') continue;
    const long = /^--(interface|count)(?:=(.*))?$/.exec(word);
    if (long?.[1] === 'interface') {
      options.device = long[2] ?? args[++i];
      continue;
    }
    if (word.startsWith('--')) return complaint(`this simulator does not do ${word}`);
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      if (WITH_VALUE.has(letter)) {
        const value = word.slice(at + 1) || args[++i];
        if (value === undefined) return mistake(`tcpdump: option requires an argument -- '${letter}'`);
        const wrong = setValue(options, letter, value);
        if (wrong) return wrong;
        break;
      }
      if (letter === 'n') options.numeric = true;
      else if (letter === 'v') options.verbose++;
      else if (letter === 'q') options.quiet = true;
      else if (letter === 'e') options.links = true;
      else if (letter === 't') options.times++;
      else if (letter === 'D') options.list = true;
      else if (letter === 'h') return { stdout: '', stderr: USAGE, exit: 0 };
      else if (/[A-Za-z#]/.test(letter) && 'AbBCdEFGHIjJLMrTuVwWxXyzZ#'.includes(letter))
        return complaint(`this simulator does not do -${letter}`);
      else if (!IDLE.has(letter)) return mistake(`tcpdump: invalid option -- '${letter}'`);
    }
  }
  return options;
}

function setValue(options: Options, letter: string, value: string): ToolOutput | undefined {
  if (letter === 'i') options.device = value;
  else if (letter === 'c') {
    options.count = Number(value);
    if (!/^\d+$/.test(value) || options.count < 1) return complaint(`invalid packet count ${value}`);
  } else if (letter === 'Q') {
    if (value !== 'in' && value !== 'out' && value !== 'inout') return complaint(`unknown capture direction \`${value}'`);
    options.side = value;
  }
  return undefined;
}

/** `tcpdump -D` */
function devices(host: Host): string {
  const names = [...host.interfaces.keys()];
  const lines = [
    ...names.map((name) => `${name} [Up, Running, Connected]`),
    'any (Pseudo-device that captures on all interfaces) [Up, Running]',
    'lo [Up, Running, Loopback]',
  ];
  return lines.map((text, index) => `${index + 1}.${text}\n`).join('');
}

/** tcpdump 4.99: prints packets of connections that are made while it runs, as they are at an interface of its host. */
export const tcpdump: Follower = ({ host, args, now, print, watch }) => {
  const options = readOptions(args);
  if ('stdout' in options) return options;
  if (options.list) return said(devices(host));
  const device = options.device ?? host.interfaces.keys().next().value ?? 'lo';
  if (device !== 'any' && device !== 'lo' && !host.interfaces.has(device))
    return complaint(`${device}: No such device exists\n(No such device exists)`);
  let filter: Filter;
  try {
    filter = parseFilter(options.expression.join(' '));
  } catch (error) {
    if (error instanceof FilterError) return complaint(error.message);
    throw error;
  }
  const any = device === 'any';
  const style: Style = {
    numeric: options.numeric,
    verbose: options.verbose > 0,
    quiet: options.quiet,
    interfaces: any,
    times: options.times,
  };
  const wanted = (frame: Frame) =>
    (any || frame.interface === device) &&
    (options.side === 'inout' || (options.side === 'out') === (frame.direction === 'Out')) &&
    filter(frame);
  let captured = 0;
  let streams = false;
  const unwatch = watch((hops) => {
    for (const frame of framesOf(hops, host)) {
      if (captured >= options.count || !wanted(frame)) continue;
      captured++;
      streams ||= frame.packet?.protocol === 'TCP';
      print(line(frame, style, now()));
    }
  });
  const link = any ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
  return {
    intro:
      (any ? 'tcpdump: data link type LINUX_SLL2\n' : '') +
      (options.verbose > 0 ? 'tcpdump: ' : 'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n') +
      `listening on ${device}, link-type ${link}, snapshot length 262144 bytes\n` +
      (options.links ? 'tcpdump: this simulator has no Ethernet addresses for -e to print\n' : ''),
    get done() {
      return captured >= options.count;
    },
    look: () => undefined,
    stop: () => {
      unwatch();
      const packets = `packet${captured === 1 ? '' : 's'}`;
      const limits = streams
        ? 'tcpdump: of a TCP connection this simulator sends the first packet and its answer; the rest takes the same way and is not shown\n'
        : '';
      const counts = `${captured} ${packets} captured\n${captured} ${packets} received by filter\n0 packets dropped by kernel\n`;
      return { stdout: '', stderr: counts + limits, exit: 0 };
    },
  };
};
