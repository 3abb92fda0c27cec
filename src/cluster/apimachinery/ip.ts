import { invalid, type FieldError } from './fielderror';

const NOT_AN_ADDRESS = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const NOT_A_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

/** An IP address as it was written. Upstream: netutils.ParseIPSloppy beside netip.ParseAddr. */
interface Address {
  /** Four bytes, or eight groups of 16 bits. */
  parts: readonly number[];
  /** Numbers with more digits than they need, which the sloppy way of reading lets pass. */
  leadingZeros: boolean;
}

/** Bits of one part. */
const widthOf = ({ parts }: Address): number => (parts.length === 4 ? 8 : 16);

/** An IPv4 address in IPv6's clothes: `::ffff:1.2.3.4`. */
const isMapped = ({ parts }: Address): boolean =>
  parts.length === 8 && parts[5] === 0xffff && parts.slice(0, 5).every((part) => part === 0);

function parseIPv4(text: string): Address | undefined {
  const numbers = text.split('.');
  if (numbers.length !== 4 || !numbers.every((number) => /^\d+$/.test(number) && Number(number) <= 255)) return undefined;
  return { parts: numbers.map(Number), leadingZeros: numbers.some((number) => number.length > 1 && number.startsWith('0')) };
}

function parseIPv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  let leadingZeros = false;
  const read = (half: string, last: boolean): number[] | undefined => {
    if (half === '') return [];
    const groups: number[] = [];
    const words = half.split(':');
    for (const [index, word] of words.entries()) {
      const tail = last && index === words.length - 1 && word.includes('.') ? parseIPv4(word) : undefined;
      if (tail) {
        const [a, b, c, d] = tail.parts as [number, number, number, number];
        groups.push(a * 256 + b, c * 256 + d);
        leadingZeros ||= tail.leadingZeros;
      } else if (!/^[0-9a-f]+$/i.test(word) || parseInt(word, 16) > 0xffff) return undefined;
      else {
        groups.push(parseInt(word, 16));
        leadingZeros ||= word.length > 4;
      }
    }
    return groups;
  };
  const head = read(halves[0]!, halves.length === 1);
  const rest = halves.length === 2 ? read(halves[1]!, true) : [];
  if (!head || !rest) return undefined;
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return { parts: [...head, ...Array<number>(missing).fill(0), ...rest], leadingZeros };
}

const parseAddress = (text: string): Address | undefined => (text.includes(':') ? parseIPv6(text) : parseIPv4(text));

/** The one way of writing an address (RFC 5952). Upstream: net.IP.String. */
function canonical(address: Address): string {
  const { parts } = address;
  if (parts.length === 4) return parts.join('.');
  if (isMapped(address)) return [6, 7].flatMap((i) => [parts[i]! >> 8, parts[i]! & 255]).join('.');
  let [start, length] = [0, 1];
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && parts[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':');
  return length < 2 ? hex(parts) : `${hex(parts.slice(0, start))}::${hex(parts.slice(start + length))}`;
}

/** `HOST:PORT` as Go writes it, with brackets around an IPv6 address. Upstream: net.JoinHostPort. */
export function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The one way of writing an address; the text itself when it is none. */
export function canonicalAddress(text: string): string {
  const address = parseAddress(text);
  return address ? canonical(address) : text;
}

/** What is wrong with an IP address in a field; nothing when it is one. Upstream: validation.IsValidIPForLegacyField. */
export function validateAddress(field: string, text: string): FieldError[] {
  const address = parseAddress(text);
  if (!address) return [invalid(field, text, NOT_AN_ADDRESS)];
  if (address.leadingZeros) return [invalid(field, text, 'must not have leading 0s')];
  return isMapped(address) ? [invalid(field, text, 'must not be an IPv4-mapped IPv6 address')] : [];
}

/** As `validateAddress`, and it must be written in the one canonical way. Upstream: validation.IsValidIP. */
export function validateCanonicalAddress(field: string, text: string): FieldError[] {
  const errors = validateAddress(field, text);
  if (errors.length > 0) return errors;
  const form = canonical(parseAddress(text)!);
  return form === text ? [] : [invalid(field, text, `must be in canonical form (${JSON.stringify(form)})`)];
}

/** Addresses that no endpoint and no external IP may have. Upstream: pkg/apis/core/validation ValidateEndpointIP. */
export function validateEndpointAddress(field: string, text: string): FieldError[] {
  const address = parseAddress(text);
  if (!address) return [invalid(field, text, 'must be a valid IP address')];
  const [a = 0, b = 0, c = 0] = isMapped(address) ? parseIPv4(canonical(address))!.parts : address.parts;
  const is4 = address.parts.length === 4 || isMapped(address);
  const loopback = is4 ? a === 127 : canonical(address) === '::1';
  const linkLocal = is4 ? a === 169 && b === 254 : (a & 0xffc0) === 0xfe80;
  const multicast = is4 ? a === 224 && b === 0 && c === 0 : (a & 0xff0f) === 0xff02;
  const wrong = [
    address.parts.every((part) => part === 0) && `may not be unspecified (${text})`,
    loopback && 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
    linkLocal && 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    multicast && 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  ];
  return wrong.flatMap((detail) => (detail ? [invalid(field, text, detail)] : []));
}

/** Warnings for an address that is written in another than the canonical way. Upstream: validation.GetWarningsForIP. */
export function addressWarnings(field: string, text: string): string[] {
  const address = parseAddress(text);
  if (!address) return [];
  const [given, form] = [JSON.stringify(text), JSON.stringify(canonical(address))];
  if (address.leadingZeros || isMapped(address)) return [`${field}: non-standard IP address ${given} is invalid: use ${form}`];
  return form === given ? [] : [`${field}: IPv6 address ${given} should be in RFC 5952 canonical format (${form})`];
}

/** A network such as `10.0.0.0/8`, with no bits set behind its prefix. Upstream: validation.IsValidCIDRForLegacyField. */
export function validateCIDR(field: string, cidr: string): FieldError[] {
  const [address, bits] = parseNetwork(cidr) ?? [];
  if (!address || bits === undefined) return [invalid(field, cidr, NOT_A_CIDR)];
  const wrong = (detail: string) => [invalid(field, cidr, detail)];
  if (address.leadingZeros || /\/0\d/.test(cidr)) return wrong('must not have leading 0s in IP or prefix length');
  if (isMapped(address)) return wrong('must not have an IPv4-mapped IPv6 address');
  return masked(address, bits).parts.every((part, i) => part === address.parts[i])
    ? []
    : wrong('must not have bits set beyond the prefix length');
}

/** As `validateCIDR`, and it must be written in the one canonical way. Upstream: validation.IsValidCIDR. */
export function validateCanonicalCIDR(field: string, cidr: string): FieldError[] {
  const errors = validateCIDR(field, cidr);
  if (errors.length > 0) return errors;
  const [address, bits] = parseNetwork(cidr)!;
  const form = `${canonical(address)}/${bits}`;
  return form === cidr ? [] : [invalid(field, cidr, `must be in canonical form (${JSON.stringify(form)})`)];
}

/** The family of a network; undefined when it is none. Upstream: netutils.IPFamilyOfCIDRString. */
export function familyOfCIDR(cidr: string): 'IPv4' | 'IPv6' | undefined {
  const [address] = parseNetwork(cidr) ?? [];
  return address && (address.parts.length === 4 ? 'IPv4' : 'IPv6');
}

/** Upstream: netutils.ParseCIDRSloppy. */
function parseNetwork(cidr: string): [Address, number] | undefined {
  const [text = '', bits = '', ...more] = cidr.split('/');
  const address = parseAddress(text);
  if (!address || more.length > 0 || !/^\d+$/.test(bits) || Number(bits) > (address.parts.length === 4 ? 32 : 128))
    return undefined;
  return [address, Number(bits)];
}

function masked(address: Address, bits: number): Address {
  const width = widthOf(address);
  const parts = address.parts.map((part, i) => {
    const kept = Math.min(width, Math.max(0, bits - i * width));
    return part - (part % 2 ** (width - kept));
  });
  return { ...address, parts };
}
