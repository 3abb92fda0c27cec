import { clone, deepEqual } from './json';
import type { Json } from './object';
import { checkKey } from './protokey';

/** One operation of a JSON patch (RFC 6902). */
export interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: Json;
}

/**
 * The object after a JSON patch. Neither argument is changed.
 * @throws Error when a path leads nowhere, a test fails or an operation is unknown
 */
export function applyJsonPatch(original: Json, operations: readonly Operation[]): Json {
  let result = clone(original);
  for (const operation of operations) result = applyOperation(result, operation);
  return result;
}

function applyOperation(root: Json, operation: Operation): Json {
  const { op, path } = operation;
  switch (op) {
    case 'add':
      return put(root, path, clone(operation.value), 'insert');
    case 'replace':
      // of a map, a key that is not there is set: upstream's library asks for indices of lists only
      if (path !== '' && Array.isArray(parentOf(root, path).parent)) read(root, path);
      return put(root, path, clone(operation.value), 'replace');
    case 'remove':
      return remove(root, path);
    case 'test':
      if (!deepEqual(readOrUndefined(root, path) ?? null, operation.value ?? null))
        throw new Error(`testing value ${path} failed: test failed`);
      return root;
    case 'copy':
      return put(root, path, clone(read(root, operation.from ?? '')), 'insert');
    case 'move': {
      const value = read(root, operation.from ?? '');
      return put(remove(root, operation.from ?? ''), path, value, 'insert');
    }
    default:
      throw new Error(`Unexpected kind: ${op}`);
  }
}

function segments(path: string): string[] {
  if (path === '') return [];
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function readOrUndefined(root: Json, path: string): Json {
  let value = root;
  for (const part of segments(path)) {
    value = member(value, part);
  }
  return value;
}

/** A field or an item; what JavaScript's objects inherit is none. */
function member(value: Json, key: string): Json {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined;
}

function read(root: Json, path: string): Json {
  const value = readOrUndefined(root, path);
  if (value === undefined) throw new Error(`missing path: ${path}`);
  return value;
}

function parentOf(root: Json, path: string): { parent: Json; key: string } {
  const parts = segments(path);
  const key = parts.pop() ?? '';
  let parent = root;
  for (const part of parts) parent = member(parent, part);
  if (typeof parent !== 'object' || parent === null) throw new Error(`missing path: ${path}`);
  checkKey(key);
  return { parent, key };
}

function put(root: Json, path: string, value: Json, mode: 'insert' | 'replace'): Json {
  if (path === '') return value;
  const { parent, key } = parentOf(root, path);
  if (!Array.isArray(parent)) parent[key] = value;
  else if (key === '-') parent.push(value);
  else {
    const index = Number(key);
    if (!/^\d+$/.test(key) || index > parent.length) throw new Error(`Unable to access invalid index: ${key}`);
    parent.splice(index, mode === 'replace' ? 1 : 0, value);
  }
  return root;
}

function remove(root: Json, path: string): Json {
  read(root, path);
  const { parent, key } = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return root;
}
