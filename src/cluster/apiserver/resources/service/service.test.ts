import { describe, expect, it, test } from 'vitest';
import type { Json } from '../../../apimachinery/object';
import { Cluster } from '../../../cluster';

// The rows follow upstream's own tables: pkg/registry/core/service/storage/storage_test.go, pkg/apis/core/validation/validation_test.go.

const PATH = '/api/v1/namespaces/default/services';

function world() {
  const { api } = new Cluster();
  const create = (spec: Json, name = 'a', annotations: Json = {}) =>
    api.handle({ method: 'POST', path: PATH, body: { metadata: { name, annotations }, spec } });
  const patch = (spec: Json, name = 'a') =>
    api.handle({
      method: 'PATCH',
      path: `${PATH}/${name}`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec },
    });
  const get = (name = 'a'): Json => api.handle({ method: 'GET', path: `${PATH}/${name}` }).body.spec;
  return { create, patch, get };
}

const ports = [{ port: 80 }];
const causes = ({ body }: { body: Json }): string[] =>
  (body.details?.causes ?? []).map(({ field, message }: Json) => `${field}: ${message}`);

test('internalTrafficPolicy is kept under ExternalName, unseen', () => {
  const { create, patch, get } = world();
  create({ ports, internalTrafficPolicy: 'Local' });
  expect(patch({ type: 'ExternalName', externalName: 'example.com' }).body.spec.internalTrafficPolicy).toBeUndefined();
  expect(get().internalTrafficPolicy).toBeUndefined();
  expect(patch({ type: 'ClusterIP' }).body.spec.internalTrafficPolicy).toBe('Local');
});

describe('a change of type', () => {
  it.each<[string, Json, Json, Json]>([
    [
      'ClusterIP to ExternalName drops the address and keeps ports and selector',
      { ports, selector: { a: 'b' } },
      { type: 'ExternalName', externalName: 'example.com' },
      { clusterIP: undefined, clusterIPs: undefined, ipFamilies: undefined, ipFamilyPolicy: undefined, selector: { a: 'b' } },
    ],
    [
      'NodePort to ClusterIP drops node port and policy',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] },
      { type: 'ClusterIP' },
      { ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }], externalTrafficPolicy: undefined },
    ],
    [
      'NodePort to LoadBalancer keeps the node port',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] },
      { type: 'LoadBalancer' },
      { ports: [{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30080 }], allocateLoadBalancerNodePorts: true },
    ],
    [
      'LoadBalancer without allocation to ClusterIP drops a node port that was asked for',
      { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30080 }] },
      { type: 'ClusterIP' },
      { ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }], allocateLoadBalancerNodePorts: undefined },
    ],
    [
      'LoadBalancer with Local to NodePort drops the health check’s port and keeps the policy',
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports, loadBalancerClass: 'a.b/c' },
      { type: 'NodePort' },
      { healthCheckNodePort: undefined, externalTrafficPolicy: 'Local', loadBalancerClass: undefined },
    ],
    [
      'two families stay when a headless Service without selector gets one',
      { clusterIP: 'None' },
      { selector: { a: 'b' }, ipFamilyPolicy: 'SingleStack' },
      { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
    ],
  ])('%s', (_, first, change, then) => {
    const { create, patch } = world();
    expect(create(first).status).toBe(201);
    const { status, body } = patch(change);
    expect([status, body.message]).toEqual([200, undefined]);
    for (const [field, value] of Object.entries(then)) expect(body.spec[field], field).toEqual(value);
  });

  it('gives the address back', () => {
    const { create, patch } = world();
    create({ ports, clusterIP: '10.96.0.77' });
    expect(create({ ports, clusterIP: '10.96.0.77' }, 'b').status).toBe(422);
    patch({ type: 'ExternalName', externalName: 'example.com' });
    expect(create({ ports, clusterIP: '10.96.0.77' }, 'b').status).toBe(201);
  });
});

test.each<[string, Json, Json, string[]]>([
  [
    'an address and a policy that changed with the type',
    { ports },
    { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.96.0.78', ipFamilyPolicy: 'PreferDualStack' },
    [
      'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
      'spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services',
    ],
  ],
  [
    'another port of the health check, told before what is wrong with the rest',
    { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports, healthCheckNodePort: 30100 },
    { healthCheckNodePort: 30101, sessionAffinity: 'x' },
    [
      'spec.healthCheckNodePort: Forbidden: field is immutable',
      'spec.sessionAffinity: Unsupported value: "x": supported values: "ClientIP", "None"',
    ],
  ],
  [
    'a class that comes later',
    { type: 'LoadBalancer', ports },
    { loadBalancerClass: 'a.b/c' },
    ['spec.loadBalancerClass: Invalid value: "a.b/c": may not change once set'],
  ],
  [
    'an address taken away',
    { ports },
    { clusterIP: 'None' },
    ['spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set'],
  ],
])('an update is refused: %s', (_, first, change, wanted) => {
  const { create, patch } = world();
  expect(create(first).status).toBe(201);
  expect(causes(patch(change))).toEqual(wanted);
});

test.each<[string, Json, string[]]>([
  [
    'None beside an address',
    { ports, clusterIP: 'None', clusterIPs: ['None', '10.96.0.5'] },
    ['spec.clusterIPs: Invalid value: ["None","10.96.0.5"]: \'None\' must be the first and only value'],
  ],
  [
    'three addresses',
    { ports, clusterIP: '10.96.0.5', clusterIPs: ['10.96.0.5', 'fd00::1', 'fd00::2'], ipFamilyPolicy: 'PreferDualStack' },
    ['spec.clusterIPs: Invalid value: ["10.96.0.5","fd00::1","fd00::2"]: may only hold up to 2 values'],
  ],
  [
    'two families for a single stack',
    { ports, clusterIP: '10.96.0.5', clusterIPs: ['10.96.0.5', 'fd00::1'], ipFamilies: ['IPv4', 'IPv6'] },
    [
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    ],
  ],
  [
    'families that are not there',
    { ports, ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'RequireDualStack' },
    [
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ],
  ],
  [
    'a family and a policy of no kind at once',
    { ports, ipFamilies: ['IPv5'], ipFamilyPolicy: 'Both' },
    [
      'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
      'spec.ipFamilyPolicy: Unsupported value: "Both": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
    ],
  ],
  [
    'node ports of a ClusterIP after the ports themselves',
    {
      ports: [
        { name: 'A', port: 80, nodePort: 30080 },
        { name: 'b', port: 80, nodePort: 30080 },
      ],
    },
    [
      "spec.ports[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      "spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      'spec.ports[1].nodePort: Duplicate value: 30080',
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ],
  ],
])('a creation is refused: %s', (_, spec, wanted) => {
  expect(causes(world().create(spec))).toEqual(wanted);
});

test('annotations that stand for fields are checked', () => {
  const { create } = world();
  const annotations = {
    'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8, 1.2.3.4',
    'service.kubernetes.io/topology-mode': 'Auto',
    'service.kubernetes.io/topology-aware-hints': 'Disabled',
  };
  expect(causes(create({ ports }, 'a', annotations)).map((cause) => cause.split(': ').slice(0, 2).join(': '))).toEqual([
    'metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value',
    'metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden',
    'metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value',
  ]);
});
