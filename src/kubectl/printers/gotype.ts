import type { Json } from '../../cluster/apimachinery/object';
import { GoInt } from './govalue';

/** The Go type that a JSON value is decoded to. */
export function goType(value: Json): string {
  if (value === null || value === undefined) return '<nil>';
  if (value instanceof GoInt) return 'int';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
