import type { DnsAnswer, DnsRecord } from '../../../cluster/coredns/answer';
import type { ProgramContext } from '../../program';
import { ask, candidates, isAddress, lookUp, type Reply, resolverConfig } from '../../resolver';

// What dig, host and nslookup of BIND 9 share.

/** ms that they wait for a server, and how often they ask. */
export const TIMEOUT = 5000;
export const TRIES = 3;

export const TYPES = ['A', 'AAAA', 'ANY', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'];

export interface Asked {
  /** The name of the question, without the last dot. */
  name: string;
  server: string;
  reply: Reply;
}

/** Asks for a name (a `server` by its address), along the search path where `search` says so, until a server has records for it. */
export function query(context: ProgramContext, name: string, type: string, options: { server?: string; search: boolean }): Asked {
  const config = resolverConfig(context.machine);
  const servers = options.server === undefined ? config.servers : [options.server];
  const names = options.search ? candidates(name, config) : [name.replace(/\.$/, '')];
  let last: Asked | undefined;
  for (const candidate of names) {
    last = askServers(context, servers, candidate, type);
    if (typeof last.reply === 'string' || last.reply.status !== 'NXDOMAIN') return last;
  }
  return last ?? { name, server: servers[0] ?? '127.0.0.1', reply: 'timeout' };
}

function askServers(context: ProgramContext, servers: readonly string[], name: string, type: string): Asked {
  const { world, options } = context.shell;
  let asked: Asked = { name, server: servers[0] ?? '127.0.0.1', reply: 'timeout' };
  for (const server of servers) {
    asked = { name, server, reply: ask(world, context.machine, server, { name, type }, options.onTrace) };
    if (typeof asked.reply !== 'string') return asked;
  }
  return asked;
}

/** The address of a server that was given by name, or that there is none. BIND: bin/dig/dighost.c, make_server */
export function serverAddress(context: ProgramContext, server: string): { address: string } | { problem: string } {
  const found = lookUp(context.shell.world, context.machine, server);
  if ('addresses' in found && found.addresses[0] !== undefined) return { address: found.addresses[0] };
  return { problem: `${context.name}: couldn't get address for '${server}': not found\n` };
}

/** `10.96.0.1` as `1.0.96.10.in-addr.arpa`; undefined for what is no address. */
export function reverseName(text: string): string | undefined {
  return isAddress(text) ? `${text.split('.').reverse().join('.')}.in-addr.arpa` : undefined;
}

/** An answer's records along its aliases, or none. */
export function recordsOf(reply: Reply): readonly DnsRecord[] {
  return typeof reply === 'string' ? [] : reply.answer;
}

/** Bytes of a message as CoreDNS sends it: names are not compressed. @param options bytes of the OPT record */
export function messageSize(question: string, { answer, authority, additional }: DnsAnswer, options: number): number {
  const name = (text: string) => (text === '.' ? 1 : text.replace(/\.$/, '').length + 2);
  const size = (record: DnsRecord) => name(record.name) + 10 + dataSize(record, name);
  return 12 + name(question) + 4 + [...answer, ...authority, ...additional].reduce((sum, each) => sum + size(each), 0) + options;
}

function dataSize({ type, data }: DnsRecord, name: (text: string) => number): number {
  const words = data.split(' ');
  if (type === 'A') return 4;
  if (type === 'AAAA') return 16;
  if (type === 'SRV') return 6 + name(words[3] ?? '');
  if (type === 'SOA') return name(words[0] ?? '') + name(words[1] ?? '') + 20;
  return type === 'TXT' ? data.length - 1 : name(data);
}
