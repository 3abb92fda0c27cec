/** IPv4 addresses are signed 32-bit numbers inside `linux/` (V8 keeps those without a box), dotted text outside. */

/** `192.168.0.11` -> 0xc0a8000b | 0. Returns undefined for anything that is not four decimal octets. */
export function parseAddress(text: string): number | undefined {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 48;
    if (code >= 0 && code <= 9 && digits < 3) {
      octet = octet * 10 + code;
      digits++;
    } else if (code === DOT && digits > 0 && octet < 256 && dots < 3) {
      value = (value << 8) | octet;
      octet = digits = 0;
      dots++;
    } else return undefined;
  }
  return dots === 3 && digits > 0 && octet < 256 ? (value << 8) | octet : undefined;
}

/** What stands between octets, counted from the code of `0`. */
const DOT = '.'.charCodeAt(0) - 48;

/** Like `parseAddress`; throws RangeError, for addresses that the simulator itself wrote or the API server checked. */
export function address(text: string): number {
  const value = parseAddress(text);
  if (value === undefined) throw new RangeError(`not an IPv4 address: ${text}`);
  return value;
}

/** Addresses that were written lately: the same few are written again and again. */
const written = new Map<number, string>();
const MAX_WRITTEN = 10_000;

export function formatAddress(value: number): string {
  let text = written.get(value);
  if (text === undefined) {
    text = `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
    if (written.size >= MAX_WRITTEN) written.clear();
    written.set(value, text);
  }
  return text;
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
