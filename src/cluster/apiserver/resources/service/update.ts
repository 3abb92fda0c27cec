import { deepEqual } from '../../../apimachinery/json';
import type { Json, KubeObject } from '../../../apimachinery/object';
import { needsClusterIP, needsExternalTrafficPolicy, needsHealthCheckNodePort, needsNodePort } from './needs';

/**
 * Drops fields that the new type has no use for, when the client only carried them over from the old one.
 * Upstream: pkg/registry/core/service/strategy.go dropTypeDependentFields.
 */
export function dropTypeDependentFields(object: Json, old: KubeObject): void {
  const spec = object.spec;
  const before = old.spec;
  const dropSame = (field: string) => {
    if (deepEqual(spec[field], before[field])) delete spec[field];
  };
  if (needsClusterIP(before) && !needsClusterIP(spec))
    ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'].forEach(dropSame);
  if (needsNodePort(before) && !needsNodePort(spec)) {
    const ports = (list: Json) => (list ?? []).map((port: Json) => port.nodePort);
    const had = new Set(ports(before.ports));
    if (ports(spec.ports).every((port: number | undefined) => had.has(port)))
      for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (needsHealthCheckNodePort(before) && !needsHealthCheckNodePort(spec)) dropSame('healthCheckNodePort');
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    dropSame('allocateLoadBalancerNodePorts');
    dropSame('loadBalancerClass');
  }
  if (spec.type !== 'LoadBalancer') object.status = { ...object.status, loadBalancer: {} };
  if (needsExternalTrafficPolicy(before) && !needsExternalTrafficPolicy(spec)) dropSame('externalTrafficPolicy');
}

/** What a valid policy of an ExternalName Service is worth: nobody gets to see it. Upstream: defaultOnReadInternalTrafficPolicy. */
export function dropInternalTrafficPolicy({ spec }: Json): void {
  if (spec.type === 'ExternalName' && ['Cluster', 'Local'].includes(spec.internalTrafficPolicy))
    delete spec.internalTrafficPolicy;
}
