import type { Json } from '../../../apimachinery/object';
import { isExternallyAccessible } from './needs';

/** Fills what the author of a Service left out. Upstream: pkg/apis/core/v1 SetDefaults_Service. */
export function setServiceDefaults(object: Json): void {
  const spec = (object.spec ??= {});
  dropEmptyFields(spec);
  spec.sessionAffinity ??= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP') {
    spec.sessionAffinityConfig ??= {};
    spec.sessionAffinityConfig.clientIP ??= {};
    spec.sessionAffinityConfig.clientIP.timeoutSeconds ??= 10800;
  }
  spec.type ??= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.port ??= 0;
    port.protocol ||= 'TCP';
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '') port.targetPort = port.port;
    if (port.nodePort === 0) delete port.nodePort;
    if (port.name === '') delete port.name;
  }
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ??= 'Cluster';
  if (['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  object.status ??= {};
  setServiceStatusDefaults(object.status);
}

/** An address that leads to the Service by itself is a VIP unless the cloud says otherwise. */
export function setServiceStatusDefaults(status: Json): void {
  status.loadBalancer ??= {};
  for (const ingress of status.loadBalancer.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP';
}

/** Pointers in Go: an empty string in them is a value. */
const POINTERS = ['internalTrafficPolicy', 'ipFamilyPolicy', 'loadBalancerClass', 'trafficDistribution', 'sessionAffinityConfig'];

/** Fields that Go leaves out when empty (omitempty). */
function dropEmptyFields(spec: Json): void {
  for (const field of Object.keys(spec)) {
    const value = spec[field];
    const empty =
      value === '' || value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
    if (empty && !POINTERS.includes(field)) delete spec[field];
  }
  if (spec.healthCheckNodePort === 0) delete spec.healthCheckNodePort;
  if (spec.publishNotReadyAddresses === false) delete spec.publishNotReadyAddresses;
}
