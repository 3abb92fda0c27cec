import { humanDuration } from '../../cluster/apimachinery/duration';
import type { Json } from '../../cluster/apimachinery/object';
import { parseTime } from '../../cluster/apimachinery/time';

/** The table of objects whose columns nobody knows: name and age. */
export function ageTable(objects: readonly Json[], now: number): Json {
  return {
    kind: 'Table',
    columnDefinitions: [
      { name: 'Name', format: 'name', priority: 0 },
      { name: 'Age', priority: 0 },
    ],
    rows: objects.map((object) => ({
      cells: [object.metadata?.name ?? '', age(object.metadata?.creationTimestamp, now)],
      object,
    })),
  };
}

/** How long ago a time was, as kubectl prints it; `<unknown>` without one. */
export function age(time: string | undefined | null, now: number): string {
  return time ? humanDuration(now - parseTime(time)) : '<unknown>';
}
