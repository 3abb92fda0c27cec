import type { DnsRecord } from '../../../cluster/coredns/answer';
import type { Program } from '../../program';
import { ask, lookUp, resolverConfig } from '../../resolver';
import { recordsOf, reverseName } from '../dns/bind';

const TYPES = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'PTR', 'SRV', 'ANY'];

const usage = (tool: string) =>
  `BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.\n\nUsage: ${tool} [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n\nQuery DNS about HOST\n\nQUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any\n`;

/**
 * nslookup of BusyBox 1.30 and later. It asks by itself: a name without a dot in every domain of the search path, any other name only
 * as it is, whatever ndots says.
 */
export const nslookup: Program = function* (context) {
  const { world, options } = context.shell;
  const types: string[] = [];
  const plain: string[] = [];
  for (const word of context.args) {
    const [, type] = /^-(?:type|querytype|q)=(.*)$/.exec(word) ?? [];
    if (type !== undefined) {
      if (!TYPES.includes(type.toUpperCase())) {
        context.stderr(`nslookup: invalid query type "${type}"\n`);
        return 1;
      }
      types.push(type.toUpperCase());
    } else if (!word.startsWith('-')) plain.push(word);
    else if (word !== '-debug') {
      context.stderr(usage('nslookup'));
      return 1;
    }
  }
  const [name, given] = plain;
  if (name === undefined || plain.length > 2) {
    context.stderr(usage('nslookup'));
    return 1;
  }
  const { servers, search } = resolverConfig(context.machine);
  const reverse = types.length === 0 ? reverseName(name) : undefined;
  const names =
    name.includes('.') || search.length === 0 ? [name.replace(/\.$/, '')] : search.map((suffix) => `${name}.${suffix}`);
  const questions =
    reverse === undefined
      ? (types.length > 0 ? types : ['A', 'AAAA']).flatMap((type) => names.map((one) => ({ name: one, type })))
      : [{ name: reverse, type: 'PTR' }];
  const server = given ?? servers[0] ?? '127.0.0.1';
  const address = lookUp(world, context.machine, server);
  if (!('addresses' in address)) {
    context.stderr(`nslookup: bad address '${server}'\n`);
    return 1;
  }
  const replies = questions.map((question) => ({
    ...question,
    reply: ask(world, context.machine, address.addresses[0] ?? server, question, options.onTrace),
  }));
  if (replies.every(({ reply }) => typeof reply === 'string')) {
    if (replies.some(({ reply }) => reply === 'refused'))
      context.stderr(`nslookup: read: Connection refused\n`.repeat(questions.length));
    yield { until: world.now() + 5000 };
    context.stdout(';; connection timed out; no servers could be reached\n\n');
    return 1;
  }
  context.stdout(`Server:\t\t${server}\nAddress:\t${address.addresses[0] ?? server}:53\n\n`);
  let failed = false;
  for (const { name: asked, reply } of replies) {
    if (typeof reply === 'string') {
      context.stdout(`*** Can't find ${asked}: No answer\n`);
      failed = true;
    } else if (reply.status !== 'NOERROR') {
      context.stdout(`** server can't find ${asked}: ${reply.status}\n`);
      failed = true;
    } else {
      if (!reply.authoritative) context.stdout('Non-authoritative answer:\n');
      for (const record of recordsOf(reply)) context.stdout(lines(record));
    }
    context.stdout('\n');
  }
  return failed ? 1 : 0;
};

function lines({ name, type, data }: DnsRecord): string {
  const owner = name.replace(/\.$/, '');
  const words = data.split(' ').map((word) => word.replace(/\.$/, ''));
  if (type === 'A' || type === 'AAAA') return `Name:\t${owner}\nAddress: ${data}\n`;
  if (type === 'CNAME') return `${owner}\tcanonical name = ${words[0]}\n`;
  if (type === 'PTR') return `${owner}\tname = ${words[0]}\n`;
  if (type === 'NS') return `${owner}\tnameserver = ${words[0]}\n`;
  if (type === 'SRV') return `${owner}\tservice = ${words.join(' ')}\n`;
  if (type === 'TXT') return `${owner}\ttext = ${data}\n`;
  const [origin, mail, serial, refresh, retry, expire, minimum] = words;
  return `${owner}\n\torigin = ${origin}\n\tmail addr = ${mail}\n\tserial = ${serial}\n\trefresh = ${refresh}\n\tretry = ${retry}\n\texpire = ${expire}\n\tminimum = ${minimum}\n`;
}

/** nslookup of BusyBox before 1.29: libc looks the name up, so search path and ndots count, and addresses are shown with their own names. */
export const oldNslookup: Program = function* (context) {
  const { world } = context.shell;
  const [name, given] = context.args;
  if (name === undefined || name.startsWith('-') || context.args.length > 2) {
    context.stderr(
      'Usage: nslookup HOST [DNS_SERVER]\n\nQuery the nameserver for the IP address of the given HOST\noptionally using a specified DNS server\n',
    );
    return 1;
  }
  const server = given ?? resolverConfig(context.machine).servers[0] ?? '127.0.0.1';
  const nameOf = (address: string): string => {
    const reply = ask(world, context.machine, server, { name: reverseName(address) ?? address, type: 'PTR' });
    const found = recordsOf(reply)[0]?.data.replace(/\.$/, '');
    return found === undefined ? '' : ` ${found}`;
  };
  context.stdout(`Server:    ${server}\nAddress 1: ${server}${nameOf(server)}\n\n`);
  const found = lookUp(world, context.machine, name);
  if (!('addresses' in found)) {
    if (found.waited > 0) yield { until: world.now() + found.waited };
    context.stderr(`nslookup: can't resolve '${name}'\n`);
    return 1;
  }
  context.stdout(`${'Name:'.padEnd(10)} ${name}\n`);
  found.addresses.forEach((address, index) => context.stdout(`Address ${index + 1}: ${address}${nameOf(address)}\n`));
  return 0;
};
