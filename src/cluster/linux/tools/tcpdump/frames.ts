import { formatAddress } from '../../address';
import type { Host } from '../../host';
import type { Hop, Packet } from '../../trace';

/** What crosses an interface: a packet as it is there, or a question for who has an address. */
export interface Frame {
  readonly interface: string;
  /** P: between two others, over a bridge of this host. */
  readonly direction: 'In' | 'Out' | 'P';
  readonly packet?: Packet;
  readonly arp?: { readonly target: string; readonly sender: string };
}

/** What a capture on `host` sees of a connection's packets, on all of its interfaces, in order. */
export function framesOf(hops: readonly Hop[], host: Host): Frame[] {
  const frames: Frame[] = [];
  /** A transmission that the bridge did by itself. */
  let bridged = -1;
  hops.forEach((hop, index) => {
    if (hop.host !== host.id) return;
    const { stage, after } = hop;
    if (stage === 'transmit' && index !== bridged) frames.push({ interface: hop.interface!, direction: 'Out', packet: after });
    else if (stage === 'receive') {
      const name = hop.interface!;
      if (host.interfaces.get(name)?.link?.bridge?.host !== host)
        frames.push({ interface: name, direction: 'In', packet: after });
      else {
        const seen = onBridge(hops, index);
        if (seen === undefined) return;
        if (seen.passedOn !== undefined) bridged = seen.passedOn;
        frames.push({ interface: name, direction: seen.passedOn === undefined ? 'In' : 'P', packet: seen.packet });
      }
    } else if (stage === 'send') {
      const packet = onLoopback(hops, index);
      if (packet) frames.push({ interface: 'lo', direction: 'In', packet });
    } else if (hop.loss?.reason === 'no-neighbour') {
      const device = hop.interface!;
      const route = hops.findLast((each, at) => at < index && each.host === host.id && each.stage === 'route');
      const target = /\bvia (\S+)/.exec(route?.text ?? '')?.[1] ?? after.destination;
      const arp = { target, sender: formatAddress(host.addressOf(device)) };
      frames.push({ interface: device, direction: 'Out', arp });
    }
  });
  return frames;
}

/**
 * With bridge-nf-call-iptables a bridge runs PREROUTING before it shows a frame to anybody: a packet to a Service is there already on its
 * way to a pod. Undefined: a rule dropped it before that.
 */
function onBridge(hops: readonly Hop[], at: number): { packet: Packet; passedOn?: number } | undefined {
  let packet = hops[at]!.after;
  for (let i = at + 1; i < hops.length; i++) {
    const hop = hops[i]!;
    if (hop.host !== hops[at]!.host) break;
    if (hop.loss) return hop.hook === 'PREROUTING' ? undefined : { packet };
    if (hop.stage === 'transmit') return { packet, passedOn: i };
    if (hop.stage === 'route' || hop.stage === 'deliver') break;
    if (hop.hook === 'PREROUTING') packet = hop.after;
  }
  return { packet };
}

/** A packet from the host to itself, between its OUTPUT and its INPUT. Undefined: it went elsewhere, or was lost before. */
function onLoopback(hops: readonly Hop[], at: number): Packet | undefined {
  let packet = hops[at]!.after;
  for (let i = at + 1; i < hops.length; i++) {
    const hop = hops[i]!;
    if (hop.host !== hops[at]!.host || hop.stage === 'transmit' || hop.stage === 'send') return undefined;
    if (hop.stage === 'deliver') return packet;
    if (hop.loss)
      return hop.loss.reason === 'no-listener' || hop.hook === 'PREROUTING' || hop.hook === 'INPUT' ? packet : undefined;
    if (hop.hook === 'OUTPUT' || hop.hook === 'POSTROUTING') packet = hop.after;
  }
  return undefined;
}
