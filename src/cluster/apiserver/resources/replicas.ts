import { invalid, type FieldError } from '../../apimachinery/fielderror';
import type { Json } from '../../apimachinery/object';

const LEAST = 'must be greater than or equal to 0';

/** Upstream: ValidateNonnegativeField, one after the other. */
export const nonNegative = (holder: Json, fields: readonly string[], path: string): FieldError[] =>
  fields.filter((field) => holder[field] < 0).map((field) => invalid(`${path}.${field}`, holder[field], LEAST));

/**
 * What a Deployment or ReplicaSet may say of its pods. Upstream: pkg/apis/apps/validation ValidateDeploymentStatus, ValidateReplicaSetStatus.
 * @param parts which of the replicas cannot be more than all of them
 */
export function validateReplicas(status: Json = {}, parts: readonly string[]): FieldError[] {
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  const more = parts.filter((part) => (status[part] ?? 0) > replicas);
  const numbers = ['observedGeneration', 'replicas', ...parts, 'unavailableReplicas', 'terminatingReplicas', 'collisionCount'];
  return [
    ...nonNegative(status, numbers, 'status'),
    ...more.map((part) => invalid(`status.${part}`, status[part], 'cannot be greater than status.replicas')),
    ...(availableReplicas > readyReplicas
      ? [invalid('status.availableReplicas', availableReplicas, 'cannot be greater than readyReplicas')]
      : []),
  ];
}
