import type { KubeObject } from '../apimachinery/object';
import type { Random } from '../random';
import { addressAllocator, type Allocator, formatIPv4, parseCIDR, parseIPv4 } from './allocator';
import type { Store } from './store';

/** Where Services get their addresses from. */
export interface AddressPool {
  /** Takes a fixed address. Returns why it cannot be had. */
  take(address: number): string | undefined;
  /** Takes any free address; undefined when there is none. */
  takeAny(): number | undefined;
  release(address: number): void;
  /** The same addresses for a write that is only tried: nothing is taken. */
  dryRun(): AddressPool;
}

/** One network of one or more ServiceCIDRs. */
interface Range {
  cidr: string;
  allocator: Allocator;
  /** Names of the ServiceCIDRs that have it; the values say which of them are ready. */
  owners: Map<string, boolean>;
}

const MISMATCH = 'the provided network does not match the current range';

/**
 * The addresses of all ServiceCIDRs. What has an IPAddress is taken, whoever made it.
 * Upstream: pkg/registry/core/service/ipallocator/cidrallocator.go MetaAllocator.
 */
export class ServiceAddresses implements AddressPool {
  readonly #ranges = new Map<string, Range>();
  readonly #used = new Set<number>();
  /** The ranges that are ready. */
  #ready: readonly Range[] = [];

  constructor(
    store: Pick<Store, 'watch'>,
    private readonly random: Random,
  ) {
    store.watch('servicecidrs', (type, object) => this.#follow(object, type === 'DELETED'));
    store.watch('ipaddresses', (type, { metadata }) => {
      const address = parseIPv4(metadata.name);
      if (Number.isNaN(address)) return;
      if (type === 'DELETED') this.#used.delete(address);
      else this.#used.add(address);
    });
  }

  take(address: number): string | undefined {
    const range = this.#ready.find(({ allocator }) => allocator.contains(address));
    if (!range) return MISMATCH;
    return range.allocator.take(address) ? undefined : 'provided IP is already allocated';
  }

  takeAny(): number | undefined {
    const ranges = this.#ready;
    // upstream asks them in the order of a Go map, which is another one each time
    const first = ranges.length > 1 ? this.random.integer(ranges.length) : 0;
    for (const range of [...ranges.slice(first), ...ranges.slice(0, first)]) {
      const address = range.allocator.takeAny();
      if (address !== undefined) return address;
    }
    return undefined;
  }

  release(address: number): void {
    this.#used.delete(address);
  }

  /** Upstream: dryRunAllocator, which looks at one network only and gives the address of the network itself. */
  dryRun(): AddressPool {
    const [range] = this.#ranges.values();
    const pool: AddressPool = {
      take(address) {
        if (!range) return MISMATCH;
        if (range.allocator.contains(address)) return undefined;
        return `the provided IP (${formatIPv4(address)}) is not in the valid range. The range of valid IPs is ${range.cidr}`;
      },
      takeAny: () => range && parseCIDR(range.cidr).network,
      release: () => undefined,
      dryRun: () => pool,
    };
    return pool;
  }

  /** Upstream: syncAllocators, deleteServiceCIDR. */
  #follow(object: KubeObject, gone: boolean): void {
    const { name } = object.metadata;
    for (const cidr of (object.spec.cidrs ?? []) as string[]) {
      if (cidr.includes(':')) continue;
      let range = this.#ranges.get(cidr);
      if (gone) {
        range?.owners.delete(name);
        if (range?.owners.size === 0) this.#ranges.delete(cidr);
        continue;
      }
      if (!range) {
        const allocator = addressAllocator(cidr, this.random, this.#used);
        this.#ranges.set(cidr, (range = { cidr, allocator, owners: new Map() }));
      }
      range.owners.set(name, isReady(object));
    }
    this.#ready = [...this.#ranges.values()].filter(({ owners }) => [...owners.values()].some(Boolean));
  }
}

/** Without a condition it is taken to be ready: nobody may have looked at it yet. */
function isReady({ metadata, status }: KubeObject): boolean {
  const ready = status?.conditions?.find((condition: { type: string }) => condition.type === 'Ready');
  return !metadata.deletionTimestamp && (ready?.status ?? 'True') === 'True';
}
