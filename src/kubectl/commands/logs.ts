import type { Command } from '../command';
import { selectorFlag } from '../commonflags';
import { KubectlError, notSimulated, StatusError, usageError } from '../errors';
import { flag } from '../flags';
import type { Suspend } from '../types';
import { findContainer, findPod } from './podtarget';

const ignored = { support: 'ignored' } as const;

export const logs: Command = {
  name: 'logs',
  short: 'Print the logs for a container in a pod',
  use: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  flags: [
    selectorFlag,
    flag('all-containers', 'bool', 'Of all containers.', ignored),
    flag('all-pods', 'bool', 'Of all pods.', ignored),
    flag('container', 'string', 'Container name.', { short: 'c' }),
    flag('follow', 'bool', 'Wait for more.', { short: 'f', ...ignored }),
    flag('ignore-errors', 'bool', 'Go on after errors.', ignored),
    flag('insecure-skip-tls-verify-backend', 'bool', 'Do not check the kubelet.', ignored),
    flag('limit-bytes', 'int', 'At most so many bytes.', ignored),
    flag('max-log-requests', 'int', 'At most so many at once.', { default: '5', ...ignored }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '20s', ...ignored }),
    flag('prefix', 'bool', 'Source in front of each line.', ignored),
    flag('previous', 'bool', 'Of the container before.', { short: 'p', ...ignored }),
    flag('since', 'duration', 'Only newer ones.', { default: '0s', ...ignored }),
    flag('since-time', 'string', 'Only newer ones.', ignored),
    flag('tail', 'int', 'Only the last lines.', { default: '-1', ...ignored }),
    flag('timestamps', 'bool', 'Time in front of each line.', ignored),
  ],
  *run({ session, flags, args, path }): Generator<Suspend, void, void> {
    const [target, container] = args;
    if (!target && !flags.has('selector')) {
      throw usageError(
        path,
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      );
    }
    if (!target) throw notSimulated('keep logs of containers');
    let pod;
    try {
      pod = findPod(session, target);
    } catch (error) {
      if (error instanceof StatusError && error.reason === 'NotFound') {
        throw new KubectlError(`error from server (NotFound): ${error.message} in namespace "${session.namespace}"`);
      }
      throw error;
    }
    const name = findContainer(session, pod, container ?? flags.string('container'));
    const { namespace, name: podName } = pod.metadata;
    const log: unknown = session.get(`/api/v1/namespaces/${namespace}/pods/${podName}/log`, { container: name });
    if (typeof log === 'string') session.out(log);
  },
};
