import type { Json } from '../../apimachinery/object';
import type { Schema } from '../schema';
import { fieldOf, isMap, itemElement } from './walk';

/**
 * What is wrong with an applied configuration, each as `PATH: what`; none when all is well.
 * Upstream: sigs.k8s.io/structured-merge-diff typed/validate.go.
 */
export function schemaErrors(schema: Schema | undefined, value: Json, path = ''): string[] {
  if (value === null || value === undefined) return [];
  switch (schema?.type) {
    case 'struct':
    case 'map': {
      if (!isMap(value)) return [`${path}: expected map, got ${shown(value)}`];
      return Object.keys(value).flatMap((key) => {
        const field = fieldOf(schema, key);
        return field ? schemaErrors(field, value[key], `${path}.${key}`) : [`${path}.${key}: field not declared in schema`];
      });
    }
    case 'list': {
      if (!Array.isArray(value)) return [`${path}: expected list, got ${shown(value)}`];
      const seen = new Set<string>();
      return value.flatMap((item: Json, index: number) => {
        const element = schema.keys || schema.set ? itemElement(schema, item) : undefined;
        if (schema.keys && element === undefined) {
          const missing = Object.keys(schema.keys).find((key) => item?.[key] === undefined && schema.keys![key] === undefined);
          return [
            `${path}: element ${index}: associative list with keys has an element that omits key field "${missing}" (and doesn't have default value)`,
          ];
        }
        const at = element === undefined ? `${path}[${index}]` : `${path}${keyText(element)}`;
        const twice =
          element !== undefined && seen.has(element) ? [`${path}: duplicate entries for key ${keyText(element)}`] : [];
        if (element !== undefined) seen.add(element);
        return [...twice, ...schemaErrors(schema.items, item, at)];
      });
    }
    case 'string':
    case 'bytes':
    case 'time':
      return typeof value === 'string' ? [] : [`${path}: expected string, got ${shown(value)}`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: expected boolean, got ${shown(value)}`];
    case 'int32':
    case 'int64':
      return typeof value === 'number' ? [] : [`${path}: expected numeric (int or float), got ${shown(value)}`];
    default:
      return [];
  }
}

function keyText(element: string): string {
  if (element.startsWith('v:')) return `[=${element.slice(2)}]`;
  const keys = Object.entries(JSON.parse(element.slice(2)) as Record<string, Json>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}

function shown(value: Json): string {
  if (isMap(value) || Array.isArray(value)) return '&{' + JSON.stringify(value) + '}';
  return typeof value === 'string'
    ? 'string'
    : typeof value === 'boolean'
      ? 'boolean'
      : Number.isInteger(value)
        ? 'int'
        : 'float';
}
