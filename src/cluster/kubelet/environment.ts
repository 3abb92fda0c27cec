import { fromBase64 } from '../apimachinery/base64';
import type { Json, KubeObject } from '../apimachinery/object';
import type { Client } from '../apiserver/client';

/** A container cannot be made from its configuration (CreateContainerConfigError). */
export class ContainerConfigError extends Error {}

/**
 * The environment variables of a container at the moment it starts: its own, then those of the Services that are there.
 * Upstream: pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables.
 * @param services those of the pod's namespace, and `kubernetes`
 * @throws ContainerConfigError when a ConfigMap or Secret it names is missing
 */
export function environmentOf(
  client: Client,
  pod: KubeObject,
  container: Json,
  services: readonly KubeObject[],
): Record<string, string> {
  const ofServices = serviceEnvironment(services);
  const own: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    const data = sourceData(client, pod, source);
    for (const key of Object.keys(data).sort()) own[(source.prefix ?? '') + key] = data[key]!;
  }
  for (const variable of container.env ?? []) {
    const value = variable.valueFrom
      ? referredValue(client, pod, variable.valueFrom)
      : expand(variable.value ?? '', { ...ofServices, ...own });
    if (value !== undefined) own[variable.name] = value;
  }
  return { ...ofServices, ...own };
}

/** The Services whose addresses a new container of the pod is told. Upstream: getServiceEnvVarMap. */
export function visibleServices(client: Client, pod: KubeObject): readonly KubeObject[] {
  const own = pod.spec.enableServiceLinks === false ? [] : client.list('services', pod.metadata.namespace);
  const isMaster = ({ metadata }: KubeObject) => metadata.namespace === 'default' && metadata.name === 'kubernetes';
  const master = client.get('services', 'default', 'kubernetes');
  return [...(master ? [master] : []), ...own.filter((service) => !isMaster(service))];
}

/** Upstream: pkg/kubelet/envvars, FromServices. */
function serviceEnvironment(services: readonly KubeObject[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const { metadata, spec } of services) {
    const address: string | undefined = spec.clusterIP;
    const ports: Json[] = spec.ports ?? [];
    const [first] = ports;
    if (!address || address === 'None' || !first) continue;
    const name = variableName(metadata.name);
    result[`${name}_SERVICE_HOST`] = address;
    result[`${name}_SERVICE_PORT`] = String(first.port);
    for (const port of ports) if (port.name) result[`${name}_SERVICE_PORT_${variableName(port.name)}`] = String(port.port);
    // the variables that Docker's links set
    ports.forEach(({ port, protocol = 'TCP' }, index) => {
      const url = `${protocol.toLowerCase()}://${address}:${port}`;
      const prefix = `${name}_PORT_${port}_${protocol.toUpperCase()}`;
      if (index === 0) result[`${name}_PORT`] = url;
      Object.assign(result, {
        [prefix]: url,
        [`${prefix}_PROTO`]: protocol.toLowerCase(),
        [`${prefix}_PORT`]: String(port),
        [`${prefix}_ADDR`]: address,
      });
    });
  }
  return result;
}

const variableName = (text: string): string => text.toUpperCase().replaceAll('-', '_');

/** `$(NAME)` becomes the variable's value and `$$` a dollar; an unknown name stays. Upstream: third_party/forked/golang/expansion. */
function expand(text: string, known: Record<string, string>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name?: string) =>
    name === undefined ? '$' : Object.hasOwn(known, name) ? known[name]! : whole,
  );
}

function sourceData(client: Client, pod: KubeObject, { configMapRef, secretRef }: Json): Record<string, string> {
  const reference = configMapRef ?? secretRef;
  return dataOf(client, pod, configMapRef ? 'configmaps' : 'secrets', reference.name, reference.optional === true) ?? {};
}

/** The texts of a ConfigMap or Secret; undefined when it is missing and may be. */
function dataOf(
  client: Client,
  pod: KubeObject,
  resource: 'configmaps' | 'secrets',
  name: string,
  optional: boolean,
): Record<string, string> | undefined {
  const object = client.get(resource, pod.metadata.namespace, name);
  if (!object && !optional)
    throw new ContainerConfigError(`${resource === 'secrets' ? 'secret' : 'configmap'} "${name}" not found`);
  if (!object) return undefined;
  return resource === 'configmaps' ? object.data : mapValues(object.data ?? {}, fromBase64);
}

function mapValues(map: Record<string, string>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function referredValue(client: Client, pod: KubeObject, source: Json): string | undefined {
  if (source.fieldRef) return podField(pod, source.fieldRef.fieldPath);
  const reference = source.configMapKeyRef ?? source.secretKeyRef;
  if (!reference) return undefined;
  const resource = source.configMapKeyRef ? 'configmaps' : 'secrets';
  const data = dataOf(client, pod, resource, reference.name, reference.optional === true);
  const value = data?.[reference.key];
  if (value === undefined && reference.optional !== true) {
    const kind = resource === 'secrets' ? 'Secret' : 'ConfigMap';
    throw new ContainerConfigError(`couldn't find key ${reference.key} in ${kind} ${pod.metadata.namespace}/${reference.name}`);
  }
  return value;
}

/** A field that the downward API gives. Upstream: pkg/fieldpath, podFieldSelectorRuntimeValue. */
export function podField(pod: KubeObject, path: string): string | undefined {
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript) return pod.metadata[subscript[1] as 'labels' | 'annotations']?.[subscript[2]!] ?? '';
  const fields: Record<string, () => string | undefined> = {
    'metadata.name': () => pod.metadata.name,
    'metadata.namespace': () => pod.metadata.namespace,
    'metadata.uid': () => pod.metadata.uid,
    'metadata.labels': () => quoted(pod.metadata.labels),
    'metadata.annotations': () => quoted(pod.metadata.annotations),
    'spec.nodeName': () => pod.spec.nodeName,
    'spec.serviceAccountName': () => pod.spec.serviceAccountName,
    'status.hostIP': () => pod.status?.hostIP,
    'status.hostIPs': () => pod.status?.hostIP,
    'status.podIP': () => pod.status?.podIP,
    'status.podIPs': () => pod.status?.podIP,
  };
  return Object.hasOwn(fields, path) ? (fields[path]!() ?? '') : undefined;
}

const quoted = (map: Record<string, string> = {}): string =>
  Object.keys(map)
    .sort()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
