import { labelValue } from '../../cluster/apimachinery/names';
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
import { causeOf, recordFlag, withCause } from '../record';
import { buildTargets, visitTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery, type DryRun } from '../writing';

interface Changes {
  set: Record<string, string>;
  remove: string[];
}

/** How labels and annotations differ. */
interface Style {
  kind: 'label' | 'annotation';
  field: 'labels' | 'annotations';
  /** How messages name a file. */
  file: string;
  /** Refuses what cannot be a value. Annotations may hold `=` and anything else. */
  check(spec: string, value: string): void;
  both(keys: string[]): string;
  /** Keys that may be overwritten at any time. */
  free: readonly string[];
  /** Refuses to change what has a value. */
  conflict(taken: string[], old: Record<string, string>): string;
  /** @param dropped keys that were there and are removed */
  verb(set: string[], dropped: string[]): string;
}

const labels: Style = {
  kind: 'label',
  field: 'labels',
  file: 'pod',
  free: [],
  check: (spec, value) => {
    if (value.includes('=')) throw new KubectlError(`invalid label spec: ${spec}`);
    const problems = labelValue(value);
    if (problems.length > 0) throw new KubectlError(`invalid label value: ${JSON.stringify(spec)}: ${problems.join(';')}`);
  },
  both: () => 'can not both modify and remove a label in the same command',
  conflict: (taken, old) => {
    const texts = taken.map((key) => `'${key}' already has a value (${old[key]}), and --overwrite is false`);
    return texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`;
  },
  verb: (set, dropped) => {
    if (set.length > 0 && dropped.length > 0) return 'modified';
    if (set.length > 0) return 'labeled';
    return dropped.length > 0 ? 'unlabeled' : 'not labeled';
  },
};

const annotations: Style = {
  kind: 'annotation',
  field: 'annotations',
  file: 'rsrc',
  free: ['kubernetes.io/change-cause'],
  check: () => {},
  both: (keys) => `can not both modify and remove the following annotation(s) in the same command: ${keys.join(', ')}`,
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
      { ...localFlag, support: 'simulated' },
      fieldManagerFlag(`kubectl-${name}`),
      recordFlag,
      flag('list', 'bool', `Show the ${style.field}.`),
      flag('overwrite', 'bool', 'Change what has a value already.'),
      flag('resource-version', 'string', 'Only when this is the present version.'),
    ],
    *run(invocation): Generator<Suspend, void, void> {
      change(invocation, style);
    },
  };
}

/** Upstream: kubectl/pkg/cmd/label and annotate. */
function change(invocation: Invocation, style: Style): void {
  const { session, flags } = invocation;
  const dryRun = dryRunOf(invocation);
  // annotate looks at -o first, label when it has something to print
  const reporter = style.kind === 'annotation' ? new Reporter(invocation, dryRun) : undefined;
  const { resources, pairs } = resourcesAndPairs(invocation.args, style.kind);
  const changes = parseChanges(pairs, style);
  const [listing, local] = [flags.boolean('list'), flags.boolean('local')];
  validate(invocation, style, resources, pairs, dryRun);
  if (style.kind === 'annotation') refuseBoth(changes, style);
  const built = buildTargets(session, { flags, args: resources, local });
  const version = flags.string('resource-version');
  if (version && !built.single) throw new KubectlError('--resource-version may only be used with a single resource');
  for (const target of visitTargets(session, built, flags, { latest: !local })) {
    try {
      const before: Record<string, string> = target.object?.metadata[style.field] ?? {};
      const set = Object.keys(changes.set).filter((key) => before[key] !== changes.set[key]);
      const dropped = changes.remove.filter((key) => key in before);
      const offline = local || listing || dryRun === 'client';
      if (style.kind === 'label' && !offline) {
        for (const key of changes.remove) if (!(key in before)) session.out(`label "${key}" not found.\n`);
      }
      const edited = changedLocally(target.object as Json, style, changes, flags.boolean('overwrite'), version);
      const changed = withCause(invocation, edited);
      if (listing) {
        session.out(listText(target, style, changed.metadata[style.field], !built.single));
        continue;
      }
      const writes = !offline && (style.kind === 'annotation' || set.length > 0 || dropped.length > 0 || flags.boolean('record'));
      const written = writes ? write(invocation, style, target, { set: changes.set, remove: dropped }, dryRun) : changed;
      const shown = style.kind === 'label' ? changed : written;
      (reporter ?? new Reporter(invocation, dryRun)).report(shown, style.verb(set, dropped));
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
      built.errors.push(error);
    }
  }
  throwGathered(built.errors);
}

/** @throws KubectlError for flags and arguments that do not go together */
function validate(
  { flags }: Invocation,
  style: Style,
  resources: readonly string[],
  pairs: readonly string[],
  dryRun: DryRun,
): void {
  const all = flags.boolean('all');
  const noFiles = flags.list('filename').length === 0 && !flags.has('kustomize');
  if (flags.boolean('list') && flags.string('output') !== '')
    throw new KubectlError('--list and --output may not be specified together');
  if (all && flags.string('selector')) throw new KubectlError('cannot set --all and --selector at the same time');
  if (all && flags.string('field-selector')) throw new KubectlError('cannot set --all and --field-selector at the same time');
  if (flags.boolean('local')) {
    const example = `-f ${style.file}.yaml or --filename=${style.file}.json`;
    if (dryRun === 'server')
      throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length > 0) throw new KubectlError(`can only use local files by ${example} when --local=true is set`);
    if (noFiles) throw new KubectlError(`one or more files must be specified as ${example}`);
  } else if (resources.length === 0 && noFiles) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (pairs.length === 0 && !flags.boolean('list')) throw new KubectlError(`at least one ${style.kind} update is required`);
}

function parseChanges(pairs: readonly string[], style: Style): Changes {
  const changes: Changes = { set: {}, remove: [] };
  for (const spec of pairs) {
    const equals = spec.indexOf('=');
    if (equals < 0) {
      changes.remove.push(spec.slice(0, -1));
      continue;
    }
    const value = spec.slice(equals + 1);
    style.check(spec, value);
    changes.set[spec.slice(0, equals)] = value;
  }
  if (style.kind === 'label') refuseBoth(changes, style);
  return changes;
}

function refuseBoth(changes: Changes, style: Style): void {
  const both = changes.remove.filter((key) => key in changes.set);
  if (both.length > 0) throw new KubectlError(style.both(both));
}

/** The object as it will be. @throws KubectlError for a value that may not be overwritten */
function changedLocally(object: Json, style: Style, changes: Changes, overwrite: boolean, version: string): Json {
  const old: Record<string, string> = object.metadata[style.field] ?? {};
  const taken = Object.keys(changes.set).filter(
    (key) => Object.hasOwn(old, key) && old[key] !== changes.set[key] && !style.free.includes(key),
  );
  if (!overwrite && taken.length > 0) throw new KubectlError(style.conflict(taken, old));
  const result = { ...old, ...changes.set };
  for (const key of changes.remove) delete result[key];
  return { ...object, metadata: { ...object.metadata, [style.field]: result, ...(version && { resourceVersion: version }) } };
}

function write(invocation: Invocation, style: Style, target: Target, changes: Changes, dryRun: DryRun): Json {
  const values: Record<string, string | null> = { ...changes.set };
  for (const key of changes.remove) values[key] = null;
  const version = invocation.flags.string('resource-version');
  const annotations = causeOf(invocation);
  const patch = {
    metadata: {
      ...(annotations && { annotations }),
      [style.field]: style.field === 'annotations' ? { ...values, ...annotations } : values,
      ...(version && { resourceVersion: version }),
    },
  };
  const path = pathOf(target.mapping, target.namespace, target.name);
  return invocation.session.patch(path, 'application/merge-patch+json', patch, writeQuery(invocation, dryRun));
}

/** A real kubectl prints them in an order of chance. */
function listText({ mapping, name }: Target, style: Style, values: Record<string, string>, several: boolean): string {
  const head = several ? `Listing ${style.field} for ${mapping.kind}.${mapping.group}/${name}:\n` : '';
  const lines = Object.keys(values)
    .sort()
    .map((key) => `${several ? ' ' : ''}${key}=${values[key]}\n`);
  return head + lines.join('');
}
