import type { Command } from '../command';
import { filenameFlag } from '../commonflags';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
import type { Suspend } from '../types';
import { buildTargets } from '../resourcebuilder';
import { hasTerminal } from './attaching';
import { checkRunningTimeout, findContainer, findPod } from './podtarget';

export const exec: Command = {
  name: 'exec',
  short: 'Execute a command in a container',
  use: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  examples: ['kubectl exec web-0 -- ls /', 'kubectl exec -it deploy/web -- sh'],
  flags: [
    filenameFlag,
    flag('container', 'string', 'Container name.', { short: 'c' }),
    flag('pod-running-timeout', 'duration', 'How long to wait for the pod.', { default: '1m0s' }),
    flag('quiet', 'bool', 'Only the output of the command.', { short: 'q' }),
    flag('stdin', 'bool', 'Pass standard input on.', { short: 'i' }),
    flag('tty', 'bool', 'Standard input is a terminal.', { short: 't' }),
  ],
  *run(invocation): Generator<Suspend, number, void> {
    const { session, flags, args, dash } = invocation;
    const [target] = dash < 0 ? args : args.slice(0, dash);
    if (!target) throw new KubectlError('pod, type/name or --filename must be specified');
    const command = dash < 0 ? [] : args.slice(dash);
    if (dash < 0 && args.length > 1) {
      throw new KubectlError(
        "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
      );
    }
    if (command.length === 0) throw new KubectlError('you must specify at least one command for the container');
    checkRunningTimeout(invocation);
    if (flags.list('filename').length > 0) throwGathered(buildTargets(session, { flags, args: [] }).errors);
    const pod = yield* findPod(session, target, flags.duration('pod-running-timeout'));
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') {
      throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`);
    }
    const container = findContainer(session, pod, flags.string('container'), flags.boolean('quiet'));
    if (!pod.spec.nodeName) {
      throw new KubectlError(`Error from server (BadRequest): pod ${pod.metadata.name} does not have a host assigned`, {
        verbatim: true,
      });
    }
    if (pod.status?.phase !== 'Running') {
      throw new KubectlError(`Internal error occurred: unable to upgrade connection: container not found ("${container}")`);
    }
    const { environment } = session;
    if (!environment.exec) throw new KubectlError('this terminal cannot run commands in containers');
    const { name, namespace } = pod.metadata;
    const [stdin, quiet] = [flags.boolean('stdin'), flags.boolean('quiet')];
    const tty = hasTerminal(session, { stdin, tty: flags.boolean('tty'), quiet });
    return yield* environment.exec({
      namespace,
      pod: name,
      container,
      command,
      stdin,
      tty,
    });
  },
};
