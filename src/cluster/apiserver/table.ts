import { humanDuration } from '../apimachinery/duration';
import type { Json, KubeObject } from '../apimachinery/object';
import { parseTime } from '../apimachinery/time';
import type { ResourceDefinition } from './resource';

/** Age of an object as tables show it. @param now ms since the epoch */
export function age(object: KubeObject, now: number): string {
  return since(object.metadata.creationTimestamp, now);
}

/** Time since `timestamp` (RFC 3339). */
export function since(timestamp: string | undefined | null, now: number): string {
  return timestamp ? humanDuration(now - parseTime(timestamp)) : '<unknown>';
}

/** `a=b,c=d`, sorted; `<none>` for none. Upstream: labels.FormatLabels. */
export function formatLabels(labels: Record<string, string> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join(',') || '<none>';
}

/**
 * A meta.k8s.io/v1 Table of objects, as `kubectl get` asks for it.
 * @param includeObject `Metadata` (the default), `Object` or `None`
 */
export function toTable(
  definition: ResourceDefinition,
  objects: readonly KubeObject[],
  metadata: Json,
  now: number,
  includeObject = 'Metadata',
): Json {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: definition.columns.map(({ name, type, format, priority }) => ({
      name,
      type,
      format: format ?? '',
      description: '',
      priority,
    })),
    rows: objects.map((object) => ({
      cells: definition.row(object, now),
      ...(includeObject !== 'None' && {
        object:
          includeObject === 'Object'
            ? object
            : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
      }),
    })),
  };
}
