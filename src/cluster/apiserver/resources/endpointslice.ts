import { deepEqual } from '../../apimachinery/json';
import { duplicate, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { validateAddress, validateCanonicalAddress, validateEndpointAddress } from '../../apimachinery/ip';
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, boolean, int32, list, string, stringMap, struct } from '../schema';
import { age } from '../table';

const SHOWN = 3;
const ADDRESS_TYPES = ['IPv4', 'IPv6', 'FQDN'];

function firstOf(values: string[]): string {
  const shown = values.slice(0, SHOWN).join(',') || '<unset>';
  return values.length > SHOWN ? `${shown} + ${values.length - SHOWN} more...` : shown;
}

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const MAX_ADDRESSES = 100;
const MAX_ENDPOINTS = 1000;
/** The API's documentation says 100; the code has let more through since 1.22. */
const MAX_PORTS = 20_000;
const MAX_HINTS = 8;

const tooMany = (field: string, count: number, most: number): FieldError => ({
  type: 'FieldValueTooMany',
  field,
  value: count,
  detail: `must have at most ${most} items`,
});

/** Upstream: validation.IsFullyQualifiedDomainName. */
function validateDomain(field: string, address: string): FieldError[] {
  if (!address) return [required(field)];
  const name = address.replace(/\.$/, '');
  const messages = dns1123Subdomain(name);
  if (messages.length > 0) return [invalid(field, name, messages.join(','))];
  const labels = name.split('.');
  if (labels.length < 2) return [invalid(field, name, 'should be a domain with at least two segments separated by dots')];
  const wrong = labels.find((label) => dns1123Label(label).length > 0);
  return wrong === undefined ? [] : [invalid(field, wrong, dns1123Label(wrong).join(','))];
}

/** Upstream: validateHints. */
function validateHints(hints: Json, field: string): FieldError[] {
  const check = (list: readonly Json[], path: string, rule: (name: string) => string[]): FieldError[] => {
    if (list.length > MAX_HINTS) return [tooMany(path, list.length, MAX_HINTS)];
    return list.flatMap(({ name = '' }, index) => [
      ...(list.findIndex((other) => (other.name ?? '') === name) < index ? [duplicate(`${path}[${index}].name`, name)] : []),
      ...rule(name).map((message) => invalid(`${path}[${index}].name`, name, message)),
    ]);
  };
  return [
    ...check(hints.forZones ?? [], `${field}.forZones`, labelValue),
    ...check(hints.forNodes ?? [], `${field}.forNodes`, dns1123Subdomain),
  ];
}

function validateEndpoint(endpoint: Json, addressType: string, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const addresses: string[] = endpoint.addresses ?? [];
  if (addresses.length === 0) errors.push(required(`${field}.addresses`, 'must contain at least 1 address'));
  else if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(`${field}.addresses`, addresses.length, MAX_ADDRESSES));
  addresses.forEach((address, index) => {
    const where = `${field}.addresses[${index}]`;
    if (addressType === 'FQDN') errors.push(...validateDomain(where, address));
    if (addressType !== 'IPv4' && addressType !== 'IPv6') return;
    const malformed = (addressType === 'IPv4' ? validateAddress : validateCanonicalAddress)(where, address);
    errors.push(...malformed);
    if (malformed.length > 0) return;
    if (address.includes(':') !== (addressType === 'IPv6'))
      errors.push(invalid(`${field}.addresses`, address, `must be an ${addressType} address`));
    errors.push(...validateEndpointAddress(where, address));
  });
  const { nodeName, hostname } = endpoint;
  if (nodeName !== undefined) errors.push(...dns1123Subdomain(nodeName).map((m) => invalid(`${field}.nodeName`, nodeName, m)));
  if (hostname !== undefined) errors.push(...dns1123Label(hostname).map((m) => invalid(`${field}.hostname`, hostname, m)));
  if (endpoint.hints) errors.push(...validateHints(endpoint.hints, `${field}.hints`));
  return errors;
}

function validatePorts(ports: readonly Json[]): FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany('ports', ports.length, MAX_PORTS)];
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

function validateAddressType(addressType: string): FieldError[] {
  if (!addressType) return [required('addressType')];
  return ADDRESS_TYPES.includes(addressType) ? [] : [notSupported('addressType', addressType, ADDRESS_TYPES)];
}

function validateEndpoints(endpoints: readonly Json[], addressType: string): FieldError[] {
  if (endpoints.length > MAX_ENDPOINTS) return [tooMany('endpoints', endpoints.length, MAX_ENDPOINTS)];
  return endpoints.flatMap((endpoint, index) => validateEndpoint(endpoint, addressType, `endpoints[${index}]`));
}

const named = (name: string) => list(struct(name, { name: string }));

export const endpointSlices: ResourceDefinition = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  generation: 'labels too',
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
        hints: struct('EndpointHints', { forZones: named('ForZone'), forNodes: named('ForNode') }),
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
    for (const endpoint of object.endpoints ?? []) {
      endpoint.conditions ??= {};
      // what is written to it through v1 is dropped (dropTopologyOnV1)
      if (endpoint.deprecatedTopology !== undefined) delete endpoint.deprecatedTopology;
    }
    // an empty list is none in the server's storage
    if (!object.endpoints?.length) object.endpoints = null;
    if (!object.ports?.length) object.ports = null;
  },
  validate(object, old) {
    const { addressType = '', endpoints, ports } = object;
    // endpoints that stay as they are are not looked at again: older servers let more pass
    const unchanged = old && deepEqual(old.endpoints ?? [], endpoints ?? []);
    return [
      ...validateAddressType(addressType),
      ...validatePorts(ports ?? []),
      ...(unchanged ? [] : validateEndpoints(endpoints ?? [], addressType)),
    ];
  },
  warnings: ({ addressType }, old) => (!old && addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : []),
  validateUpdate: (object, old) =>
    deepEqual(object.addressType, old.addressType)
      ? []
      : [invalid('addressType', object.addressType ?? '', 'field is immutable')],
  columns: [nameColumn, column('AddressType'), column('Ports'), column('Endpoints'), column('Age')],
  row: (slice, now) => [
    slice.metadata.name,
    slice.addressType,
    firstOf((slice.ports ?? []).map((port: Json) => String(port.port ?? port.name))),
    firstOf((slice.endpoints ?? []).flatMap((endpoint: Json) => endpoint.addresses)),
    age(slice, now),
  ],
};
