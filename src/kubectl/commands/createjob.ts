import type { Command } from '../command';
import { builtin } from '../discovery';
import { KubectlError, notSimulated, usageError } from '../errors';
import { flag } from '../flags';
import { createGenerated, generatorFlags } from './generate';

export const createJob: Command = {
  name: 'job',
  short: 'Create a job with the specified name',
  use: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  flags: [
    ...generatorFlags,
    flag('from', 'string', 'The CronJob to make a Job from.', { support: 'not simulated' }),
    flag('image', 'string', 'Image of the container.'),
  ],
  *run(invocation) {
    const { args, flags, path, session } = invocation;
    const [name, ...command] = args;
    if (name === undefined) throw usageError(path, 'exactly one NAME is required, got 0');
    const [image, from] = [flags.string('image'), flags.string('from')];
    if ((image === '') === (from === '')) throw new KubectlError('either --image or --from must be specified');
    if (from && command.length > 0) throw new KubectlError('cannot specify --from and command');
    if (from) throw notSimulated('run CronJobs');
    const container = { name, image, ...(command.length > 0 && { command }), resources: {} };
    const job = {
      kind: 'Job',
      apiVersion: 'batch/v1',
      metadata: { name },
      spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy: 'Never' } } },
      status: {},
    };
    createGenerated(invocation, builtin(session, 'batch/v1', 'Job', 'jobs'), job, 'failed to create job');
  },
};
