import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { pathOf } from '../discovery';
import { KubectlError, usageError } from '../errors';
import { flag } from '../flags';
import type { Session } from '../session';
import type { PortForwarder, Suspend } from '../types';
import { type ForwardedPort, type ListenAddress, listenAddresses, parsePorts, podPorts, servicePorts } from './forwardedports';
import { attachablePod, checkRunningTimeout } from './podtarget';

export const portForward: Command = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  use: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  examples: ['kubectl port-forward svc/web 8080:80', 'kubectl port-forward pod/web-0 :80'],
  flags: [
    flag('address', 'list', 'Addresses to listen on: IPv4 addresses of this machine, or localhost.', { default: '[localhost]' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
  ],
  interruptExit: 0,
  *run(invocation): Generator<Suspend, void, void> {
    const { session, args, flags, path } = invocation;
    const [resource, ...ports] = args;
    if (resource === undefined || ports.length === 0)
      throw usageError(path, 'TYPE/NAME and list of ports are required for port-forward');
    checkRunningTimeout(invocation);
    const { pod: found, service } = yield* attachablePod(session, resource, flags.duration('pod-running-timeout'));
    const texts = service ? servicePorts(ports, service, found) : podPorts(ports, found);
    const { namespace, name } = found.metadata;
    const pod: Json = session.get(pathOf(session.discovery.find('pods'), namespace, name));
    if (pod.status?.phase !== 'Running')
      throw new KubectlError(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`);
    const addresses = listenAddresses(flags.has('address') ? flags.list('address') : ['localhost']);
    yield* forward(session, { namespace, name }, addresses, parsePorts(texts));
  },
};

/** Upstream: client-go/tools/portforward, ForwardPorts. @throws KubectlError when nothing can listen, or when the way is lost */
function* forward(
  session: Session,
  pod: { namespace: string; name: string },
  addresses: readonly ListenAddress[],
  ports: readonly ForwardedPort[],
): Generator<Suspend, void, void> {
  const { environment } = session;
  if (!environment.forward) throw new KubectlError('this terminal cannot forward ports');
  const forwarder = environment.forward(pod.namespace, pod.name);
  if ('error' in forwarder) {
    if (forwarder.after > 0) yield { until: session.now + forwarder.after };
    throw new KubectlError(`error upgrading connection: ${forwarder.error}`);
  }
  try {
    const listening = ports.map((port) => listen(session, forwarder, addresses, port));
    if (!listening.includes(true)) {
      const all = ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
      throw new KubectlError(`unable to listen on any of the requested ports: [${all}]`);
    }
    while (!forwarder.closed) yield {};
  } finally {
    forwarder.close();
  }
  throw new KubectlError('lost connection to pod');
}

/** Listens on all addresses: of `localhost`, one of its two is enough. Upstream: listenOnPort, waitForConnection, handleConnection. */
function listen(session: Session, forwarder: PortForwarder, addresses: readonly ListenAddress[], port: ForwardedPort): boolean {
  const { remote } = port;
  const errors: string[] = [];
  const failed: ListenAddress[] = [];
  for (const each of addresses) {
    const { address } = each;
    const isSix = address.includes(':');
    const at = (number: number) => `${isSix ? `[${address}]` : address}:${number}`;
    const opened = forwarder.listen(address, port.local, remote, {
      taken: () => session.out(`Handling connection for ${port.local}\n`),
      failed: (message) => {
        const error = `an error occurred forwarding ${port.local} -> ${remote}: ${message}`;
        session.log('E', `portforward.go:522] "Unhandled Error" err=${JSON.stringify(error)}`);
      },
    });
    if (typeof opened === 'number') {
      // the next address gets the port that was free for this one
      port.local = opened;
      session.out(`Forwarding from ${at(opened)} -> ${remote}\n`);
    } else {
      failed.push(each);
      errors.push(`unable to create listener: Error listen tcp${isSix ? 6 : 4} ${at(port.local)}: bind: ${opened}`);
    }
  }
  const count = (list: readonly ListenAddress[]) => list.filter(({ either }) => either).length;
  const isRefused = failed.some(({ either }) => !either) || (count(failed) > 0 && count(failed) === count(addresses));
  if (!isRefused) return true;
  session.err(
    `Unable to listen on port ${port.local}: Listeners failed to create with the following errors: [${errors.join(' ')}]\n`,
  );
  return false;
}
