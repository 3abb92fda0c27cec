import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allFlag, allNamespacesFlag, dryRunFlag, fieldSelectorFlag, filenameFlags, selectorFlag } from '../commonflags';
import { checkCascade, deletion } from '../deletion';
import { kindPrefix, pathOf } from '../discovery';
import type { Session } from '../session';
import { KubectlError, notSimulated, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets, type Target, type Targets } from '../resourcebuilder';
import { rawText, splitRaw } from './raw';
import type { Suspend } from '../types';
import { dryRunOf, whileDoing, type DryRun } from '../writing';

const IMMEDIATE =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

export const deleteCommand: Command = {
  name: 'delete',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  use: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  examples: ['kubectl delete svc test', 'kubectl delete -f svc.yaml', 'kubectl delete pods -l app=test'],
  flags: [
    ...filenameFlags,
    selectorFlag,
    fieldSelectorFlag,
    allNamespacesFlag,
    allFlag,
    dryRunFlag,
    flag('cascade', 'string', 'background, orphan or foreground.', { default: 'background', bare: 'background' }),
    flag('force', 'bool', 'Delete at once, without waiting for the object to end.'),
    flag('grace-period', 'int', 'Seconds to end gracefully.', { default: '-1' }),
    flag('ignore-not-found', 'bool', 'Missing objects are no error.'),
    flag('interactive', 'bool', 'Ask before deleting.', { short: 'i' }),
    flag('now', 'bool', 'Grace period of one second.'),
    flag('output', 'string', 'name: print only names.', { short: 'o' }),
    flag('raw', 'string', 'Path to delete as it is.'),
    flag('timeout', 'duration', 'How long to wait. 0: until it is gone.', { default: '0s' }),
    flag('wait', 'bool', 'Wait until the objects are gone.', { default: 'true' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    checkCascade(invocation);
    const period = gracePeriodOf(invocation);
    const dryRun = dryRunOf(invocation);
    const raw = flags.has('raw');
    if (!raw && flags.boolean('all') && (flags.string('selector') !== '' || flags.string('field-selector') !== ''))
      throw new KubectlError("setting 'all' parameter but found a non empty selector. ");
    if (raw && flags.boolean('interactive')) throw new KubectlError('--interactive can not be used with --raw');
    const built = raw ? undefined : buildTargets(session, { flags, args, selectsManifests: true, selectsAll: true });
    const output = flags.string('output');
    if (output !== '' && output !== 'name')
      throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`);
    if (flags.boolean('force') && period > 0)
      throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together');
    if (flags.boolean('force')) session.err(IMMEDIATE);
    if (!built) {
      const target = splitRaw(flags.string('raw'));
      session.skipsNamespace = true;
      return session.out(rawText(session.delete(target.path, undefined, target.query), target));
    }
    const found = findTargets(invocation, built);
    if (flags.boolean('interactive') && built.errors.length === 0 && !confirmed(invocation, found)) return;
    warnOfScope(invocation, found);
    const removed = found.filter((target) => removeTarget(invocation, target, period, dryRun, built.errors));
    if (found.length === 0 && built.errors.length === 0 && !flags.boolean('ignore-not-found'))
      session.out('No resources found\n');
    if (dryRun === 'none' && flags.boolean('wait') && !flags.boolean('force')) {
      const timeout = flags.duration('timeout');
      yield* waitUntilGone(session, removed, timeout > 0 ? timeout : undefined);
    }
    throwGathered(built.errors);
  },
};

/** Seconds; negative: the object's own. @throws KubectlError Upstream: DeleteOptions.Complete */
function gracePeriodOf({ flags }: Invocation): number {
  const given = flags.number('grace-period');
  const [now, force] = [flags.boolean('now'), flags.boolean('force')];
  if (now && given !== -1) throw new KubectlError('--now and --grace-period cannot be specified together');
  if (now) return 1;
  if (force && given < 0) return 0;
  // an end at once has to be forced
  return given === 0 && !force ? 1 : given;
}

function warnOfScope({ session, flags }: Invocation, targets: readonly Target[]): void {
  const apart = targets.some(({ mapping }) => !mapping.namespaced);
  if (apart && session.namespaceEnforced && !flags.boolean('all-namespaces'))
    session.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
}

/** Shows what is to be deleted, and tells whether the answer on standard input is yes. @throws KubectlError */
function confirmed({ session }: Invocation, found: readonly Target[]): boolean {
  if (found.length === 0) {
    session.out('No resources found\n');
    return false;
  }
  if (session.environment.terminal) throw notSimulated('ask questions in its terminals: pipe the answer in, as with `echo y |`');
  session.out(`You are about to delete the following ${found.length} resource(s):\n`);
  for (const { mapping, name } of found) session.out(`${kindPrefix(mapping)}/${name}\n`);
  session.out('Do you want to continue? (y/N): ');
  const yes = /^ *y *(\n|$)/i.test(session.environment.stdin);
  if (!yes) session.out('deletion is cancelled\n');
  return yes;
}

/** Named objects are deleted without reading them first; kinds are listed. */
function findTargets({ session, flags }: Invocation, built: Targets): Target[] {
  const named = built.targets.filter((target) => target.name !== undefined);
  if (named.length === built.targets.length) return named;
  return fetchTargets(session, built, flags);
}

function removeTarget(invocation: Invocation, target: Target, period: number, dryRun: DryRun, errors: Error[]): boolean {
  const { session, flags } = invocation;
  const { mapping, namespace, name } = target;
  try {
    if (dryRun !== 'client') {
      const answer: Json = session.delete(
        pathOf(mapping, namespace, name),
        deletion(invocation, period),
        dryRun === 'server' ? { dryRun: 'All' } : undefined,
      );
      const uid = answer?.kind === 'Status' ? answer.details?.uid : answer?.metadata?.uid;
      target.object = { ...answer, metadata: { ...answer?.metadata, uid } };
    }
  } catch (error) {
    if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
    const missing = error instanceof StatusError && error.reason === 'NotFound';
    if (!missing || !(flags.boolean('ignore-not-found') || flags.has('selector') || flags.boolean('all')))
      errors.push(target.source ? whileDoing(error, `error when deleting ${JSON.stringify(target.source)}: `) : error);
    return false;
  }
  if (flags.string('output') === 'name') session.out(`${kindPrefix(mapping)}/${name}\n`);
  else session.out(deletedLine(target, { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun], period === 0));
  return true;
}

/** What is said when an object is deleted. */
export function deletedLine({ mapping, namespace, name }: Target, suffix = '', forced = false): string {
  const where = mapping.namespaced ? ` from ${namespace} namespace` : '';
  return `${kindPrefix(mapping)} "${name}" ${forced ? 'force deleted' : 'deleted'}${where}${suffix}\n`;
}

/** Waits until objects are gone. @param timeout ms; undefined: for ever @throws KubectlError when it is over */
function* waitUntilGone(
  session: Session,
  targets: readonly Target[],
  timeout: number | undefined,
): Generator<Suspend, void, void> {
  const until = timeout === undefined ? undefined : session.now + timeout;
  for (const target of targets) {
    while (stillThere(session.environment.api, target)) {
      if (until !== undefined && session.now >= until) {
        throw new KubectlError(`timed out waiting for the condition on ${target.mapping.resource}/${target.name}`);
      }
      yield until === undefined ? {} : { until, change: true };
    }
  }
}

function stillThere(api: Invocation['session']['environment']['api'], { mapping, namespace, name, object }: Target): boolean {
  const response = api.handle({ method: 'GET', path: pathOf(mapping, namespace, name) });
  if (response.status !== 200) return false;
  return object?.metadata?.uid === undefined || response.body.metadata.uid === object.metadata.uid;
}
