import { labelValue } from '../../cluster/apimachinery/names';
import { deepEqual } from '../../cluster/apimachinery/json';
import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import {
  allFlag,
  allNamespacesFlag,
  dryRunFlag,
  fieldManagerFlag,
  fieldSelectorFlag,
  filenameFlags,
  localFlag,
  outputFlags,
  selectorFlag,
} from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { resourcesAndPairs } from '../pairs';
import { buildTargets, fetchTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery } from '../writing';

interface Changes {
  set: Record<string, string>;
  remove: string[];
}

/** How labels and annotations differ. */
interface Style {
  kind: 'label' | 'annotation';
  field: 'labels' | 'annotations';
  /** Upstream lets annotation values hold `=` and anything else. */
  check(spec: string, key: string, value: string): void;
  conflict(taken: string[], old: Record<string, string>): string;
  verb(before: Json, after: Json, overwrite: boolean): string;
}

const labels: Style = {
  kind: 'label',
  field: 'labels',
  check: (spec, _key, value) => {
    if (value.includes('=')) throw new KubectlError(`invalid label spec: ${spec}`);
    const problems = labelValue(value);
    if (problems.length > 0) throw new KubectlError(`invalid label value: ${JSON.stringify(spec)}: ${problems.join(';')}`);
  },
  conflict: ([key = ''], old) => `'${key}' already has a value (${old[key]}), and --overwrite is false`,
  verb: (before, after, overwrite) => {
    if (deepEqual(before, after)) return 'not labeled';
    const fewer = Object.keys(after ?? {}).length < Object.keys(before ?? {}).length;
    return !overwrite && fewer ? 'unlabeled' : 'labeled';
  },
};

const annotations: Style = {
  kind: 'annotation',
  field: 'annotations',
  check: () => {},
  conflict: (taken, old) =>
    `--overwrite is false but found the following declared annotation(s): ${taken.map((key) => `'${key}' already has a value (${old[key]})`).join('; ')}`,
  verb: () => 'annotated',
};

export const label: Command = command(labels, 'label', 'Update the labels on a resource', 'kubectl label svc test tier=web');
export const annotate: Command = command(
  annotations,
  'annotate',
  'Update the annotations on a resource',
  "kubectl annotate svc test note='for the lesson'",
);

function command(style: Style, name: string, short: string, example: string): Command {
  return {
    name,
    short,
    use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
    examples: [example, `kubectl ${name} svc test tier-`],
    flags: [
      ...filenameFlags,
      ...outputFlags,
      selectorFlag,
      fieldSelectorFlag,
      allNamespacesFlag,
      allFlag,
      dryRunFlag,
      localFlag,
      fieldManagerFlag(`kubectl-${name}`),
      flag('list', 'bool', `Show the ${style.field}.`),
      flag('overwrite', 'bool', 'Change what has a value already.'),
      flag('resource-version', 'string', 'Only when this is the present version.'),
    ],
    *run(invocation): Generator<Suspend, void, void> {
      change(invocation, style);
    },
  };
}

function change(invocation: Invocation, style: Style): void {
  const { session, flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const { resources, pairs } = resourcesAndPairs(invocation.args, style.kind);
  if (resources.length === 0 && flags.list('filename').length === 0) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  const changes = parseChanges(pairs, style);
  const listing = flags.boolean('list');
  if (flags.boolean('local') && flags.list('filename').length === 0)
    throw new KubectlError('can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set');
  if (pairs.length === 0 && !listing) throw new KubectlError(`at least one ${style.kind} update is required`);
  const built = buildTargets(session, { flags, args: resources });
  const found = fetchTargets(session, built, flags);
  const reporter = new Reporter(invocation, dryRun);
  for (const target of found) {
    try {
      const before: Json = target.object?.metadata[style.field];
      const object = pairs.length > 0 ? update(invocation, style, target, changes, dryRun) : (target.object as Json);
      const after = object.metadata[style.field];
      if (listing) session.out(listText(target, after, found.length > 1));
      else reporter.report(object, style.verb(before, after, flags.boolean('overwrite')));
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
      built.errors.push(error);
    }
  }
  throwGathered(built.errors);
}

function parseChanges(pairs: readonly string[], style: Style): Changes {
  const changes: Changes = { set: {}, remove: [] };
  for (const spec of pairs) {
    const equals = spec.indexOf('=');
    if (equals < 0) {
      changes.remove.push(spec.slice(0, -1));
      continue;
    }
    const key = spec.slice(0, equals);
    const value = spec.slice(equals + 1);
    style.check(spec, key, value);
    changes.set[key] = value;
  }
  if (changes.remove.some((key) => key in changes.set)) {
    throw new KubectlError(
      `can not both modify and remove ${style.kind === 'label' ? 'a label' : 'an annotation'} in the same command`,
    );
  }
  return changes;
}

function update(invocation: Invocation, style: Style, target: Target, changes: Changes, dryRun: string): Json {
  const { session, flags } = invocation;
  const object: Json = target.object;
  const old: Record<string, string> = object.metadata[style.field] ?? {};
  if (!flags.boolean('overwrite')) {
    const taken = Object.keys(changes.set).filter((key) => key in old && old[key] !== changes.set[key]);
    if (taken.length > 0) throw new KubectlError(style.conflict(taken, old));
  }
  const result = { ...old, ...changes.set };
  for (const key of changes.remove) {
    if (style.kind === 'label' && !(key in old)) session.out(`label "${key}" not found.\n`);
    delete result[key];
  }
  const version = flags.string('resource-version');
  const local = { ...object, metadata: { ...object.metadata, [style.field]: result } };
  if (dryRun === 'client') return local;
  if (!version && deepEqual(old, result)) return object;
  const patch: Json = { metadata: { [style.field]: { ...changes.set } } };
  for (const key of changes.remove) if (key in old) patch.metadata[style.field][key] = null;
  if (version) patch.metadata.resourceVersion = version;
  const path = pathOf(target.mapping, target.namespace, target.name);
  return session.patch(
    path,
    'application/merge-patch+json',
    patch,
    writeQuery(invocation, dryRun === 'server' ? 'server' : 'none'),
  );
}

function listText(target: Target, values: Json, several: boolean): string {
  const { mapping, name } = target;
  const head = several ? `Listing ${'labels'} for ${mapping.kind}.${mapping.group}/${name}:\n` : '';
  const pad = several ? ' ' : '';
  const lines = Object.keys(values ?? {})
    .sort()
    .map((key) => `${pad}${key}=${values[key]}\n`);
  return head + lines.join('');
}
