import { qualifiedName } from '../../cluster/apimachinery/names';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { allFlag, dryRunFlag, outputFlags, selectorFlag, validateFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery } from '../writing';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface Taint {
  key: string;
  value?: string;
  effect?: string;
}

export const taint: Command = {
  name: 'taint',
  short: 'Update the taints on one or more nodes',
  use: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  examples: ['kubectl taint node node-3 dedicated=web:NoSchedule', 'kubectl taint node node-3 dedicated-'],
  flags: [
    ...outputFlags,
    selectorFlag,
    allFlag,
    dryRunFlag,
    validateFlag,
    flag('field-manager', 'string', 'Name of the manager of the fields.', { default: 'kubectl-taint' }),
    flag('overwrite', 'bool', 'Change taints that are there.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, path } = invocation;
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, 'none');
    const specs = args.filter((arg, index) => index > 0 && (/[=:]/.test(arg) || arg.endsWith('-')));
    const named = args.filter((arg) => !specs.includes(arg));
    if (named.length === 0) throw new KubectlError('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) throw new KubectlError('at least one taint update is required');
    const added = specs.filter((spec) => !spec.endsWith('-')).map((spec) => parseTaint(spec, path));
    const removed = specs.filter((spec) => spec.endsWith('-')).map((spec) => parseRemoval(spec.slice(0, -1)));
    if (named[0] !== undefined && session.discovery.find(named[0]).kind !== 'Node')
      throw new KubectlError(`invalid resource type ${named[0]}, only node types are supported`);
    const built = buildTargets(session, { flags, args: named });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    for (const { mapping, name, object } of found) {
      const taints = change(name ?? '', object?.spec.taints ?? [], added, removed, flags.boolean('overwrite'));
      const patch = { spec: { taints: taints.length > 0 ? taints : null } };
      const after =
        dryRun === 'client'
          ? { ...object, spec: { ...object?.spec, taints } }
          : session.patch(
              pathOf(mapping, undefined, name),
              'application/merge-patch+json',
              patch,
              writeQuery(invocation, dryRun),
            );
      reporter.report(after, added.length === 0 ? 'untainted' : removed.length === 0 ? 'tainted' : 'modified');
    }
  },
};

function parseTaint(spec: string, path: string): Taint {
  const [head = '', effect = ''] = spec.split(':');
  const [key = '', value] = head.split('=');
  if (effect === '' && spec.includes('=')) {
    const problems = qualifiedName(spec);
    throw usageError(path, `invalid taint spec: ${spec}, ${problems.join('; ')}`);
  }
  if (!key || !effect) throw usageError(path, `invalid taint spec: ${spec}`);
  if (!EFFECTS.includes(effect)) throw usageError(path, `invalid taint effect: ${effect}, unsupported taint effect`);
  return { key, ...(value !== undefined && { value }), effect };
}

function parseRemoval(spec: string): Taint {
  const [head = '', effect] = spec.split(':');
  return { key: head.split('=')[0] as string, ...(effect !== undefined && { effect }) };
}

const same = (a: Taint, b: Taint) => a.key === b.key && (b.effect === undefined || a.effect === b.effect);

function change(node: string, taints: Json[], added: Taint[], removed: Taint[], overwrite: boolean): Json[] {
  const taken = added.find((candidate) => taints.some((present) => same(present, candidate)));
  if (taken && !overwrite)
    throw new KubectlError(`node ${node} already has ${taken.key} taint(s) with same effect(s) and --overwrite is false`);
  const missing = removed.find((candidate) => !taints.some((present) => same(present, candidate)));
  if (missing) throw new KubectlError(`taint "${missing.key}${missing.effect ? `:${missing.effect}` : ''}" not found`);
  const kept = taints.filter((present) => ![...added, ...removed].some((candidate) => same(present, candidate)));
  return [...added, ...kept];
}
