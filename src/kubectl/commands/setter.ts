import { clone, deepEqual } from '../../cluster/apimachinery/json';
import type { Json } from '../../cluster/apimachinery/object';
import { createTwoWayMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Command, Invocation } from '../command';
import { allFlag, dryRunFlag, fieldManagerFlag, filenameFlags, localFlag, outputFlags, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { AggregateError, KubectlError, StatusError, throwGathered } from '../errors';
import type { Flag } from '../flags';
import { starMatcher } from '../glob';
import { recordFlag, withCause } from '../record';
import { buildTargets, fetchTargets, visitTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { asTyped } from '../typedorder';
import { dryRunOf, Reporter, writeQuery } from '../writing';

/** A subcommand of `kubectl set`. */
interface Setter<Changes> {
  name: string;
  short: string;
  use: string;
  flags: readonly Flag[];
  /** Flags that the others have and this one does not. */
  lacks?: readonly string[];
  /** What was done: `image updated`. */
  verb: string;
  /** What stands before the server's refusal; undefined: the error as it is, and nothing more is done. */
  failure?: string;
  /** Sends a patch even when nothing changes. */
  always?: boolean;
  /** Splits the arguments into what names objects, and the changes. @throws KubectlError */
  split(invocation: Invocation): { resources: readonly string[]; changes: Changes };
  /** What is wrong with the call, once the objects are there. @throws Error */
  check?(invocation: Invocation, changes: Changes, found: readonly Target[]): void;
  /** Changes the object, which is a copy, and gathers what is wrong. @throws KubectlError about the object as a whole */
  apply(invocation: Invocation, object: Json, changes: Changes, errors: Error[]): void;
  /** Only looks at the objects. */
  looks?(invocation: Invocation): boolean;
}

const COMMON = [
  ...filenameFlags,
  ...outputFlags,
  selectorFlag,
  allFlag,
  dryRunFlag,
  { ...localFlag, support: 'simulated' as const },
  fieldManagerFlag('kubectl-set'),
  recordFlag,
];

const LOCAL = `you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

/** Upstream: kubectl/pkg/cmd/set. */
export function setter<Changes>(definition: Setter<Changes>): Command {
  const { name, short, use, flags } = definition;
  const own = new Set([...flags.map((candidate) => candidate.name), ...(definition.lacks ?? [])]);
  return {
    name,
    short,
    use,
    flags: [...COMMON.filter((candidate) => !own.has(candidate.name)), ...flags],
    *run(invocation): Generator<Suspend, void, void> {
      run(definition, invocation);
    },
  };
}

function run<Changes>(definition: Setter<Changes>, invocation: Invocation): void {
  const { session, flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const reporter = new Reporter(invocation, dryRun, true);
  const { resources, changes } = definition.split(invocation);
  const local = flags.boolean('local');
  if (local && resources.length > 0) throw new KubectlError(LOCAL);
  const built = buildTargets(session, { flags, args: resources, local });
  // without a failure of its own (set selector) each object is changed as it is read, whatever became of the others
  const found = definition.failure
    ? fetchTargets(session, built, flags, { latest: !local })
    : visitTargets(session, built, flags, { latest: !local });
  throwGathered(built.errors);
  if (Array.isArray(found)) definition.check?.(invocation, changes, found);
  if (local && dryRun === 'server')
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (flags.boolean('all') && flags.string('selector') !== '')
    throw new KubectlError('cannot set --all and --selector at the same time');
  const errors = built.errors;
  const only = definition.looks?.(invocation);
  for (const { mapping, namespace, name, object } of found) {
    let after: Json = clone(object);
    try {
      definition.apply(invocation, after, changes, errors);
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      errors.push(definition.failure ? new KubectlError(`error: ${mapping.resource}/${name} ${error.message}\n`) : error);
      continue;
    }
    after = withCause(invocation, after);
    if (only || (!definition.always && deepEqual(after, object))) continue;
    if (local || dryRun === 'client') {
      reporter.report(asTyped(after), definition.verb);
      continue;
    }
    const patch = createTwoWayMergePatch(mapping.kind, object, after);
    const type = 'application/strategic-merge-patch+json';
    try {
      const patched = session.patch(pathOf(mapping, namespace, name), type, patch, writeQuery(invocation, dryRun));
      reporter.report(patched, definition.verb);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      errors.push(definition.failure ? new KubectlError(`${definition.failure}${error.message}`) : error);
    }
  }
  throwAll(errors);
}

/** Of several errors none gets `error: ` in front, and one only if it is not there. Upstream: checkErr. */
export function throwAll(errors: readonly Error[]): void {
  const [first] = errors;
  if (errors.length > 1) throw new AggregateError(errors);
  if (first instanceof StatusError) throw first;
  if (first) throw new KubectlError(first.message, { verbatim: first.message.startsWith('error: ') });
}

/** The pod that an object is, or makes. @throws KubectlError */
export function podSpecOf(object: Json): Json {
  const spec =
    object.kind === 'Pod'
      ? object.spec
      : object.kind === 'CronJob'
        ? object.spec.jobTemplate.spec.template.spec
        : object.spec?.template?.spec;
  if (spec) return spec;
  const version = (object.apiVersion as string).split('/').at(-1);
  throw new KubectlError(`the object is not a pod or does not have a pod template: *${version}.${object.kind}`);
}

/** Containers, then init containers, whose names match; `*` stands for any characters. */
export function containersOf(object: Json, pattern: string): Json[] {
  const { containers = [], initContainers = [] } = podSpecOf(object);
  const matches = starMatcher(pattern);
  return [...containers, ...initContainers].filter((container: Json) => matches(container.name));
}
