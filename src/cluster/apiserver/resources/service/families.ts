import { duplicate, invalid, notSupported, type FieldError } from '../../../apimachinery/fielderror';
import { validateAddress } from '../../../apimachinery/ip';
import type { Json } from '../../../apimachinery/object';
import { isHeadless, needsClusterIP } from './needs';

const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/**
 * Checks the IP families of a Service against a cluster that has IPv4 only, and fills them in. Changes `spec`.
 * Upstream: pkg/registry/core/service/storage/alloc.go initIPFamilyFields.
 */
export function settleFamilies(spec: Json, before: Json | undefined): FieldError[] {
  if (!needsClusterIP(spec)) return [];
  const addresses: string[] = spec.clusterIPs ?? [];
  const malformed = addresses.flatMap((address, index) =>
    address === 'None' ? [] : validateAddress(`spec.clusterIPs[${index}]`, address),
  );
  if (malformed.length > 0) return malformed;
  if (addresses.length > 0 && !spec.clusterIP) {
    const errors = [invalid('spec.clusterIPs', addresses, 'must be empty when `clusterIP` is not specified')];
    if (addresses.length > 1)
      errors.push(invalid('spec.clusterIPs', addresses, 'may specify no more than one IP for each IP family'));
    return errors;
  }
  if (addresses.length > 0 && spec.clusterIP !== addresses[0]) {
    return [invalid('spec.clusterIPs', addresses, 'first value must match `clusterIP`')];
  }
  const wrongPolicy = policyErrors(spec, before);
  const errors = wrongPolicy.length > 0 ? wrongPolicy : familyErrors(spec, addresses);
  if (errors.length > 0) return errors;
  if (before && needsClusterIP(before)) {
    spec.ipFamilies ??= before.ipFamilies;
    spec.ipFamilyPolicy ??= before.ipFamilyPolicy;
  }
  spec.ipFamilies ??= ['IPv4'];
  // a headless Service without selector may have endpoints of any family, so upstream asks for both
  spec.ipFamilyPolicy ??= isHeadless(spec) && !spec.selector && !before ? 'RequireDualStack' : 'SingleStack';
  if (spec.ipFamilyPolicy === 'RequireDualStack' && spec.ipFamilies.length === 1) spec.ipFamilies = ['IPv4', 'IPv6'];
  return [];
}

function policyErrors(spec: Json, before: Json | undefined): FieldError[] {
  const policy = spec.ipFamilyPolicy;
  if (policy === undefined) {
    return spec.ipFamilies?.length > 1 && new Set(spec.ipFamilies).size > 1
      ? [
          invalid(
            'spec.ipFamilyPolicy',
            'SingleStack',
            "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
          ),
        ]
      : [];
  }
  if (!POLICIES.includes(policy)) return [notSupported('spec.ipFamilyPolicy', policy, POLICIES)];
  const keeps = before?.ipFamilyPolicy === 'RequireDualStack' || (isHeadless(spec) && !spec.selector);
  return policy === 'RequireDualStack' && !keeps
    ? [invalid('spec.ipFamilyPolicy', policy, 'this cluster is not configured for dual-stack services')]
    : [];
}

function familyErrors(spec: Json, addresses: string[]): FieldError[] {
  const families: string[] = spec.ipFamilies ?? [];
  for (const [index, family] of families.entries()) {
    const field = `spec.ipFamilies[${index}]`;
    if (family !== 'IPv4' && family !== 'IPv6') return [notSupported(field, family, ['IPv4', 'IPv6'])];
    if (families.indexOf(family) < index) return [duplicate(field, family)];
    const address = addresses[index];
    if (address && address !== 'None' && address.includes(':') !== (family === 'IPv6')) {
      return [
        invalid(`spec.clusterIPs[${index}]`, address, `expected an ${family} value as indicated by \`ipFamilies[${index}]\``),
      ];
    }
    if (family === 'IPv6' && !(isHeadless(spec) && !spec.selector))
      return [invalid(field, family, 'not configured on this cluster')];
  }
  const six = addresses.findIndex((address) => address.includes(':'));
  return six >= 0 ? [invalid(`spec.clusterIPs[${six}]`, addresses, 'IPv6 is not configured on this cluster')] : [];
}
