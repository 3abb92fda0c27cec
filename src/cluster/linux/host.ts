import { LOOPBACK, contains, formatAddress, maskOf } from './address';
import { Conntrack } from './conntrack';
import type { Link } from './link';
import { RouteTable, formatRoute } from './routes';
import type { TransportName } from './rule';
import { type Hooks, hookChains } from './hooks';
import type { NftTable } from './nft-table';
import type { Ruleset } from './table';

export interface Interface {
  readonly name: string;
  readonly address: number;
  /** Prefix length of the address. */
  readonly length: number;
  readonly link: Link | undefined;
}

/** A program that listens. `App` is opaque here: what it answers is the caller's business. */
export interface Socket<App = unknown> {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
  /** Who owns it: name and host id for the trace. */
  readonly name: string;
  readonly owner: string;
  readonly app: App;
}

/** What is special about a host. */
export interface HostOptions {
  /** net.ipv4.ip_forward */
  readonly forwarding?: boolean;
  readonly sharedRoutes?: RouteTable;
  /** Called before netfilter is looked at: whoever writes the rules brings them up to date. */
  readonly beforeNetfilter?: (host: Host) => void;
  /** Listeners that are worked out when asked for. */
  readonly listener?: (protocol: TransportName, port: number) => Socket | undefined;
}

/** One network namespace: interfaces, routes, netfilter, conntrack, sockets. */
export class Host {
  readonly interfaces = new Map<string, Interface>();
  readonly routes: RouteTable;
  readonly conntrack = new Conntrack();
  /** `-m recent` lists: name -> source address -> last seen (virtual ms). */
  readonly recent = new Map<string, Map<number, number>>();
  /** What nft rules put into sets: name of the set -> address -> when it is forgotten (virtual ms). */
  readonly remembered = new Map<string, Map<number, number>>();
  /** net.ipv4.conf.all.route_localnet: may packets from outside go to 127.0.0.0/8? */
  routeLocalnet = false;
  readonly #local = new Map<number, Interface>();
  readonly #sockets = new Map<string, Socket>();
  #ruleset: Ruleset | undefined;
  #nftables: readonly NftTable[] = [];
  #hooks: Hooks | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly options: HostOptions = {},
  ) {
    this.routes = new RouteTable(options.sharedRoutes);
  }

  /** Brings an interface up with its address, its kernel route and its place on the link. */
  addInterface(made: Interface): void {
    this.interfaces.set(made.name, made);
    this.#local.set(made.address, made);
    const mask = maskOf(made.length);
    this.routes.add({
      destination: { network: made.address & mask, mask, length: made.length },
      device: made.name,
      source: made.address,
      kernel: true,
    });
    made.link?.attach(made.address, { host: this, interface: made.name });
  }

  /** Takes all of its addresses off their links. */
  unplug(): void {
    for (const each of this.interfaces.values()) each.link?.detach(each.address);
  }

  /** Is this one of the host's own addresses (127.0.0.0/8 included)? */
  isLocal(address: number): boolean {
    return this.#local.has(address) || contains(LOOPBACK, address);
  }

  /** The interface that holds an address. */
  interfaceOf(address: number): Interface | undefined {
    return this.#local.get(address);
  }

  /** The address that packets leave by `device` get when they are masqueraded. */
  addressOf(device: string): number {
    const found = this.interfaces.get(device) ?? this.interfaces.values().next().value;
    if (!found) throw new RangeError(`${this.id} has no interface`);
    return found.address;
  }

  listen(socket: Socket): void {
    this.#sockets.set(`${socket.protocol}/${socket.port}`, socket);
  }

  /** Closes a socket, unless somebody else has taken its port since. */
  closePort(socket: Socket): void {
    const key = `${socket.protocol}/${socket.port}`;
    if (this.#sockets.get(key)?.owner === socket.owner) this.#sockets.delete(key);
  }

  socket(protocol: string, port: number): Socket | undefined {
    return this.#sockets.get(`${protocol}/${port}`) ?? this.options.listener?.(protocol.toLowerCase() as TransportName, port);
  }

  /**
   * Replaces all tables at once. Undefined: no netfilter, no connection tracking. What rules remembered of clients goes with the last
   * rule or set that names it.
   */
  setRuleset(ruleset: Ruleset | undefined, nftables: readonly NftTable[] = []): void {
    this.#ruleset = ruleset;
    this.#nftables = nftables;
    this.#hooks = ruleset && hookChains(ruleset, nftables);
    if (this.recent.size > 0) {
      const named = recentLists(ruleset ?? []);
      for (const name of this.recent.keys()) if (!named.has(name)) this.recent.delete(name);
    }
    for (const name of this.remembered.keys()) {
      if (!nftables.some((table) => table.sets.has(name))) this.remembered.delete(name);
    }
  }

  get ruleset(): Ruleset {
    this.options.beforeNetfilter?.(this);
    return this.#ruleset ?? [];
  }

  get nftables(): readonly NftTable[] {
    this.options.beforeNetfilter?.(this);
    return this.#nftables;
  }

  /** Are packets tracked here? */
  get tracks(): boolean {
    return this.#hooks !== undefined;
  }

  /** What netfilter runs, as it was last brought up to date. Undefined: nothing. */
  get hooks(): Hooks | undefined {
    return this.#hooks;
  }

  /** `ip -4 -br addr` */
  ipAddr(): string {
    let text = 'lo               UNKNOWN        127.0.0.1/8 \n';
    for (const each of this.interfaces.values()) {
      text += `${each.name.padEnd(16)} UP             ${formatAddress(each.address)}/${each.length} \n`;
    }
    return text;
  }

  /** `ip route` */
  ipRoute(): string {
    return this.routes
      .list()
      .map((route) => `${formatRoute(route)}\n`)
      .join('');
  }
}

/** Names of the lists that `-m recent` rules use. */
function recentLists(ruleset: Ruleset): Set<string> {
  const names = new Set<string>();
  for (const table of ruleset) {
    for (const chain of table.chains.values()) {
      for (const { matches } of chain.rules) for (const match of matches) if (match.module === 'recent') names.add(match.name);
    }
  }
  return names;
}
