import type { Json } from '../../cluster/apimachinery/object';
import type { WatchEvent } from '../../cluster/apiserver/rest';
import type { Command, Invocation } from '../command';
import { filenameFlags, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { buildTargets, visitTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { pause, restart, resume } from './rolloutchange';
import { checkRevision, history, REVISION, undo } from './rollouthistory';

const base = [...filenameFlags, selectorFlag];
const USE = '(TYPE NAME | TYPE/NAME) [flags]';

/** The workloads that the arguments name, one after the other. @param errors gets those of single ones */
export function* workloads({ session, flags, args }: Invocation, errors: Error[]): Generator<Target, void, void> {
  if (args.length === 0 && flags.list('filename').length === 0) {
    throw new KubectlError('required resource not specified');
  }
  const built = buildTargets(session, { flags, args, listsAll: true });
  errors.push(...built.errors);
  yield* visitTargets(session, { ...built, errors }, flags);
}

const status: Command = {
  name: 'status',
  short: 'Show the status of the rollout',
  use: USE,
  flags: [
    ...base,
    flag('revision', 'int', 'Watch this revision.', { default: '0' }),
    flag('timeout', 'duration', 'How long to watch. 0: until it is done.', { default: '0s' }),
    flag('watch', 'bool', 'Watch until it is done.', { short: 'w', default: 'true' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags } = invocation;
    checkRevision(invocation);
    const revision = flags.number('revision');
    const timeout = flags.duration('timeout');
    const until = timeout > 0 ? session.now + timeout : undefined;
    const errors: Error[] = [];
    let found = false;
    for (const target of workloads(invocation, errors)) {
      found = true;
      try {
        yield* follow(invocation, target, revision, until);
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        errors.push(error);
      }
    }
    throwGathered(errors);
    if (!found) session.err(`No resources found in ${session.namespace} namespace.\n`);
  },
};

/** Tells of each change until the rollout is done. @param until when to give up, virtual time @throws KubectlError, StatusError */
function* follow(
  invocation: Invocation,
  { mapping, namespace, name, object }: Target,
  revision: number,
  until: number | undefined,
): Generator<Suspend, void, void> {
  const { session } = invocation;
  if (object?.kind !== 'Deployment') {
    const kind = mapping.group ? `${mapping.kind}.${mapping.group}` : mapping.kind;
    throw new KubectlError(`no status viewer has been implemented for ${kind}`);
  }
  session.get(pathOf(mapping, namespace, name));
  const queue: WatchEvent[] = [];
  const query = { fieldSelector: `metadata.name=${name}` };
  const handle = session.watch(pathOf(mapping, namespace), query, undefined, (event) => queue.push(event));
  try {
    // every change is told, also one that does not bring the rollout further
    while (!queue.splice(0).some((event) => tell(invocation, event, revision))) {
      if (until !== undefined && session.now >= until) throw new KubectlError('timed out waiting for the condition');
      yield until === undefined ? {} : { until, change: true };
    }
  } finally {
    handle.stop();
  }
}

/** Prints how far the deployment is. @returns whether that was all @throws KubectlError */
function tell({ session, flags }: Invocation, { type, object }: WatchEvent, revision: number): boolean {
  if (type === 'DELETED') throw new KubectlError('object has been deleted');
  if (type !== 'ADDED' && type !== 'MODIFIED') return false;
  const { text, done } = progress(object, revision);
  session.out(text);
  return done || !flags.boolean('watch');
}

/** How far a deployment is. Upstream: kubectl/pkg/polymorphichelpers DeploymentStatusViewer. */
function progress(deployment: Json, wanted: number): { text: string; done: boolean } {
  const { metadata, spec, status: now = {} } = deployment;
  const { name } = metadata;
  const revision = Number(metadata.annotations?.[REVISION] ?? 0);
  if (wanted > 0 && wanted !== revision)
    throw new KubectlError(`desired revision (${wanted}) is different from the running revision (${revision})`);
  const waiting = (text: string) => ({ text: `Waiting for deployment "${name}" rollout to finish: ${text}...\n`, done: false });
  if (metadata.generation > (now.observedGeneration ?? 0))
    return { text: 'Waiting for deployment spec update to be observed...\n', done: false };
  const late = (now.conditions ?? []).find(
    (condition: Json) => condition.type === 'Progressing' && condition.reason === 'ProgressDeadlineExceeded',
  );
  if (late) throw new KubectlError(`deployment "${name}" exceeded its progress deadline`);
  const updated = now.updatedReplicas ?? 0;
  const total = now.replicas ?? 0;
  const available = now.availableReplicas ?? 0;
  if (updated < spec.replicas) return waiting(`${updated} out of ${spec.replicas} new replicas have been updated`);
  if (total > updated) return waiting(`${total - updated} old replicas are pending termination`);
  if (available < updated) return waiting(`${available} of ${updated} updated replicas are available`);
  return { text: `deployment "${name}" successfully rolled out\n`, done: true };
}

export const rollout: Command = {
  name: 'rollout',
  short: 'Manage the rollout of a resource',
  long: `Manage the rollout of one or many resources.
        
 Valid resource types include:

  *  deployments
  *  daemonsets
  *  statefulsets
`,
  examples: [
    '# Rollback to the previous deployment',
    'kubectl rollout undo deployment/abc',
    '',
    '# Check the rollout status of a daemonset',
    'kubectl rollout status daemonset/foo',
    '',
    '# Restart a deployment',
    'kubectl rollout restart deployment/abc',
    '',
    "# Restart deployments with the 'app=nginx' label",
    'kubectl rollout restart deployment --selector=app=nginx',
  ],
  groupHelp: 'stdout',
  commands: [history, pause, restart, resume, status, undo],
};
