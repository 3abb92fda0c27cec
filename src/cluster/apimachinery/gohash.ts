import { utf8ToBytes } from '@noble/hashes/utils.js';

// Upstream sorts and names some things by a hash of how Go prints them: k8s.io/utils/dump (spew, `%#v`) into FNV-1a.

/** A value with its Go type, as `goText` prints it: a scalar, a list, or a struct's fields in their order. */
export interface GoValue {
  /** Such as `string`, `*int32` or `[]v1.EndpointPort`. */
  type: string;
  /** Undefined is nil. */
  value: string | number | readonly GoValue[] | Readonly<Record<string, GoValue>> | undefined;
}

/** A value as Go's spew prints it with types and field names, without addresses of pointers. */
export function goText(printed: GoValue): string {
  return `(${printed.type})${bare(printed)}`;
}

function bare({ value }: GoValue): string {
  if (value === undefined) return '<nil>';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(bare).join(' ')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${name}:${goText(field)}`);
  return `{${fields.join(' ')}}`;
}

function isList(value: readonly GoValue[] | Readonly<Record<string, GoValue>>): value is readonly GoValue[] {
  return Array.isArray(value);
}

/** Bits in a limb: a fourth of the 88 that the prime 2^88 + 0x13b shifts by, so that a product stays an exact number. */
const LIMB = 22;
const MASK = 2 ** LIMB - 1;
/** The sixth limb holds what is left of 128 bits. */
const TOP = 2 ** (128 - 5 * LIMB) - 1;
const OFFSET_BASIS = 0x6c62272e07bb014262b821756295c58dn;

/** 128-bit FNV-1a of a text's UTF-8 bytes, 32 hexadecimal digits. Upstream: hash/fnv New128a. */
export function fnv128a(text: string): string {
  const basis = [0, 1, 2, 3, 4, 5].map((index) => Number((OFFSET_BASIS >> BigInt(index * LIMB)) & BigInt(MASK)));
  let [a, b, c, d, e, f] = basis as [number, number, number, number, number, number];
  for (const byte of utf8ToBytes(text)) {
    a ^= byte;
    const a1 = a * 0x13b;
    const b1 = b * 0x13b + Math.floor(a1 / (MASK + 1));
    const c1 = c * 0x13b + Math.floor(b1 / (MASK + 1));
    const d1 = d * 0x13b + Math.floor(c1 / (MASK + 1));
    const e1 = e * 0x13b + a + Math.floor(d1 / (MASK + 1));
    const f1 = f * 0x13b + b + Math.floor(e1 / (MASK + 1));
    [a, b, c, d, e, f] = [a1 & MASK, b1 & MASK, c1 & MASK, d1 & MASK, e1 & MASK, f1 & TOP];
  }
  const number = [f, e, d, c, b, a].reduce((sum, limb) => (sum << BigInt(LIMB)) | BigInt(limb), 0n);
  return number.toString(16).padStart(32, '0');
}
