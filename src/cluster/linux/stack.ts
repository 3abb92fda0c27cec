import { LOOPBACK, contains, formatAddress } from './address';
import { type ConntrackEntry, type TcpState, formatEntry } from './conntrack';
import type { Decision, Delivered, Host } from './host';
import type { HookChains } from './hooks';
import type { Port } from './link';
import { type Manip, rewrites, setSource, translate } from './nat';
import { type Skb, toPacket } from './packet';
import { BOUND, type Place, REFUSED, type Refusal } from './place';
import { formatRoute } from './routes';
import type { Hook } from './rule';
import type { Loss, Packet } from './trace';
import type { TraceLog } from './trace-log';

const NONE: never[] = [];

/** Where a packet's way ended. */
export type End =
  | Delivered
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
 * (`private` and not `#`: one of these is made for every connection, and V8 brands objects with private methods slowly.)
 * Moves packets through hosts in the kernel's order: track, nat PREROUTING, route, filter INPUT or FORWARD (or OUTPUT with nat and
 * filter), nat POSTROUTING, confirm, link.
 */
export class Stack implements Place {
  hook: Hook = 'OUTPUT';
  inInterface: string | undefined = undefined;
  outInterface: string | undefined = undefined;
  refusal: Refusal | undefined = undefined;
  /** The last of the connections that packets of this stack touched, on all hosts. */
  private touched: ConntrackEntry | undefined = undefined;
  /** What a probe's packets put into tables. */
  private readonly probed: ConntrackEntry[] = NONE;

  constructor(
    readonly now: number,
    readonly random: () => number,
    readonly log: TraceLog | undefined,
    readonly probe: boolean,
    public host: Host,
    public skb: Skb,
  ) {
    if (probe) this.probed = [];
  }

  /** Where the connection of these packets stands, on all hosts. */
  setStates(state: TcpState): void {
    for (let entry = this.touched; entry; entry = entry.before) entry.setState(state, this.now);
  }

  /** The attempt is over: connections that never came to be give their place back, and a probe's are in no table. */
  end(): void {
    for (let entry = this.touched; entry; entry = entry.before) entry.table.release(entry);
    if (this.probe) for (const entry of this.probed) entry.table.remove(entry);
  }

  /** A socket or the kernel of `host` emits a packet. */
  send(host: Host, skb: Skb): End {
    const { log } = this;
    log?.step(host.id, 'send', skb);
    let way = this.route(host, skb);
    if (!way) return this.lost(host, skb, { kind: 'unreachable', reason: 'no-route' }, { local: true });
    host.refresh();
    const { hooks } = host;
    if (hooks) {
      const here = hooks.OUTPUT;
      const { destination } = skb;
      const device = deviceOf(way);
      const stopped = this.enter(here, this.at(host, 'OUTPUT', skb, undefined, device), true);
      if (stopped) return stopped;
      if (skb.destination !== destination) {
        way = this.route(host, skb);
        if (!way) return this.lost(host, skb, { kind: 'unreachable', reason: 'no-route' }, { local: true });
      }
      this.outInterface = deviceOf(way);
      const refused = this.filter(here.after, this, true);
      if (refused) return refused;
    }
    return this.output(host, skb, undefined, way);
  }

  private output(host: Host, skb: Skb, inInterface: string | undefined, way: Decision): End {
    const device = deviceOf(way);
    const { hooks } = host;
    if (hooks) {
      const refused = this.leave(hooks.POSTROUTING, this.at(host, 'POSTROUTING', skb, inInterface, device));
      if (refused) return refused;
    }
    // The packet keeps its mark and its connection across the loopback device.
    if (way.local) return this.receive(host, skb, 'lo');
    const link = way.out?.link;
    const port = host.neighbour(way);
    if (!link || !port) {
      this.forget(skb);
      return this.lost(host, skb, { kind: 'timeout', reason: 'no-neighbour' }, {}, { interface: device });
    }
    const { bridge } = link;
    this.forget(skb);
    if (bridge && bridge.host !== host && bridge.host !== port.host) return this.bridge(host, device, bridge, skb, port);
    this.log?.step(host.id, 'transmit', skb, { interface: device, to: port.host.id });
    return this.receive(port.host, skb, port.interface);
  }

  /** POSTROUTING: the last rules, then the connection is in the table. */
  private leave(here: HookChains, place: Place): End | undefined {
    const refused = this.filter(here.before, place);
    if (refused) return refused;
    this.nat(here, place);
    this.confirm(place.host, place.skb);
    return undefined;
  }

  /** PREROUTING and OUTPUT: the first rules, and between them the connection is looked up. */
  private enter(here: HookChains, place: Place, local = false): End | undefined {
    const untracked = this.filter(here.raw, place, local);
    if (untracked) return untracked;
    this.track(place.host, place.skb);
    const stopped = this.filter(here.before, place, local);
    if (stopped) return stopped;
    this.nat(here, place);
    return undefined;
  }

  /** Between two pods of one node: the frame crosses the node's bridge, whose netfilter sees it (br_netfilter). */
  private bridge(host: Host, device: string, bridge: Port, skb: Skb, port: Port): End {
    const node = bridge.host;
    const name = bridge.interface;
    this.log?.step(host.id, 'transmit', skb, { interface: device, to: node.id });
    this.log?.step(node.id, 'receive', skb, { interface: name });
    node.refresh();
    const { hooks } = node;
    if (hooks) {
      const { destination } = skb;
      const stopped = this.enter(hooks.PREROUTING, this.at(node, 'PREROUTING', skb, name, undefined));
      if (stopped) return stopped;
      if (skb.destination !== destination) return this.routeInput(node, skb, name);
      const refused =
        this.filter(hooks.FORWARD.after, this.at(node, 'FORWARD', skb, name, name)) ??
        this.leave(hooks.POSTROUTING, this.at(node, 'POSTROUTING', skb, name, name));
      if (refused) return refused;
    }
    this.forget(skb);
    this.log?.step(node.id, 'transmit', skb, { interface: name, to: port.host.id });
    return this.receive(port.host, skb, port.interface);
  }

  private receive(host: Host, skb: Skb, device: string): End {
    if (device !== 'lo') this.log?.step(host.id, 'receive', skb, { interface: device });
    host.refresh();
    const { hooks } = host;
    const stopped = hooks && this.enter(hooks.PREROUTING, this.at(host, 'PREROUTING', skb, device, undefined));
    return stopped ?? this.routeInput(host, skb, device);
  }

  private routeInput(host: Host, skb: Skb, device: string): End {
    // Linux: net/ipv4/fib_frontend.c, fib_validate_source; net/ipv4/route.c, martian_source
    if (device !== 'lo') {
      const martian = host.isLocal(skb.source) || (contains(LOOPBACK, skb.destination) && !host.routeLocalnet);
      if (martian || !host.acceptsSource(skb.source, device)) {
        const reason = martian ? 'martian' : 'rp-filter';
        return this.lost(host, skb, { kind: 'dropped', reason }, {}, { interface: device });
      }
    }
    const way = host.decide(skb.destination);
    if (way.local) {
      this.logLocalRoute(host, skb);
      const { hooks } = host;
      if (hooks) {
        const refused = this.leave(hooks.INPUT, this.at(host, 'INPUT', skb, device, undefined));
        if (refused) return refused;
      }
      return host.delivered;
    }
    if (!host.forwards) return this.lost(host, skb, { kind: 'dropped', reason: 'not-ours' });
    return this.forward(host, skb, device);
  }

  private forward(host: Host, skb: Skb, device: string): End {
    const way = this.route(host, skb);
    if (!way) return this.lost(host, skb, { kind: 'unreachable', reason: 'no-route' }, { answer: 'icmp-net-unreachable' });
    if (skb.ttl <= 1)
      return this.lost(host, skb, { kind: 'unreachable', reason: 'ttl-exceeded' }, { answer: 'icmp-time-exceeded' });
    skb.ttl--;
    const { hooks } = host;
    if (hooks) {
      const refused = this.filter(hooks.FORWARD.after, this.at(host, 'FORWARD', skb, device, deviceOf(way)));
      if (refused) return refused;
    }
    return this.output(host, skb, device, way);
  }

  /** Undefined: nobody routes this destination. */
  private route(host: Host, skb: Skb): Decision | undefined {
    const way = host.decide(skb.destination);
    const { local, route } = way;
    if (local) this.logLocalRoute(host, skb);
    else if (route) this.log?.step(host.id, 'route', skb, { text: formatRoute(route).trim(), interface: route.device });
    return local || route ? way : undefined;
  }

  private logLocalRoute(host: Host, skb: Skb): void {
    if (!this.log) return;
    const device = host.interfaceOf(skb.destination)?.name ?? 'lo';
    this.log.step(host.id, 'route', skb, { text: `local ${formatAddress(skb.destination)} dev ${device}`, interface: device });
  }

  private at(host: Host, hook: Hook, skb: Skb, inInterface: string | undefined, outInterface: string | undefined): Place {
    this.host = host;
    this.hook = hook;
    this.skb = skb;
    this.inInterface = inInterface;
    this.outInterface = outInterface;
    return this;
  }

  /** Looks the packet's connection up; never stops it. */
  private track(host: Host, skb: Skb): void {
    if (skb.entry || skb.untracked) return;
    const entry = host.conntrack.track(skb, this.now);
    if (!entry) return;
    entry.before = this.touched;
    this.touched = entry;
    // Where it is translated as well, that hop shows the entry.
    if (this.log && entry.confirmed && !entry.sourceNat && !entry.destinationNat)
      this.log.step(host.id, 'conntrack', skb, { hook: this.hook, text: formatEntry(entry, this.now), entry: 'used' });
  }

  private forget(skb: Skb): void {
    skb.entry = undefined;
    skb.untracked = false;
    skb.state = 'NONE';
    skb.mark = 0;
  }

  private confirm(host: Host, skb: Skb): void {
    const { entry } = skb;
    if (!entry || entry.confirmed || skb.direction !== 'original') return;
    host.conntrack.confirm(entry);
    if (this.probe) this.probed.push(entry);
    this.log?.step(host.id, 'conntrack', skb, { hook: this.hook, text: formatEntry(entry, this.now), entry: 'made' });
  }

  /** The nat table decides once for a connection; afterwards its packets are translated by what was decided. */
  private nat(here: HookChains, place: Place): void {
    const { skb, host, hook } = place;
    const { entry } = skb;
    if (!entry || skb.state === 'INVALID') return;
    const manip: Manip = hook === 'PREROUTING' || hook === 'OUTPUT' ? 'destination' : 'source';
    if (skb.state === 'NEW' && entry.decide(manip)) {
      for (const run of here.nat) if (run(place) === BOUND) break;
      if (manip === 'source' && !entry.sourceNat) this.keepSource(place, entry);
      return;
    }
    if (!rewrites(entry, skb, manip)) return;
    const before = this.log && toPacket(skb);
    translate(entry, skb, manip);
    if (!before || unchanged(before, skb)) return;
    this.log!.change(host.id, 'conntrack', before, skb, { hook, text: formatEntry(entry, this.now), entry: 'used' });
  }

  /** Without a rule the source stays, unless its answers would be mistaken for another connection's: then the port changes. */
  private keepSource(place: Place, entry: ConntrackEntry): void {
    const { replySource, replySourcePort, replyDestination, replyDestinationPort } = entry;
    const { conntrack } = place.host;
    if (!conntrack.clashes(entry, replySource, replySourcePort, replyDestination, replyDestinationPort, this.now)) return;
    setSource(place, entry, replyDestination, undefined, false);
  }

  /** Chains that may refuse the packet. */
  private filter(chains: HookChains['raw'], place: Place, local = false): End | undefined {
    for (let i = 0; i < chains.length; i++) if (chains[i]!(place) === REFUSED) return this.refused(place, local);
    return undefined;
  }

  private refused({ host, skb, hook, refusal }: Place, local: boolean): End {
    const { table, chain, text, answer } = refusal!;
    const where = { hook, table, chain, text };
    if (answer === undefined) return this.lost(host, skb, { kind: 'dropped', reason: 'drop-rule' }, { local }, where);
    return this.lost(host, skb, { kind: 'refused', reason: 'reject-rule' }, { local, answer }, where);
  }

  private lost(host: Host, skb: Skb, loss: Loss, more: { local?: boolean; answer?: Packet['payload'] }, where?: object): End;
  private lost(host: Host, skb: Skb, loss: Loss): End;
  private lost(
    host: Host,
    skb: Skb,
    loss: Loss,
    more: { local?: boolean; answer?: Packet['payload'] } = {},
    where: object = {},
  ): End {
    this.log?.loss(host.id, skb, loss, where);
    return { kind: 'lost', host, loss, ...more };
  }
}

/** The device that a packet leaves by. */
function deviceOf({ local, route }: Decision): string {
  return local ? 'lo' : route!.device;
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
