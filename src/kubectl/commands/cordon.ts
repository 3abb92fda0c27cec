import type { Command } from '../command';
import { dryRunFlag, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { throwGathered, usageError } from '../errors';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery } from '../writing';

export const cordon = command('cordon', 'Mark node as unschedulable', true);
export const uncordon = command('uncordon', 'Mark node as schedulable', false);

function command(name: string, short: string, unschedulable: boolean): Command {
  return {
    name,
    short,
    use: 'NODE',
    flags: [dryRunFlag, selectorFlag],
    *run(invocation): Generator<Suspend, void, void> {
      const { session, flags, args, path } = invocation;
      if (args.length === 0 && !flags.has('selector')) throw usageError(path, `USAGE: ${name} NODE [flags]`);
      const dryRun = dryRunOf(invocation);
      const built = buildTargets(session, { flags, args: ['nodes', ...args] });
      const found = fetchTargets(session, built, flags);
      const reporter = new Reporter(invocation, dryRun);
      for (const { mapping, name: node, object } of found) {
        if ((object?.spec.unschedulable ?? false) === unschedulable) {
          reporter.report(object, `already ${name}ed`);
          continue;
        }
        const patch = { spec: { unschedulable: unschedulable || null } };
        const after =
          dryRun === 'client'
            ? object
            : session.patch(
                pathOf(mapping, undefined, node),
                'application/strategic-merge-patch+json',
                patch,
                writeQuery(invocation, dryRun),
              );
        reporter.report(after, `${name}ed`);
      }
      throwGathered(built.errors);
    },
  };
}
