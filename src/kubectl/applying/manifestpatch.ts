import { deepEqual } from '../../cluster/apimachinery/json';
import type { Json } from '../../cluster/apimachinery/object';
import { goMap, isMap } from '../../cluster/apimachinery/strategiclists';
import { createThreeWayMergePatch, patchConflicts } from '../../cluster/apimachinery/strategicpatch';
import { KubectlError } from '../errors';
import { goJson } from '../../cluster/apimachinery/gojson';
import type { Session } from '../session';
import { LAST_APPLIED } from '../writing';
import { printYaml } from '../yaml/print';

const compact = (value: Json) => `${goJson(value, { indent: 0 })}\n`;

/**
 * What `kubectl apply` was given when it last applied a live object; undefined when it never did.
 * @throws Error when the note of it is no JSON object
 */
export function lastAppliedTo(current: Json): Json | undefined {
  const saved: unknown = current.metadata?.annotations?.[LAST_APPLIED];
  if (typeof saved !== 'string' || saved === '') return undefined;
  let applied: Json;
  try {
    applied = JSON.parse(saved);
  } catch {
    applied = '';
  }
  if (typeof applied !== 'object' || Array.isArray(applied)) throw new Error('invalid JSON document');
  return applied ?? undefined;
}

/**
 * The patch that brings a live object to its manifest, leaving alone what others changed.
 * @param kind as the server spells it
 * @param modified the manifest
 * @param overwrite what others changed to something else is taken back; else it is an error
 * @throws KubectlError when there can be none
 * Upstream: kubectl/pkg/cmd/apply Patcher.patchSimple.
 */
export function manifestPatch(session: Session, kind: string, modified: Json, current: Json, overwrite: boolean): Json {
  const saved: string = current.metadata.annotations?.[LAST_APPLIED] ?? '';
  const problem = (message: string, specs = ['openapi v3', 'openapi']) => {
    for (const spec of specs) session.err(`warning: error calculating patch from ${spec} spec: ${message}\n`);
    return new KubectlError(
      `creating patch with:\noriginal:\n${saved}\nmodified:\n${compact(modified)}\ncurrent:\n${compact(current)}\nfor: ${message}`,
    );
  };
  let original: Json | undefined;
  let patch: Json | undefined;
  try {
    original = lastAppliedTo(current);
    if (modified.kind === kind) patch = createThreeWayMergePatch(kind, original, modified, current);
  } catch (error) {
    throw error instanceof Error ? problem(error.message) : error;
  }
  // a kind that is not spelled as the server spells it is none kubectl knows: its patch is a plain one, and may not change the kind
  if (patch === undefined) throw problem(`precondition failed for: ${goMap(mergePatch(original ?? {}, modified, current))}`, []);
  if (overwrite) return patch;
  const conflicting = patchConflicts(kind, original, patch, current);
  if (!conflicting) return patch;
  throw problem(
    `patch:\n${printYaml(patch)}\nconflicts with changes made from original to current:\n${printYaml(conflicting)}\n`,
  );
}

/** What a manifest changes in the live object, and what it dropped since it was last applied, as a JSON merge patch. */
function mergePatch(original: Json, modified: Json, current: Json): Json {
  const patch: Json = {};
  for (const key of Object.keys(modified)) {
    if (isMap(modified[key]) && isMap(current[key])) {
      const inner = mergePatch(isMap(original[key]) ? original[key] : {}, modified[key], current[key]);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!deepEqual(modified[key], current[key])) patch[key] = modified[key];
  }
  for (const key of Object.keys(original)) if (!(key in modified)) patch[key] = null;
  return patch;
}
