import { type Attempt, type Attempted, type Exchanged, closeFromAfar, exchange } from './linux/connection';
import type { Host } from './linux/host';
import type { TraceLog } from './linux/trace-log';
import type { App } from './network';

/** One TCP connection on the way from a client to its server: a proxy ends one and begins the next. */
export interface Leg {
  readonly from: Host;
  readonly destination: number;
  readonly port: number;
  /** Where it ended up. */
  readonly peer: Required<Attempted>;
  /** It carries other connections as well, and outlives this one. */
  readonly shared?: boolean;
}

export interface StreamOptions {
  /** Virtual ms since the epoch. */
  readonly now: () => number;
  /** Seeded, in [0,1). */
  readonly random: () => number;
  /** ms after which a program closes a connection on which nothing happens. Undefined: never. */
  readonly idleTimeout: (app: App) => number | undefined;
}

/**
 * A TCP connection that stays open, behind a load balancer too: its packets go on to where it was opened, whatever became of the Service.
 * That it was closed at the other end is noticed when somebody looks.
 */
export class OpenStream {
  #used: number;
  #closed = false;

  /** @param legs from the client to the server, at least one */
  constructor(
    private readonly options: StreamOptions,
    private readonly legs: readonly Leg[],
  ) {
    this.#used = options.now();
  }

  /**
   * Has the server closed it, or a proxy on the way? A program that ended has closed its connections; one on which nothing happens closes
   * them after a while, of itself. Those on the way see it at that time.
   */
  get closed(): boolean {
    if (this.#closed) return true;
    const now = this.options.now();
    const ends = this.legs.map((leg) =>
      hasEnded(leg.peer) ? now : leg.shared ? Infinity : this.#used + this.#idleTimeout(leg.peer),
    );
    const time = Math.min(...ends);
    if (time > now) return false;
    this.#closed = true;
    const first = ends.indexOf(time);
    this.legs.forEach((leg, index) => {
      if (leg.shared) return;
      const attempt = this.#attempt(leg, undefined, time);
      if (index <= first) closeFromAfar(attempt, leg.peer);
      // What a proxy ended it closes on its other side as well.
      if (index > 0) exchange(attempt, leg.peer, true);
    });
    return true;
  }

  #idleTimeout({ socket }: Required<Attempted>): number {
    return this.options.idleTimeout(socket.app as App) ?? Infinity;
  }

  /** Sends something and waits for the answer. @param first number of its first leg in the log */
  send(log: TraceLog | undefined, first = 0): Exchanged | 'closed' {
    if (this.closed) return 'closed';
    this.#used = this.options.now();
    const exchanged = this.#through(log, false, first);
    if (exchanged === 'reset') this.#closed = true;
    return exchanged;
  }

  /** The client closes it. */
  close(log: TraceLog | undefined): void {
    if (!this.closed) this.#through(log, true);
    else if (!hasEnded(this.legs[0]!.peer)) exchange(this.#attempt(this.legs[0]!, log), this.legs[0]!.peer, true);
    this.#closed = true;
  }

  #through(log: TraceLog | undefined, end: boolean, first = 0): Exchanged {
    for (const [index, leg] of this.legs.entries()) {
      if (log) {
        log.leg = first + index;
        log.direction = 'request';
      }
      const exchanged = exchange(this.#attempt(leg, log), leg.peer, end && !leg.shared);
      if (exchanged !== 'answered') return exchanged;
    }
    return 'answered';
  }

  #attempt({ from, destination, port }: Leg, log: TraceLog | undefined, now = this.options.now()): Attempt {
    return { from, protocol: 'TCP', destination, port, now, random: this.options.random, log, probe: false };
  }
}

/** Does nobody hold the server's socket any more? */
function hasEnded({ host, socket, destination }: Required<Attempted>): boolean {
  return host.socket('TCP', socket.port, destination)?.owner !== socket.owner;
}
