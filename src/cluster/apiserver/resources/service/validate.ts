import { deepEqual } from '../../../apimachinery/json';
import { duplicate, forbidden, invalid, notSupported, required, type FieldError } from '../../../apimachinery/fielderror';
import { validateCIDR, validateEndpointAddress } from '../../../apimachinery/ip';
import { dns1123Label, dns1123Subdomain, portName, portNumber, qualifiedName } from '../../../apimachinery/names';
import type { Json, KubeObject } from '../../../apimachinery/object';
import { validateLabels } from '../../metadata';
import { isHeadless, needsClusterIP, needsExternalTrafficPolicy, needsHealthCheckNodePort } from './needs';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** Upstream: pkg/apis/core/validation ValidateService. */
export function validateService(object: Json): FieldError[] {
  const spec = object.spec;
  const errors: FieldError[] = [];
  const ports: Json[] = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  if (spec.type === 'LoadBalancer' && isHeadless(spec)) {
    errors.push(invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for LoadBalancer services"));
  }
  if (spec.type === 'NodePort' && isHeadless(spec)) {
    errors.push(invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for NodePort services"));
  }
  if (spec.type === 'ExternalName') {
    for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      if (spec[field] !== undefined) errors.push(forbidden(`spec.${field}`, 'may not be set for ExternalName services'));
    }
    if (!spec.externalName) errors.push(required('spec.externalName'));
    else
      errors.push(
        ...dns1123Subdomain(spec.externalName.replace(/\.$/, '')).map((m) => invalid('spec.externalName', spec.externalName, m)),
      );
  }
  ports.forEach((port, index) => errors.push(...validatePort(port, index, ports, spec)));
  errors.push(...validateLabels(spec.selector, 'spec.selector'));
  if (!['None', 'ClientIP'].includes(spec.sessionAffinity)) {
    errors.push(notSupported('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']));
  }
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (spec.sessionAffinity === 'ClientIP' && !(timeout > 0 && timeout <= 86400)) {
    errors.push(
      invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', timeout, 'must be greater than 0 and less than 86400'),
    );
  }
  (spec.externalIPs ?? []).forEach((address: string, index: number) =>
    errors.push(...validateEndpointAddress(`spec.externalIPs[${index}]`, address)),
  );
  if (!TYPES.includes(spec.type)) errors.push(notSupported('spec.type', spec.type, TYPES));
  errors.push(...validatePolicies(spec));
  return errors;
}

function validatePort(port: Json, index: number, ports: Json[], spec: Json): FieldError[] {
  const field = `spec.ports[${index}]`;
  const errors: FieldError[] = [];
  if (!port.name) {
    if (ports.length > 1) errors.push(required(`${field}.name`));
  } else {
    errors.push(...dns1123Label(port.name).map((m) => invalid(`${field}.name`, port.name, m)));
    if (ports.findIndex((other) => other.name === port.name) < index) errors.push(duplicate(`${field}.name`, port.name));
  }
  errors.push(...portNumber(port.port).map((m) => invalid(`${field}.port`, port.port, m)));
  if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${field}.protocol`, port.protocol, PROTOCOLS));
  const check = typeof port.targetPort === 'number' ? portNumber : portName;
  errors.push(...check(port.targetPort as never).map((m) => invalid(`${field}.targetPort`, port.targetPort, m)));
  if (port.appProtocol !== undefined) {
    errors.push(...qualifiedName(port.appProtocol).map((m) => invalid(`${field}.appProtocol`, port.appProtocol, m)));
  }
  if (port.nodePort && spec.type === 'ClusterIP') {
    errors.push(forbidden(`${field}.nodePort`, `may not be used when \`type\` is '${spec.type}'`));
  }
  const sameNodePort = (other: Json) => other.nodePort === port.nodePort && other.protocol === port.protocol;
  if (port.nodePort && ports.findIndex(sameNodePort) < index) errors.push(duplicate(`${field}.nodePort`, port.nodePort));
  if (ports.findIndex((other) => other.port === port.port && other.protocol === port.protocol) < index) {
    errors.push(
      duplicate(field, { Name: '', Protocol: port.protocol, AppProtocol: null, Port: port.port, TargetPort: 0, NodePort: 0 }),
    );
  }
  return errors;
}

function validatePolicies(spec: Json): FieldError[] {
  const errors: FieldError[] = [];
  const onlyFor = (field: string, type: string, allowed: boolean) => {
    if (spec[field] !== undefined && !allowed)
      errors.push(forbidden(`spec.${field}`, `may only be used when \`type\` is '${type}'`));
  };
  onlyFor('loadBalancerClass', 'LoadBalancer', spec.type === 'LoadBalancer');
  onlyFor('allocateLoadBalancerNodePorts', 'LoadBalancer', spec.type === 'LoadBalancer');
  if (spec.loadBalancerClass !== undefined && spec.type === 'LoadBalancer') {
    const value = spec.loadBalancerClass;
    errors.push(...qualifiedName(value).map((m) => invalid('spec.loadBalancerClass', value, m)));
  }
  if (spec.loadBalancerSourceRanges !== undefined) {
    // upstream spells the field with a capital here
    const field = 'spec.LoadBalancerSourceRanges';
    if (spec.type !== 'LoadBalancer') errors.push(forbidden(field, "may only be used when `type` is 'LoadBalancer'"));
    spec.loadBalancerSourceRanges.forEach((cidr: string, index: number) =>
      errors.push(...validateCIDR(`${field}[${index}]`, cidr)),
    );
  }
  if (spec.healthCheckNodePort !== undefined && !needsHealthCheckNodePort(spec)) {
    const why = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid('spec.healthCheckNodePort', spec.healthCheckNodePort, why));
  }
  if (spec.trafficDistribution !== undefined && !DISTRIBUTIONS.includes(spec.trafficDistribution)) {
    // listed in upstream's own order
    const list = DISTRIBUTIONS.map((value) => JSON.stringify(value)).join(', ');
    errors.push({
      ...notSupported('spec.trafficDistribution', spec.trafficDistribution, []),
      detail: `supported values: ${list}`,
    });
  }
  if (spec.externalTrafficPolicy !== undefined) {
    if (!needsExternalTrafficPolicy(spec)) {
      errors.push(
        invalid('spec.externalTrafficPolicy', spec.externalTrafficPolicy, 'may only be set for externally-accessible services'),
      );
    } else if (!['Cluster', 'Local'].includes(spec.externalTrafficPolicy)) {
      errors.push(notSupported('spec.externalTrafficPolicy', spec.externalTrafficPolicy, ['Cluster', 'Local']));
    }
  }
  if (spec.internalTrafficPolicy !== undefined && !['Cluster', 'Local'].includes(spec.internalTrafficPolicy)) {
    errors.push(notSupported('spec.internalTrafficPolicy', spec.internalTrafficPolicy, ['Cluster', 'Local']));
  }
  return errors;
}

/** Upstream: ValidateServiceUpdate. */
export function validateServiceUpdate(object: Json, old: KubeObject): FieldError[] {
  const spec = object.spec;
  const before = old.spec;
  const errors: FieldError[] = [];
  if (needsClusterIP(before) && needsClusterIP(spec) && before.clusterIPs?.[0] !== spec.clusterIPs?.[0]) {
    errors.push(invalid('spec.clusterIPs[0]', spec.clusterIPs, 'may not change once set'));
  }
  if (
    before.type === 'LoadBalancer' &&
    spec.type === 'LoadBalancer' &&
    !deepEqual(before.loadBalancerClass, spec.loadBalancerClass)
  ) {
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
  }
  return errors;
}

/** Upstream: pkg/api/service/warnings.go GetWarningsForService. */
export function serviceWarnings(object: Json): string[] {
  const { spec } = object;
  const warnings: string[] = [];
  if (spec.externalIPs?.length) warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (spec.type !== 'ExternalName' && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (isHeadless(spec) && spec.sessionAffinity === 'ClientIP')
    warnings.push('spec.SessionAffinity is ignored for headless services');
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}
