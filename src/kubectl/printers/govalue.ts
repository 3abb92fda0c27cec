import type { Json } from '../../cluster/apimachinery/object';

/** A number of Go's type int, as templates write and count them; those of JSON are int64. */
export class GoInt {
  constructor(readonly value: number) {}
}

/** The number itself. */
export const plain = (value: Json): Json => (value instanceof GoInt ? value.value : value);

/** A value as Go's %v prints it. */
export function goValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (value instanceof GoInt) return String(value.value);
  if (typeof value !== 'object') return String(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goValue(value[key])}`);
  return `map[${fields.join(' ')}]`;
}
