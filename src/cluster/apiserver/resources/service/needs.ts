import type { Json } from '../../../apimachinery/object';

// What a Service's type calls for. Upstream: pkg/registry/core/service/strategy.go. Each takes the object's spec.

export const needsClusterIP = (spec: Json): boolean => ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type);

export const needsNodePort = (spec: Json): boolean =>
  spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

/** NodePorts may be given, though a LoadBalancer without allocation does not need them. */
export const mayHaveNodePort = (spec: Json): boolean => spec.type === 'NodePort' || spec.type === 'LoadBalancer';

export const needsExternalTrafficPolicy = (spec: Json): boolean =>
  mayHaveNodePort(spec) || (spec.type === 'ClusterIP' && spec.externalIPs?.length > 0);

export const needsHealthCheckNodePort = (spec: Json): boolean =>
  spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

export const isHeadless = (spec: Json): boolean => spec.clusterIP === 'None';
