import { validateAddress } from '../../cluster/apimachinery/ip';
import type { Json } from '../../cluster/apimachinery/object';
import { KubectlError } from '../errors';

/** A port here and the one in the pod. */
export interface ForwardedPort {
  /** 0: any; whoever listens writes down which. */
  local: number;
  readonly remote: number;
}

const INTEGER = /^[-+]?\d+$/;

/** Upstream: kubectl/pkg/cmd/portforward splitPort: with more than two parts the first is both. */
function split(port: string): { local: string; remote: string } {
  const parts = port.split(':');
  const [local = ''] = parts;
  return { local, remote: parts.length === 2 ? (parts[1] ?? '') : local };
}

const joined = (local: string, remote: string) => (local === remote ? remote : `${local}:${remote}`);

/** A Service's ports as ports of the pod. Upstream: checkUDPPortInService, translateServicePortToTargetPort. @throws KubectlError */
export function servicePorts(texts: readonly string[], service: Json, pod: Json): string[] {
  const ports: Json[] = service.spec.ports ?? [];
  const { name } = service.metadata;
  const numberOf = (remote: string): number => {
    if (INTEGER.test(remote)) return Number(remote);
    const found = ports.find((port) => (port.name ?? '') === remote);
    if (!found) throw new KubectlError(`Service '${name}' does not have a named port '${remote}'`);
    return found.port;
  };
  refuseUDP(texts, numberOf, (protocol) => ports.filter((port) => port.protocol === protocol).map(({ port }) => port));
  return texts.map((text) => {
    const { local, remote } = split(text);
    const number = numberOf(remote);
    const here = local === remote && !INTEGER.test(remote) ? String(number) : local;
    return joined(here, String(targetPort(service, pod, number)));
  });
}

/** Upstream: kubectl/pkg/util LookupContainerPortNumberByServicePort: without a cluster IP, ports are not translated. */
function targetPort({ metadata, spec }: Json, pod: Json, number: number): number {
  const found = (spec.ports ?? []).find((port: Json) => port.port === number);
  if (!found) throw new KubectlError(`Service ${metadata.name} does not have a service port ${number}`);
  if (spec.clusterIP === 'None') return number;
  return typeof found.targetPort === 'string' ? namedPort(pod, found.targetPort) : found.targetPort || found.port;
}

/** A pod's own ports, names as numbers. Upstream: checkUDPPortInPod, convertPodNamedPortToNumber. @throws KubectlError */
export function podPorts(texts: readonly string[], pod: Json): string[] {
  const numberOf = (remote: string) => (INTEGER.test(remote) ? Number(remote) : namedPort(pod, remote));
  refuseUDP(texts, numberOf, (protocol) =>
    portsOf(pod.spec.containers)
      .filter((port) => port.protocol === protocol)
      .map(({ containerPort }) => containerPort),
  );
  return texts.map((text) => {
    const { local, remote } = split(text);
    if (remote === '') throw new KubectlError('remote port cannot be empty');
    const number = INTEGER.test(remote) ? remote : String(namedPort(pod, remote));
    return local === remote ? number : `${local}:${number}`;
  });
}

function namedPort({ metadata, spec }: Json, name: string): number {
  const found = portsOf([...spec.containers, ...(spec.initContainers ?? [])]).find((port) => (port.name ?? '') === name);
  if (!found) throw new KubectlError(`Pod '${metadata.name}' does not have a named port '${name}'`);
  return found.containerPort;
}

const portsOf = (containers: Json[]): Json[] => containers.flatMap(({ ports }) => ports ?? []);

function refuseUDP(
  texts: readonly string[],
  numberOf: (remote: string) => number,
  numbers: (protocol: 'TCP' | 'UDP') => number[],
): void {
  const [udp, tcp] = [numbers('UDP'), numbers('TCP')];
  for (const text of texts) {
    const { remote } = split(text);
    const number = numberOf(remote);
    if (udp.includes(number) && !tcp.includes(number)) throw new KubectlError(`UDP protocol is not supported for ${remote}`);
  }
}

/** Upstream: client-go/tools/portforward parsePorts. @throws KubectlError */
export function parsePorts(texts: readonly string[]): ForwardedPort[] {
  return texts.map((text) => {
    const parts = text.split(':');
    const [local = '', remote = local] = parts;
    if (parts.length > 2) throw new KubectlError(`invalid port format '${text}'`);
    const port = {
      local: parsePort(parts.length === 2 && local === '' ? '0' : local, 'local'),
      remote: parsePort(remote, 'remote'),
    };
    if (port.remote === 0) throw new KubectlError('remote port must be > 0');
    return port;
  });
}

function parsePort(text: string, which: string): number {
  const wrong = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65535 ? 'value out of range' : undefined;
  if (wrong)
    throw new KubectlError(`error parsing ${which} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${wrong}`);
  return Number(text);
}

/** An address to listen on. */
export interface ListenAddress {
  readonly address: string;
  /** One of several that stand for `localhost`: it is enough that one of them is free. */
  readonly either: boolean;
}

/** Addresses to listen on, in order. Upstream: client-go/tools/portforward parseAddresses. @throws KubectlError */
export function listenAddresses(texts: readonly string[]): ListenAddress[] {
  if (texts.length === 0) throw new KubectlError('you must specify at least 1 address');
  const either = new Map<string, boolean>();
  for (const text of texts) {
    if (text === 'localhost') for (const address of ['127.0.0.1', '::1']) either.set(address, either.get(address) ?? true);
    else if (validateAddress('', text).length === 0) either.set(text, false);
    else throw new KubectlError(`${text} is not a valid IP`);
  }
  return [...either.keys()].sort().map((address) => ({ address, either: either.get(address)! }));
}
