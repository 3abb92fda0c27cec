import type { Command } from '../command';
import { KubectlError, notSimulated } from '../errors';
import { flag } from '../flags';
import { checkRunningTimeout, findContainer, findPod } from './podtarget';
import { ignoredFlags } from './notsimulated';

export const attach: Command = {
  name: 'attach',
  short: 'Attach to a running container',
  use: '(POD | TYPE/NAME) -c CONTAINER',
  flags: [
    flag('container', 'string', 'Container name.', { short: 'c' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
    ...ignoredFlags('string:detach-keys=ctrl-p,ctrl-q bool:q/quiet bool:i/stdin bool:t/tty'),
  ],
  *run(invocation) {
    const { session, flags, args } = invocation;
    if (args.length === 0) throw new KubectlError('at least 1 argument is required for attach');
    if (args.length > 2)
      throw new KubectlError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`,
      );
    checkRunningTimeout(invocation);
    if (args.length === 2 && args[0]?.includes('/')) session.discovery.find(args[0]);
    const pod = findPod(session, args.join('/'));
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
      throw new KubectlError(`cannot attach a container in a completed pod; current phase is ${pod.status.phase}`);
    try {
      findContainer(session, pod, flags.string('container'));
    } catch (error) {
      if (error instanceof KubectlError) throw new KubectlError(`cannot attach to the container: ${error.message}`);
      throw error;
    }
    throw notSimulated('connect to the output of containers');
  },
};
