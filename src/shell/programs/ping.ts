import type { Program } from '../program';
import { resolveHost } from '../resolver';

/** ping [-c COUNT] [-i SECONDS] [-W SECONDS] HOST, as iputils prints it. */
export const ping: Program = function* (context) {
  const { world, options } = context.shell;
  let count = Infinity;
  let interval = 1;
  let wait = 1;
  let target: string | undefined;
  for (let i = 0; i < context.args.length; i++) {
    const argument = context.args[i] ?? '';
    const flag = /^-([ciW])(.*)$/.exec(argument);
    if (flag) {
      const value = Number(flag[2] || context.args[++i]);
      if (!(value > 0)) {
        context.stderr(`ping: invalid argument: '${flag[2] || (context.args[i] ?? '')}'\n`);
        return 1;
      }
      if (flag[1] === 'c') count = value;
      else if (flag[1] === 'i') interval = value;
      else wait = value;
    } else if (argument.startsWith('-')) {
      context.stderr(`ping: this simulator does not know the option "${argument}"\n`);
      return 2;
    } else target = argument;
  }
  if (target === undefined) {
    context.stderr('ping: usage error: Destination address required\n');
    return 1;
  }
  const [address] = (yield* resolveHost(world, context.machine, target)) ?? [];
  if (address === undefined) {
    context.stderr(`ping: ${target}: Name or service not known\n`);
    return 2;
  }
  context.stdout(`PING ${target} (${address}) 56(84) bytes of data.\n`);
  const started = world.now();
  let received = 0;
  let errors = 0;
  let sent = 0;
  const times: number[] = [];
  try {
    while (sent < count) {
      const result = world.network.ping(context.machine.place, address);
      sent++;
      if (result.trace) options.onTrace?.(result.trace);
      const reply = result.trace?.hops.filter((hop) => hop.direction === 'reply').at(-1)?.after;
      if (result.outcome === 'answered') {
        received++;
        const time = 0.04 * (result.trace?.hops.length ?? 2);
        times.push(time);
        context.stdout(`64 bytes from ${address}: icmp_seq=${sent} ttl=${reply?.ttl ?? 64} time=${time.toFixed(3)} ms\n`);
      } else if (result.outcome === 'unreachable') {
        errors++;
        const what = reply?.payload === 'icmp-host-unreachable' ? 'Host' : 'Net';
        context.stdout(`From ${reply?.source ?? address} icmp_seq=${sent} Destination ${what} Unreachable\n`);
      } else if (result.outcome === 'refused') {
        errors++;
        context.stdout(`From ${reply?.source ?? address} icmp_seq=${sent} Destination Port Unreachable\n`);
      } else if (result.outcome === 'EPERM') {
        errors++;
        context.stderr('ping: sendmsg: Operation not permitted\n');
      }
      if (sent < count) yield { until: world.now() + interval * 1000 };
      else if (received === 0 && errors === 0) yield { until: world.now() + wait * 1000 };
    }
  } finally {
    const lost = Math.round((100 * (sent - received)) / Math.max(sent, 1));
    const extra = errors > 0 ? `, +${errors} errors` : '';
    context.stdout(`\n--- ${target} ping statistics ---\n`);
    context.stdout(
      `${sent} packets transmitted, ${received} received${extra}, ${lost}% packet loss, time ${Math.round(world.now() - started)}ms\n`,
    );
    if (times.length > 0) {
      const average = times.reduce((sum, time) => sum + time, 0) / times.length;
      context.stdout(
        `rtt min/avg/max/mdev = ${Math.min(...times).toFixed(3)}/${average.toFixed(3)}/${Math.max(...times).toFixed(3)}/0.000 ms\n`,
      );
    }
  }
  return received > 0 ? 0 : 1;
};
