import { base64Fault } from '../apimachinery/base64';
import { timeFault } from '../apimachinery/gotime';
import { canonicalQuantity } from '../apimachinery/quantity';
import { clone } from '../apimachinery/json';
import type { Json } from '../apimachinery/object';
import { parseTime, rfc3339 } from '../apimachinery/time';

/**
 * The shape of a kind, as Go's types have it: enough to tell what a body may hold and what its JSON types must be.
 * Upstream decodes with encoding/json into these types; the messages here are the ones that decoding gives.
 */
export type Schema =
  /** `go`: the type's name where it is not plain string, e.g. `v1.ServiceType`. */
  | { type: 'string'; go?: string }
  /** `bytes` are base64 in JSON. */
  | { type: 'boolean' | 'bytes' | 'int32' | 'int64' | 'intOrString' | 'quantity' | 'time' | 'any' }
  /** `atomic`: owned as a whole, not key by key. */
  | { type: 'map'; values: Schema; atomic?: true; go?: string }
  /**
   * Owned as a whole unless `keys` name what tells the items apart (with a default where there is one) or it is a set of scalars.
   * `always`: Go writes it as null when there is none (no omitempty).
   */
  | { type: 'list'; items: Schema; keys?: ListKeys; set?: true; always?: true }
  /**
   * `name` is the Go type's, as in `Go struct field ServicePort.spec.ports.port`. `value`: a struct in Go, not a pointer to one, so
   * that it is there even when empty.
   */
  | { type: 'struct'; name: string; fields: Record<string, Schema>; atomic?: true; value?: true };

export type ListKeys = Record<string, Json>;

export const string: Schema = { type: 'string' };
/** A string type with a name of its own in Go. */
export const named = (go: string): Schema => ({ type: 'string', go });
export const boolean: Schema = { type: 'boolean' };
export const int32: Schema = { type: 'int32' };
export const int64: Schema = { type: 'int64' };
export const intOrString: Schema = { type: 'intOrString' };
export const time: Schema = { type: 'time' };
export const quantity: Schema = { type: 'quantity' };
export const any: Schema = { type: 'any' };
export const stringMap: Schema = { type: 'map', values: string };
export const bytesMap: Schema = { type: 'map', values: { type: 'bytes' } };
export const list = (items: Schema): Schema => ({ type: 'list', items });
export const struct = (name: string, fields: Record<string, Schema>): Schema => ({ type: 'struct', name, fields });

// How fields are owned (x-kubernetes-list-type, -map-type and the like of the OpenAPI documents).
export const atomicMap: Schema = { type: 'map', values: string, atomic: true };
export const setOf = (items: Schema): Schema => ({ type: 'list', items, set: true });
/** @param keys fields that tell items apart, with their default or undefined */
export const keyedList = (keys: ListKeys, items: Schema): Schema => ({ type: 'list', items, keys });
export const atomic = (schema: Schema): Schema => (schema.type === 'struct' ? { ...schema, atomic: true } : schema);
export const present = (schema: Schema): Schema => (schema.type === 'struct' ? { ...schema, value: true } : schema);

/**
 * Whose words a fault is told in: encoding/json's, or those of the converter that makes objects from maps, through which
 * strategic merge patches go (runtime.DefaultUnstructuredConverter).
 */
export type Style = 'json' | 'unstructured';

/** What decoding found. `error`: the body cannot be this kind. `unknown`: fields that the kind does not have (`unknown field "spec.x"`). */
export interface Decoded {
  value: Json;
  error?: string;
  unknown: string[];
}

/**
 * Reads a JSON value as a schema says: drops nulls and unknown fields (and reports the latter), and stops at the first value
 * whose JSON type does not fit. The input is not changed, and the result shares nothing with it.
 */
export function decode(schema: Schema, body: Json, style: Style = 'json'): Decoded {
  const unknown: string[] = [];
  try {
    return { value: read(schema, body, { parent: undefined, key: '', struct: '', style }, unknown), unknown };
  } catch (error) {
    if (error instanceof DecodeError) return { value: undefined, error: error.message, unknown };
    throw error;
  }
}

class DecodeError extends Error {}

/** Where a value stands. Its path is only put together when something is wrong there. */
interface Where {
  /** Undefined for the whole body. */
  parent: Where | undefined;
  /** Name of a field, or index of an item. */
  key: string | number;
  /** Go name of the struct that holds the field. */
  struct: string;
  style: Style;
}

/** Path without list indexes, as encoding/json names it. */
function pathOf({ parent, key }: Where): string {
  if (!parent) return '';
  const path = pathOf(parent);
  if (typeof key === 'number') return path;
  return path ? `${path}.${key}` : key;
}

/** Path with list indexes, as strict decoding names it. */
function strictPathOf({ parent, key }: Where): string {
  if (!parent) return '';
  const path = strictPathOf(parent);
  if (typeof key === 'number') return `${path}[${key}]`;
  return path ? `${path}.${key}` : key;
}

const GO_TYPES: Record<string, string> = {
  string: 'string',
  boolean: 'bool',
  bytes: '[]uint8',
  int32: 'int32',
  int64: 'int64',
  intOrString: 'int32',
};

function goType(schema: Schema): string {
  switch (schema.type) {
    case 'map':
      return schema.go ?? `map[string]${goType(schema.values)}`;
    case 'list':
      return `[]${goType(schema.items)}`;
    case 'struct':
      return `v1.${schema.name}`;
    case 'string':
      return schema.go ?? 'string';
    default:
      return GO_TYPES[schema.type] ?? 'string';
  }
}

function jsonType(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' ? 'object' : 'string';
}

const NUMERIC = ['int32', 'int64', 'intOrString'];

function fail(schema: Schema, value: Json, where: Where): never {
  if (where.style === 'unstructured') throw new DecodeError(cannotRestore(schema, value));
  // encoding/json names the number itself where a number was wanted
  const shown = typeof value === 'number' && NUMERIC.includes(schema.type) ? `number ${value}` : jsonType(value);
  throw new DecodeError(
    `json: cannot unmarshal ${shown} into Go struct field ${where.struct}.${pathOf(where)} of type ${goType(schema)}`,
  );
}

/** Upstream: k8s.io/apimachinery/pkg/runtime/converter.go fromUnstructured. */
function cannotRestore(schema: Schema, value: Json): string {
  const from = goKind(value);
  if (schema.type === 'map') return `cannot restore map from ${from}`;
  if (schema.type === 'list') return `cannot restore slice from ${from}`;
  if (schema.type === 'struct') return `cannot restore struct from: ${from}`;
  if (schema.type === 'intOrString') return `json: cannot unmarshal ${jsonType(value)} into Go value of type int32`;
  // Go can convert between numbers, and even from a number to a string; the converter then refuses
  const convertible = typeof value === 'number' && (schema.type === 'string' || NUMERIC.includes(schema.type));
  return convertible ? `cannot convert ${from} to ${goType(schema)}` : `unrecognized type: ${goType(schema)}`;
}

/** The kind of Go value that a JSON value becomes. */
function goKind(value: Json): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' ? 'map' : 'string';
}

/** Bytes are stored as Go writes them: without line breaks. */
function readBytes(value: string, style: Style): string {
  const fault = base64Fault(value);
  const where = style === 'json' ? '' : 'error decoding from json: ';
  if (fault !== undefined) throw new DecodeError(`${where}illegal base64 data at input byte ${fault}`);
  return /[\r\n]/.test(value) ? value.replace(/[\r\n]/g, '') : value;
}

/** Times are stored in UTC. */
function readTime(value: string): string {
  const fault = timeFault(value);
  if (fault !== undefined) throw new DecodeError(fault);
  return value.endsWith('Z') ? value : rfc3339(parseTime(value));
}

/** Quantities are stored in their canonical form. */
function readQuantity(value: Json): string {
  try {
    return canonicalQuantity(String(value));
  } catch (error) {
    throw new DecodeError((error as Error).message);
  }
}

function read(schema: Schema, value: Json, where: Where, unknown: string[]): Json {
  if (schema.type === 'any') return clone(value);
  if (value === null || value === undefined) return undefined;
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') fail(schema, value, where);
      return value;
    case 'time':
      if (typeof value !== 'string') fail(schema, value, where);
      return readTime(value);
    case 'bytes':
      if (typeof value !== 'string') fail(schema, value, where);
      return readBytes(value, where.style);
    case 'quantity':
      return readQuantity(value);
    case 'boolean':
      if (typeof value !== 'boolean') fail(schema, value, where);
      return value;
    case 'int32':
    case 'int64': {
      const limit = schema.type === 'int32' ? 2 ** 31 : 2 ** 63;
      if (typeof value !== 'number' || !Number.isInteger(value) || value >= limit || value < -limit) fail(schema, value, where);
      return value;
    }
    case 'intOrString':
      if (typeof value === 'string') return value;
      if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) >= 2 ** 31) fail(schema, value, where);
      return value;
    case 'map': {
      if (typeof value !== 'object' || Array.isArray(value)) fail(schema, value, where);
      const map: Record<string, Json> = {};
      for (const key of Object.keys(value)) map[key] = read(schema.values, value[key], where, unknown) ?? '';
      return map;
    }
    case 'list': {
      if (!Array.isArray(value)) fail(schema, value, where);
      const { struct, style } = where;
      return value.map((item: Json, key: number) => {
        const decoded = read(schema.items, item, { parent: where, key, struct, style }, unknown);
        return decoded ?? (schema.items.type === 'struct' ? {} : '');
      });
    }
    case 'struct': {
      if (typeof value !== 'object' || Array.isArray(value)) fail(schema, value, where);
      const struct: Record<string, Json> = {};
      // in the order in which clients send them: JSON made from YAML has sorted keys
      for (const key of Object.keys(value).sort()) {
        const at: Where = { parent: where, key, struct: schema.name, style: where.style };
        const field = schema.fields[key];
        if (!field) {
          unknown.push(strictPathOf(at));
          continue;
        }
        const decoded = read(field, value[key], at, unknown);
        if (decoded !== undefined) struct[key] = decoded;
      }
      return struct;
    }
  }
}
