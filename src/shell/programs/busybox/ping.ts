import type { Program } from '../../program';
import { resolveHost } from '../../resolver';

/** BusyBox's ping [-c COUNT] [-i SECONDS] [-W SECONDS] [-w SECONDS] [-q] HOST. */
export const ping: Program = function* (context) {
  const { world, options } = context.shell;
  const settings = { c: Infinity, i: 1, W: 10, w: Infinity, s: 56 };
  let quiet = false;
  let target: string | undefined;
  const queue = [...context.args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const flag = /^-([ciWws])(.*)$/.exec(word);
    if (flag) {
      const text = flag[2] || (queue.shift() ?? '');
      const value = Number(text);
      if (!(value > 0)) {
        context.stderr(`ping: invalid number '${text}'\n`);
        return 1;
      }
      settings[flag[1] as keyof typeof settings] = value;
    } else if (word === '-q') quiet = true;
    else if (word.startsWith('-') && word !== '-4') {
      context.stderr(`ping: unrecognized option: ${word.replace(/^-+/, '')}\n`);
      return 1;
    } else if (!word.startsWith('-')) target = word;
  }
  if (target === undefined) {
    context.stderr('Usage: ping [OPTIONS] HOST\n');
    return 1;
  }
  const [address] = (yield* resolveHost(world, context.machine, target)) ?? [];
  if (address === undefined) {
    context.stderr(`ping: bad address '${target}'\n`);
    return 1;
  }
  context.stdout(`PING ${target} (${address}): ${settings.s} data bytes\n`);
  const started = world.now();
  const times: number[] = [];
  let sent = 0;
  try {
    while (sent < settings.c && world.now() - started < settings.w * 1000) {
      const result = world.network.ping(context.machine.place, address);
      if (result.trace) options.onTrace?.(result.trace);
      if (result.outcome === 'answered') {
        const ttl = result.trace?.hops.filter((hop) => hop.direction === 'reply').at(-1)?.after.ttl ?? 64;
        const time = 0.04 * (result.trace?.hops.length ?? 2);
        times.push(time);
        if (!quiet)
          context.stdout(`${settings.s + 8} bytes from ${address}: seq=${sent} ttl=${ttl} time=${time.toFixed(3)} ms\n`);
      } else if (result.outcome === 'EPERM') context.stderr('ping: sendto: Operation not permitted\n');
      sent++;
      if (sent < settings.c) yield { until: world.now() + settings.i * 1000 };
      else if (times.length === 0) yield { until: world.now() + Math.min(settings.W, settings.w) * 1000 };
    }
  } finally {
    const lost = Math.floor((100 * (sent - times.length)) / Math.max(sent, 1));
    context.stdout(`\n--- ${target} ping statistics ---\n`);
    context.stdout(`${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss\n`);
    if (times.length > 0) {
      const average = times.reduce((sum, time) => sum + time, 0) / times.length;
      const [least, most] = [Math.min(...times), Math.max(...times)];
      context.stdout(`round-trip min/avg/max = ${least.toFixed(3)}/${average.toFixed(3)}/${most.toFixed(3)} ms\n`);
    }
  }
  return times.length > 0 ? 0 : 1;
};
