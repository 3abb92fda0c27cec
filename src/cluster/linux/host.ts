import { LOOPBACK, contains, formatAddress, maskOf } from './address';
import { Conntrack } from './conntrack';
import type { Link, Port } from './link';
import { type Route, RouteTable, formatRoute } from './routes';
import type { Rule, TransportName } from './rule';
import { type Hooks, hookChains } from './hooks';
import type { NftTable } from './nft-table';
import { type Ruleset, Table, type TableName } from './table';

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
  /** The one address that it is bound to: packets to others do not find it. IPv6 has names and no packets here. Default: all of IPv4. */
  readonly address?: string;
}

/** What a host does with packets to one address. */
export interface Decision {
  readonly destination: number;
  /** It is the host's own. */
  readonly local: boolean;
  /** Undefined: the host's own, or nobody routes it. */
  readonly route: Route | undefined;
  /** The interface that `route` names. */
  readonly out: Interface | undefined;
  /** Who has the next hop's address on that interface's link; asked again when the link has changed. */
  next: Port | undefined;
  linkVersion: number;
}

/** A packet's way ended here, at a socket or what answers pings. */
export interface Delivered {
  readonly kind: 'delivered';
  readonly host: Host;
}

/** Decisions that a host remembers before it starts over. */
const MAX_DECISIONS = 4096;

/** How many of them are found without a hash table: those for the last packets' addresses. A power of 2. */
const LATEST = 16;

const PROTOCOL_KEY: Readonly<Record<string, number>> = { TCP: 0, UDP: 0x10000, SCTP: 0x20000 };

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
  /** net.ipv4.ip_forward */
  readonly forwards: boolean;
  readonly interfaces = new Map<string, Interface>();
  readonly routes: RouteTable;
  readonly delivered: Delivered = { kind: 'delivered', host: this };
  readonly conntrack = new Conntrack();
  /** `-m recent` lists: name -> source address -> last seen (virtual ms). */
  readonly recent = new Map<string, Map<number, number>>();
  /** What nft rules put into sets: name of the set -> address -> when it is forgotten (virtual ms). */
  readonly remembered = new Map<string, Map<number, number>>();
  /** net.ipv4.conf.all.route_localnet: may packets from outside go to 127.0.0.0/8? */
  routeLocalnet = false;
  /** How often rules were changed by hand, and when last (virtual ms). */
  edits = 0;
  editedAt = 0;
  /** net.ipv4.conf.*.rp_filter: 0 off, 1 strict, 2 loose. The larger of `all` and an interface's own counts. */
  readonly rpFilter = new Map<string, 0 | 1 | 2>();
  readonly #local = new Map<number, Interface>();
  /** By protocol and port. */
  readonly #sockets = new Map<number, Socket>();
  /** Those that are bound to one address. */
  #bound: readonly Socket[] = [];
  readonly #decisions = new Map<number, Decision>();
  readonly #latest: (Decision | undefined)[] = new Array<undefined>(LATEST).fill(undefined);
  #decided = -1;
  #ruleset: Ruleset | undefined;
  #nftables: readonly NftTable[] = [];
  #hooks: Hooks | undefined;
  readonly #keeper: HostOptions['beforeNetfilter'];

  constructor(
    readonly id: string,
    readonly name: string,
    private readonly options: HostOptions = {},
  ) {
    this.forwards = options.forwarding === true;
    this.#keeper = options.beforeNetfilter;
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
    return contains(LOOPBACK, address) || this.#local.has(address);
  }

  /** Where packets to that address go, as routes stand now. */
  decide(destination: number): Decision {
    const { version } = this.routes;
    if (version !== this.#decided || this.#decisions.size >= MAX_DECISIONS) {
      this.#decisions.clear();
      this.#latest.fill(undefined);
      this.#decided = version;
    }
    const place = (destination ^ (destination >>> 8)) & (LATEST - 1);
    const latest = this.#latest[place];
    if (latest?.destination === destination) return latest;
    let decision = this.#decisions.get(destination);
    if (!decision) {
      const local = this.isLocal(destination);
      const route = local ? undefined : this.routes.lookup(destination);
      const out = route && this.interfaces.get(route.device);
      decision = { destination, local, route, out, next: undefined, linkVersion: -1 };
      this.#decisions.set(destination, decision);
    }
    this.#latest[place] = decision;
    return decision;
  }

  /** Who gets packets next that go that way (ARP); undefined: nobody answers. */
  neighbour(way: Decision): Port | undefined {
    const link = way.out?.link;
    if (!link) return undefined;
    if (way.linkVersion !== link.version) {
      way.next = link.resolve(way.route!.via ?? way.destination, this);
      way.linkVersion = link.version;
    }
    return way.next;
  }

  /** Reverse path filter: would this host send to `source` by that device, or (loose) at all? Linux: fib_frontend.c, fib_validate_source */
  acceptsSource(source: number, device: string): boolean {
    if (this.rpFilter.size === 0) return true;
    const mode = Math.max(this.rpFilter.get('all') ?? 0, this.rpFilter.get(device) ?? 0);
    if (mode === 0) return true;
    const { route } = this.decide(source);
    return route !== undefined && (mode === 2 || route.device === device);
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
    if (socket.address !== undefined) this.#bound = [...this.#bound, socket];
    else this.#sockets.set(keyOf(socket), socket);
  }

  /** Whether a listener stands in the way of another one on that port and address (`0.0.0.0` and `::` are all of a family). */
  isTaken(protocol: Socket['protocol'], port: number, at: string): boolean {
    const other = this.options.listener?.(protocol.toLowerCase() as TransportName, port);
    return [...this.listeners(protocol), ...(other ? [other] : [])].some(
      (socket) => socket.port === port && overlap(socket.address ?? '0.0.0.0', at),
    );
  }

  /** Who listens, by port. */
  listeners(protocol: Socket['protocol']): Socket[] {
    return [...this.#sockets.values(), ...this.#bound]
      .filter((socket) => socket.protocol === protocol)
      .sort((a, b) => a.port - b.port);
  }

  /** Closes a socket, unless somebody else has taken its port since. */
  closePort(socket: Socket): void {
    if (socket.address !== undefined) {
      this.#bound = this.#bound.filter((each) => each !== socket);
      return;
    }
    const key = keyOf(socket);
    if (this.#sockets.get(key)?.owner === socket.owner) this.#sockets.delete(key);
  }

  /** Who takes packets to that port and address. */
  socket(protocol: Socket['protocol'], port: number, destination?: number): Socket | undefined {
    const key = PROTOCOL_KEY[protocol]! + port;
    const found =
      this.#sockets.get(key) ??
      this.#bound.find((socket) => keyOf(socket) === key && isFor(socket, destination)) ??
      this.options.listener?.(protocol.toLowerCase() as TransportName, port);
    return found && isFor(found, destination) ? found : undefined;
  }

  /**
   * Replaces all tables at once. Undefined: no netfilter, no connection tracking.
   */
  setRuleset(ruleset: Ruleset | undefined, nftables: readonly NftTable[] = []): void {
    this.#ruleset = ruleset;
    this.#nftables = nftables;
    this.#hooks = ruleset && hookChains(ruleset, nftables);
    this.forgetLists();
  }

  /** What rules remembered of clients goes with the last rule or set that names it. */
  forgetLists(): void {
    let named: Set<string> | undefined;
    for (const name of this.recent.keys()) {
      // Most lists have the name of their own chain.
      const own = this.#ruleset?.some((table) => namesList(table.chains.get(name)?.rules ?? [], name));
      if (!own && !(named ??= recentLists(this.#ruleset ?? [])).has(name)) this.recent.delete(name);
    }
    for (const name of this.remembered.keys()) {
      if (!this.#nftables.some((table) => table.sets.has(name))) this.remembered.delete(name);
    }
  }

  /** Somebody changed rules by hand, at that time (virtual ms). */
  edited(now: number): void {
    this.edits++;
    this.editedAt = now;
    this.#hooks = this.#ruleset && hookChains(this.#ruleset, this.#nftables);
    this.forgetLists();
  }

  /** Has whoever writes the rules bring them up to date. */
  refresh(): void {
    this.#keeper?.(this);
  }

  get ruleset(): Ruleset {
    this.refresh();
    return this.#ruleset ?? [];
  }

  /** The iptables table of that name, made when it is first asked for. */
  table(name: TableName): Table {
    const { ruleset } = this;
    let table = ruleset.find((each) => each.name === name);
    if (!table) {
      table = new Table(name);
      this.setRuleset([...ruleset, table], this.#nftables);
    }
    return table;
  }

  get nftables(): readonly NftTable[] {
    this.refresh();
    return this.#nftables;
  }

  /** Replaces the tables of nft alone. */
  setNftables(tables: readonly NftTable[]): void {
    this.setRuleset(this.ruleset, tables);
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

function keyOf({ protocol, port }: Socket): number {
  return PROTOCOL_KEY[protocol]! + port;
}

/** Does a socket take packets to that address? */
function isFor({ address }: Socket, destination: number | undefined): boolean {
  return address === undefined || destination === undefined || address === formatAddress(destination);
}

/** Do two addresses to listen on meet? */
function overlap(a: string, b: string): boolean {
  const all = a.includes(':') ? '::' : '0.0.0.0';
  return a.includes(':') === b.includes(':') && (a === b || a === all || b === all);
}

function namesList(rules: readonly Rule[], name: string): boolean {
  return rules.some(({ matches }) => matches.some((match) => match.module === 'recent' && match.name === name));
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
