import type { Json } from '../../../apimachinery/object';

// What a Service's type calls for. Upstream: pkg/registry/core/service/strategy.go. Each takes the object's spec.

export const needsClusterIP = (spec: Json): boolean => spec.type !== 'ExternalName';

/** Ports without a node port get one: those of a LoadBalancer unless it asks for none. Upstream: shouldAllocateNodePorts. */
export const allocatesNodePorts = (spec: Json): boolean =>
  spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

export const needsNodePort = (spec: Json): boolean => spec.type === 'NodePort' || spec.type === 'LoadBalancer';

/** Upstream: pkg/api/service ExternallyAccessible. */
export const isExternallyAccessible = (spec: Json): boolean =>
  needsNodePort(spec) || (spec.type === 'ClusterIP' && spec.externalIPs?.length > 0);

export const needsHealthCheckNodePort = (spec: Json): boolean =>
  spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';

export const isHeadless = (spec: Json): boolean => spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';

export const hasSelector = (spec: Json): boolean => Object.keys(spec.selector ?? {}).length > 0;
