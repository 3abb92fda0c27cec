import { duplicate, invalid, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Label, portName, portNumber } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { any, atomicMap, boolean, int32, int64, intOrString, keyedList, list, string, struct, type Schema } from '../schema';

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
  resources: any,
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

/** Upstream: pkg/apis/core/validation ValidatePodSpec, for the fields that this simulator uses. @param path e.g. `spec.template.spec` */
export function validatePodSpec(spec: Json, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const containers: Json[] = spec.containers ?? [];
  if (containers.length === 0) errors.push(required(`${path}.containers`));
  const names = new Set<string>();
  containers.forEach((item, index) => {
    const field = `${path}.containers[${index}]`;
    if (!item.name) errors.push(required(`${field}.name`));
    else {
      errors.push(...dns1123Label(item.name).map((message) => invalid(`${field}.name`, item.name, message)));
      if (names.has(item.name)) errors.push(duplicate(`${field}.name`, item.name));
      names.add(item.name);
    }
    if (!item.image) errors.push(required(`${field}.image`));
    errors.push(...validateContainerPorts(item.ports ?? [], `${field}.ports`));
    if (item.imagePullPolicy && !['Always', 'IfNotPresent', 'Never'].includes(item.imagePullPolicy)) {
      errors.push(notSupported(`${field}.imagePullPolicy`, item.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']));
    }
  });
  if (!['Always', 'OnFailure', 'Never'].includes(spec.restartPolicy)) {
    errors.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, ['Always', 'Never', 'OnFailure']));
  }
  return errors;
}

function validateContainerPorts(ports: Json[], path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const field = `${path}[${index}]`;
    const errors: FieldError[] = [];
    if (port.name) {
      errors.push(...portName(port.name).map((message) => invalid(`${field}.name`, port.name, message)));
      if (names.has(port.name)) errors.push(duplicate(`${field}.name`, port.name));
      names.add(port.name);
    }
    if (!port.containerPort) errors.push(required(`${field}.containerPort`));
    else
      errors.push(
        ...portNumber(port.containerPort).map((message) => invalid(`${field}.containerPort`, port.containerPort, message)),
      );
    if (!['TCP', 'UDP', 'SCTP'].includes(port.protocol))
      errors.push(notSupported(`${field}.protocol`, port.protocol, ['TCP', 'UDP', 'SCTP']));
    return errors;
  });
}
