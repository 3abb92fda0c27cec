import type { Protocol } from '../../cluster/linux/trace';
import type { Program } from '../program';

const tables = ['raw', 'mangle', 'nat', 'filter', 'security'];

export const iptablesSave: Program = function* (context) {
  let table: string | undefined;
  for (let i = 0; i < context.args.length; i++) {
    const argument = context.args[i] ?? '';
    if (argument === '-t' || argument === '--table') table = context.args[++i];
    else if (argument.startsWith('--table=')) table = argument.slice('--table='.length);
    else if (argument !== '-c' && argument !== '--counters') {
      context.stderr(`iptables-save: this simulator does not know the option "${argument}"\n`);
      return 2;
    }
  }
  if (table !== undefined && !tables.includes(table)) {
    context.stderr(`iptables-save: cannot initialize: Table does not exist: ${table}\n`);
    return 3;
  }
  context.stdout(context.shell.world.network.iptablesSave(context.machine.place, table));
  return 0;
};

export const conntrack: Program = function* (context) {
  const protocols: Record<string, Protocol> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', icmp: 'ICMP' };
  const { network } = context.shell.world;
  let protocol: Protocol | undefined;
  let action = '';
  for (let i = 0; i < context.args.length; i++) {
    const argument = context.args[i] ?? '';
    if (argument === '-L' || argument === '--dump') action = 'list';
    else if (argument === '-p' || argument === '--proto') {
      protocol = protocols[context.args[++i]?.toLowerCase() ?? ''];
      if (!protocol) {
        context.stderr(`conntrack v1.4.7 (conntrack-tools): \`${context.args[i] ?? ''}' unsupported protocol\n`);
        return 2;
      }
    } else {
      context.stderr(`conntrack: this simulator knows -L and -p PROTOCOL, not "${argument}"\n`);
      return 2;
    }
  }
  if (action !== 'list') {
    context.stderr('usage: conntrack -L [-p PROTOCOL]\n');
    return 2;
  }
  const text = network.conntrack(context.machine.place, protocol);
  context.stdout(text);
  const count = text.split('\n').filter(Boolean).length;
  context.stderr(`conntrack v1.4.7 (conntrack-tools): ${count} flow entries have been shown.\n`);
  return 0;
};
