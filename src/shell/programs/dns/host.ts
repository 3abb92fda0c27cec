import type { DnsRecord } from '../../../cluster/coredns/answer';
import type { Program } from '../../program';
import { type Asked, query, recordsOf, reverseName, serverAddress, TIMEOUT, TYPES } from './bind';

const words: Partial<Record<string, string>> = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  MX: 'mail is handled by',
  NS: 'name server',
  PTR: 'domain name pointer',
  SOA: 'has SOA record',
  SRV: 'has SRV record',
  TXT: 'descriptive text',
};

/** Response codes (RFC 1035) as it shows them. */
const CODES: Partial<Record<string, number>> = { SERVFAIL: 2, NXDOMAIN: 3 };

/** host [-t TYPE] [-v] NAME [SERVER], as BIND 9.18 prints it. */
export const host: Program = function* (context) {
  let type: string | undefined;
  const plain: string[] = [];
  const queue = [...context.args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '-t') type = queue.shift()?.toUpperCase();
    else if (word.startsWith('-')) {
      context.stderr(`host: this simulator does not know the option "${word}"\n`);
      return 1;
    } else plain.push(word);
  }
  const [name, server] = plain;
  if (name === undefined) {
    context.stderr(
      'Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n',
    );
    return 1;
  }
  if (type !== undefined && !TYPES.includes(type)) {
    context.stderr(`host: invalid type: ${type}\n`);
    return 1;
  }
  const asked = server === undefined ? undefined : serverAddress(context, server);
  if (asked && 'problem' in asked) {
    context.stderr(asked.problem);
    return 1;
  }
  const address = asked?.address;
  const reverse = type === undefined ? reverseName(name) : undefined;
  const options = { search: reverse === undefined, ...(address !== undefined && { server: address }) };
  const first = query(context, reverse ?? name, type ?? (reverse === undefined ? 'A' : 'PTR'), options);
  if (address !== undefined) context.stdout(`Using domain server:\nName: ${server ?? ''}\nAddress: ${address}#53\nAliases: \n\n`);
  if (typeof first.reply === 'string') {
    if (first.reply === 'timeout') yield { until: context.shell.world.now() + 2 * TIMEOUT };
    const why = first.reply === 'timeout' ? 'timed out' : 'connection refused';
    context.stdout(`;; communications error to ${first.server}#53: ${why}\n`.repeat(2) + `;; no servers could be reached\n`);
    return 1;
  }
  if (first.reply.status !== 'NOERROR') {
    context.stdout(
      `Host ${reverse === undefined ? name : `${reverse}.`} not found: ${CODES[first.reply.status]}(${first.reply.status})\n`,
    );
    return 1;
  }
  const more: Asked[] = [];
  if (type === undefined && reverse === undefined) {
    const full = canonical(first);
    for (const other of ['AAAA', 'MX']) more.push(query(context, full, other, { ...options, search: false }));
  }
  const records = [
    ...recordsOf(first.reply),
    ...more.flatMap(({ reply }) => recordsOf(reply).filter((each) => each.type !== 'CNAME')),
  ];
  for (const record of records) context.stdout(line(record));
  if (type !== undefined && records.length === 0) context.stdout(`${first.name} has no ${type} record\n`);
  return 0;
};

/** The name at the end of the aliases. */
function canonical({ name, reply }: Asked): string {
  const last = recordsOf(reply).findLast(({ type }) => type === 'CNAME');
  return (last?.data ?? name).replace(/\.$/, '');
}

function line({ name, type, data }: DnsRecord): string {
  return `${name.replace(/\.$/, '')} ${words[type] ?? `has ${type} record`} ${data}\n`;
}
