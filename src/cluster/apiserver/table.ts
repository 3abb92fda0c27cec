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
  if (!labels) return '<none>';
  const pairs: string[] = [];
  for (const key in labels) pairs.push(`${key}=${labels[key]}`);
  return (pairs.length > 1 ? pairs.sort() : pairs).join(',') || '<none>';
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
    rows: objects.map((object) => rowOf(definition, object, now, includeObject)),
  };
}

function rowOf(definition: ResourceDefinition, object: KubeObject, now: number, includeObject: string): Json {
  const cells = definition.row(object, now);
  if (includeObject === 'None') return { cells };
  if (includeObject === 'Object') return { cells, object };
  return { cells, object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } };
}
