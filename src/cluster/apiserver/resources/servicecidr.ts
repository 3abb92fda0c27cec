import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { validateCIDR } from '../../apimachinery/ip';
import { deepEqual } from '../../apimachinery/json';
import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, keyedList, list, string, struct } from '../schema';
import { age } from '../table';

const ONE_OF_EACH = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';

const isDualStack = (cidrs: readonly string[]): boolean =>
  cidrs.every((cidr) => validateCIDR('', cidr).length === 0) && cidrs[0]!.includes(':') !== cidrs[1]!.includes(':');

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
  validate(object): FieldError[] {
    const cidrs: string[] = object.spec.cidrs ?? [];
    if (cidrs.length === 0) return [required('spec.cidrs', 'at least one CIDR required')];
    const wrong = (detail: string) => [invalid('spec.cidrs', { CIDRs: cidrs }, detail)];
    if (cidrs.length > 2) return wrong('may only hold up to 2 values');
    if (cidrs.length === 2 && !isDualStack(cidrs)) return wrong(ONE_OF_EACH);
    return cidrs.flatMap((cidr, index) => validateCIDR(`spec.cidrs[${index}]`, cidr));
  },
  validateUpdate: (object, old) =>
    deepEqual(object.spec.cidrs, old.spec.cidrs) ? [] : [invalid('spec.cidrs', object.spec.cidrs, 'field is immutable')],
  columns: [nameColumn, column('CIDRs'), column('Age')],
  row: (cidr, now) => [cidr.metadata.name, (cidr.spec.cidrs ?? []).join(','), age(cidr, now)],
};
