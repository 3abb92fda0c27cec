import type { NftRule, NftVerdict } from './nft-rule';
import type { Hook } from './rule';
import type { Protocol } from './trace';

export type DataType = 'ipv4_addr' | 'inet_proto' | 'inet_service';

const BITS: Readonly<Record<DataType, number>> = { ipv4_addr: 32, inet_proto: 2, inet_service: 16 };

/** Protocols as set keys hold them: small, so that a key of address, protocol and port is one exact number. */
export const PROTOCOL_CODE: Readonly<Record<Protocol, number>> = { TCP: 0, UDP: 1, SCTP: 2, ICMP: 3 };

/** Bits that a number holds exactly. */
const EXACT_BITS = 53;

export interface NftElement {
  /** One number a type of the set: addresses as in `address.ts`, protocols as in `PROTOCOL_CODE`. */
  readonly key: readonly number[];
  readonly comment?: string;
  /** Maps only. */
  readonly verdict?: NftVerdict;
}

export interface SetOptions {
  readonly comment?: string;
  /** A map: its elements carry verdicts. */
  readonly map?: boolean;
  /** Rules add elements, which are forgotten this many seconds later. */
  readonly timeout?: number;
  readonly size?: number;
}

/** A named set, or a verdict map. */
export class NftSet {
  readonly #elements = new Map<number | string, NftElement>();
  readonly #exact: boolean;

  constructor(
    readonly name: string,
    readonly types: readonly DataType[],
    readonly options: SetOptions = {},
  ) {
    this.#exact = types.reduce((sum, type) => sum + BITS[type], 0) <= EXACT_BITS;
  }

  /** Elements of the same key replace each other. */
  add(element: NftElement): void {
    this.#elements.set(this.pack(element.key), element);
  }

  delete(packed: number | string): void {
    this.#elements.delete(packed);
  }

  get elements(): IterableIterator<NftElement> {
    return this.#elements.values();
  }

  get size(): number {
    return this.#elements.size;
  }

  find(packed: number | string): NftElement | undefined {
    return this.#elements.get(packed);
  }

  /** The key as it is looked up. */
  pack(key: readonly number[]): number | string {
    if (!this.#exact) return key.join(' ');
    let packed = 0;
    for (let i = 0; i < key.length; i++) packed = packed * 2 ** BITS[this.types[i]!] + (key[i]! >>> 0);
    return packed;
  }
}

/** What makes a chain a place that packets come to. */
export interface BaseChain {
  readonly type: 'filter' | 'nat' | 'route';
  readonly hook: Hook;
  /** As written: a number, or a name with an offset such as `dstnat - 10`. */
  readonly priority: string;
  readonly policy: 'accept' | 'drop';
}

export interface NftChain {
  readonly name: string;
  readonly comment?: string;
  readonly base?: BaseChain;
  readonly rules: readonly NftRule[];
}

/** One table of family ip: named sets and maps, and chains, in the order they were made. */
export class NftTable {
  readonly sets = new Map<string, NftSet>();
  readonly chains = new Map<string, NftChain>();

  constructor(
    readonly name: string,
    readonly comment?: string,
  ) {}

  readonly #handles = new Map<string | NftRule, number>();

  /** The number by which the kernel knows a chain or set (by its name, `chain c`) or a rule of this table. */
  handle(of: string | NftRule): number {
    let handle = this.#handles.get(of);
    if (handle === undefined) this.#handles.set(of, (handle = this.#handles.size + 1));
    return handle;
  }

  set(name: string): NftSet {
    const found = this.sets.get(name);
    if (!found) throw new SyntaxError(`nft: no set or map ${name} in table ip ${this.name}`);
    return found;
  }

  chain(name: string): NftChain {
    const found = this.chains.get(name);
    if (!found) throw new SyntaxError(`nft: no chain ${name} in table ip ${this.name}`);
    return found;
  }
}

/** Linux: include/uapi/linux/netfilter_ipv4.h, enum nf_ip_hook_priorities */
const PRIORITY: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

/** `dstnat - 10` -> -110. Throws SyntaxError on an unknown name. */
export function priorityOf(text: string): number {
  const [, name = '', sign, offset = '0'] = /^(-?\w+)(?: ([+-]) (\d+))?$/.exec(text) ?? [];
  const base = PRIORITY[name] ?? (/^-?\d+$/.test(name) ? Number(name) : undefined);
  if (base === undefined) throw new SyntaxError(`nft: unknown priority ${text}`);
  return base + (sign === '-' ? -1 : 1) * Number(offset);
}
