import type { Json, KubeObject } from '../../apimachinery/object';
import { parseTime } from '../../apimachinery/time';
import { statusSum, wantedBy } from './replicasets';
import { unavailable } from './rollingupdate';

// A Deployment's status. Upstream: pkg/controller/deployment sync.go, progress.go. Times are RFC 3339.

/** Without a deadline progress is not judged. */
export function hasDeadline(deployment: KubeObject): boolean {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== 2 ** 31 - 1;
}

export function conditionOf(status: Json, type: string): Json | undefined {
  return (status?.conditions ?? []).find((entry: Json) => entry.type === type);
}

/** Conditions with one set: a changed one moves to the end; the same status and reason is no change. Upstream: SetDeploymentCondition. */
export function setCondition(
  conditions: readonly Json[],
  type: string,
  status: string,
  reason: string,
  message: string,
  time: string,
): Json[] {
  const before = conditions.find((entry) => entry.type === type);
  if (before && before.status === status && before.reason === reason) return [...conditions];
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : time;
  const others = conditions.filter((entry) => entry !== before);
  return [...others, { lastTransitionTime, lastUpdateTime: time, message, reason, status, type }];
}

/** Counts, and whether enough pods are available. Upstream: calculateStatus. */
export function countedStatus(
  deployment: KubeObject,
  sets: readonly KubeObject[],
  newSet: KubeObject | undefined,
  time: string,
): Json {
  const positive = (field: string, count: number) => count > 0 && { [field]: count };
  const available = statusSum(sets, 'availableReplicas');
  const enough = available >= deployment.spec.replicas - unavailable(deployment);
  const { collisionCount, conditions = [] } = deployment.status ?? {};
  return {
    ...positive('availableReplicas', available),
    ...positive('collisionCount', collisionCount ?? 0),
    conditions: setCondition(
      conditions,
      'Available',
      enough ? 'True' : 'False',
      enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      `Deployment ${enough ? 'has' : 'does not have'} minimum availability.`,
      time,
    ),
    observedGeneration: deployment.metadata.generation,
    ...positive('readyReplicas', statusSum(sets, 'readyReplicas')),
    ...positive('replicas', statusSum(sets, 'replicas')),
    terminatingReplicas: statusSum(sets, 'terminatingReplicas'),
    ...positive('unavailableReplicas', wantedBy(sets) - available),
    ...positive('updatedReplicas', newSet?.status?.replicas ?? 0),
  };
}

/** The counts with how the rollout goes. Upstream: syncRolloutStatus. */
export function rolloutStatus(
  deployment: KubeObject,
  sets: readonly KubeObject[],
  newSet: KubeObject | undefined,
  time: string,
): Json {
  const status = countedStatus(deployment, sets, newSet, time);
  const set = (...condition: [type: string, status: string, reason: string, message: string]) => {
    status.conditions = setCondition(status.conditions, ...condition, time);
  };
  const drop = (type: string) => {
    status.conditions = status.conditions.filter((entry: Json) => entry.type !== type);
  };
  const current = conditionOf(deployment.status, 'Progressing');
  const settled = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  const what = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  if (!hasDeadline(deployment)) drop('Progressing');
  else if (settled) {
    // scaling up or down is no rollout
  } else if (isComplete(deployment, status)) {
    set('Progressing', 'True', 'NewReplicaSetAvailable', `${what} has successfully progressed.`);
  } else if (hasProgressed(deployment.status ?? {}, status)) {
    // told again each time, because of the time of the last update
    drop('Progressing');
    set('Progressing', 'True', 'ReplicaSetUpdated', `${what} is progressing.`);
    if (current?.status === 'True') status.conditions.at(-1).lastTransitionTime = current.lastTransitionTime;
  } else if (hasTimedOut(deployment, status, time)) {
    set('Progressing', 'False', 'ProgressDeadlineExceeded', `${what} has timed out progressing.`);
  }
  const failure = failureOf(sets, newSet);
  if (failure) set('ReplicaFailure', failure.status, failure.reason, failure.message);
  else drop('ReplicaFailure');
  return status;
}

/** Whether all wanted pods are of the newest template and available, and no others are left. */
export function isComplete(deployment: KubeObject, status: Json): boolean {
  const { replicas } = deployment.spec;
  const counts = [status?.updatedReplicas, status?.replicas, status?.availableReplicas];
  return counts.every((count) => (count ?? 0) === replicas) && status.observedGeneration >= deployment.metadata.generation!;
}

function hasProgressed(before: Json, now: Json): boolean {
  const old = ({ replicas = 0, updatedReplicas = 0 }: Json) => replicas - updatedReplicas;
  const grew = ['updatedReplicas', 'readyReplicas', 'availableReplicas'].some(
    (field) => (now[field] ?? 0) > (before[field] ?? 0),
  );
  return grew || old(now) < old(before);
}

function hasTimedOut(deployment: KubeObject, status: Json, time: string): boolean {
  const condition = conditionOf(status, 'Progressing');
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return parseTime(condition.lastUpdateTime) + deployment.spec.progressDeadlineSeconds * 1000 < parseTime(time);
}

/** When to look again at a rollout that may be stuck, ms from now; undefined when there is nothing to wait for. */
export function untilDeadline(deployment: KubeObject, status: Json, now: number): number | undefined {
  const condition = conditionOf(deployment.status, 'Progressing');
  if (!hasDeadline(deployment) || !condition) return undefined;
  if (isComplete(deployment, status) || condition.reason === 'ProgressDeadlineExceeded') return undefined;
  if (condition.reason === 'NewReplicaSetAvailable') return undefined;
  return Math.max(0, parseTime(condition.lastUpdateTime) + deployment.spec.progressDeadlineSeconds * 1000 - now) + 1000;
}

function failureOf(sets: readonly KubeObject[], newSet: KubeObject | undefined): Json | undefined {
  const failures = (newSet ? [newSet, ...sets] : sets).map((set) => conditionOf(set.status, 'ReplicaFailure'));
  return failures.find((failure) => failure !== undefined);
}
