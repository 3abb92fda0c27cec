import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { allFlag, dryRunFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered } from '../errors';
import { flag } from '../flags';
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
    flag('replicas', 'int', 'The new size.', { required: true }),
    flag('resource-version', 'string', 'Only when this is the present version.'),
    flag('timeout', 'duration', 'How long to wait for the new size.', { default: '0s', support: 'ignored' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const replicas = flags.number('replicas');
    if (replicas < 0)
      throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const dryRun = dryRunOf(invocation);
    const built = buildTargets(session, { flags, args });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    const reporter = new Reporter(invocation, dryRun);
    for (const target of found) {
      const path = `${pathOf(target.mapping, target.namespace, target.name)}/scale`;
      const wanted = flags.number('current-replicas');
      if (wanted >= 0 || flags.has('resource-version')) {
        const present: Json = session.get(path);
        if (wanted >= 0 && present.spec.replicas !== wanted) {
          throw new KubectlError(`Expected replicas to be ${wanted}, was ${present.spec.replicas ?? 0}`);
        }
        const version = flags.string('resource-version');
        if (version && present.metadata.resourceVersion !== version) {
          throw new KubectlError(`Expected resource version to be ${version}, was ${present.metadata.resourceVersion}`);
        }
      }
      if (dryRun !== 'client')
        session.patch(path, 'application/merge-patch+json', { spec: { replicas } }, writeQuery(invocation, dryRun));
      const shown = reporter.printsObjects ? session.get(pathOf(target.mapping, target.namespace, target.name)) : target.object;
      reporter.report(shown, 'scaled');
    }
  },
};
