import { type Prefix, formatAddress, formatPrefix, maskOf } from './address';

export interface Route {
  readonly destination: Prefix;
  /** The next hop; without it the destination is on the link itself. */
  readonly via?: number;
  readonly device: string;
  /** The address a socket of this host sends from. */
  readonly source?: number;
  /** Made by the kernel with the address (prints `proto kernel`). */
  readonly kernel?: boolean;
}

/** A routing table: longest prefix wins. `shared` holds routes that several hosts have in common; the own ones win. */
export class RouteTable {
  private readonly byLength: (Map<number, Route> | undefined)[] = [];
  private changes = 0;

  constructor(readonly shared?: RouteTable) {}

  /** Grows whenever a look-up may give another answer than before. */
  get version(): number {
    return this.changes + (this.shared?.changes ?? 0);
  }

  add(route: Route): void {
    this.changes++;
    (this.byLength[route.destination.length] ??= new Map()).set(route.destination.network, route);
  }

  remove(destination: Prefix): void {
    this.changes++;
    this.byLength[destination.length]?.delete(destination.network);
  }

  lookup(destination: number): Route | undefined {
    for (let length = 32; length >= 0; length--) {
      const own = this.byLength[length];
      const others = this.shared?.byLength[length];
      if (!own && !others) continue;
      const network = destination & maskOf(length);
      const route = own?.get(network) ?? others?.get(network);
      if (route) return route;
    }
    return undefined;
  }

  /** Default route first, then by destination, as `ip route` prints them. */
  list(): Route[] {
    const found = new Map<string, Route>();
    for (const table of [this.shared, this]) {
      for (const routes of table?.byLength ?? [])
        for (const route of routes?.values() ?? []) found.set(formatPrefix(route.destination), route);
    }
    return [...found.values()].sort(
      (a, b) => (a.destination.network >>> 0) - (b.destination.network >>> 0) || a.destination.length - b.destination.length,
    );
  }
}

/** One line of `ip route`. */
export function formatRoute(route: Route): string {
  let text = route.destination.length === 0 ? 'default' : formatPrefix(route.destination).replace(/\/32$/, '');
  if (route.via !== undefined) text += ` via ${formatAddress(route.via)}`;
  text += ` dev ${route.device}`;
  if (route.kernel) text += ' proto kernel';
  if (route.via === undefined) text += ' scope link';
  if (route.source !== undefined) text += ` src ${formatAddress(route.source)}`;
  return `${text} `;
}
