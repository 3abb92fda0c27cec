import { LOOPBACK, contains, formatAddress } from './address';
import { type ConntrackEntry, formatEntry } from './conntrack';
import type { Place, Verdict } from './evaluate';
import type { Host } from './host';
import type { Port } from './link';
import { type Manip, rewrites, setSource, translate } from './nat';
import { type Skb, toPacket } from './packet';
import { type Route, formatRoute } from './routes';
import type { Hook } from './rule';
import type { Loss, Packet } from './trace';
import type { TraceLog } from './trace-log';

/** A device name whose routes mean: nobody routes this, answer ICMP net unreachable. */
export const NO_ROUTE = 'noroute';

/** Where a packet's way ended. */
export type End =
  | { readonly kind: 'delivered'; readonly host: Host }
  | {
      readonly kind: 'lost';
      readonly host: Host;
      readonly loss: Loss;
      /** Lost in the sender's own OUTPUT or for want of a route there: the system call fails. */
      readonly local?: boolean;
      /** What the host tells the sender, if anything. */
      readonly answer?: Packet['payload'];
    };

/**
 * Moves packets through hosts in the kernel's order: track, nat PREROUTING, route, filter INPUT or FORWARD (or OUTPUT with nat and
 * filter), nat POSTROUTING, confirm, link.
 */
export class Stack {
  /** Connections that packets of this stack touched, on all hosts. */
  readonly touched: ConntrackEntry[] = [];
  readonly #confirmed: { host: Host; entry: ConntrackEntry }[] = [];

  constructor(
    readonly now: number,
    readonly random: () => number,
    readonly log: TraceLog | undefined,
    readonly probe: boolean,
  ) {}

  /** A probe's connections are in no table when it is over. */
  forgetProbe(): void {
    for (const { host, entry } of this.#confirmed) host.conntrack.remove(entry);
  }

  /** A socket or the kernel of `host` emits a packet. */
  send(host: Host, skb: Skb): End {
    this.log?.step(host.id, 'send', skb);
    let route = this.#route(host, skb);
    if (!route) return this.#lost(host, skb, { kind: 'unreachable', reason: 'no-route' }, { local: true });
    host.options.beforeNetfilter?.(host);
    if (host.tracks) {
      this.#track(host, skb);
      const destination = skb.destination;
      const stopped = this.#filter(this.#place(host, 'OUTPUT', skb, undefined, route.device), 'before', true);
      if (stopped) return stopped;
      this.#nat(this.#place(host, 'OUTPUT', skb, undefined, route.device));
      if (skb.destination !== destination) {
        route = this.#route(host, skb);
        if (!route) return this.#lost(host, skb, { kind: 'unreachable', reason: 'no-route' }, { local: true });
      }
      const refused = this.#filter(this.#place(host, 'OUTPUT', skb, undefined, route.device), 'after', true);
      if (refused) return refused;
    }
    return this.#output(host, skb, undefined, route);
  }

  #output(host: Host, skb: Skb, inInterface: string | undefined, route: { device: string; via?: number }): End {
    if (host.tracks) {
      const place = this.#place(host, 'POSTROUTING', skb, inInterface, route.device);
      const refused = this.#filter(place, 'before');
      if (refused) return refused;
      this.#nat(place);
      this.#confirm(host, skb);
    }
    if (route.device === 'lo') {
      // The packet keeps its mark and its connection across the loopback device.
      return this.#receive(host, skb, 'lo');
    }
    const out = host.interfaces.get(route.device);
    const port = out?.link?.resolve(route.via ?? skb.destination, host);
    if (!port) {
      this.#forget(skb);
      return this.#lost(host, skb, { kind: 'timeout', reason: 'no-neighbour' }, {}, { interface: route.device });
    }
    const bridge = out!.link!.bridge;
    this.#forget(skb);
    if (bridge && bridge.host !== host && bridge.host !== port.host) return this.#bridge(host, route.device, bridge, skb, port);
    this.log?.step(host.id, 'transmit', skb, { interface: route.device, to: port.host.id });
    return this.#receive(port.host, skb, port.interface);
  }

  /** Between two pods of one node: the frame crosses the node's bridge, whose netfilter sees it (br_netfilter). */
  #bridge(host: Host, device: string, bridge: Port, skb: Skb, port: Port): End {
    const node = bridge.host;
    this.log?.step(host.id, 'transmit', skb, { interface: device, to: node.id });
    this.log?.step(node.id, 'receive', skb, { interface: bridge.interface });
    node.options.beforeNetfilter?.(node);
    if (node.tracks) {
      this.#track(node, skb);
      const destination = skb.destination;
      const arriving = this.#place(node, 'PREROUTING', skb, bridge.interface, undefined);
      const stopped = this.#filter(arriving, 'before');
      if (stopped) return stopped;
      this.#nat(arriving);
      if (skb.destination !== destination) return this.#routeInput(node, skb, bridge.interface);
      const refused = this.#filter(this.#place(node, 'FORWARD', skb, bridge.interface, bridge.interface), 'after');
      if (refused) return refused;
      const leaving = this.#place(node, 'POSTROUTING', skb, bridge.interface, bridge.interface);
      const held = this.#filter(leaving, 'before');
      if (held) return held;
      this.#nat(leaving);
      this.#confirm(node, skb);
    }
    this.#forget(skb);
    this.log?.step(node.id, 'transmit', skb, { interface: bridge.interface, to: port.host.id });
    return this.#receive(port.host, skb, port.interface);
  }

  #receive(host: Host, skb: Skb, device: string): End {
    if (device !== 'lo') this.log?.step(host.id, 'receive', skb, { interface: device });
    host.options.beforeNetfilter?.(host);
    if (host.tracks) {
      this.#track(host, skb);
      const place = this.#place(host, 'PREROUTING', skb, device, undefined);
      const refused = this.#filter(place, 'before');
      if (refused) return refused;
      this.#nat(place);
    }
    return this.#routeInput(host, skb, device);
  }

  #routeInput(host: Host, skb: Skb, device: string): End {
    const outside = device !== 'lo';
    // Linux: net/ipv4/fib_frontend.c, fib_validate_source; net/ipv4/route.c, martian_source
    const martian = outside && (host.isLocal(skb.source) || (contains(LOOPBACK, skb.destination) && !host.routeLocalnet));
    if (martian) return this.#lost(host, skb, { kind: 'dropped', reason: 'martian' }, {}, { interface: device });
    if (host.isLocal(skb.destination)) {
      this.#logLocalRoute(host, skb);
      if (host.tracks) {
        const place = this.#place(host, 'INPUT', skb, device, undefined);
        const refused = this.#filter(place, 'before');
        if (refused) return refused;
        this.#nat(place);
        this.#confirm(host, skb);
      }
      return { kind: 'delivered', host };
    }
    if (host.options.forwarding !== true) return this.#lost(host, skb, { kind: 'dropped', reason: 'not-ours' });
    return this.#forward(host, skb, device);
  }

  #forward(host: Host, skb: Skb, device: string): End {
    const route = this.#route(host, skb);
    if (!route) return this.#lost(host, skb, { kind: 'unreachable', reason: 'no-route' }, { answer: 'icmp-net-unreachable' });
    if (skb.ttl <= 1)
      return this.#lost(host, skb, { kind: 'unreachable', reason: 'ttl-exceeded' }, { answer: 'icmp-time-exceeded' });
    skb.ttl--;
    if (host.tracks) {
      const refused = this.#filter(this.#place(host, 'FORWARD', skb, device, route.device), 'after');
      if (refused) return refused;
    }
    return this.#output(host, skb, device, route);
  }

  /** Undefined: nobody routes this destination. */
  #route(host: Host, skb: Skb): { device: string; via?: number } | undefined {
    if (host.isLocal(skb.destination)) {
      this.#logLocalRoute(host, skb);
      return { device: 'lo' };
    }
    const route: Route | undefined = host.routes.lookup(skb.destination);
    if (route) this.log?.step(host.id, 'route', skb, { text: formatRoute(route).trim(), interface: route.device });
    return route?.device === NO_ROUTE ? undefined : route;
  }

  #logLocalRoute(host: Host, skb: Skb): void {
    if (!this.log) return;
    const device = host.interfaceOf(skb.destination)?.name ?? 'lo';
    this.log.step(host.id, 'route', skb, { text: `local ${formatAddress(skb.destination)} dev ${device}`, interface: device });
  }

  #place(host: Host, hook: Hook, skb: Skb, inInterface: string | undefined, outInterface: string | undefined): Place {
    return { host, hook, skb, inInterface, outInterface, probe: this.probe, now: this.now, random: this.random, log: this.log };
  }

  #track(host: Host, skb: Skb): void {
    if (skb.entry) return;
    host.conntrack.track(skb, this.now);
    if (skb.entry) this.touched.push(skb.entry);
  }

  #forget(skb: Skb): void {
    skb.entry = undefined;
    skb.state = 'NONE';
    skb.mark = 0;
  }

  #confirm(host: Host, skb: Skb): void {
    const { entry } = skb;
    if (!entry || entry.confirmed || skb.direction !== 'original') return;
    host.conntrack.confirm(entry);
    if (this.probe) this.#confirmed.push({ host, entry });
    this.log?.step(host.id, 'conntrack', skb, { text: formatEntry(entry, this.now) });
  }

  /** The nat table decides once for a connection; afterwards its packets are translated by what was decided. */
  #nat(place: Place): void {
    const { skb, host, hook } = place;
    const { entry } = skb;
    if (!entry || skb.state === 'INVALID') return;
    const manip: Manip = hook === 'PREROUTING' || hook === 'OUTPUT' ? 'destination' : 'source';
    const decided = manip === 'source' ? entry.sourceDecided : entry.destinationDecided;
    if (!decided && skb.state === 'NEW') {
      if (manip === 'source') entry.sourceDecided = true;
      else entry.destinationDecided = true;
      for (const run of host.hooks?.[hook].nat ?? []) {
        const verdict = run(place);
        if (verdict.kind === 'ACCEPT' && verdict.bound) break;
      }
      if (manip === 'source' && !entry.sourceNat) this.#keepSource(place, entry);
      return;
    }
    if (!rewrites(entry, skb, manip)) return;
    const before = this.log && toPacket(skb);
    translate(entry, skb, manip);
    if (!before || unchanged(before, skb)) return;
    this.log!.change(host.id, 'conntrack', before, skb, { hook, text: formatEntry(entry, this.now) });
  }

  /** Without a rule the source stays, unless its answers would be mistaken for another connection's: then the port changes. */
  #keepSource(place: Place, entry: ConntrackEntry): void {
    const { host, skb } = place;
    if (!host.conntrack.clashes(entry, entry.reply, this.now)) return;
    setSource(entry, { address: entry.reply.destination }, host.conntrack, this.random, this.now);
    translate(entry, skb, 'source');
  }

  /** Chains that may refuse the packet, before or after nat has its turn in this hook. */
  #filter(place: Place, when: 'before' | 'after', local = false): End | undefined {
    const chains = place.host.hooks?.[place.hook][when];
    if (!chains) return undefined;
    for (const run of chains) {
      const verdict = run(place);
      if (verdict.kind === 'REFUSE') return this.#refused(place, verdict, local);
    }
    return undefined;
  }

  #refused(place: Place, verdict: Extract<Verdict, { kind: 'REFUSE' }>, local: boolean): End {
    const { host, skb, hook } = place;
    const { table, chain, text, answer } = verdict;
    const where = { hook, table, chain, text };
    if (answer === undefined) return this.#lost(host, skb, { kind: 'dropped', reason: 'drop-rule' }, { local }, where);
    return this.#lost(host, skb, { kind: 'refused', reason: 'reject-rule' }, { local, answer }, where);
  }

  #lost(host: Host, skb: Skb, loss: Loss, more: { local?: boolean; answer?: Packet['payload'] }, where?: object): End;
  #lost(host: Host, skb: Skb, loss: Loss): End;
  #lost(host: Host, skb: Skb, loss: Loss, more: { local?: boolean; answer?: Packet['payload'] } = {}, where: object = {}): End {
    this.log?.loss(host.id, skb, loss, where);
    return { kind: 'lost', host, loss, ...more };
  }
}

function unchanged(before: Packet, skb: Skb): boolean {
  const after = toPacket(skb);
  return (
    before.source === after.source &&
    before.sourcePort === after.sourcePort &&
    before.destination === after.destination &&
    before.destinationPort === after.destinationPort
  );
}
