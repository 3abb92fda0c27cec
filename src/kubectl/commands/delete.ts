import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { allFlag, allNamespacesFlag, dryRunFlag, fieldSelectorFlag, filenameFlags, selectorFlag } from '../commonflags';
import { kindPrefix, pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { goJson } from '../printers/gojson';
import { buildTargets, fetchTargets, type Target, type Targets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, type DryRun } from '../writing';

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
    flag('interactive', 'bool', 'Ask before deleting.', { short: 'i', support: 'not simulated' }),
    flag('now', 'bool', 'Grace period of one second.'),
    flag('output', 'string', 'name: print only names.', { short: 'o' }),
    flag('raw', 'string', 'Path to delete as it is.'),
    flag('timeout', 'duration', 'How long to wait. 0: until it is gone.', { default: '0s' }),
    flag('wait', 'bool', 'Wait until the objects are gone.', { default: 'true' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    if (flags.has('raw')) {
      session.out(`${goJson(session.delete(flags.string('raw')), { indent: 0, sorted: false })}\n`);
      return;
    }
    const output = flags.string('output');
    if (output !== '' && output !== 'name')
      throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`);
    const dryRun = dryRunOf(invocation);
    const period = flags.number('grace-period');
    if (flags.boolean('now') && flags.has('grace-period'))
      throw new KubectlError('--now and --grace-period cannot be specified together');
    if (flags.boolean('force') && period > 0)
      throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together');
    if (flags.boolean('force')) session.err(IMMEDIATE);
    const built = buildTargets(session, { flags, args, selectsAll: true });
    const found = findTargets(invocation, built);
    const removed = found.filter((target) => removeTarget(invocation, target, dryRun, built.errors));
    if (found.length === 0 && built.errors.length === 0 && !flags.boolean('ignore-not-found'))
      session.out('No resources found\n');
    if (dryRun === 'none' && flags.boolean('wait') && !flags.boolean('force')) yield* waitUntilGone(invocation, removed);
    throwGathered(built.errors);
  },
};

/** Named objects are deleted without reading them first; kinds are listed. */
function findTargets({ session, flags }: Invocation, built: Targets): Target[] {
  const named = built.targets.filter((target) => target.name !== undefined);
  if (named.length === built.targets.length) return named;
  return fetchTargets(session, built, flags);
}

function removeTarget(invocation: Invocation, target: Target, dryRun: DryRun, errors: Error[]): boolean {
  const { session, flags } = invocation;
  const { mapping, namespace, name } = target;
  const path = pathOf(mapping, namespace, name);
  try {
    if (dryRun === 'client') session.get(path);
    else {
      const answer: Json = session.delete(path, deleteOptions(invocation), dryRun === 'server' ? { dryRun: 'All' } : undefined);
      const uid = answer?.kind === 'Status' ? answer.details?.uid : answer?.metadata?.uid;
      target.object = { ...answer, metadata: { ...answer?.metadata, uid } };
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const missing = error.reason === 'NotFound';
    if (!missing || !(flags.boolean('ignore-not-found') || flags.has('selector') || flags.boolean('all')))
      errors.push(target.source ? error.prefixed(`error when deleting ${JSON.stringify(target.source)}: `) : error);
    return false;
  }
  if (flags.string('output') === 'name') session.out(`${kindPrefix(mapping)}/${name}\n`);
  else {
    const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
    const where = mapping.namespaced ? ` from ${namespace} namespace` : '';
    session.out(`${kindPrefix(mapping)} "${name}" ${flags.boolean('force') ? 'force deleted' : 'deleted'}${where}${suffix}\n`);
  }
  return true;
}

function deleteOptions({ flags }: Invocation): Json {
  const policies: Record<string, string> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' };
  const propagationPolicy = policies[flags.string('cascade')];
  if (!propagationPolicy)
    throw new KubectlError(`invalid cascade value (${flags.string('cascade')}). Must be "background", "foreground", or "orphan"`);
  let gracePeriodSeconds = flags.has('grace-period') ? flags.number('grace-period') : undefined;
  if (flags.boolean('now')) gracePeriodSeconds = 1;
  if (flags.boolean('force')) gracePeriodSeconds = 0;
  return {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(gracePeriodSeconds !== undefined && gracePeriodSeconds >= 0 && { gracePeriodSeconds }),
    propagationPolicy,
  };
}

function* waitUntilGone({ session, flags }: Invocation, targets: readonly Target[]): Generator<Suspend, void, void> {
  const timeout = flags.duration('timeout');
  const until = timeout > 0 ? session.now + timeout : undefined;
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
