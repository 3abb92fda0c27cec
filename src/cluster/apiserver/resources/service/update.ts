import { deepEqual } from '../../../apimachinery/json';
import type { Json, KubeObject } from '../../../apimachinery/object';
import { isExternallyAccessible, needsClusterIP, needsHealthCheckNodePort, needsNodePort } from './needs';

/**
 * Drops fields that the new type has no use for, when the client only carried them over from the old one.
 * Upstream: pkg/registry/core/service/strategy.go dropTypeDependentFields.
 */
export function dropTypeDependentFields(object: Json, old: KubeObject): void {
  const spec = object.spec;
  const before = old.spec;
  const dropSame = (...fields: string[]) => {
    if (fields.every((field) => deepEqual(spec[field], before[field]))) for (const field of fields) delete spec[field];
  };
  if (needsClusterIP(before) && !needsClusterIP(spec)) {
    dropSame('clusterIP', 'clusterIPs');
    dropSame('ipFamilies');
    dropSame('ipFamilyPolicy');
  }
  if (needsNodePort(before) && !needsNodePort(spec)) {
    const ports = (list: Json): number[] => (list ?? []).map((port: Json) => port.nodePort).filter(Boolean);
    const had = ports(before.ports);
    if (ports(spec.ports).every((port) => had.includes(port))) for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (needsHealthCheckNodePort(before) && !needsHealthCheckNodePort(spec)) dropSame('healthCheckNodePort');
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    dropSame('allocateLoadBalancerNodePorts');
    dropSame('loadBalancerClass');
  }
  if (isExternallyAccessible(before) && !isExternallyAccessible(spec)) dropSame('externalTrafficPolicy');
  if (spec.type !== 'LoadBalancer') object.status = { ...object.status, loadBalancer: {} };
}

/**
 * An ExternalName Service keeps the policy it was given or had under another type, and nobody gets to see it.
 * Upstream: pkg/registry/core/service/storage defaultOnReadInternalTrafficPolicy.
 */
export function hideInternalTrafficPolicy(service: KubeObject): KubeObject {
  if (service.spec.type !== 'ExternalName' || service.spec.internalTrafficPolicy === undefined) return service;
  const { internalTrafficPolicy: _hidden, ...spec } = service.spec;
  return { ...service, spec };
}
