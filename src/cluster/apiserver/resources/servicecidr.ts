import { invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { validateCIDR } from '../../apimachinery/ip';
import { deepEqual } from '../../apimachinery/json';
import { dns1123Subdomain } from '../../apimachinery/names';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, keyedList, list, string, struct } from '../schema';
import { age } from '../table';

export const serviceCIDRs: ResourceDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  singular: 'servicecidr',
  namespaced: false,
  subresources: ['status'],
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
    return cidrs.flatMap((cidr, index) => validateCIDR(`spec.cidrs[${index}]`, cidr));
  },
  validateUpdate: (object, old) =>
    deepEqual(object.spec.cidrs, old.spec.cidrs) ? [] : [invalid('spec.cidrs', object.spec.cidrs, 'field is immutable')],
  columns: [nameColumn, column('CIDRs'), column('Age')],
  row: (cidr, now) => [cidr.metadata.name, (cidr.spec.cidrs ?? []).join(','), age(cidr, now)],
};
