import type { Json } from '../../cluster/apimachinery/object';
import { pathOf, type Mapping } from '../discovery';
import type { Invocation } from '../command';
import { KubectlError, usageError } from '../errors';
import { goSort } from '../printers/gosort';
import { readObject, splitPair } from '../resourcebuilder';
import type { Session } from '../session';
import type { Suspend } from '../types';
import { selectorText } from '../describers/workloads';

/** Which of several pods is meant: the first in this order. */
type Order = (a: Json, b: Json) => boolean;

/**
 * The pod that POD or TYPE/NAME means: of a workload or service, its first one.
 * @param patience ms to wait for one @throws KubectlError, StatusError
 */
export function* findPod(session: Session, argument: string, patience: number): Generator<Suspend, Json, void> {
  return (yield* attachablePod(session, argument, patience)).pod;
}

/** The same, with the Service when the argument names one. */
export function* attachablePod(
  session: Session,
  argument: string,
  patience: number,
): Generator<Suspend, { pod: Json; service?: Json }, void> {
  const { namespace } = session;
  const pods = session.discovery.find('pods');
  const [type, name] = argument.includes('/') ? splitPair(argument) : ['pods', argument];
  const mapping = session.find(type);
  const object: Json = readObject(session, { mapping, namespace, name });
  if (mapping === pods) return { pod: object };
  const labelSelector = selectorOf(mapping, object, 'attach to');
  const [pod] = listPods(session, labelSelector, mostActiveFirst);
  return {
    pod: pod ?? (yield* awaitPod(session, labelSelector, patience)),
    ...(mapping.kind === 'Service' && { service: object }),
  };
}

/** The pods of a workload or Service in an order. @param purpose `get the logs from` @throws KubectlError where it has none */
export function podsOf(session: Session, mapping: Mapping, object: Json, purpose: string, order: Order): Json[] {
  const found = listPods(session, selectorOf(mapping, object, purpose), order);
  if (found.length === 0) throw new KubectlError(TIMED_OUT);
  return found;
}

const TIMED_OUT = 'timed out waiting for the condition';

function listPods(session: Session, labelSelector: string, order: Order): Json[] {
  const found: Json[] = session.get(pathOf(session.discovery.find('pods'), session.namespace), { labelSelector }).items ?? [];
  goSort(found, order);
  return found;
}

/** The first one that appears. Upstream: polymorphichelpers.GetFirstPod. @throws KubectlError when none does in `patience` ms */
function* awaitPod(session: Session, labelSelector: string, patience: number): Generator<Suspend, Json, void> {
  const until = session.now + patience;
  const seen: Json[] = [];
  const path = pathOf(session.discovery.find('pods'), session.namespace);
  const handle = session.watch(path, { labelSelector }, undefined, ({ type, object }) => {
    if (type === 'ADDED' || type === 'MODIFIED') seen.push(object);
  });
  try {
    while (seen.length === 0) {
      if (session.now >= until) throw new KubectlError(TIMED_OUT);
      yield { until, change: true };
    }
  } finally {
    handle.stop();
  }
  return seen[0];
}

const PHASES = ['Pending', 'Unknown', 'Running'];
const phaseOf = (pod: Json) => Math.max(0, PHASES.indexOf(pod.status?.phase));
const readyOf = (pod: Json): Json =>
  (pod.status?.conditions ?? []).find((condition: Json) => condition.type === 'Ready' && condition.status === 'True');
const readySince = (pod: Json): string => readyOf(pod)?.lastTransitionTime ?? '';
const restartsOf = (pod: Json): number =>
  Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status: Json) => status.restartCount ?? 0));

/** Upstream: podutils.ActivePods, reversed. */
const mostActiveFirst: Order = (b, a) => {
  if (!a.spec.nodeName !== !b.spec.nodeName) return !a.spec.nodeName;
  if (phaseOf(a) !== phaseOf(b)) return phaseOf(a) < phaseOf(b);
  if (!readyOf(a) !== !readyOf(b)) return !readyOf(a);
  const [leaves, stays] = [a.metadata.deletionTimestamp, b.metadata.deletionTimestamp];
  if (!leaves !== !stays) return Boolean(leaves);
  if (leaves !== stays) return leaves < stays;
  if (readySince(a) !== readySince(b)) return readySince(a) > readySince(b);
  if (restartsOf(a) !== restartsOf(b)) return restartsOf(a) > restartsOf(b);
  return a.metadata.creationTimestamp > b.metadata.creationTimestamp;
};

/** Upstream: podutils.ByLogging. */
export const bestLoggedFirst: Order = (a, b) => {
  if (!a.spec.nodeName !== !b.spec.nodeName) return Boolean(a.spec.nodeName);
  if (phaseOf(a) !== phaseOf(b)) return phaseOf(a) > phaseOf(b);
  if (!readyOf(a) !== !readyOf(b)) return Boolean(readyOf(a));
  if (readySince(a) !== readySince(b)) return readySince(a) < readySince(b);
  if (restartsOf(a) !== restartsOf(b)) return restartsOf(a) > restartsOf(b);
  return a.metadata.creationTimestamp < b.metadata.creationTimestamp;
};

/** Upstream: polymorphichelpers.SelectorsForObject. */
function selectorOf(mapping: Mapping, object: Json, purpose: string): string {
  const type = `*${mapping.group ? mapping.group.replace(/\..*$/, '') : ''}${mapping.version}.${mapping.kind}`.replace(
    /^\*apps/,
    '*',
  );
  const selector =
    mapping.kind === 'Service' || mapping.kind === 'ReplicationController'
      ? { matchLabels: object.spec.selector }
      : object.spec?.selector;
  if (mapping.kind === 'Service' && !object.spec.selector) {
    throw new KubectlError(
      `cannot ${purpose} ${type}: invalid service '${object.metadata.name}': Service is defined without a selector`,
    );
  }
  if (typeof selector !== 'object' || (!selector.matchLabels && !selector.matchExpressions))
    throw new KubectlError(`cannot ${purpose} ${type}: selector for ${type} not implemented`);
  return selectorText(selector);
}

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** Names of a pod's containers as kubectl lists them. */
function containerNames({ spec }: Json): string {
  const named = (containers: Json[] | undefined, note: string) => (containers ?? []).map(({ name }) => `${name}${note}`);
  return [
    ...named(spec.containers, ''),
    ...named(spec.ephemeralContainers, ' (ephem)'),
    ...named(spec.initContainers, ' (init)'),
  ].join(', ');
}

const containersOf = ({ spec }: Json): Json[] => [
  ...spec.containers,
  ...(spec.initContainers ?? []),
  ...(spec.ephemeralContainers ?? []),
];

/** @throws KubectlError where the pod has no container of that name */
export function checkContainer(pod: Json, name: string): string {
  if (containersOf(pod).some((container) => container.name === name)) return name;
  throw new KubectlError(`container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`);
}

/** The one of the pod's annotation. */
export const annotatedContainer = (pod: Json): string => pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '';

/** The first container, and a note where there are others. Upstream: podcmd.FindOrDefaultContainerByName. */
export function defaultContainer(session: Session, pod: Json, quiet = false): string {
  const first = pod.spec.containers[0].name as string;
  if (!quiet && containersOf(pod).length > 1) session.err(`Defaulted container "${first}" out of: ${containerNames(pod)}\n`);
  return first;
}

/** The container to use: the one asked for, the annotation's, or the first. @throws KubectlError */
export function findContainer(session: Session, pod: Json, wanted: string, quiet = false): string {
  const name = wanted || annotatedContainer(pod);
  return name ? checkContainer(pod, name) : defaultContainer(session, pod, quiet);
}

/** Upstream: cmdutil.GetPodRunningTimeoutFlag. @throws KubectlError */
export function checkRunningTimeout({ flags, path }: Invocation): void {
  if (flags.duration('pod-running-timeout') <= 0) throw usageError(path, '--pod-running-timeout must be higher than zero');
}
