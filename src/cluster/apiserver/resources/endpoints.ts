import { dns1123Subdomain } from '../../apimachinery/names';
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
      : ports.flatMap((port: Json) => addresses.map((entry: Json) => `${entry.ip}:${port.port}`)),
  );
  const shown = all.slice(0, SHOWN).join(',');
  return all.length > SHOWN ? `${shown} + ${all.length - SHOWN} more...` : shown;
}

export const endpoints: ResourceDefinition = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
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
    for (const subset of object.subsets ?? []) for (const port of subset.ports ?? []) port.protocol ??= 'TCP';
    if (object.subsets?.length === 0) delete object.subsets;
  },
  validate: () => [],
  columns: [nameColumn, column('Endpoints'), column('Age')],
  row: (object, now) => [object.metadata.name, formatEndpoints(object.subsets), age(object, now)],
};
