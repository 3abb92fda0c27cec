import type { Json, KubeObject } from '../apimachinery/object';
import { unavailable } from './rollingupdate';

/** A Deployment's status from its ReplicaSets. @param time RFC 3339 now. Upstream: pkg/controller/deployment sync.go, progress.go */
export function deploymentStatus(
  deployment: KubeObject,
  sets: readonly KubeObject[],
  newSet: KubeObject | undefined,
  time: string,
): Json {
  const sum = (field: string) => sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const replicas = sum('replicas');
  const available = sum('availableReplicas');
  const ready = sum('readyReplicas');
  const updated: number = newSet?.status?.replicas ?? 0;
  const wanted: number = deployment.spec.replicas;
  const counts: Json = {
    ...(available > 0 && { availableReplicas: available }),
    observedGeneration: deployment.metadata.generation,
    ...(ready > 0 && { readyReplicas: ready }),
    ...(replicas > 0 && { replicas }),
    terminatingReplicas: sum('terminatingReplicas'),
    ...(wanted - available > 0 && { unavailableReplicas: Math.max(replicas, wanted) - available }),
    ...(updated > 0 && { updatedReplicas: updated }),
  };
  const old: Json[] = deployment.status?.conditions ?? [];
  const minimum = available >= wanted - unavailable(deployment);
  const conditions = [
    condition(
      old,
      'Available',
      minimum ? 'True' : 'False',
      minimum ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      minimum ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
      time,
    ),
  ];
  const progress = progressing(deployment, newSet, updated === wanted && replicas === wanted && available === wanted);
  if (progress) conditions.push(condition(old, 'Progressing', progress.status, progress.reason, progress.message, time));
  else conditions.push(...old.filter(({ type }) => type === 'Progressing'));
  return { ...counts, conditions: inOrder(conditions, old) };
}

function progressing(
  deployment: KubeObject,
  newSet: KubeObject | undefined,
  complete: boolean,
): { status: string; reason: string; message: string } | undefined {
  const before = (deployment.status?.conditions ?? []).find(({ type }: Json) => type === 'Progressing');
  if (deployment.spec.paused) return { status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' };
  if (!newSet) return undefined;
  const name = newSet.metadata.name;
  if (complete)
    return { status: 'True', reason: 'NewReplicaSetAvailable', message: `ReplicaSet "${name}" has successfully progressed.` };
  // a scaled Deployment that had finished its rollout stays finished
  if (before?.reason === 'NewReplicaSetAvailable' && before.message.includes(`"${name}"`)) return undefined;
  if (before?.reason === 'DeploymentPaused')
    return { status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' };
  const made = newSet.status?.replicas > 0;
  return made
    ? { status: 'True', reason: 'ReplicaSetUpdated', message: `ReplicaSet "${name}" is progressing.` }
    : { status: 'True', reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"` };
}

function condition(old: Json[], type: string, status: string, reason: string, message: string, time: string): Json {
  const before = old.find((entry) => entry.type === type);
  if (before && before.status === status && before.reason === reason && before.message === message) return before;
  return {
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : time,
    lastUpdateTime: time,
    message,
    reason,
    status,
    type,
  };
}

/** Conditions keep their place; changed ones move to the end (SetDeploymentCondition). */
function inOrder(conditions: Json[], old: Json[]): Json[] {
  const unchanged = old.filter((entry) => conditions.includes(entry));
  return [...unchanged, ...conditions.filter((entry) => !unchanged.includes(entry))];
}
