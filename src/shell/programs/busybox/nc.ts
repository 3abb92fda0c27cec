import { answerDatagram } from '../../../cluster/kubelet/images';
import type { Protocol } from '../../../cluster/linux/trace';
import type { Program } from '../../program';
import { resolveHost } from '../../resolver';
import { NEIGHBOUR_TIMEOUT, nobodyThere, SYN_TIMEOUT } from '../connecting';

/**
 * nc [-zvu] [-w SECONDS] [-p PORT] HOST PORT: whether somebody answers there. What the server would send first is printed, and what it
 * answers to the datagram on standard input.
 */
export const nc: Program = function* (context) {
  const { world, options } = context.shell;
  const plain: string[] = [];
  let wait = Infinity;
  let protocol: Protocol = 'TCP';
  let sourcePort: number | undefined;
  const flags = new Set<string>();
  const queue = [...context.args];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const own = /^-([zvun]*)p(\d*)$/.exec(word);
    const timed = /^-([zvun]*)w(\d*)$/.exec(word);
    if (timed) {
      for (const flag of timed[1] ?? '') flags.add(flag);
      wait = Number(timed[2] || queue.shift()) * 1000;
    } else if (own) {
      for (const flag of own[1] ?? '') flags.add(flag);
      sourcePort = Number(own[2] || queue.shift());
    } else if (/^-[zvun4]+$/.test(word)) for (const flag of word.slice(1)) flags.add(flag);
    else if (word.startsWith('-')) {
      context.stderr(`nc: this simulator connects only: nc [-zvu] [-w SECONDS] [-p PORT] HOST PORT, not "${word}"\n`);
      return 1;
    } else plain.push(word);
  }
  if (flags.has('u')) protocol = 'UDP';
  const [host, port] = plain;
  if (
    host === undefined ||
    port === undefined ||
    !/^\d+$/.test(port) ||
    !(wait > 0) ||
    (sourcePort !== undefined && !(sourcePort > 0 && sourcePort < 65536))
  ) {
    context.stderr('Usage: nc [-zvu] [-w SECONDS] [-p PORT] HOST PORT\n');
    return 1;
  }
  const [address] = (yield* resolveHost(world, context.machine, host)) ?? [];
  if (address === undefined) {
    context.stderr(`nc: bad address '${host}'\n`);
    return 1;
  }
  const request = { from: context.machine.place, protocol, address, port: Number(port) };
  const result = world.network.connect({ ...request, ...(sourcePort !== undefined && { sourcePort }) });
  if (result.trace) options.onTrace?.(result.trace);
  const label = `${host} (${address}:${port})`;
  const failed = (why: string) => {
    context.stderr(`nc: ${label}: ${why}\n`);
    return 1;
  };
  if (result.outcome === 'refused') return failed('Connection refused');
  if (result.outcome === 'unreachable') return failed('Host is unreachable');
  if (result.outcome === 'EPERM') return failed('Operation not permitted');
  if (result.outcome === 'timeout') {
    // nobody answers a datagram that was lost, and nobody misses the answer
    if (protocol === 'UDP') {
      if (flags.has('v')) context.stderr(`${label} open\n`);
      return 0;
    }
    if (nobodyThere(result) && wait > NEIGHBOUR_TIMEOUT) {
      yield { until: world.now() + NEIGHBOUR_TIMEOUT };
      return failed('Host is unreachable');
    }
    yield { until: world.now() + Math.min(wait, SYN_TIMEOUT) };
    return failed(wait < SYN_TIMEOUT ? 'Connection timed out' : 'Operation timed out');
  }
  if (flags.has('v')) context.stderr(`${label} open\n`);
  if (flags.has('z')) return 0;
  if (protocol === 'UDP' && context.stdin && result.app) {
    const peer = `${result.sourceSeen ?? ''}:${result.sourcePortSeen ?? 0}`;
    context.stdout(answerDatagram(result.app, context.stdin, { peer, pod: result.backend ?? '' }) ?? '');
    // a datagram has no end: it waits for the next one
    while (wait === Infinity) yield {};
    yield { until: world.now() + wait };
    return 0;
  }
  if (result.app?.kind === 'banner') {
    const name = result.backend ?? '';
    context.stdout(`${name} ${result.sourceSeen ?? ''}\n`);
    return 0;
  }
  context.stderr('nc: connected; this simulator sends nothing by hand: use wget or curl to speak HTTP\n');
  return 0;
};
