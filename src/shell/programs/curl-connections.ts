import type { ConnectResult, OpenSocket } from '../../cluster/network';

/** ms after which curl does not use a connection again. CURLOPT_MAXAGE_CONN */
const MAX_IDLE = 118_000;
/** ms for which it remembers what it looked up. CURLOPT_DNS_CACHE_TIMEOUT */
const DNS_CACHE = 60_000;
/** Transfers that it runs at once with -Z. */
const MAX_PARALLEL = 50;

/** One of curl's connections. */
export interface Connection {
  /** Counts up from 0. */
  readonly number: number;
  /** `https://HOST:PORT` */
  readonly to: string;
  readonly address: string;
  readonly localPort: number;
  readonly socket: OpenSocket;
  /** What came of opening it. */
  readonly result: ConnectResult;
  readonly http2: boolean;
  /** Virtual ms since the epoch; 0: not yet. */
  readonly used: number;
}

/** The connections that one run of curl keeps for its next transfers. Upstream: lib/conncache.c, lib/url.c (ConnectionExists). */
export class CurlConnections {
  #kept: Connection[] = [];
  #next = 0;
  readonly #streams = new Map<number, number>();
  readonly #names = new Map<string, { addresses: readonly string[]; until: number }>();

  /**
   * @param only there is one request: nothing is kept
   * @param parallel transfers run side by side: each has a connection of its own, unless many fit into one (HTTP/2)
   */
  constructor(
    readonly only: boolean,
    readonly parallel: boolean,
    private readonly now: () => number,
    private readonly verbose: (line: string) => void,
  ) {}

  /** The number of the next new connection. */
  number(): number {
    return this.#next++;
  }

  /** What a name was found to be not long ago. */
  lookedUp(host: string): readonly string[] | undefined {
    const known = this.#names.get(host);
    return known && known.until > this.now() ? known.addresses : undefined;
  }

  remember(host: string, addresses: readonly string[]): void {
    if (!this.lookedUp(host)) this.#names.set(host, { addresses, until: this.now() + DNS_CACHE });
  }

  /** A connection that can be used again; those that have died are given up. */
  find(to: string, host: string): Connection | undefined {
    for (const connection of this.#kept.filter((each) => each.to === to)) {
      const idle = this.now() - connection.used;
      if (idle > MAX_IDLE) this.verbose(`* Too old connection (${Math.floor(idle / 1000)} seconds idle), disconnect it`);
      else if (connection.socket.closed) this.verbose(`* Connection ${connection.number} seems to be dead`);
      else continue;
      this.drop(connection);
    }
    const open = this.#kept.filter((each) => each.to === to);
    const found = open.find(({ http2 }) => http2) ?? (this.parallel && open.length < MAX_PARALLEL ? undefined : open[0]);
    if (found) this.verbose(`* Re-using existing connection with host ${host}`);
    return found;
  }

  /** The next stream of a connection that speaks HTTP/2: clients have the odd numbers. */
  stream(number: number): number {
    const next = (this.#streams.get(number) ?? -1) + 2;
    this.#streams.set(number, next);
    return next;
  }

  keep(connection: Connection): void {
    const others = this.#kept.filter(({ number }) => number !== connection.number);
    this.#kept = [...others, { ...connection, used: this.now() }];
  }

  drop({ number, socket }: Connection): void {
    this.verbose(`* shutting down connection #${number}`);
    socket.close();
    this.#kept = this.#kept.filter((each) => each.number !== number);
  }

  /** curl ends. */
  end(): void {
    for (const { socket } of this.#kept) socket.close();
    this.#kept = [];
  }
}
