import { duplicate, forbidden, invalid, notSupported, required, type FieldError } from '../../../apimachinery/fielderror';
import { addressWarnings, validateAddress, validateCIDR, validateEndpointAddress } from '../../../apimachinery/ip';
import { dns1123Label, dns1123Subdomain, portName, portNumber, qualifiedName } from '../../../apimachinery/names';
import type { Json, KubeObject } from '../../../apimachinery/object';
import { validateLabels } from '../../metadata';
import { validateClusterIPs, validateClusterIPsUpdate, validateFamiliesUpdate } from './families';
import { isExternallyAccessible, isHeadless, needsHealthCheckNodePort, needsNodePort } from './needs';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const POLICIES = ['Cluster', 'Local'];
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';
const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';

/** Upstream: pkg/apis/core/validation ValidateService. */
export function validateService(object: Json): FieldError[] {
  const { spec } = object;
  const annotations: Record<string, string> = object.metadata?.annotations ?? {};
  const ports: Json[] = spec.ports ?? [];
  const errors: FieldError[] = [];
  const { [TOPOLOGY_MODE]: mode, [TOPOLOGY_HINTS]: hints } = annotations;
  if (mode !== undefined && hints !== undefined && mode !== hints) {
    const why = `must match annotations[${TOPOLOGY_HINTS}] when both are specified`;
    errors.push(invalid(`metadata.annotations[${TOPOLOGY_MODE}]`, mode, why));
  }
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  if (needsNodePort(spec) && isHeadless(spec))
    errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
  if (spec.type === 'ExternalName') errors.push(...validateExternalName(spec));
  ports.forEach((port, index) => errors.push(...validatePort(port, index, ports)));
  errors.push(...validateLabels(spec.selector, 'spec.selector'));
  errors.push(...validateAffinity(spec));
  errors.push(...validateClusterIPs(spec));
  (spec.externalIPs ?? []).forEach((address: string, index: number) => {
    const field = `spec.externalIPs[${index}]`;
    const malformed = validateAddress(field, address);
    errors.push(...(malformed.length > 0 ? malformed : validateEndpointAddress(field, address)));
  });
  if (!TYPES.includes(spec.type)) errors.push(notSupported('spec.type', spec.type, TYPES));
  errors.push(...validatePortsTogether(ports, spec.type), ...validateSourceRanges(spec, annotations));
  errors.push(...validateBalancing(spec), ...validateExternalTrafficPolicy(spec), ...validateTraffic(spec));
  return errors;
}

function validateExternalName(spec: Json): FieldError[] {
  const errors: FieldError[] = [];
  const unset = (field: string) => spec[field] === undefined || spec[field].length === 0;
  for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'])
    if (!unset(field)) errors.push(forbidden(`spec.${field}`, 'may not be set for ExternalName services'));
  // it may end with a dot
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') errors.push(required('spec.externalName'));
  else errors.push(...dns1123Subdomain(name).map((message) => invalid('spec.externalName', name, message)));
  return errors;
}

function validatePort(port: Json, index: number, ports: Json[]): FieldError[] {
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
  return errors;
}

function validateAffinity({ sessionAffinity, sessionAffinityConfig }: Json): FieldError[] {
  if (!['None', 'ClientIP'].includes(sessionAffinity))
    return [notSupported('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None'])];
  const timeout = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity !== 'ClientIP' || (timeout > 0 && timeout <= 86400)) return [];
  const field = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds';
  return [invalid(field, timeout, 'must be greater than 0 and less than 86400')];
}

/** What one port may not have because of another one. */
function validatePortsTogether(ports: Json[], type: string): FieldError[] {
  const errors: FieldError[] = [];
  const isSecond = (index: number, same: (a: Json, b: Json) => boolean) =>
    ports.findIndex((other) => same(other, ports[index])) < index;
  if (type === 'ClusterIP')
    for (const [index, { nodePort }] of ports.entries())
      if (nodePort) errors.push(forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
  const sameNodePort = (a: Json, b: Json) => a.nodePort === b.nodePort && a.protocol === b.protocol;
  for (const [index, { nodePort }] of ports.entries())
    if (nodePort && isSecond(index, sameNodePort)) errors.push(duplicate(`spec.ports[${index}].nodePort`, nodePort));
  const samePort = (a: Json, b: Json) => a.port === b.port && a.protocol === b.protocol;
  for (const [index, { port, protocol }] of ports.entries()) {
    const key = { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    if (isSecond(index, samePort)) errors.push(duplicate(`spec.ports[${index}]`, key));
  }
  return errors;
}

const FOR_BALANCERS = "may only be used when `type` is 'LoadBalancer'";

/** Of the field, or of the annotation that came before it. */
function validateSourceRanges(spec: Json, annotations: Record<string, string>): FieldError[] {
  const wrongType = (field: string) => (spec.type === 'LoadBalancer' ? [] : [forbidden(field, FOR_BALANCERS)]);
  if (spec.loadBalancerSourceRanges?.length) {
    // upstream spells the field with a capital here
    const field = 'spec.LoadBalancerSourceRanges';
    const ranges: string[] = spec.loadBalancerSourceRanges;
    return [...wrongType(field), ...ranges.flatMap((cidr, index) => validateCIDR(`${field}[${index}]`, cidr.trim()))];
  }
  const annotated = annotations[SOURCE_RANGES];
  if (annotated === undefined) return [];
  const field = `metadata.annotations[${SOURCE_RANGES}]`;
  const ranges = annotated.trim() === '' ? [] : annotated.trim().split(',');
  return [...wrongType(field), ...ranges.flatMap((cidr) => validateCIDR(field, cidr.trim()))];
}

function validateBalancing(spec: Json): FieldError[] {
  if (spec.type !== 'LoadBalancer') {
    const fields = ['allocateLoadBalancerNodePorts', 'loadBalancerClass'];
    return fields.flatMap((field) => (spec[field] === undefined ? [] : [forbidden(`spec.${field}`, FOR_BALANCERS)]));
  }
  const value = spec.loadBalancerClass;
  return value === undefined ? [] : qualifiedName(value).map((message) => invalid('spec.loadBalancerClass', value, message));
}

function validateExternalTrafficPolicy(spec: Json): FieldError[] {
  const errors: FieldError[] = [];
  const { externalTrafficPolicy: policy, healthCheckNodePort: port } = spec;
  if (!isExternallyAccessible(spec)) {
    if (policy !== undefined)
      errors.push(invalid('spec.externalTrafficPolicy', policy, 'may only be set for externally-accessible services'));
  } else if (!POLICIES.includes(policy)) errors.push(notSupported('spec.externalTrafficPolicy', policy, POLICIES));
  if (port !== undefined && !needsHealthCheckNodePort(spec)) {
    const why = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid('spec.healthCheckNodePort', port, why));
  }
  return errors;
}

function validateTraffic({ internalTrafficPolicy, trafficDistribution }: Json): FieldError[] {
  const errors: FieldError[] = [];
  if (internalTrafficPolicy !== undefined && !POLICIES.includes(internalTrafficPolicy))
    errors.push(notSupported('spec.internalTrafficPolicy', internalTrafficPolicy, POLICIES));
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution)) {
    // listed in upstream's own order
    const list = DISTRIBUTIONS.map((value) => JSON.stringify(value)).join(', ');
    const error = notSupported('spec.trafficDistribution', trafficDistribution, []);
    errors.push({ ...error, detail: `supported values: ${list}` });
  }
  return errors;
}

/** Upstream: ValidateServiceUpdate, without what holds for every Service. */
export function validateServiceUpdate({ spec }: Json, { spec: before }: KubeObject): FieldError[] {
  const errors = [...validateClusterIPsUpdate(spec, before), ...validateFamiliesUpdate(spec, before)];
  const balances = before.type === 'LoadBalancer' && spec.type === 'LoadBalancer';
  if (balances && before.loadBalancerClass !== spec.loadBalancerClass)
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
  const checked = needsHealthCheckNodePort(before) && needsHealthCheckNodePort(spec);
  if (checked && spec.healthCheckNodePort !== before.healthCheckNodePort)
    errors.push(forbidden('spec.healthCheckNodePort', 'field is immutable'));
  return errors;
}

/** Upstream: pkg/api/service/warnings.go GetWarningsForService. */
export function serviceWarnings({ metadata, spec }: Json): string[] {
  const warnings: string[] = [];
  const given = spec.externalIPs?.length > 0;
  if (metadata.annotations?.[TOPOLOGY_HINTS] !== undefined)
    warnings.push(`annotation ${TOPOLOGY_HINTS} is deprecated, please use ${TOPOLOGY_MODE} instead`);
  const headless = spec.type === 'ClusterIP' && isHeadless(spec);
  if (headless) {
    const ignored = { loadBalancerIP: spec.loadBalancerIP, externalIPs: given, SessionAffinity: spec.sessionAffinity !== 'None' };
    for (const [field, isGiven] of Object.entries(ignored))
      if (isGiven) warnings.push(`spec.${field} is ignored for headless services`);
  }
  (spec.externalIPs ?? []).forEach((address: string, index: number) =>
    warnings.push(...addressWarnings(`spec.externalIPs[${index}]`, address)),
  );
  if (given && !headless && spec.type !== 'ExternalName')
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (spec.loadBalancerIP) warnings.push(...addressWarnings('spec.loadBalancerIP', spec.loadBalancerIP));
  if (spec.type === 'ExternalName' && given) warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (spec.type !== 'ExternalName' && spec.externalName)
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose')
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}
