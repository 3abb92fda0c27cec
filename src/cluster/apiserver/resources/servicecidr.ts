import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { familyOfCIDR, validateCanonicalCIDR } from '../../apimachinery/ip';
import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, keyedList, list, string, struct } from '../schema';
import { age } from '../table';

const IMMUTABLE = 'field is immutable';
const ONE_OF_EACH = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';

/** Upstream: validateServiceCIDRSpec. */
function validateCIDRs(cidrs: readonly string[]): FieldError[] {
  if (cidrs.length === 0) return [required('spec.cidrs', 'at least one CIDR required')];
  if (cidrs.length > 2) return [invalid('spec.cidrs', { CIDRs: cidrs }, 'may only hold up to 2 values')];
  const errors = cidrs.flatMap((cidr, index) => validateCanonicalCIDR(`spec.cidrs[${index}]`, cidr));
  const [family, other] = cidrs.map(familyOfCIDR);
  if (family !== undefined && family === other) errors.push(invalid('spec.cidrs', cidrs, ONE_OF_EACH));
  return errors;
}

/** A second family may be added; nothing else may change. Upstream: ValidateServiceCIDRUpdate. */
function validateCIDRsUpdate(cidrs: readonly string[], old: readonly string[]): FieldError[] {
  const grows = old.length === 1 && cidrs.length === 2;
  if (!grows && cidrs.length !== old.length) return [invalid('spec.cidrs', cidrs.length > 0 ? cidrs : null, IMMUTABLE)];
  const changed = old.flatMap((cidr, i) => (cidr === cidrs[i] ? [] : [invalid(`spec.cidrs[${i}]`, cidrs[i]!, IMMUTABLE)]));
  return grows ? [...changed, ...validateCIDRs(cidrs)] : changed;
}

export const serviceCIDRs: ResourceDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  singular: 'servicecidr',
  namespaced: false,
  subresources: ['status'],
  statusKeeps: ['labels', 'annotations', 'ownerReferences', 'finalizers'],
  generation: false,
  schema: objectSchema('ServiceCIDR', {
    spec: struct('ServiceCIDRSpec', { cidrs: list(string) }),
    status: struct('ServiceCIDRStatus', { conditions: keyedList({ type: undefined }, any) }),
  }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    object.spec ??= {};
    object.status ??= {};
  },
  validate: (object, old) => (old ? [] : validateCIDRs(object.spec.cidrs ?? [])),
  validateUpdate: (object, old) => validateCIDRsUpdate(object.spec.cidrs ?? [], old.spec.cidrs ?? []),
  columns: [nameColumn, column('CIDRs'), column('Age')],
  row: (cidr, now) => [cidr.metadata.name, (cidr.spec.cidrs ?? []).join(','), age(cidr, now)],
};
