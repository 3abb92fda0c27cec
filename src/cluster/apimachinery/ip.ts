import { invalid, type FieldError } from './fielderror';

const NOT_AN_ADDRESS = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const NOT_A_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;

/** What is wrong with an IP address in a field; nothing when it is one. IPv6 is only looked at roughly: no cluster here has it. */
export function validateAddress(field: string, address: string): FieldError[] {
  if (IPV6.test(address)) return [];
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return [invalid(field, address, NOT_AN_ADDRESS)];
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) return [invalid(field, address, 'must not have leading 0s')];
  return [];
}

/** Addresses that no endpoint and no external IP may have. Upstream: pkg/apis/core/validation ValidateEndpointIP. */
export function validateEndpointAddress(field: string, address: string): FieldError[] {
  const errors = validateAddress(field, address);
  if (errors.length > 0 || address.includes(':')) return errors;
  const [a, b, c] = address.split('.').map(Number);
  if (address === '0.0.0.0') errors.push(invalid(field, address, 'may not be unspecified (0.0.0.0)'));
  if (a === 127) errors.push(invalid(field, address, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  if (a === 169 && b === 254)
    errors.push(invalid(field, address, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  if (a === 224 && b === 0 && c === 0) {
    errors.push(invalid(field, address, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
  return errors;
}

/** A network such as `10.0.0.0/8`, with no bits set behind its prefix. */
export function validateCIDR(field: string, cidr: string): FieldError[] {
  const [address = '', bits, ...more] = cidr.trim().split('/');
  if (more.length > 0 || bits === undefined || !/^\d{1,3}$/.test(bits)) return [invalid(field, cidr, NOT_A_CIDR)];
  if (IPV6.test(address)) return Number(bits) <= 128 ? [] : [invalid(field, cidr, NOT_A_CIDR)];
  if (Number(bits) > 32 || validateAddress(field, address).length > 0) return [invalid(field, cidr, NOT_A_CIDR)];
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return value % 2 ** (32 - Number(bits)) === 0 ? [] : [invalid(field, cidr, 'must not have bits set beyond the prefix length')];
}
