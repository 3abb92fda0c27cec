import { deepEqual } from '../../apimachinery/json';
import { invalid, notSupported, required } from '../../apimachinery/fielderror';
import { dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, boolean, int32, list, string, stringMap, struct } from '../schema';
import { age } from '../table';

const SHOWN = 3;
const ADDRESS_TYPES = ['IPv4', 'IPv6', 'FQDN'];

function firstOf(values: string[]): string {
  if (values.length === 0) return '<unset>';
  const shown = values.slice(0, SHOWN).join(',');
  return values.length > SHOWN ? `${shown} + ${values.length - SHOWN} more...` : shown;
}

export const endpointSlices: ResourceDefinition = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  generation: true,
  schema: objectSchema('EndpointSlice', {
    addressType: string,
    endpoints: list(
      struct('Endpoint', {
        addresses: list(string),
        conditions: struct('EndpointConditions', { ready: boolean, serving: boolean, terminating: boolean }),
        hostname: string,
        targetRef: any,
        deprecatedTopology: stringMap,
        nodeName: string,
        zone: string,
        hints: any,
      }),
    ),
    ports: list(struct('EndpointPort', { name: string, protocol: string, port: int32, appProtocol: string })),
  }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    for (const port of object.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
    for (const endpoint of object.endpoints ?? []) endpoint.conditions ??= {};
    object.endpoints ??= null;
    object.ports ??= null;
  },
  validate(object) {
    if (!object.addressType) return [required('addressType')];
    if (!ADDRESS_TYPES.includes(object.addressType)) return [notSupported('addressType', object.addressType, ADDRESS_TYPES)];
    return (object.endpoints ?? []).flatMap((endpoint: Json, index: number) =>
      endpoint.addresses?.length ? [] : [required(`endpoints[${index}].addresses`, 'must contain at least 1 address')],
    );
  },
  validateUpdate: (object, old) =>
    deepEqual(object.addressType, old.addressType) ? [] : [invalid('addressType', object.addressType, 'field is immutable')],
  columns: [nameColumn, column('AddressType'), column('Ports'), column('Endpoints'), column('Age')],
  row: (slice, now) => [
    slice.metadata.name,
    slice.addressType,
    firstOf((slice.ports ?? []).map((port: Json) => (port.port === undefined ? '*' : String(port.port)))),
    firstOf((slice.endpoints ?? []).flatMap((endpoint: Json) => endpoint.addresses)),
    age(slice, now),
  ],
};
