import type { Json } from '../../cluster/apimachinery/object';
import { parseSelector } from '../../cluster/apimachinery/selector';
import type { Command, Invocation } from '../command';
import { dryRunFlag, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { AggregateError, KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { buildTargets, fetchTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, type DryRun } from '../writing';
import { nodeArguments, setUnschedulable } from './cordon';

export const drain: Command = {
  name: 'drain',
  short: 'Drain node in preparation for maintenance',
  use: 'NODE',
  examples: ['kubectl drain node-3 --ignore-daemonsets'],
  flags: [
    dryRunFlag,
    selectorFlag,
    flag('chunk-size', 'int', 'Lists are fetched in chunks of this size.', { default: '500', support: 'ignored' }),
    flag('delete-emptydir-data', 'bool', 'Go on when pods use emptyDir, whose data is lost.'),
    flag('disable-eviction', 'bool', 'Delete pods instead of evicting them.'),
    flag('force', 'bool', 'Also remove pods without a controller.'),
    flag('grace-period', 'int', 'Seconds to end gracefully.', { default: '-1' }),
    flag('ignore-daemonsets', 'bool', 'Leave the pods of DaemonSets.'),
    flag('pod-selector', 'string', 'Only these pods.'),
    flag('skip-wait-for-delete-timeout', 'int', 'Do not wait for pods that are being deleted for longer than this, s.', {
      support: 'ignored',
      default: '0',
    }),
    flag('timeout', 'duration', 'How long to wait. 0: as long as it takes.', { default: '0s' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, path } = invocation;
    if (args.length === 0 && !flags.has('selector')) throw usageError(path, 'USAGE: drain NODE [flags]');
    if (args.length > 0 && flags.string('selector'))
      throw usageError(path, 'error: cannot specify both a node name and a --selector option');
    const dryRun = dryRunOf(invocation);
    checkPodSelector(flags.string('pod-selector'));
    const built = buildTargets(session, { flags, args: nodeArguments(args) });
    const nodes = fetchTargets(session, built, flags);
    throwGathered(built.errors.slice(0, 1));
    setUnschedulable(invocation, nodes, dryRun, true);
    const reporter = new Reporter(invocation, dryRun);
    const failed: { node: string; error: Error }[] = [];
    for (const node of nodes) {
      try {
        yield* empty(invocation, node, dryRun);
        reporter.report(node.object, 'drained');
      } catch (error) {
        if (!(error instanceof KubectlError || error instanceof AggregateError || error instanceof StatusError)) throw error;
        const text = error instanceof AggregateError ? `[${error.message}]` : error.message;
        session.err(`error: unable to drain node ${JSON.stringify(node.name)} due to error: ${text}, continuing command...\n`);
        failed.push({ node: node.name ?? '', error });
      }
    }
    if (failed.length === 0) return;
    session.err(`There are pending nodes to be drained:\n${failed.map(({ node }) => ` ${node}\n`).join('')}`);
    throw new AggregateError(failed.flatMap(({ error }) => (error instanceof AggregateError ? [...error.errors] : [error])));
  },
};

function checkPodSelector(text: string): void {
  try {
    parseSelector(text);
  } catch {
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector');
  }
}

/** Removes a node's pods and waits until they are gone. */
function* empty(invocation: Invocation, node: Target, dryRun: DryRun): Generator<Suspend, void, void> {
  const { session, flags } = invocation;
  const pods = podsToRemove(invocation, node.name ?? '');
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const evicting = !flags.boolean('disable-eviction');
  let waiting: Json[] = [];
  const there = (pod: Json): boolean => {
    if (stillThere(session.environment.api, pod)) return true;
    session.out(`pod/${pod.metadata.name} ${evicting ? 'evicted' : 'deleted'}\n`);
    return false;
  };
  for (const pod of pods) {
    const { name, namespace } = pod.metadata;
    if (evicting || dryRun === 'client') session.out(`evicting pod ${namespace}/${name}${suffix}\n`);
    if (dryRun !== 'client') yield* remove(invocation, pod, dryRun, evicting);
    // each eviction of the real kubectl runs by itself and looks at once and then every second; the last one begun looks first
    if (dryRun === 'none' && there(pod)) waiting.unshift(pod);
  }
  if (dryRun !== 'none') return;
  const timeout = flags.duration('timeout');
  const until = timeout > 0 ? session.now + timeout : undefined;
  while (waiting.length > 0) {
    if (until !== undefined && session.now >= until) {
      const { name, namespace } = waiting[0].metadata;
      throw new KubectlError(
        `error when waiting for pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)} to terminate: global timeout reached: ${flags.string('timeout')}`,
      );
    }
    yield { until: Math.min(session.now + 1000, until ?? Infinity) };
    waiting = waiting.filter(there);
  }
}

const podPath = ({ metadata }: Json) => `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;

function stillThere(api: Invocation['session']['environment']['api'], pod: Json): boolean {
  const response = api.handle({ method: 'GET', path: podPath(pod) });
  return response.status === 200 && response.body.metadata.uid === pod.metadata.uid;
}

function* remove({ session, flags }: Invocation, pod: Json, dryRun: DryRun, evicting: boolean): Generator<Suspend, void, void> {
  const { name, namespace } = pod.metadata;
  const gracePeriodSeconds = flags.number('grace-period');
  const deleteOptions = {
    ...(gracePeriodSeconds >= 0 && { gracePeriodSeconds }),
    ...(dryRun === 'server' && { dryRun: ['All'] }),
  };
  for (;;) {
    try {
      if (evicting)
        session.post(`${podPath(pod)}/eviction`, {
          kind: 'Eviction',
          apiVersion: 'policy/v1',
          metadata: { name, namespace },
          deleteOptions,
        });
      else session.delete(podPath(pod), { kind: 'DeleteOptions', apiVersion: 'v1', ...deleteOptions });
      return;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (error.reason === 'NotFound') return;
      const doing = `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
      if (error.reason !== 'TooManyRequests') throw new KubectlError(`${doing}: ${error.message}`);
      session.err(`${doing} (will retry after 5s): ${error.message}\n`);
      yield { until: session.now + 5000 };
      session.out(`evicting pod ${namespace}/${name}\n`);
    }
  }
}

interface Verdict {
  pod: Json;
  remove: boolean;
  warning?: string;
  problem?: string;
}

/** Upstream: kubectl/pkg/drain filters. @throws AggregateError, KubectlError when pods stand in the way */
function podsToRemove({ session, flags }: Invocation, node: string): Json[] {
  const pods = session.discovery.find('pods');
  const labelSelector = flags.string('pod-selector');
  const query = { fieldSelector: `spec.nodeName=${node}`, ...(labelSelector && { labelSelector }) };
  const found: Json[] = session.get(pathOf(pods, undefined), query).items ?? [];
  const verdicts = found.map((pod) =>
    judge(pod, flags.boolean('force'), flags.boolean('ignore-daemonsets'), flags.boolean('delete-emptydir-data')),
  );
  const problems = grouped(verdicts, 'problem').map(
    ([text, names]) => new KubectlError(`cannot delete ${text}: ${names.join(', ')}`),
  );
  throwGathered(problems);
  const warnings = grouped(verdicts, 'warning').map(([text, names]) => `${text}: ${names.join(', ')}`);
  if (warnings.length > 0) session.err(`Warning: ${warnings.join('; ')}\n`);
  return verdicts.filter((verdict) => verdict.remove).map(({ pod }) => pod);
}

function judge(pod: Json, force: boolean, ignoreDaemonSets: boolean, deleteEmptyDir: boolean): Verdict {
  const owner = (pod.metadata.ownerReferences ?? []).find((reference: Json) => reference.controller);
  const finished = ['Succeeded', 'Failed'].includes(pod.status?.phase);
  const verdict: Verdict = { pod, remove: true };
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { pod, remove: false };
  if (finished) return verdict;
  if (owner?.kind === 'DaemonSet')
    return ignoreDaemonSets
      ? { pod, remove: false, warning: 'ignoring DaemonSet-managed Pods' }
      : { pod, remove: false, problem: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  if ((pod.spec.volumes ?? []).some((volume: Json) => volume.emptyDir)) {
    if (!deleteEmptyDir)
      return { pod, remove: false, problem: 'Pods with local storage (use --delete-emptydir-data to override)' };
    verdict.warning = 'deleting Pods with local storage';
  }
  if (owner) return verdict;
  return force
    ? { pod, remove: true, warning: 'deleting Pods that declare no controller' }
    : { pod, remove: false, problem: 'Pods that declare no controller (use --force to override)' };
}

function grouped(verdicts: readonly Verdict[], field: 'warning' | 'problem'): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const verdict of verdicts) {
    const text = verdict[field];
    if (text !== undefined)
      groups.set(text, [...(groups.get(text) ?? []), `${verdict.pod.metadata.namespace}/${verdict.pod.metadata.name}`]);
  }
  return [...groups];
}
