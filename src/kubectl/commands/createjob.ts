import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import { generator } from './generate';

export const createJob = generator({
  name: 'job',
  short: 'Create a job with the specified name',
  use: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  flags: [flag('from', 'string', 'The CronJob to make a Job from.'), flag('image', 'string', 'Image of the container.')],
  apiVersion: 'batch/v1',
  kind: 'Job',
  resource: 'jobs',
  failure: 'failed to create job: ',
  anyName: true,
  build: (invocation, name, command) => {
    const [image, from] = [invocation.flags.string('image'), invocation.flags.string('from')];
    if ((image === '') === (from === '')) throw new KubectlError('either --image or --from must be specified');
    if (from && command.length > 0) throw new KubectlError('cannot specify --from and command');
    if (from) return jobOf(invocation, name, from);
    return { metadata: { name }, spec: jobSpec(name, image, command, 'Never'), status: {} };
  },
});

export const createCronJob = generator({
  name: 'cronjob',
  aliases: ['cj'],
  short: 'Create a cron job with the specified name',
  use: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
  flags: [
    flag('image', 'string', 'Image of the container.', { required: true }),
    flag('restart', 'string', 'OnFailure or Never.'),
    flag('schedule', 'string', 'When to run, in the format of cron.', { required: true }),
  ],
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  resource: 'cronjobs',
  failure: 'failed to create cronjob: ',
  anyName: true,
  build: ({ flags }, name, command) => ({
    metadata: { name },
    spec: {
      schedule: flags.string('schedule'),
      jobTemplate: {
        metadata: { name },
        spec: jobSpec(name, flags.string('image'), command, flags.string('restart') || 'OnFailure'),
      },
    },
    status: {},
  }),
});

function jobSpec(name: string, image: string, command: string[], restartPolicy: string): Json {
  const container = { name, image, ...(command.length > 0 && { command }), resources: {} };
  return { template: { metadata: {}, spec: { containers: [container], restartPolicy } } };
}

/** One run of a CronJob, started by hand. */
function jobOf({ session, flags }: Invocation, name: string, from: string): Json {
  const built = buildTargets(session, { flags, args: [from], namedOnly: true });
  const [target, ...others] = fetchTargets(session, built, flags);
  throwGathered(built.errors);
  if (!target || others.length > 0) throw new KubectlError('from must be an existing cronjob');
  const source: Json = target.object;
  if (target.mapping.kind !== 'CronJob')
    throw new KubectlError(`unknown object type *${target.mapping.version}.${target.mapping.kind}`);
  const template = source.spec.jobTemplate;
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: source.metadata.name,
    uid: source.metadata.uid,
    controller: true,
  };
  return {
    metadata: {
      name,
      ...(template.metadata?.labels && { labels: template.metadata.labels }),
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...template.metadata?.annotations },
      ownerReferences: [owner],
    },
    spec: template.spec,
    status: {},
  };
}
