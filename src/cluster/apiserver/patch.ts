import { ApiError, badRequest, invalidPatch, plainError, unprocessable, unsupportedMediaType } from '../apimachinery/errors';
import { goJsonWord, notAMap } from '../apimachinery/gojsonerror';
import { clone } from '../apimachinery/json';
import { applyJsonPatch, type Operation } from '../apimachinery/jsonpatch';
import { applyMergePatch } from '../apimachinery/mergepatch';
import type { Json, KubeObject } from '../apimachinery/object';
import { goMap, isMap } from '../apimachinery/strategiclists';
import { mergeStrategically } from '../apimachinery/strategicpatch';
import { foreign, unreadable, type FieldValidation } from './body';
import { inGoOrder, type Touched } from './goorder';
import type { ResourceDefinition } from './resource';
import { decode, type Decoded } from './schema';

/** What a patch is applied to. */
export type Patchable = Pick<ResourceDefinition, 'group' | 'version' | 'kind' | 'schema'>;

/** The patched object, decoded, and warnings about fields that the kind does not have. */
export interface Patched {
  object: Json;
  warnings: string[];
}

export const APPLY = 'application/apply-patch+yaml';
const TYPES = ['application/json-patch+json', 'application/merge-patch+json', APPLY, 'application/strategic-merge-patch+json'];

/** The patch type that a request's headers name. Throws ApiError UnsupportedMediaType for others. */
export function patchTypeOf(headers: Record<string, string> | undefined): string {
  const type = headers?.['content-type']?.split(';')[0] ?? '';
  if (TYPES.includes(type)) return type;
  const types = TYPES.join(', ');
  throw unsupportedMediaType(`the body of the request was in an unknown format - accepted media types include: ${types}`);
}

/**
 * Applies a JSON, merge or strategic merge patch and decodes what comes out. `old` is not changed.
 * Throws ApiError: BadRequest (not a patch), Invalid (it cannot be applied, or its result is not an object of the kind).
 * Upstream: k8s.io/apiserver/pkg/endpoints/handlers/patch.go.
 */
export function applyPatch(target: Patchable, old: KubeObject, type: string, patch: Json, validation: FieldValidation): Patched {
  if (type === 'application/strategic-merge-patch+json') {
    const wrong = notAMap(patch);
    if (wrong) throw badRequest(wrong);
    const object = strategic(target.kind, old, patch ?? {});
    // kind and apiVersion may be any text here: the type to fill is known
    const named = { ...object };
    for (const field of ['kind', 'apiVersion'] as const)
      if (typeof named[field] === 'string' || named[field] === undefined) named[field] = old[field];
    return checked(decode(target.schema, named, 'unstructured'), validation, () => goMap(patch));
  }
  if (type === 'application/merge-patch+json') {
    // unknown fields are looked for in a map
    const wrong = validation === 'Ignore' ? undefined : notAMap(patch);
    if (wrong) throw badRequest(`error decoding patch: ${wrong}`);
    if (typeof patch !== 'object' || patch === null) throw badRequest('Invalid JSON Patch');
  }
  const object = type === 'application/json-patch+json' ? jsonPatch(old, patch) : applyMergePatch(clone(old), patch);
  const ordered = () => {
    const touched = type === 'application/json-patch+json' ? touchedByPaths(patch) : touchedByMerge(old, patch);
    return inGoOrder(target.schema, object, touched);
  };
  const text = () => JSON.stringify(ordered());
  const unread = unreadable(object) ?? (object?.apiVersion ? foreign(target, object)?.why : undefined);
  if (unread !== undefined) throw invalidPatch(text(), unread);
  // without a version Go reads into its internal type, which has none of the fields that JSON has
  const decoded = object?.apiVersion ? decode(target.schema, object) : { value: {}, unknown: fieldsBesidesType(ordered()) };
  return checked(decoded, validation, text);
}

const fieldsBesidesType = (object: Json): string[] =>
  Object.keys(object ?? {}).filter((field) => field !== 'kind' && field !== 'apiVersion');

function checked(decoded: Decoded, validation: FieldValidation, text: () => string): Patched {
  if (decoded.error !== undefined) throw invalidPatch(text(), decoded.error);
  const unknown = decoded.unknown.map((field) => `unknown field "${field}"`);
  if (unknown.length > 0 && validation === 'Strict') throw invalidPatch(text(), `strict decoding error: ${unknown.join(', ')}`);
  return { object: decoded.value, warnings: validation === 'Warn' ? unknown : [] };
}

function strategic(kind: string, old: KubeObject, patch: Json): Json {
  try {
    return mergeStrategically(kind, clone(old), patch);
  } catch (error) {
    throw plainError((error as Error).message);
  }
}

function jsonPatch(old: KubeObject, patch: Json): Json {
  if (patch === null) return old;
  if (!Array.isArray(patch))
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${goJsonWord(patch)} into Go value of type []handlers.jsonPatchOp`,
    );
  try {
    return applyJsonPatch(old, patch);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw unprocessable();
  }
}

function touchedByPaths(operations: readonly Operation[]): Touched {
  const root: Touched = {};
  for (const { path, from } of operations) {
    for (const pointer of [path, from]) {
      let at = root;
      for (const part of (pointer ?? '').split('/').slice(1, -1)) at = at[part] ??= {};
    }
  }
  return root;
}

function touchedByMerge(old: Json, patch: Json): Touched {
  const touched: Touched = {};
  for (const key of Object.keys(patch)) {
    if (isMap(patch[key])) touched[key] = touchedByMerge(isMap(old?.[key]) ? old[key] : {}, patch[key]);
  }
  return touched;
}
