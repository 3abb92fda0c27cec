import type { DnsAnswer, DnsRecord } from '../../../cluster/coredns/answer';
import type { Suspend } from '../../../kubectl/types';
import type { Program, ProgramContext } from '../../program';
import { messageSize, query, reverseName, serverAddress, TIMEOUT, TRIES, TYPES } from './bind';

const VERSION = '9.18.41';
/** Bytes of the OPT record: with a cookie of eight bytes. */
const OPT = 11 + 12;

interface Request {
  words: string[];
  name: string;
  type: string;
  server?: string;
  short: boolean;
  search: boolean;
  tcp: boolean;
  tries: number;
  timeout: number;
  /** Which parts are printed. */
  shows: {
    cmd: boolean;
    comments: boolean;
    question: boolean;
    answer: boolean;
    authority: boolean;
    additional: boolean;
    stats: boolean;
  };
}

/** dig [@SERVER] NAME [TYPE] [-t TYPE] [-x ADDRESS] [+OPTION ...], as BIND 9.18 prints it. */
export const dig: Program = function* (context) {
  const request = parse(context.args);
  if (typeof request === 'string') {
    context.stderr(request);
    return 1;
  }
  const given = request.server === undefined ? undefined : serverAddress(context, request.server);
  if (given && 'problem' in given) {
    context.stderr(given.problem);
    return 10;
  }
  const server = given?.address;
  const { shows } = request;
  if (shows.cmd && !request.short) {
    context.stdout(`\n; <<>> DiG ${VERSION} <<>>${request.words.map((word) => ` ${word}`).join('')}\n`);
    if (request.server !== undefined) context.stdout('; (1 server found)\n');
    context.stdout(';; global options: +cmd\n');
  }
  const asked = query(context, request.name, request.type, { search: request.search, ...(server !== undefined && { server }) });
  const shownServer = `${asked.server}#53(${request.server ?? asked.server})`;
  if (typeof asked.reply === 'string') return yield* noAnswer(context, request, asked.reply, asked.server);
  if (request.short) {
    for (const { data } of asked.reply.answer) context.stdout(`${data}\n`);
    return 0;
  }
  print(context, request, asked.name, asked.reply, shownServer);
  return 0;
};

function* noAnswer(
  context: ProgramContext,
  { tries, timeout }: Request,
  why: 'timeout' | 'refused',
  server: string,
): Generator<Suspend, number, void> {
  const { world } = context.shell;
  for (let i = 0; i < tries; i++) {
    if (why === 'timeout') yield { until: world.now() + timeout };
    const reason = why === 'timeout' ? 'timed out' : 'connection refused';
    context.stdout(`;; communications error to ${server}#53: ${reason}\n`);
  }
  context.stdout(`\n;; no servers could be reached\n`);
  return 9;
}

function print(context: ProgramContext, { type, shows, tcp }: Request, name: string, reply: DnsAnswer, server: string): void {
  const question = `${name}.`.replace(/\.\.$/, '.');
  const lines: string[] = [];
  if (shows.comments) {
    lines.push(';; Got answer:');
    if (/\.local\.$/.test(question)) {
      lines.push(
        ';; WARNING: .local is reserved for Multicast DNS',
        ';; You are currently testing what happens when an mDNS query is leaked to DNS',
      );
    }
    const id = 1 + ([...question].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_535, 7) % 65_535);
    const flags = reply.authoritative ? 'qr aa rd' : 'qr rd ra';
    lines.push(
      `;; ->>HEADER<<- opcode: QUERY, status: ${reply.status}, id: ${id}`,
      `;; flags: ${flags}; QUERY: 1, ANSWER: ${reply.answer.length}, AUTHORITY: ${reply.authority.length}, ADDITIONAL: ${reply.additional.length + 1}`,
    );
    if (reply.authoritative) lines.push(';; WARNING: recursion requested but not available');
    const cookie = `${id.toString(16).padStart(4, '0')}${question.length.toString(16).padStart(4, '0')}`.repeat(2);
    lines.push('', ';; OPT PSEUDOSECTION:', '; EDNS: version: 0, flags:; udp: 1232', `; COOKIE: ${cookie} (echoed)`);
  }
  if (shows.question)
    lines.push(...(shows.comments ? [';; QUESTION SECTION:'] : []), `;${columns([question, 'IN', type], [32, 40])}`, '');
  const section = (title: string, records: readonly DnsRecord[]) => {
    if (records.length === 0) return;
    if (shows.comments) lines.push(`;; ${title} SECTION:`);
    for (const { name: owner, ttl, type: kind, data } of records)
      lines.push(columns([owner, String(ttl), 'IN', kind, data], [24, 32, 40, 48]));
    if (shows.comments) lines.push('');
  };
  if (shows.answer) section('ANSWER', reply.answer);
  if (shows.authority) section('AUTHORITY', reply.authority);
  if (shows.additional) section('ADDITIONAL', reply.additional);
  if (shows.stats) {
    lines.push(
      ';; Query time: 0 msec',
      `;; SERVER: ${server} (${tcp ? 'TCP' : 'UDP'})`,
      `;; WHEN: ${when(context.shell.world.now())}`,
      `;; MSG SIZE  rcvd: ${messageSize(question, reply, OPT)}`,
      '',
    );
  }
  context.stdout(lines.map((line) => `${line}\n`).join(''));
}

/**
 * Words at columns 24, 32, 40 and 48, with tabs of eight where they fit; a word that comes too late stands one place further on.
 * BIND: lib/dns/masterdump.c, indent.
 */
function columns(words: readonly string[], starts: readonly number[]): string {
  let line = '';
  let at = 0;
  words.forEach((word, index) => {
    if (index > 0) {
      const to = Math.max(starts[index - 1] ?? 0, at + 1);
      const tabs = Math.floor(to / 8) - Math.floor(at / 8);
      line += tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(to % 8) : ' '.repeat(to - at);
      at = to;
    }
    line += word;
    at += word.length;
  });
  return line;
}

/** `Sun Nov 22 09:00:00 UTC 2026`, as strftime's %c with the zone. @param time ms since the epoch */
function when(time: number): string {
  const [day = '', date = '', month = '', year = '', clock = ''] = new Date(time).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
}

/** Reads dig's command line; a string is its own complaint. */
function parse(args: readonly string[]): Request | string {
  const request: Request = {
    words: [...args],
    name: '.',
    type: 'A',
    short: false,
    search: false,
    tcp: false,
    tries: TRIES,
    timeout: TIMEOUT,
    shows: { cmd: true, comments: true, question: true, answer: true, authority: true, additional: true, stats: true },
  };
  let named = false;
  let typed = false;
  const queue = [...args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word.startsWith('@')) request.server = word.slice(1);
    else if (word.startsWith('+')) {
      const problem = setOption(request, word.slice(1));
      if (problem !== undefined) return problem;
    } else if (/^-[txqpb]/.test(word)) {
      const value = word.length > 2 ? word.slice(2) : queue.shift();
      if (value === undefined) return `;; Warning, ignoring invalid type ${word}\n`;
      if (word[1] === 't') [request.type, typed] = [value.toUpperCase(), true];
      else if (word[1] === 'q') [request.name, named] = [value, true];
      else if (word[1] === 'x') {
        const reverse = reverseName(value);
        if (reverse === undefined) return `dig: invalid IP address ${value}\n`;
        [request.name, named] = [reverse, true];
        if (!typed) request.type = 'PTR';
      } else return `dig: this simulator does not do "${word.slice(0, 2)}"\n`;
    } else if (word === '-4' || word === '-u') continue;
    else if (word.startsWith('-')) return `dig: this simulator does not know the option "${word}"\n`;
    else if (word.toUpperCase() === 'IN') continue;
    else if (TYPES.includes(word.toUpperCase()) && (named || TYPES.includes(word)))
      [request.type, typed] = [word.toUpperCase(), true];
    else [request.name, named] = [word, true];
  }
  if (!TYPES.includes(request.type)) return `;; Warning, ignoring invalid type ${request.type}\n`;
  if (!named) return 'dig: this simulator asks no root servers: give a name\n';
  return request;
}

function setOption(request: Request, word: string): string | undefined {
  const [, no, name = '', value] = /^(no)?([a-z]+)(?:=(.*))?$/.exec(word) ?? [];
  const on = no === undefined;
  const { shows } = request;
  switch (name) {
    case 'short':
      request.short = on;
      return undefined;
    case 'search':
      request.search = on;
      return undefined;
    case 'tcp':
    case 'vc':
      request.tcp = on;
      return undefined;
    case 'time':
    case 'timeout':
      request.timeout = Math.max(1, Number(value) || 5) * 1000;
      return undefined;
    case 'tries':
      request.tries = Math.max(1, Number(value) || 1);
      return undefined;
    case 'retry':
      request.tries = 1 + Math.max(0, Number(value) || 0);
      return undefined;
    case 'all':
      for (const part of Object.keys(shows) as (keyof Request['shows'])[]) shows[part] = on;
      return undefined;
    case 'cmd':
    case 'comments':
    case 'question':
    case 'answer':
    case 'authority':
    case 'additional':
    case 'stats':
      shows[name] = on;
      return undefined;
    case 'recurse':
    case 'rec':
    case 'edns':
    case 'cookie':
    case 'dnssec':
    case 'multiline':
    case 'ndots':
      return undefined;
    default:
      return `Invalid option: +${word}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n\nUse "dig -h" (or "dig -h | more") for complete list of options\n`;
  }
}
