import type { PodSpec, Scenario } from './scenario';

const port8080 = [{ port: 8080 }];
const pod = (name: string, node: number, more: Partial<PodSpec> = {}): PodSpec => ({
  name,
  node,
  app: 'test',
  ports: port8080,
  ...more,
});
const selector = { app: 'test' };
const ports = [{ port: 80, targetPort: 8080 }];
const nodePorts = [{ port: 80, targetPort: 8080, nodePort: 30080 }];
const three = [pod('p1', 1), pod('p2', 2), pod('p3', 3)];
const two = [pod('p1', 1), pod('p2', 2)];

const VIP = '203.0.113.10';
const LOCAL_VIP = '192.168.0.200';
const routes = new Map([[VIP, 'node-1']]);

const service = (spec: object, more: object = {}) => ({ name: 'test', spec: { selector, ports, ...spec }, ...more });
const balanced = (spec: object = {}) => service({ type: 'LoadBalancer', ports: nodePorts, ...spec }, { vips: [VIP] });

/** One scenario for each feature of Services that rules know. */
export const TABLES: readonly Scenario[] = [
  { name: 'ClusterIP', pods: three, services: [service({})] },
  { name: 'ClusterIP, two pods on one node', pods: [pod('p1', 1), pod('p2', 1)], services: [service({})] },
  { name: 'no endpoints', pods: [], services: [service({ type: 'NodePort', ports: nodePorts })] },
  { name: 'NodePort', pods: two, services: [service({ type: 'NodePort', ports: nodePorts })] },
  {
    name: 'NodePort, externalTrafficPolicy Local',
    pods: two,
    services: [service({ type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' })],
  },
  { name: 'LoadBalancer', pods: two, services: [balanced()], routes },
  {
    name: 'LoadBalancer, externalTrafficPolicy Local, routed to a node with an endpoint',
    pods: two,
    services: [balanced({ externalTrafficPolicy: 'Local' })],
    routes,
  },
  {
    name: 'LoadBalancer, externalTrafficPolicy Local, routed to a node without one',
    pods: [pod('p2', 2)],
    services: [balanced({ externalTrafficPolicy: 'Local' })],
    routes,
  },
  { name: 'LoadBalancer without endpoints', pods: [], services: [balanced()], routes },
  {
    name: 'LoadBalancer without node ports, two addresses',
    pods: two,
    services: [service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }, { vips: [VIP, '203.0.113.11'] })],
    routes: new Map([
      [VIP, 'node-1'],
      ['203.0.113.11', 'node-3'],
    ]),
  },
  {
    name: 'LoadBalancer, ipMode Proxy',
    pods: two,
    services: [service({ type: 'LoadBalancer', ports: nodePorts }, { vips: [VIP], ipMode: 'Proxy' })],
    routes,
  },
  {
    name: 'loadBalancerSourceRanges',
    pods: two,
    services: [balanced({ loadBalancerSourceRanges: ['198.51.100.0/24', '192.168.0.11/32'] })],
    routes,
  },
  {
    name: 'loadBalancerSourceRanges without endpoints',
    pods: [],
    services: [balanced({ loadBalancerSourceRanges: ['192.168.0.0/25'] })],
    routes,
  },
  {
    name: 'an address of the tenant network that a node answers for',
    pods: two,
    services: [service({ type: 'LoadBalancer', ports: nodePorts }, { vips: [LOCAL_VIP] })],
    announced: new Map([[LOCAL_VIP, 'node-2']]),
  },
  {
    name: 'a proxy in front of node ports',
    pods: two,
    services: [service({ type: 'NodePort', ports: nodePorts })],
    balancer: new Map([[80, 30080]]),
  },
  {
    name: 'a proxy in front of node ports, externalTrafficPolicy Local',
    pods: two,
    services: [service({ type: 'NodePort', ports: nodePorts, externalTrafficPolicy: 'Local' })],
    balancer: new Map([[80, 30080]]),
  },
  { name: 'internalTrafficPolicy Local', pods: two, services: [service({ internalTrafficPolicy: 'Local' })] },
  {
    name: 'both policies Local',
    pods: two,
    services: [balanced({ internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local' })],
    routes,
  },
  {
    name: 'externalIPs',
    pods: two,
    services: [service({ externalIPs: ['203.0.113.99', '192.168.0.13'] })],
    routes: new Map([['203.0.113.99', 'node-2']]),
  },
  {
    name: 'sessionAffinity ClientIP',
    pods: three,
    services: [service({ type: 'NodePort', ports: nodePorts, sessionAffinity: 'ClientIP' })],
  },
  {
    name: 'not ready, and publishNotReadyAddresses',
    pods: [pod('p1', 1), pod('p2', 2, { unready: true })],
    services: [service({}), { name: 'all', spec: { selector, ports, publishNotReadyAddresses: true } }],
  },
  {
    name: 'terminating endpoints only',
    pods: [pod('p1', 1, { terminating: true }), pod('p2', 2, { terminating: true })],
    services: [balanced({ externalTrafficPolicy: 'Local' })],
    routes,
  },
  {
    name: 'hostNetwork endpoints',
    pods: [pod('h1', 1, { hostNetwork: true }), pod('p2', 2)],
    services: [service({ type: 'NodePort', ports: nodePorts })],
  },
  {
    name: 'an endpoint where nobody listens',
    pods: [pod('p1', 1), pod('p2', 2, { ports: [{ port: 9999 }] })],
    services: [service({ type: 'NodePort', ports: nodePorts })],
  },
  {
    name: 'several ports, UDP and TCP, by name',
    pods: [1, 2].map((node) =>
      pod(`p${node}`, node, {
        ports: [
          { port: 8080, name: 'http' },
          { port: 5353, protocol: 'UDP', name: 'dns' },
        ],
      }),
    ),
    services: [
      service({
        type: 'NodePort',
        ports: [
          { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
          { name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP', nodePort: 30053 },
        ],
      }),
    ],
  },
  {
    name: 'UDP without endpoints, and with a policy',
    pods: [pod('p1', 1, { ports: [{ port: 5353, protocol: 'UDP' }] })],
    services: [
      {
        name: 'none',
        spec: { selector: { app: 'none' }, type: 'NodePort', ports: [{ port: 53, protocol: 'UDP', nodePort: 30054 }] },
      },
      {
        name: 'local',
        spec: {
          selector,
          type: 'NodePort',
          externalTrafficPolicy: 'Local',
          ports: [{ port: 53, targetPort: 5353, protocol: 'UDP', nodePort: 30053 }],
        },
      },
    ],
  },
  {
    name: 'trafficDistribution PreferSameNode',
    pods: two,
    services: [service({ type: 'NodePort', ports: nodePorts, trafficDistribution: 'PreferSameNode' })],
  },
  {
    name: 'no selector, endpoints outside of the cluster',
    pods: [],
    services: [{ name: 'test', spec: { type: 'NodePort', ports: [{ port: 80, targetPort: 9000, nodePort: 30080 }] } }],
    slices: [
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'test-1', labels: { 'kubernetes.io/service-name': 'test' } },
        addressType: 'IPv4',
        ports: [{ name: '', port: 9000, protocol: 'TCP' }],
        endpoints: [{ addresses: ['192.168.0.50'] }, { addresses: ['198.51.100.7'] }],
      },
    ],
  },
];
