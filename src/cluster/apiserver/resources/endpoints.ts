import { invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { addressWarnings, hostPort, validateAddress, validateEndpointAddress } from '../../apimachinery/ip';
import { deepEqual } from '../../apimachinery/json';
import { dns1123Label, dns1123Subdomain, portNumber, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { objectSchema } from '../metadata';
import { column, nameColumn, type ResourceDefinition } from '../resource';
import { any, int32, list, string, struct } from '../schema';
import { age } from '../table';

const address = struct('EndpointAddress', { ip: string, hostname: string, nodeName: string, targetRef: any });
const SHOWN = 3;

/** `IP:PORT` of the ready addresses, three at most. Upstream: printers formatEndpoints. */
function formatEndpoints(subsets: Json[] | undefined): string {
  if (!subsets?.length) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map((entry: Json) => entry.ip)
      : ports.flatMap((port: Json) => addresses.map((entry: Json) => hostPort(entry.ip, port.port))),
  );
  const shown = all.slice(0, SHOWN).join(',');
  return all.length > SHOWN ? `${shown} + ${all.length - SHOWN} more...` : shown;
}

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** Upstream: pkg/apis/core/validation validateEndpointSubsets. */
function validateSubset(subset: Json, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  if (addresses.length === 0 && notReadyAddresses.length === 0) {
    errors.push(required(field, 'must specify `addresses` or `notReadyAddresses`'));
  }
  for (const [list, name] of [
    [addresses, 'addresses'],
    [notReadyAddresses, 'notReadyAddresses'],
  ] as const) {
    list.forEach(({ ip = '', hostname, nodeName }: Json, index: number) => {
      const where = `${field}.${name}[${index}]`;
      errors.push(...validateAddress(`${where}.ip`, ip));
      if (hostname) errors.push(...dns1123Label(hostname).map((message) => invalid(`${where}.hostname`, hostname, message)));
      if (nodeName !== undefined)
        errors.push(...dns1123Subdomain(nodeName).map((message) => invalid(`${where}.nodeName`, nodeName, message)));
      errors.push(...validateEndpointAddress(`${where}.ip`, ip));
    });
  }
  ports.forEach((port: Json, index: number) => {
    const where = `${field}.ports[${index}]`;
    if (!port.name && ports.length > 1) errors.push(required(`${where}.name`));
    else if (port.name) errors.push(...dns1123Label(port.name).map((message) => invalid(`${where}.name`, port.name, message)));
    errors.push(...portNumber(port.port ?? 0).map((message) => invalid(`${where}.port`, port.port ?? 0, message)));
    if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${where}.protocol`, port.protocol, PROTOCOLS));
    if (port.appProtocol !== undefined) {
      errors.push(...qualifiedName(port.appProtocol).map((m) => invalid(`${where}.appProtocol`, port.appProtocol, m)));
    }
  });
  return errors;
}

export const endpoints: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  createsOnUpdate: true,
  generation: false,
  warning: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  schema: objectSchema('Endpoints', {
    subsets: list(
      struct('EndpointSubset', {
        addresses: list(address),
        notReadyAddresses: list(address),
        ports: list(struct('EndpointPort', { name: string, port: int32, protocol: string, appProtocol: string })),
      }),
    ),
  }),
  validateName: dns1123Subdomain,
  setDefaults(object) {
    for (const subset of object.subsets ?? []) {
      for (const field of ['addresses', 'notReadyAddresses', 'ports']) {
        for (const item of subset[field] ?? []) for (const name of ['hostname', 'name']) if (item[name] === '') delete item[name];
        if (subset[field]?.length === 0) delete subset[field];
      }
      for (const port of subset.ports ?? []) port.protocol ||= 'TCP';
    }
    if (object.subsets?.length === 0) delete object.subsets;
  },
  // subsets that stay as they are are not looked at again: older servers let more pass
  validate: (object, old) =>
    old && deepEqual(old.subsets ?? [], object.subsets ?? [])
      ? []
      : (object.subsets ?? []).flatMap((subset: Json, index: number) => validateSubset(subset, `subsets[${index}]`)),
  warnings: (object) =>
    ((object.subsets ?? []) as Json[]).flatMap((subset, index) =>
      ['addresses', 'notReadyAddresses'].flatMap((list) =>
        ((subset[list] ?? []) as Json[]).flatMap(({ ip }, at) => addressWarnings(`subsets[${index}].${list}[${at}].ip`, ip)),
      ),
    ),
  columns: [nameColumn, column('Endpoints'), column('Age')],
  row: (object, now) => [object.metadata.name, formatEndpoints(object.subsets), age(object, now)],
};
