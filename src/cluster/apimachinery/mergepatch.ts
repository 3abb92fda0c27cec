import { clone } from './json';
import type { Json } from './object';
import { isMap } from './strategiclists';

/** The object after a JSON merge patch (RFC 7386). Neither argument is changed. */
export function applyMergePatch(original: Json, patch: Json): Json {
  if (!isMap(patch)) return clone(patch);
  const result: Json = isMap(original) ? { ...original } : {};
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete result[key];
    else result[key] = applyMergePatch(result[key], patch[key]);
  }
  return result;
}

/** The JSON merge patch from one object to another. Lists are replaced whole. */
export function createMergePatch(original: Json, modified: Json): Json {
  const patch: Json = {};
  for (const key of Object.keys(original)) if (!(key in modified)) patch[key] = null;
  for (const key of Object.keys(modified)) {
    const before = original[key];
    const after = modified[key];
    if (isMap(before) && isMap(after)) {
      const inner = createMergePatch(before, after);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(before) !== JSON.stringify(after)) patch[key] = after;
  }
  return patch;
}
