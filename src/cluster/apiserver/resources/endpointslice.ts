import { deepEqual } from '../../apimachinery/json';
import { duplicate, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { validateEndpointAddress } from '../../apimachinery/ip';
import { dns1123Label, dns1123Subdomain, qualifiedName } from '../../apimachinery/names';
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

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const MAX_ADDRESSES = 100;

function validateEndpoint(endpoint: Json, addressType: string, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const addresses: string[] = endpoint.addresses ?? [];
  if (addresses.length === 0) errors.push(required(`${field}.addresses`, 'must contain at least 1 address'));
  else if (addresses.length > MAX_ADDRESSES) {
    errors.push({
      type: 'FieldValueTooMany',
      field: `${field}.addresses`,
      value: addresses.length,
      detail: `must have at most ${MAX_ADDRESSES} items`,
    });
  }
  addresses.forEach((address, index) => {
    const where = `${field}.addresses[${index}]`;
    if (addressType === 'FQDN') errors.push(...dns1123Subdomain(address).map((message) => invalid(where, address, message)));
    else if (addressType === 'IPv4' && address.includes(':')) errors.push(invalid(where, address, 'must be an IPv4 address'));
    else if (addressType === 'IPv6' && !address.includes(':')) errors.push(invalid(where, address, 'must be an IPv6 address'));
    else errors.push(...validateEndpointAddress(where, address));
  });
  const { nodeName, hostname } = endpoint;
  if (nodeName !== undefined) errors.push(...dns1123Subdomain(nodeName).map((m) => invalid(`${field}.nodeName`, nodeName, m)));
  if (hostname !== undefined) errors.push(...dns1123Label(hostname).map((m) => invalid(`${field}.hostname`, hostname, m)));
  return errors;
}

function validatePorts(ports: readonly Json[]): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const field = `ports[${index}]`;
    const errors: FieldError[] = [];
    if (port.name) errors.push(...dns1123Label(port.name).map((message) => invalid(`${field}.name`, port.name, message)));
    if (names.has(port.name)) errors.push(duplicate(`${field}.name`, port.name));
    names.add(port.name);
    if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${field}.protocol`, port.protocol, PROTOCOLS));
    if (port.appProtocol !== undefined) {
      errors.push(...qualifiedName(port.appProtocol).map((m) => invalid(`${field}.appProtocol`, port.appProtocol, m)));
    }
    return errors;
  });
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
    return [
      ...(object.endpoints ?? []).flatMap((endpoint: Json, index: number) =>
        validateEndpoint(endpoint, object.addressType, `endpoints[${index}]`),
      ),
      ...validatePorts(object.ports ?? []),
    ];
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
