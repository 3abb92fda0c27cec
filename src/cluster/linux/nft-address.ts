import { type Prefix, formatAddress, parseAddress, prefix } from './address';
import type { AddressRange, AddressSet } from './nft-rule';

const FULL = 32;

function rangeOf({ network, length }: Prefix): AddressRange {
  const from = network >>> 0;
  return { from, to: from + 2 ** (FULL - length) - 1 };
}

/**
 * A set of blocks as nft keeps it: in order, without duplicates, overlapping and adjacent blocks as one. Single addresses alone are
 * not joined; one block alone loses its braces. nft: src/intervals.c, set_automerge; src/evaluate.c, expr_evaluate_set
 */
export function addressSet(blocks: readonly Prefix[]): AddressSet {
  const sorted = blocks.map(rangeOf).sort((a, b) => a.from - b.from || b.to - a.to);
  const intervals = sorted.some(({ from, to }) => from !== to);
  const ranges: AddressRange[] = [];
  for (const range of sorted) {
    const last = ranges.at(-1);
    const joins = last && range.from <= last.to + (intervals ? 1 : 0);
    if (joins) ranges[ranges.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else ranges.push(range);
  }
  return { braces: blocks.length > 1, ranges };
}

export function isAmong({ ranges }: AddressSet, address: number): boolean {
  const value = address >>> 0;
  for (const { from, to } of ranges) if (value >= from && value <= to) return true;
  return false;
}

/** `192.0.2.7`, `10.0.0.0/8`, `9.9.9.0-9.9.10.255` */
function formatRange({ from, to }: AddressRange): string {
  if (from === to) return formatAddress(from | 0);
  const size = to - from + 1;
  const length = FULL - Math.log2(size);
  if (Number.isInteger(length) && from % size === 0) return `${formatAddress(from | 0)}/${length}`;
  return `${formatAddress(from | 0)}-${formatAddress(to | 0)}`;
}

export function formatAddressSet({ braces, ranges }: AddressSet): string {
  const text = ranges.map(formatRange).join(', ');
  return braces ? `{ ${text} }` : text;
}

/** Reads what `formatAddressSet` writes, or a list as somebody types it. Throws RangeError on anything but IPv4. */
export function parseAddressSet(items: readonly string[]): AddressSet {
  if (items.some((item) => item.includes('-'))) {
    const ranges = items.map((item) => {
      const [first = '', last] = item.split('-');
      if (last === undefined) return rangeOf(prefix(item));
      const [from, to] = [parseAddress(first), parseAddress(last)];
      if (from === undefined || to === undefined) throw new RangeError(`not an IPv4 range: ${item}`);
      return { from: from >>> 0, to: to >>> 0 };
    });
    return { braces: items.length > 1, ranges: ranges.sort((a, b) => a.from - b.from) };
  }
  return addressSet(items.map(prefix));
}
