import type { DnsRecord } from '../../../cluster/coredns/answer';
import type { Program, ProgramContext } from '../../program';
import { query, recordsOf, reverseName, serverAddress, TIMEOUT, TRIES, TYPES } from './bind';

/** nslookup [-type=TYPE] NAME [SERVER], as BIND 9.18 prints it. */
export const nslookup: Program = function* (context) {
  const arguments_ = parse(context);
  if (typeof arguments_ === 'string') {
    context.stderr(arguments_);
    return 1;
  }
  const { name, server, type } = arguments_;
  const reverse = type === undefined ? reverseName(name) : undefined;
  const asked = server === undefined ? undefined : serverAddress(context, server);
  if (asked && 'problem' in asked) {
    context.stderr(asked.problem);
    return 1;
  }
  const address = asked?.address;
  const options = { search: reverse === undefined, ...(address !== undefined && { server: address }) };
  const first = query(context, reverse ?? name, type ?? (reverse === undefined ? 'A' : 'PTR'), options);
  if (typeof first.reply === 'string') {
    for (let i = 0; i < TRIES; i++) {
      if (first.reply === 'timeout') yield { until: context.shell.world.now() + TIMEOUT };
      const why = first.reply === 'timeout' ? 'timed out' : 'connection refused';
      context.stdout(`;; communications error to ${first.server}#53: ${why}\n`);
    }
    context.stdout(';; no servers could be reached\n\n\n');
    return 1;
  }
  // an address is looked up without saying whom one asked
  if (reverse === undefined) context.stdout(`Server:\t\t${server ?? first.server}\nAddress:\t${first.server}#53\n\n`);
  const { reply } = first;
  if (reply.status !== 'NOERROR') {
    context.stdout(`** server can't find ${reverse ?? name}: ${reply.status}\n\n`);
    return 1;
  }
  if (!reply.authoritative && recordsOf(reply).length > 0 && reverse === undefined) context.stdout('Non-authoritative answer:\n');
  const also =
    type === undefined && reverse === undefined ? query(context, first.name, 'AAAA', { ...options, search: false }).reply : reply;
  const more = also === reply ? [] : recordsOf(also).filter((record) => record.type === 'AAAA');
  const records = [...reply.answer, ...more];
  if (records.length === 0) context.stdout(`*** Can't find ${first.name}: No answer\n`);
  for (const record of records) context.stdout(lines(record));
  context.stdout('\n');
  return 0;
};

function lines({ name, type, data }: DnsRecord): string {
  const owner = name.replace(/\.$/, '');
  const words = data.split(' ');
  if (type === 'A' || type === 'AAAA') return `Name:\t${owner}\nAddress: ${data}\n`;
  if (type === 'CNAME') return `${owner}\tcanonical name = ${data}\n`;
  if (type === 'PTR') return `${owner}\tname = ${data}\n`;
  if (type === 'NS') return `${owner}\tnameserver = ${data}\n`;
  if (type === 'SRV') return `${owner}\tservice = ${data}\n`;
  if (type === 'TXT') return `${owner}\ttext = ${data}\n`;
  const [origin, mail, serial, refresh, retry, expire, minimum] = words.map((word) => word.replace(/\.$/, ''));
  return `${owner}\n\torigin = ${origin}\n\tmail addr = ${mail}\n\tserial = ${serial}\n\trefresh = ${refresh}\n\tretry = ${retry}\n\texpire = ${expire}\n\tminimum = ${minimum}\n`;
}

function parse({ args }: ProgramContext): { name: string; server?: string; type?: string } | string {
  let type: string | undefined;
  const plain: string[] = [];
  for (const word of args) {
    const [, option] = /^-(?:type|ty|querytype|query|qu|q)=(.*)$/.exec(word) ?? [];
    if (option !== undefined) type = option.toUpperCase();
    else if (word.startsWith('-')) return `nslookup: this simulator does not know the option "${word}"\n`;
    else plain.push(word);
  }
  const [name, server] = plain;
  if (name === undefined) return 'nslookup: this simulator has no interactive mode: nslookup [-type=TYPE] NAME [SERVER]\n';
  if (type !== undefined && !TYPES.includes(type)) return `unknown query type: ${type.toLowerCase()}\n`;
  return { name, ...(server !== undefined && { server }), ...(type !== undefined && { type }) };
}
