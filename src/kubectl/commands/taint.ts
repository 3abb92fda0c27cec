import { labelValue, qualifiedName } from '../../cluster/apimachinery/names';
import type { Command, Invocation } from '../command';
import { allFlag, dryRunFlag, outputFlags, selectorFlag, validateFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { buildTargets, visitTargets } from '../resourcebuilder';
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
    const { session, flags, path } = invocation;
    const dryRun = dryRunOf(invocation);
    const { resources, specs } = split(invocation.args);
    if (resources.length === 0) throw new KubectlError('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) throw new KubectlError('at least one taint update is required');
    const added = unique(
      specs.filter((spec) => !spec.endsWith('-')).map((spec) => parseAddition(spec, path)),
      path,
    );
    const removed = specs.filter((spec) => spec.endsWith('-')).map((spec) => parseTaint(spec.slice(0, -1), path));
    const type = (resources[0] as string).toLowerCase();
    if (session.find(type).kind !== 'Node')
      throw new KubectlError(`invalid resource type ${type}, only node types are supported`);
    validate(invocation, resources, added, removed);
    // whatever abbreviation was given, nodes are meant
    const built = buildTargets(session, { flags, args: ['node', ...resources.slice(1)], selectsAll: true });
    for (const { mapping, name, object } of visitTargets(session, built, flags)) {
      try {
        const present: Taint[] = object?.spec.taints ?? [];
        const { taints, verb } = change(name ?? '', present, added, removed, flags.boolean('overwrite'));
        const reporter = new Reporter(invocation, 'none');
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
        reporter.report(after, verb);
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(error);
      }
    }
    throwGathered(built.errors);
  },
};

/** What names nodes, and the taints behind it. @throws KubectlError */
function split(args: readonly string[]): { resources: string[]; specs: string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const arg of args) {
    if (/[=:]/.test(arg) || arg.endsWith('-')) specs.push(arg);
    else if (specs.length === 0) resources.push(arg);
    else throw new KubectlError(`all resources must be specified before taint changes: ${arg}`);
  }
  return { resources, specs };
}

function validate({ flags }: Invocation, resources: readonly string[], added: Taint[], removed: Taint[]): void {
  const conflicts = added.flatMap((taint) =>
    removed.filter((other) => same(taint, other)).map((other) => `${other.key}=${other.effect ?? ''}`),
  );
  if (conflicts.length > 0)
    throw new KubectlError(`can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`);
  const all = flags.boolean('all');
  const selector = flags.string('selector');
  if (all && selector) throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited");
  if (!all && !selector && resources.length < 2)
    throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set");
}

/** `key=value:effect`, `key:effect` or `key`. @throws KubectlError */
function parseTaint(spec: string, path: string): Taint {
  const [head = '', effect, ...rest] = spec.split(':');
  const invalid = (why = '') => usageError(path, `invalid taint spec: ${spec}${why}`);
  if (rest.length > 0) throw invalid();
  if (effect !== undefined && !EFFECTS.includes(effect))
    throw usageError(path, `invalid taint effect: ${effect}, unsupported taint effect`);
  const [key = '', value, ...others] = effect === undefined ? [head] : head.split('=');
  if (others.length > 0) throw invalid();
  const problems = [...(value === undefined ? [] : labelValue(value))];
  if (problems.length === 0) problems.push(...qualifiedName(key));
  if (problems.length > 0) throw invalid(`, ${problems.join('; ')}`);
  return { key, ...(value && { value }), ...(effect !== undefined && { effect }) };
}

function parseAddition(spec: string, path: string): Taint {
  const taint = parseTaint(spec, path);
  if (taint.effect === undefined) throw usageError(path, `invalid taint spec: ${spec}`);
  return taint;
}

function unique(taints: Taint[], path: string): Taint[] {
  const twice = taints.find((taint, index) => taints.findIndex((other) => same(taint, other)) < index);
  if (twice) {
    const shown = `{${twice.key} ${twice.value ?? ''} ${twice.effect} <nil>}`;
    throw usageError(path, `duplicated taints with the same key and effect: ${shown}`);
  }
  return taints;
}

/** Whether the second one means the first one; without an effect it means all of its key. */
const same = (a: Taint, b: Taint) => a.key === b.key && (b.effect === undefined || a.effect === b.effect);

/** @throws KubectlError Upstream: updateTaints. */
function change(
  node: string,
  present: Taint[],
  added: Taint[],
  removed: Taint[],
  overwrite: boolean,
): { taints: Taint[]; verb: string } {
  const taken = added.filter((taint) => present.some((old) => same(old, taint))).map(({ key }) => key);
  if (!overwrite && taken.length > 0)
    throw new KubectlError(`node ${node} already has ${taken.join(',')} taint(s) with same effect(s) and --overwrite is false`);
  const merged = [...added, ...present.filter((old) => !added.some((taint) => same(old, taint)))];
  const grows = merged.length !== present.length;
  let taints = merged;
  let shrinks = false;
  const missing: string[] = [];
  for (const gone of removed) {
    const kept = taints.filter((taint) => !same(taint, gone));
    shrinks = kept.length < taints.length;
    if (!shrinks) missing.push(`taint "${gone.key}${gone.effect ? `:${gone.effect}` : ''}" not found`);
    taints = kept;
  }
  throwGathered(missing.map((message) => new KubectlError(message)));
  return { taints, verb: (grows && shrinks) || overwrite ? 'modified' : grows ? 'tainted' : 'untainted' };
}
