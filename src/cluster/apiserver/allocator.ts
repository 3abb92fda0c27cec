import type { Random } from '../random';

/**
 * Hands out the integers of a range, each at most once. The lower part (the static band) is left for those who ask for a fixed value:
 * random choices come from the upper part while it has any.
 * Upstream: pkg/registry/core/service/{ipallocator,portallocator}; KEP-3070, KEP-3668.
 */
export class Allocator {
  /**
   * @param first lowest value @param size how many values
   * @param band how many of the lowest are kept for fixed requests
   * @param used what is taken, when others take as well
   */
  constructor(
    readonly first: number,
    readonly size: number,
    readonly band: number,
    private readonly random: Random,
    private readonly used = new Set<number>(),
  ) {}

  contains(value: number): boolean {
    return value >= this.first && value < this.first + this.size;
  }

  has(value: number): boolean {
    return this.used.has(value);
  }

  /** Takes a fixed value. Returns false when it is taken already. The caller checks the range first. */
  take(value: number): boolean {
    if (this.used.has(value)) return false;
    this.used.add(value);
    return true;
  }

  /** Takes a random free value; undefined when the range is full. */
  takeAny(): number | undefined {
    return this.#takeFrom(this.first + this.band, this.size - this.band) ?? this.#takeFrom(this.first, this.band);
  }

  release(value: number): void {
    this.used.delete(value);
  }

  #takeFrom(first: number, size: number): number | undefined {
    if (size <= 0) return undefined;
    const start = this.random.integer(size);
    for (let i = 0; i < size; i++) {
      const value = first + ((start + i) % size);
      if (this.take(value)) return value;
    }
    return undefined;
  }
}

/** Addresses of a Service CIDR: the network's own and the broadcast address are never given. @param used see Allocator */
export function addressAllocator(cidr: string, random: Random, used?: Set<number>): Allocator {
  const { network, size } = parseCIDR(cidr);
  const usable = Math.max(0, size - 2);
  const band = usable < 16 ? 0 : Math.min(Math.max(16, Math.floor(usable / 16)), 256);
  return new Allocator(network + 1, usable, band, random, used);
}

/** Node ports. @param range e.g. `30000-32767` */
export function portAllocator(range: string, random: Random): Allocator {
  const [first, last] = range.split('-').map(Number) as [number, number];
  const size = last - first + 1;
  return new Allocator(first, size, size < 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128), random);
}

/** Where Services get their node ports from. */
export type PortPool = Pick<Allocator, 'contains' | 'has' | 'take' | 'takeAny' | 'release'>;

/** Node ports for a write that is only tried: nothing is taken. Upstream: portallocator/operation.go. */
export function dryRunPorts(ports: PortPool): PortPool {
  const own = new Set<number>();
  const has = (port: number) => ports.has(port) || own.has(port);
  return {
    contains: () => true,
    has,
    take: (port) => !has(port) && Boolean(own.add(port)),
    takeAny() {
      const port = own.size === 0 ? DUMMY_PORT : Math.max(...own) + 1;
      own.add(port);
      return port;
    },
    release: () => undefined,
  };
}

/** What a Service that is only tried gets. */
const DUMMY_PORT = 32768;

/** An IPv4 address as a number; NaN when the text is none. */
export function parseIPv4(text: string): number {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return NaN;
  let value = 0;
  for (const part of match.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return NaN;
    value = value * 256 + Number(part);
  }
  return value;
}

export function formatIPv4(value: number): string {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
}

/** First address and number of addresses of a CIDR such as `10.96.0.0/12`. */
export function parseCIDR(cidr: string): { network: number; size: number } {
  const [address, bits] = cidr.split('/') as [string, string];
  const size = 2 ** (32 - Number(bits));
  const value = parseIPv4(address);
  return { network: value - (value % size), size };
}
