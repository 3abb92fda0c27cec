import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { KubectlError, notSimulated, usageError } from '../errors';
import { flag } from '../flags';
import { attachablePod, checkRunningTimeout } from './podtarget';

export const portForward: Command = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  use: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  examples: ['kubectl port-forward svc/web 8080:80'],
  flags: [
    flag('address', 'list', 'Addresses to listen on.', { default: '[localhost]', support: 'not simulated' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
  ],
  *run(invocation) {
    const { session, args, path } = invocation;
    const [resource, ...ports] = args;
    if (resource === undefined || ports.length === 0)
      throw usageError(path, 'TYPE/NAME and list of ports are required for port-forward');
    checkRunningTimeout(invocation);
    const { pod, service } = attachablePod(session, resource);
    for (const port of ports) {
      if (service) servicePort(port, service, pod);
      else podPort(port, pod);
    }
    if (pod.status?.phase !== 'Running')
      throw new KubectlError(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`);
    if (!service) ports.forEach(checkPort);
    throw notSimulated(
      'forward ports of the machine it runs in; ask the address of a Service or pod from inside the cluster, or a node port from outside',
    );
  },
};

const remoteOf = (port: string) => {
  const parts = port.split(':');
  return (parts.length === 2 ? parts[1] : parts[0]) ?? '';
};

function servicePort(port: string, service: Json, pod: Json): void {
  const remote = remoteOf(port);
  const { name } = service.metadata;
  const ports: Json[] = service.spec.ports ?? [];
  const found = /^[-+]?\d+$/.test(remote)
    ? ports.find((candidate) => candidate.port === Number(remote))
    : ports.find((candidate) => candidate.name === remote);
  if (!found) {
    throw new KubectlError(
      /^[-+]?\d+$/.test(remote)
        ? `Service ${name} does not have a service port ${Number(remote)}`
        : `Service '${name}' does not have a named port '${remote}'`,
    );
  }
  const sameTcp = ports.some((candidate) => candidate.port === found.port && candidate.protocol === 'TCP');
  if (found.protocol === 'UDP' && !sameTcp) throw new KubectlError(`UDP protocol is not supported for ${remote}`);
  if (typeof found.targetPort === 'string' && !containerPorts(pod).some((candidate) => candidate.name === found.targetPort))
    throw new KubectlError(`Pod '${pod.metadata.name}' does not have a named port '${found.targetPort}'`);
}

function podPort(port: string, pod: Json): void {
  const remote = remoteOf(port);
  if (remote === '') throw new KubectlError('remote port cannot be empty');
  const numeric = /^[-+]?\d+$/.test(remote);
  const matching = containerPorts(pod).filter((candidate) =>
    numeric ? candidate.containerPort === Number(remote) : candidate.name === remote,
  );
  if (!numeric && matching.length === 0)
    throw new KubectlError(`Pod '${pod.metadata.name}' does not have a named port '${remote}'`);
  if (matching.length > 0 && matching.every((candidate) => candidate.protocol === 'UDP'))
    throw new KubectlError(`UDP protocol is not supported for ${remote}`);
}

const containerPorts = (pod: Json): Json[] => pod.spec.containers.flatMap((container: Json) => container.ports ?? []);

/** Upstream: client-go/tools/portforward parsePorts. @throws KubectlError */
function checkPort(port: string): void {
  const [local = '', remote = local] = port.split(':');
  if (port.includes(':') ? local !== '' : true) parsePort(local, 'local');
  if (parsePort(remote, 'remote') === 0) throw new KubectlError('remote port must be > 0');
}

function parsePort(text: string, which: string): number {
  const wrong = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65535 ? 'value out of range' : undefined;
  if (wrong)
    throw new KubectlError(`error parsing ${which} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${wrong}`);
  return Number(text);
}
