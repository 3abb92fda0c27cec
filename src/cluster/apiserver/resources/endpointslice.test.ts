import { expect, it } from 'vitest';
import type { Json } from '../../apimachinery/object';
import { Cluster } from '../../cluster';

const { api } = new Cluster();
const create = (body: Json): Json =>
  api.handle({
    method: 'POST',
    path: '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
    query: { dryRun: 'All' },
    body: { metadata: { name: 'a' }, ...body },
  }).body;
const causes = ({ details }: Json): string[] => (details?.causes ?? []).map(({ field, message }: Json) => `${field}: ${message}`);
const endpoint = { addresses: ['10.0.0.1'] };
const names = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `z${index}` }));

// Upstream: pkg/apis/discovery/validation TestValidateEndpointSlice
it.each<[string, Json, string[]]>([
  [
    'too many endpoints',
    { addressType: 'IPv4', endpoints: Array.from({ length: 1001 }, () => endpoint) },
    ['endpoints: Too many: 1001: must have at most 1000 items'],
  ],
  [
    'too many zones',
    { addressType: 'IPv4', endpoints: [{ ...endpoint, hints: { forZones: names(9) } }] },
    ['endpoints[0].hints.forZones: Too many: 9: must have at most 8 items'],
  ],
  [
    'a zone twice',
    { addressType: 'IPv4', endpoints: [{ ...endpoint, hints: { forZones: [{ name: 'a' }, { name: 'a' }] } }] },
    ['endpoints[0].hints.forZones[1].name: Duplicate value: "a"'],
  ],
  [
    'a name of one part',
    { addressType: 'FQDN', endpoints: [{ addresses: ['example'] }] },
    ['endpoints[0].addresses[0]: Invalid value: "example": should be a domain with at least two segments separated by dots'],
  ],
  [
    'no type of addresses: they are not looked at, the ports are',
    { endpoints: [{ addresses: ['no address'] }], ports: [{ name: 'a' }, { name: 'a' }] },
    ['addressType: Required value', 'ports[1].name: Duplicate value: "a"'],
  ],
])('%s', (_name, body, expected) => {
  expect(causes(create(body))).toEqual(expected);
});

it('drops deprecatedTopology', () => {
  const { endpoints } = create({ addressType: 'IPv4', endpoints: [{ ...endpoint, deprecatedTopology: { a: 'b' } }] });
  expect(endpoints).toEqual([{ ...endpoint, conditions: {} }]);
});
