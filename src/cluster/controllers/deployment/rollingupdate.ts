import type { KubeObject } from '../../apimachinery/object';

/** An absolute number or a share of replicas. Upstream: intstr.GetScaledValueFromIntOrPercent. */
function share(value: number | string, replicas: number, round: (n: number) => number): number {
  return typeof value === 'number' ? value : round((Number(value.replace('%', '')) * replicas) / 100);
}

/** How many pods more than wanted a rollout may have. */
export function surge(deployment: KubeObject): number {
  const rolling = deployment.spec.strategy.rollingUpdate;
  return rolling ? share(rolling.maxSurge, deployment.spec.replicas, Math.ceil) : 0;
}

/** How many of the wanted pods may be missing during a rollout. Upstream: deploymentutil.MaxUnavailable. */
export function unavailable(deployment: KubeObject): number {
  const rolling = deployment.spec.strategy.rollingUpdate;
  if (!rolling || deployment.spec.replicas === 0) return 0;
  const value = share(rolling.maxUnavailable, deployment.spec.replicas, Math.floor);
  // both zero would never move (ResolveFenceposts)
  return value === 0 && surge(deployment) === 0 ? 1 : Math.min(value, deployment.spec.replicas);
}
