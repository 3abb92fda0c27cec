import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import type { Suspend } from '../types';
import { ATTACHED, hasTerminal, reattachMessage } from './attaching';
import { followLogs } from './followlogs';
import { checkRunningTimeout, findContainer, findPod } from './podtarget';
import { ignoredFlags } from './notsimulated';

export const attach: Command = {
  name: 'attach',
  short: 'Attach to a running container',
  use: '(POD | TYPE/NAME) -c CONTAINER',
  flags: [
    flag('container', 'string', 'Container name.', { short: 'c' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
    flag('quiet', 'bool', 'Only the output of the program.', { short: 'q' }),
    flag('stdin', 'bool', 'Pass standard input on.', { short: 'i' }),
    flag('tty', 'bool', 'Standard input is a terminal.', { short: 't' }),
    ...ignoredFlags('string:detach-keys=ctrl-p,ctrl-q'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    if (args.length === 0) throw new KubectlError('at least 1 argument is required for attach');
    if (args.length > 2)
      throw new KubectlError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`,
      );
    checkRunningTimeout(invocation);
    if (args.length === 2 && args[0]?.includes('/')) session.discovery.find(args[0]);
    const pod = yield* findPod(session, args.join('/'), flags.duration('pod-running-timeout'));
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
      throw new KubectlError(`cannot attach a container in a completed pod; current phase is ${pod.status.phase}`);
    const quiet = flags.boolean('quiet');
    let container = '';
    try {
      container = findContainer(session, pod, flags.string('container'), quiet);
    } catch (error) {
      if (error instanceof KubectlError) throw new KubectlError(`cannot attach to the container: ${error.message}`);
      throw error;
    }
    const { namespace, name } = pod.metadata;
    const ephemeral: Json[] = pod.spec.ephemeralContainers ?? [];
    const spec = [...pod.spec.containers, ...(pod.spec.initContainers ?? []), ...ephemeral].find(
      (each: Json) => each.name === container,
    );
    const stdin = flags.boolean('stdin');
    if (flags.boolean('tty') && !spec.tty && !quiet)
      session.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
    const tty = hasTerminal(session, { stdin, tty: spec.tty === true, quiet });
    if (!quiet) session.err(ATTACHED);
    const { environment } = session;
    if (!environment.exec) throw new KubectlError('this terminal cannot attach to a container');
    if (!pod.spec.nodeName)
      throw new KubectlError(`Error from server (BadRequest): pod ${name} does not have a host assigned`, { verbatim: true });
    const shell = environment.shellOf?.(namespace, name, container);
    if (shell === null) {
      throw new KubectlError(
        `Internal error occurred: unable to upgrade connection: container ${container} not found in pod ${name}_${namespace}`,
      );
    }
    if (stdin && spec.stdin && shell) {
      const ended = (_exit: number, stdout: (text: string) => void) => {
        const isEphemeral = ephemeral.some((each) => each.name === container);
        if (tty && !quiet) stdout(reattachMessage(namespace, name, container, isEphemeral));
      };
      yield* environment.exec({ namespace, pod: name, container, command: [...shell], stdin, tty, attached: true, ended });
      return;
    }
    // what the program has written is not told again
    const query = { container, follow: 'true', tailLines: '0' };
    yield* followLogs(
      session,
      flags,
      [{ path: `/api/v1/namespaces/${namespace}/pods/${name}/log`, query, prefix: '' }],
      Infinity,
    );
  },
};
