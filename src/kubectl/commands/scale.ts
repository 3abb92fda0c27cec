import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allFlag, dryRunFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
import { recordCause, recordFlag } from '../record';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery } from '../writing';

export const scale: Command = {
  name: 'scale',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  use: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  examples: ['kubectl scale deployment web --replicas=3'],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    selectorFlag,
    allFlag,
    dryRunFlag,
    flag('current-replicas', 'int', 'Only when this is the present size.', { default: '-1' }),
    recordFlag,
    flag('replicas', 'int', 'The new size.', { required: true }),
    flag('resource-version', 'string', 'Only when this is the present version.'),
    flag('timeout', 'duration', 'How long to wait for the new size.', { default: '0s' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const replicas = flags.number('replicas');
    if (replicas < 0)
      throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const wanted = flags.number('current-replicas');
    if (wanted < -1) throw new KubectlError('The --current-replicas must specify an integer of -1 or greater');
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, dryRun);
    const built = buildTargets(session, { flags, args });
    const found = fetchTargets(session, built, flags, { latest: false });
    const version = flags.string('resource-version');
    if (version && found.length > 1) throw new KubectlError('cannot use --resource-version with multiple resources');
    if (found.length === 0 && built.errors.length === 0) throw new KubectlError('no objects passed to scale');
    for (const target of found) {
      const { mapping, namespace, name, object } = target;
      if (dryRun !== 'client') {
        const path = `${pathOf(mapping, namespace, name)}/scale`;
        const query = writeQuery(invocation, dryRun);
        if (wanted < 0 && !version) session.patch(path, 'application/merge-patch+json', { spec: { replicas } }, query);
        else {
          const present: Json = session.get(path);
          if (wanted >= 0 && (present.spec.replicas ?? 0) !== wanted)
            throw new KubectlError(`Expected replicas to be ${wanted}, was ${present.spec.replicas ?? 0}`);
          if (version && present.metadata.resourceVersion !== version)
            throw new KubectlError(`Expected resource version to be ${version}, was ${present.metadata.resourceVersion}`);
          session.put(path, { ...present, spec: { ...present.spec, replicas } }, query);
        }
        recordCause(invocation, target, object as Json, query);
        if (dryRun === 'none' && flags.duration('timeout') !== 0) yield* reached(invocation, path, name ?? '', replicas);
      }
      const known = mapping.group === '' || mapping.group === 'apps';
      const shown: Json = object;
      reporter.report(known ? { ...shown, spec: { ...shown.spec, replicas } } : shown, 'scaled');
    }
    throwGathered(built.errors);
  },
};

/** How often is looked, ms. */
const POLL = 1000;

/** Waits until so many pods are there, or somebody wants another number. @throws KubectlError when --timeout has passed */
function* reached({ session, flags }: Invocation, path: string, name: string, replicas: number): Generator<Suspend, void, void> {
  const until = session.now + flags.duration('timeout');
  for (;;) {
    const { spec, status }: Json = session.get(path);
    const wanted: number = spec.replicas ?? 0;
    if (wanted !== replicas || wanted === (status.replicas ?? 0)) return;
    if (session.now >= until) throw new KubectlError(`timed out waiting for ${JSON.stringify(name)} to be synced`);
    yield { until: Math.min(until, session.now + POLL) };
  }
}
