import { duplicate, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Label } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { validateLabels } from '../metadata';
import {
  any,
  atomicMap,
  boolean,
  int32,
  int64,
  intOrString,
  keyedList,
  list,
  present,
  quantity,
  string,
  struct,
  type Schema,
} from '../schema';
import { validateContainers } from './container';

const probe = struct('Probe', {
  exec: struct('ExecAction', { command: list(string) }),
  httpGet: struct('HTTPGetAction', { path: string, port: intOrString, host: string, scheme: string, httpHeaders: any }),
  tcpSocket: struct('TCPSocketAction', { port: intOrString, host: string }),
  grpc: any,
  initialDelaySeconds: int32,
  timeoutSeconds: int32,
  periodSeconds: int32,
  successThreshold: int32,
  failureThreshold: int32,
  terminationGracePeriodSeconds: int64,
});

const quantities: Schema = { type: 'map', values: quantity };

const container = struct('Container', {
  name: string,
  image: string,
  command: list(string),
  args: list(string),
  workingDir: string,
  ports: keyedList(
    { containerPort: undefined, protocol: 'TCP' },
    struct('ContainerPort', { name: string, hostPort: int32, containerPort: int32, protocol: string, hostIP: string }),
  ),
  envFrom: any,
  env: keyedList({ name: undefined }, struct('EnvVar', { name: string, value: string, valueFrom: any })),
  resources: present(struct('ResourceRequirements', { limits: quantities, requests: quantities, claims: any })),
  resizePolicy: any,
  restartPolicy: string,
  restartPolicyRules: any,
  volumeMounts: keyedList({ mountPath: undefined }, any),
  volumeDevices: any,
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: any,
  terminationMessagePath: string,
  terminationMessagePolicy: string,
  imagePullPolicy: string,
  securityContext: any,
  stdin: boolean,
  stdinOnce: boolean,
  tty: boolean,
});

/** PodSpec. Parts that nothing here looks into are taken as they come. */
export const podSpecSchema: Schema = struct('PodSpec', {
  volumes: keyedList({ name: undefined }, any),
  initContainers: keyedList({ name: undefined }, container),
  containers: keyedList({ name: undefined }, container),
  ephemeralContainers: any,
  restartPolicy: string,
  terminationGracePeriodSeconds: int64,
  activeDeadlineSeconds: int64,
  dnsPolicy: string,
  nodeSelector: atomicMap,
  serviceAccountName: string,
  serviceAccount: string,
  automountServiceAccountToken: boolean,
  nodeName: string,
  hostNetwork: boolean,
  hostPID: boolean,
  hostIPC: boolean,
  shareProcessNamespace: boolean,
  securityContext: any,
  imagePullSecrets: keyedList({ name: undefined }, any),
  hostname: string,
  subdomain: string,
  affinity: any,
  schedulerName: string,
  tolerations: any,
  hostAliases: any,
  priorityClassName: string,
  priority: int32,
  dnsConfig: any,
  readinessGates: any,
  runtimeClassName: string,
  enableServiceLinks: boolean,
  preemptionPolicy: string,
  overhead: any,
  topologySpreadConstraints: any,
  setHostnameAsFQDN: boolean,
  os: any,
  hostUsers: boolean,
  schedulingGates: any,
  resourceClaims: any,
  resources: any,
  hostnameOverride: string,
  workloadRef: any,
});

/** Defaults of a pod or a pod template. Upstream: pkg/apis/core/v1 SetDefaults_PodSpec, SetDefaults_Container. */
export function setPodSpecDefaults(spec: Json): void {
  spec.containers ??= [];
  for (const item of [...spec.containers, ...(spec.initContainers ?? [])]) setContainerDefaults(item, spec.hostNetwork === true);
  for (const item of spec.ephemeralContainers ?? []) setContainerDefaults(item, false);
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  if (spec.serviceAccountName || spec.serviceAccount) {
    spec.serviceAccountName ??= spec.serviceAccount;
    spec.serviceAccount ??= spec.serviceAccountName;
  }
  if (spec.hostNetwork === false) delete spec.hostNetwork;
}

function setContainerDefaults(item: Json, hostNetwork: boolean): void {
  item.terminationMessagePath ??= '/dev/termination-log';
  item.terminationMessagePolicy ??= 'File';
  item.resources ??= {};
  if (item.image) {
    const tag = /:([^:/@]+)$/.exec(item.image)?.[1];
    item.imagePullPolicy ??= !item.image.includes('@') && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
  }
  for (const variable of item.env ?? []) {
    if (variable.valueFrom?.fieldRef) variable.valueFrom.fieldRef.apiVersion ||= 'v1';
  }
  for (const port of item.ports ?? []) {
    port.protocol ??= 'TCP';
    if (hostNetwork && port.containerPort) port.hostPort ??= port.containerPort;
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const check = item[name];
    if (!check) continue;
    check.timeoutSeconds ??= 1;
    check.periodSeconds ??= 10;
    check.successThreshold ??= 1;
    check.failureThreshold ??= 3;
    if (check.httpGet) {
      check.httpGet.path ??= '/';
      check.httpGet.scheme ??= 'HTTP';
    }
  }
}

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

/** Upstream: pkg/apis/core/validation ValidatePodSpec, for the fields that this simulator uses. @param path e.g. `spec.template.spec` */
export function validatePodSpec(spec: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const label = (field: 'hostname' | 'subdomain') =>
    spec[field] ? dns1123Label(spec[field]).map((message) => invalid(`${path}.${field}`, spec[field], message)) : [];
  const volumes: string[] = (spec.volumes ?? []).map(({ name = '' }) => name);
  volumes.forEach((name, index) => {
    const field = `${path}.volumes[${index}].name`;
    if (!name) errors.push(required(field));
    else errors.push(...dns1123Label(name).map((message) => invalid(field, name, message)));
    if (name && volumes.indexOf(name) < index) errors.push(duplicate(field, name));
  });
  if (!spec.containers?.length) errors.push(required(`${path}.containers`));
  errors.push(...validateContainers(spec.containers ?? [], volumes, `${path}.containers`));
  if (spec.initContainers) errors.push(...validateContainers(spec.initContainers, volumes, `${path}.initContainers`));
  if (!RESTART_POLICIES.includes(spec.restartPolicy))
    errors.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES));
  if (!DNS_POLICIES.includes(spec.dnsPolicy)) errors.push(notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES));
  if (spec.nodeSelector) errors.push(...validateLabels(spec.nodeSelector, `${path}.nodeSelector`));
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && !(deadline >= 1 && deadline <= 2147483647))
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive'));
  errors.push(...label('hostname'), ...label('subdomain'));
  return errors;
}
