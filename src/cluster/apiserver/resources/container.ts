import { duplicate, forbidden, invalid, missing, notSupported, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Label, portName, portNumber, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { nanosOf } from '../../apimachinery/quantity';
import { validateEnv, validateEnvFrom } from './env';
import { validateHostPorts, validateRelativePath } from './podfields';
import { validateSecurityContext } from './securitycontext';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];
const NOT_A_HEADER =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

/**
 * A list of containers, each with its path, e.g. `spec.containers`. Upstream: pkg/apis/core/validation validateContainers.
 * @param volumes names of the pod's volumes
 * @param hostUsers the pod's users are those of its node
 * @param others of containers that run once, before all others: the names of those
 */
export function validateContainers(
  containers: readonly Json[],
  volumes: readonly string[],
  hostUsers: boolean,
  path: string,
  others?: readonly string[],
): FieldError[] {
  const names = new Set<string>(others);
  return containers.flatMap((item, index) => {
    const field = `${path}[${index}]`;
    const errors = validateContainer(item, volumes, hostUsers, field);
    if (names.has(item.name)) errors.push(duplicate(`${field}.name`, item.name));
    names.add(item.name);
    const sidecar = item.restartPolicy === 'Always';
    if (others && !sidecar) {
      const why = 'may not be set for init containers without restartPolicy=Always';
      const kept = ['lifecycle', ...PROBES].filter((name) => item[name]);
      return [...errors, ...validateHostPorts([item], path), ...kept.map((name) => forbidden(`${field}.${name}`, why))];
    }
    for (const name of ['postStart', 'preStop'])
      if (item.lifecycle?.[name]) errors.push(...validateHandlers(item.lifecycle[name], `${field}.lifecycle.${name}`));
    for (const name of PROBES) if (item[name]) errors.push(...validateProbe(item[name], name, `${field}.${name}`));
    return errors;
  });
}

/** Upstream: validateContainerCommon. */
function validateContainer(item: Json, volumes: readonly string[], hostUsers: boolean, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!item.name) errors.push(required(`${field}.name`));
  else errors.push(...dns1123Label(item.name).map((message) => invalid(`${field}.name`, item.name, message)));
  if (!item.image) errors.push(required(`${field}.image`));
  if (!MESSAGE_POLICIES.includes(item.terminationMessagePolicy))
    errors.push(notSupported(`${field}.terminationMessagePolicy`, item.terminationMessagePolicy, MESSAGE_POLICIES, true));
  if (item.ports) errors.push(...validatePorts(item.ports, `${field}.ports`));
  errors.push(...validateEnv(item.env, `${field}.env`), ...validateEnvFrom(item.envFrom, `${field}.envFrom`));
  if (item.volumeMounts) errors.push(...validateMounts(item.volumeMounts, volumes, `${field}.volumeMounts`));
  if (item.imagePullPolicy && !PULL_POLICIES.includes(item.imagePullPolicy))
    errors.push(notSupported(`${field}.imagePullPolicy`, item.imagePullPolicy, PULL_POLICIES));
  if (item.resources?.limits || item.resources?.requests) errors.push(...validateResources(item.resources, `${field}.resources`));
  errors.push(...validateSecurityContext(item.securityContext, hostUsers, `${field}.securityContext`));
  return errors;
}

/** Upstream: ValidateContainerResourceRequirements. */
function validateResources({ limits = {}, requests = {} }: Json, field: string): FieldError[] {
  const each = (kind: string, [name, value]: [string, Json]): FieldError[] => {
    const errors = resourceName(name).map((message) => invalid(`${field}.${kind}[${name}]`, name, message));
    if (nanosOf(value) < 0n) errors.push(invalid(`${field}.${kind}[${name}]`, value, 'must be greater than or equal to 0'));
    const limit: string | undefined = limits[name];
    if (kind !== 'requests' || limit === undefined) return errors;
    const [asked, most] = [nanosOf(value), nanosOf(limit)];
    // what cannot be lent must be had in full
    const overcommits = !name.includes('/') && !name.startsWith('hugepages-');
    const why = overcommits ? 'less than or equal to' : 'equal to';
    if (asked > most || (!overcommits && asked !== most))
      errors.push(invalid(`${field}.requests`, value, `must be ${why} ${name} limit of ${limit}`));
    return errors;
  };
  return [
    ...Object.entries(limits).flatMap((entry) => each('limits', entry)),
    ...Object.entries(requests).flatMap((entry) => each('requests', entry)),
  ];
}

const STANDARD_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Upstream: validateContainerResourceName. */
function resourceName(name: string): string[] {
  const messages = qualifiedName(name);
  if (messages.length > 0 || name.includes('/') || name.startsWith('hugepages-') || STANDARD_RESOURCES.includes(name))
    return messages;
  return ['must be a standard resource type or fully qualified', 'must be a standard resource for containers'];
}

function validatePorts(ports: readonly Json[], path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const field = `${path}[${index}]`;
    const errors: FieldError[] = [];
    if (port.name) {
      errors.push(...portName(port.name).map((message) => invalid(`${field}.name`, port.name, message)));
      if (names.has(port.name)) errors.push(duplicate(`${field}.name`, port.name));
      names.add(port.name);
    }
    const number = (name: 'containerPort' | 'hostPort') =>
      portNumber(port[name]).map((message) => invalid(`${field}.${name}`, port[name], message));
    if (!port.containerPort) errors.push(required(`${field}.containerPort`));
    else errors.push(...number('containerPort'));
    if (port.hostPort) errors.push(...number('hostPort'));
    if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${field}.protocol`, port.protocol, PROTOCOLS));
    return errors;
  });
}

/** Upstream: ValidateVolumeMounts. */
function validateMounts(mounts: readonly Json[], volumes: readonly string[], path: string): FieldError[] {
  const paths = new Set<string>();
  return mounts.flatMap(({ name = '', mountPath = '', subPath }, index) => {
    const field = `${path}[${index}]`;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(`${field}.name`));
    if (!volumes.includes(name)) errors.push(missing(`${field}.name`, name));
    if (!mountPath) errors.push(required(`${field}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${field}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    // without the mount's number, as upstream
    if (subPath) errors.push(...validateRelativePath(`${path}.subPath`, subPath));
    return errors;
  });
}

/** Upstream: validateProbe, validateLivenessProbe, validateReadinessProbe, validateStartupProbe. */
function validateProbe(probe: Json, name: string, field: string): FieldError[] {
  const errors = validateHandlers(probe, field);
  for (const number of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'])
    if (probe[number] < 0) errors.push(invalid(`${field}.${number}`, probe[number], 'must be greater than or equal to 0'));
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  if (name === 'readinessProbe' && grace !== undefined)
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
  if (name !== 'readinessProbe' && probe.successThreshold !== 1)
    errors.push(invalid(`${field}.successThreshold`, probe.successThreshold, 'must be 1'));
  return errors;
}

/** Upstream: validateHandler. */
function validateHandlers(probe: Json, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const given = HANDLERS.filter((handler) => probe[handler]);
  if (given.length === 0) errors.push(required(field, 'must specify a handler type'));
  given.forEach((handler, index) => {
    if (index > 0) errors.push(forbidden(`${field}.${handler}`, 'may not specify more than 1 handler type'));
    else errors.push(...validateHandler(handler, probe[handler], `${field}.${handler}`));
  });
  return errors;
}

function validateHandler(handler: string, { command, path, port = 0, scheme, httpHeaders }: Json, field: string): FieldError[] {
  if (handler === 'sleep') return [];
  if (handler === 'exec') return command?.length ? [] : [required(`${field}.command`)];
  const errors = handler === 'httpGet' && !path ? [required(`${field}.path`)] : [];
  const wrong = typeof port === 'number' ? portNumber(port) : portName(port);
  errors.push(...wrong.map((message) => invalid(`${field}.port`, port, message)));
  if (handler === 'httpGet' && !['HTTP', 'HTTPS'].includes(scheme))
    errors.push(notSupported(`${field}.scheme`, scheme, ['HTTP', 'HTTPS']));
  for (const { name = '' } of httpHeaders ?? [])
    if (!/^[-A-Za-z0-9]+$/.test(name)) errors.push(invalid(`${field}.httpHeaders`, name, NOT_A_HEADER));
  return errors;
}
