import type { Command, Invocation } from '../command';
import { dryRunFlag, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered, usageError } from '../errors';
import { buildTargets, fetchTargets, splitPair, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery, type DryRun } from '../writing';

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
      if (args.length > 0 && flags.string('selector'))
        throw usageError(path, 'error: cannot specify both a node name and a --selector option');
      const dryRun = dryRunOf(invocation);
      const built = buildTargets(session, { flags, args: nodeArguments(args) });
      const found = fetchTargets(session, built, flags);
      throwGathered(built.errors.slice(0, 1));
      setUnschedulable(invocation, found, dryRun, unschedulable);
    },
  };
}

/** `node-1` and `node/node-1` both name a node. @throws KubectlError */
export function nodeArguments(args: readonly string[]): string[] {
  const types = new Set(args.map((arg) => (arg.includes('/') ? splitPair(arg)[0] : 'nodes')));
  if (types.size > 1) throw new KubectlError('you may only specify a single resource type');
  return args.length === 0 ? ['nodes'] : args.map((arg) => (arg.includes('/') ? arg : `nodes/${arg}`));
}

/** Keeps new pods off nodes, or lets them come again, and says so. */
export function setUnschedulable(invocation: Invocation, nodes: readonly Target[], dryRun: DryRun, unschedulable: boolean): void {
  const reporter = new Reporter(invocation, dryRun);
  const verb = unschedulable ? 'cordoned' : 'uncordoned';
  for (const { mapping, name, object } of nodes) {
    if ((object?.spec.unschedulable ?? false) === unschedulable) {
      reporter.report(object, `already ${verb}`);
      continue;
    }
    const patch = { spec: { unschedulable: unschedulable || null } };
    const query = writeQuery(invocation, dryRun);
    const after =
      dryRun === 'client'
        ? object
        : invocation.session.patch(pathOf(mapping, undefined, name), 'application/strategic-merge-patch+json', patch, query);
    reporter.report(after, verb);
  }
}
