import type { Host } from './host';

/** A place where an interface is plugged in. */
export interface Port {
  readonly host: Host;
  readonly interface: string;
}

/** One L2 segment: who has which address on it. */
export class Link {
  readonly #neighbours = new Map<number, Port>();
  /** Hosts that plug themselves in when they are first looked for. */
  readonly #later = new Map<number, () => Host>();
  readonly #announced = new Map<number, Port>();
  /** Grows whenever another port may answer for an address than before. */
  version = 0;

  /** `bridge`: the host that is this segment's bridge and whose netfilter sees bridged frames (bridge-nf-call-iptables=1). */
  constructor(
    readonly name: string,
    readonly bridge?: Port,
  ) {}

  attach(address: number, port: Port): void {
    this.version++;
    this.#neighbours.set(address, port);
  }

  /** `host` makes the host with that address and plugs it in; it is called when the first packet comes. */
  attachLater(address: number, host: () => Host): void {
    this.version++;
    this.#later.set(address, host);
  }

  detach(address: number): void {
    this.version++;
    this.#later.delete(address);
    this.#neighbours.delete(address);
  }

  /** `port` answers ARP for an address that it does not have. Undefined stops that. */
  announce(address: number, port: Port | undefined): void {
    this.version++;
    if (port) this.#announced.set(address, port);
    else this.#announced.delete(address);
  }

  /** Who answers when `asking` looks for `address` (ARP). Nobody hears its own answer. */
  resolve(address: number, asking: Host): Port | undefined {
    const port = this.#neighbours.get(address) ?? this.#plugIn(address) ?? this.#announced.get(address);
    return port?.host === asking ? undefined : port;
  }

  /** Addresses that somebody else has on this link, as far as packets have looked for them. */
  neighboursOf(asking: Host): number[] {
    return [...this.#neighbours].filter(([, port]) => port.host !== asking).map(([address]) => address);
  }

  #plugIn(address: number): Port | undefined {
    const make = this.#later.get(address);
    if (!make) return undefined;
    this.#later.delete(address);
    make();
    return this.#neighbours.get(address);
  }
}
