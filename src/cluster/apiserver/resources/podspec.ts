import { duplicate, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Label, dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { validateLabels } from '../metadata';
import { validateAffinity } from './affinity';
import { validateContainers } from './container';
import {
  validateDNSConfig,
  validateGates,
  validateHostAliases,
  validateHostNetwork,
  validateHostPorts,
  validateHostUsers,
  validateSource,
  validateSpread,
  validateTolerations,
} from './podfields';
import { validatePodSecurityContext } from './securitycontext';

/** Defaults of a pod or a pod template. Upstream: pkg/apis/core/v1 SetDefaults_PodSpec. What is empty counts as not given. */
export function setPodSpecDefaults(spec: Json): void {
  spec.containers ??= [];
  for (const item of [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])])
    setContainerDefaults(item);
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume);
  spec.restartPolicy ||= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ||= 'default-scheduler';
  if (spec.serviceAccountName || spec.serviceAccount) {
    spec.serviceAccountName ??= spec.serviceAccount;
    spec.serviceAccount ??= spec.serviceAccountName;
  }
  if (spec.hostNetwork === false) delete spec.hostNetwork;
}

/** What is filled into pods, but not into templates of pods. Upstream: SetDefaults_Pod. */
export function setPodDefaults(spec: Json): void {
  spec.enableServiceLinks ??= true;
  for (const item of [...spec.containers, ...(spec.initContainers ?? [])]) {
    const { limits, requests } = item.resources;
    if (limits && Object.keys(limits).some((name) => requests?.[name] === undefined))
      item.resources = { ...item.resources, requests: { ...limits, ...requests } };
    if (spec.hostNetwork) for (const port of item.ports ?? []) if (port.containerPort) port.hostPort ||= port.containerPort;
  }
}

function setContainerDefaults(item: Json): void {
  item.terminationMessagePath ||= '/dev/termination-log';
  item.terminationMessagePolicy ||= 'File';
  item.resources ??= {};
  if (item.image) {
    const tag = /:([^:/@]+)$/.exec(item.image)?.[1];
    item.imagePullPolicy ||= !item.image.includes('@') && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
  }
  for (const variable of item.env ?? []) {
    if (variable.valueFrom?.fieldRef) variable.valueFrom.fieldRef.apiVersion ||= 'v1';
  }
  for (const port of item.ports ?? []) port.protocol ||= 'TCP';
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const check = item[name];
    if (!check) continue;
    check.timeoutSeconds ||= 1;
    check.periodSeconds ||= 10;
    check.successThreshold ||= 1;
    check.failureThreshold ||= 3;
    setHandlerDefaults(check);
  }
  setHandlerDefaults(item.lifecycle?.postStart);
  setHandlerDefaults(item.lifecycle?.preStop);
}

function setHandlerDefaults(handler: Json): void {
  if (!handler?.httpGet) return;
  handler.httpGet.path ||= '/';
  handler.httpGet.scheme ||= 'HTTP';
}

/** Upstream: SetDefaults_Volume and those of its sources. */
function setVolumeDefaults(volume: Json): void {
  const { hostPath, projected } = volume;
  if (Object.keys(volume).every((field) => field === 'name' || volume[field] === undefined)) volume.emptyDir = {};
  if (hostPath) hostPath.type ??= '';
  for (const source of ['secret', 'configMap', 'downwardAPI', 'projected'])
    if (volume[source]) volume[source].defaultMode ??= 0o644;
  for (const { serviceAccountToken, downwardAPI } of [...(projected?.sources ?? []), volume]) {
    if (serviceAccountToken) serviceAccountToken.expirationSeconds ??= 3600;
    for (const { fieldRef } of downwardAPI?.items ?? []) if (fieldRef) fieldRef.apiVersion ||= 'v1';
  }
}

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** Upstream: pkg/apis/core/validation ValidatePodSpec, for the fields that this simulator uses. @param path e.g. `spec.template.spec` */
export function validatePodSpec(spec: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const label = (field: 'hostname' | 'subdomain') =>
    spec[field] ? dns1123Label(spec[field]).map((message) => invalid(`${path}.${field}`, spec[field], message)) : [];
  const volumes: string[] = (spec.volumes ?? []).map(({ name = '' }) => name);
  volumes.forEach((name, index) => {
    const field = `${path}.volumes[${index}].name`;
    errors.push(...validateSource(spec.volumes[index], `${path}.volumes[${index}]`));
    if (!name) errors.push(required(field));
    else errors.push(...dns1123Label(name).map((message) => invalid(field, name, message)));
    if (name && volumes.indexOf(name) < index) errors.push(duplicate(field, name));
  });
  const hostUsers = spec.hostUsers !== false;
  if (!spec.containers?.length) errors.push(required(`${path}.containers`));
  errors.push(...validateContainers(spec.containers ?? [], volumes, hostUsers, `${path}.containers`));
  errors.push(...validateHostPorts(spec.containers ?? [], `${path}.containers`));
  if (spec.initContainers) {
    const names = (spec.containers ?? []).map(({ name }: Json) => name);
    errors.push(...validateContainers(spec.initContainers, volumes, hostUsers, `${path}.initContainers`, names));
  }
  errors.push(...validateHostNetwork(spec, path, path === 'spec'));
  if (!RESTART_POLICIES.includes(spec.restartPolicy))
    errors.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES, true));
  if (!DNS_POLICIES.includes(spec.dnsPolicy)) errors.push(notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES, true));
  if (spec.nodeSelector) errors.push(...validateLabels(spec.nodeSelector, `${path}.nodeSelector`));
  errors.push(
    ...validatePodSecurityContext(spec, `${path}.securityContext`),
    ...validateAffinity(spec.affinity, `${path}.affinity`),
    ...validateDNSConfig(spec.dnsConfig, spec.dnsPolicy, `${path}.dnsConfig`),
    ...validateGates(spec, path),
    ...validateSpread(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...validateHostUsers(spec, path),
  );
  for (const name of ['serviceAccountName', 'nodeName'])
    if (spec[name])
      errors.push(...dns1123Subdomain(spec[name]).map((message) => invalid(`${path}.${name}`, spec[name], message)));
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && !(deadline >= 1 && deadline <= 2147483647))
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive'));
  errors.push(
    ...label('hostname'),
    ...label('subdomain'),
    ...validateTolerations(spec.tolerations, `${path}.tolerations`),
    ...validateHostAliases(spec.hostAliases, `${path}.hostAliases`),
  );
  return errors;
}
