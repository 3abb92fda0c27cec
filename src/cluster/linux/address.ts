/** IPv4 addresses are signed 32-bit numbers inside `linux/` (V8 keeps those without a box), dotted text outside. */

/** `192.168.0.11` -> 0xc0a8000b | 0. Returns undefined for anything that is not four decimal octets. */
export function parseAddress(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    if (!/^\d{1,3}$/.test(octet)) return undefined;
    const n = Number(octet);
    if (n > 255) return undefined;
    value = (value << 8) | n;
  }
  return value;
}

/** Like `parseAddress`; throws RangeError, for addresses that the simulator itself wrote or the API server checked. */
export function address(text: string): number {
  const value = parseAddress(text);
  if (value === undefined) throw new RangeError(`not an IPv4 address: ${text}`);
  return value;
}

export function formatAddress(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** A block of addresses. */
export interface Prefix {
  readonly network: number;
  readonly mask: number;
  readonly length: number;
}

/** 24 -> 255.255.255.0 */
export function maskOf(length: number): number {
  return length === 0 ? 0 : -1 << (32 - length);
}

/** `10.244.0.0/16`, or an address alone (a /32). Host bits are cleared. Undefined when it is not IPv4. */
function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  const value = parseAddress(slash < 0 ? text : text.slice(0, slash));
  const length = slash < 0 ? 32 : Number(text.slice(slash + 1));
  if (value === undefined || !Number.isInteger(length) || length < 0 || length > 32) return undefined;
  const mask = maskOf(length);
  return { network: value & mask, mask, length };
}

/** Like `parsePrefix`; throws RangeError. */
export function prefix(text: string): Prefix {
  const value = parsePrefix(text);
  if (!value) throw new RangeError(`not an IPv4 prefix: ${text}`);
  return value;
}

export function formatPrefix(value: Prefix): string {
  return `${formatAddress(value.network)}/${value.length}`;
}

export function contains(block: Prefix, value: number): boolean {
  return (value & block.mask) === block.network;
}

export const LOOPBACK: Prefix = { network: 0x7f000000, mask: maskOf(8), length: 8 };
