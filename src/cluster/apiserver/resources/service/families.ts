import { duplicate, invalid, notSupported, required, type FieldError } from '../../../apimachinery/fielderror';
import { validateAddress } from '../../../apimachinery/ip';
import { deepEqual } from '../../../apimachinery/json';
import type { Json } from '../../../apimachinery/object';
import { hasSelector, isHeadless, needsClusterIP } from './needs';

const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const FAMILIES = ['IPv4', 'IPv6'];
/** What `--service-cluster-ip-range` has an address range of. */
const CONFIGURED = ['IPv4'];

const familyOf = (address: string): string => (address.includes(':') ? 'IPv6' : 'IPv4');
const otherFamily = (family: string): string => (family === 'IPv4' ? 'IPv6' : 'IPv4');
const sameList = (a: Json, b: Json): boolean => deepEqual(a ?? [], b ?? []);

/**
 * Checks the IP families of a Service against a cluster that has IPv4 only, and fills them in. Changes `spec`.
 * Upstream: pkg/registry/core/service/storage/alloc.go initIPFamilyFields.
 */
export function settleFamilies(spec: Json, before: Json | undefined): FieldError[] {
  if (!needsClusterIP(spec) || (before && staysPreferDualStack(spec, before))) return [];
  // a headless Service without selector may have endpoints of any family, so upstream asks for both
  spec.ipFamilyPolicy ??= before?.ipFamilyPolicy ?? (isHeadless(spec) && !hasSelector(spec) ? 'RequireDualStack' : 'SingleStack');
  const malformed = validateClusterIPs(spec);
  if (malformed.length > 0) return malformed;

  const errors = [...(before ? releaseErrors(spec, before) : []), ...singleStackErrors(spec)];
  for (const [index, address] of ((spec.clusterIPs ?? []) as string[]).entries()) {
    if (address === 'None') break;
    if (index < (spec.ipFamilies ?? []).length) continue;
    const family = familyOf(address);
    if (CONFIGURED.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else errors.push(invalid(`spec.clusterIPs[${index}]`, spec.clusterIPs, `${family} is not configured on this cluster`));
  }
  if (errors.length > 0) return errors;

  if (isHeadless(spec) && !hasSelector(spec)) {
    const families: string[] = spec.ipFamilies?.length ? spec.ipFamilies : ['IPv4'];
    const wantsBoth = families.length < 2 && spec.ipFamilyPolicy !== 'SingleStack';
    spec.ipFamilies = wantsBoth ? [...families, otherFamily(families[0]!)] : families;
    return [];
  }
  if (spec.ipFamilyPolicy === 'RequireDualStack')
    errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, 'this cluster is not configured for dual-stack services'));
  for (const [index, family] of ((spec.ipFamilies ?? []) as string[]).entries())
    if (!CONFIGURED.includes(family)) errors.push(invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'));
  if (errors.length === 0 && !spec.ipFamilies?.length) spec.ipFamilies = ['IPv4'];
  return errors;
}

/** Nothing is settled anew for a Service that prefers two families and says nothing new. Upstream: isMatchingPreferDualStackClusterIPFields. */
function staysPreferDualStack(spec: Json, before: Json): boolean {
  return (
    spec.type === before.type &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    (before.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    sameList(spec.clusterIPs, before.clusterIPs) &&
    sameList(spec.ipFamilies, before.ipFamilies)
  );
}

/** A second address or family goes only by asking for a single one; that alone is enough. Changes `spec`. */
function releaseErrors(spec: Json, before: Json): FieldError[] {
  const parts = [
    ['clusterIPs', 'cluster IP'],
    ['ipFamilies', 'IP family'],
  ] as const;
  const errors: FieldError[] = [];
  for (const [field, name] of parts) {
    const [now, then]: [string[], string[]] = [spec[field] ?? [], before[field] ?? []];
    if (spec.ipFamilyPolicy === 'SingleStack') {
      if (sameList(now, then) && now.length > 1) spec[field] = now.slice(0, 1);
    } else if (now.length > 0 && now.length < then.length)
      errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, `must be 'SingleStack' to release the secondary ${name}`));
  }
  return errors;
}

function singleStackErrors({ ipFamilyPolicy, clusterIPs = [], ipFamilies = [] }: Json): FieldError[] {
  if (ipFamilyPolicy !== 'SingleStack') return [];
  const many = (what: string) =>
    invalid(
      'spec.ipFamilyPolicy',
      ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [...(clusterIPs.length === 2 ? [many('cluster IPs')] : []), ...(ipFamilies.length === 2 ? [many('IP families')] : [])];
}

/**
 * Whether clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy go together.
 * Upstream: pkg/apis/core/validation ValidateServiceClusterIPsRelatedFields.
 */
export function validateClusterIPs(spec: Json): FieldError[] {
  if (!needsClusterIP(spec)) return [];
  const errors: FieldError[] = [];
  const [addresses, families]: [string[], string[]] = [spec.clusterIPs ?? [], spec.ipFamilies ?? []];
  const field = 'spec.clusterIPs';
  if (spec.clusterIP) {
    if (addresses.length === 0) errors.push(required(field));
    else if (addresses[0] !== spec.clusterIP) errors.push(invalid(field, addresses, 'first value must match `clusterIP`'));
  } else if (addresses.length > 0) errors.push(invalid(field, addresses, 'must be empty when `clusterIP` is not specified'));

  families.forEach((family, index) => {
    if (!FAMILIES.includes(family)) errors.push(notSupported(`spec.ipFamilies[${index}]`, family, FAMILIES));
    if (families.indexOf(family) < index) errors.push(duplicate(`spec.ipFamilies[${index}]`, family));
  });
  if (spec.ipFamilyPolicy !== undefined && !POLICIES.includes(spec.ipFamilyPolicy))
    errors.push(notSupported('spec.ipFamilyPolicy', spec.ipFamilyPolicy, POLICIES));

  const malformed = addresses.flatMap((address, index) => {
    if (index > 0 || address !== 'None') return validateAddress(`${field}[${index}]`, address);
    return addresses.length > 1 ? [invalid(field, addresses, "'None' must be the first and only value")] : [];
  });
  errors.push(...malformed);
  if (addresses.length > 2) errors.push(invalid(field, addresses, 'may only hold up to 2 values'));
  if (malformed.length > 0) return errors;

  // two families, and nothing that there is twice of
  if (addresses.length > 1 && new Set(addresses.map(familyOf)).size < 2)
    errors.push(invalid(field, addresses, 'may specify no more than one IP for each IP family'));
  if (isHeadless(spec)) return errors;
  addresses.forEach((address, index) => {
    const family = families[index];
    if (family !== undefined && FAMILIES.includes(family) && familyOf(address) !== family)
      errors.push(invalid(`${field}[${index}]`, address, `expected an ${family} value as indicated by \`ipFamilies[${index}]\``));
  });
  return errors;
}

/** What may become of addresses that a Service has. Upstream: validateUpgradeDowngradeClusterIPs. */
export function validateClusterIPsUpdate(spec: Json, before: Json): FieldError[] {
  if (!needsClusterIP(spec) || !needsClusterIP(before) || (isHeadless(spec) && isHeadless(before))) return [];
  const [now, then]: [string[], string[]] = [spec.clusterIPs ?? [], before.clusterIPs ?? []];
  const changed = (index: number) => invalid(`spec.clusterIPs[${index}]`, now, 'may not change once set');
  if (now.length === then.length) return then.flatMap((address, index) => (address === now[index] ? [] : [changed(index)]));
  if (now.length === 0) return [invalid('spec.clusterIPs[0]', now, 'primary clusterIP can not be unset')];
  const errors = then.length > 0 && now[0] !== then[0] ? [changed(0)] : [];
  if (then.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
    errors.push(releasing(spec, 'clusterIP'));
  return errors;
}

/** What may become of the families that a Service has. Upstream: validateUpgradeDowngradeIPFamilies. */
export function validateFamiliesUpdate(spec: Json, before: Json): FieldError[] {
  if (!needsClusterIP(spec) || !needsClusterIP(before) || isHeadless(spec) || isHeadless(before)) return [];
  const [now, then]: [string[], string[]] = [spec.ipFamilies ?? [], before.ipFamilies ?? []];
  const field = 'spec.ipFamilies[0]';
  if (now.length === then.length)
    return then.flatMap((family, index) => (family === now[index] ? [] : [invalid(field, now, 'may not change once set')]));
  const errors: FieldError[] = [];
  if (then.length > now.length && !spec.clusterIPs?.length) errors.push(invalid(field, now, 'primary ipFamily can not be unset'));
  // upstream shows the addresses here
  if (now.length > 0 && then.length > 0 && now[0] !== then[0])
    errors.push(invalid(field, spec.clusterIPs ?? null, 'may not change once set'));
  if (then.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
    errors.push(releasing(spec, 'ipFamily'));
  return errors;
}

const releasing = ({ ipFamilyPolicy }: Json, what: string): FieldError =>
  invalid('spec.ipFamilyPolicy', ipFamilyPolicy ?? null, `must be set to 'SingleStack' when releasing the secondary ${what}`);
