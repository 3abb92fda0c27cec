import { clone } from './json';
import type { Json } from './object';
import { checkKey } from './protokey';
import { isMap } from './strategiclists';

/** The object after a JSON merge patch (RFC 7386). Neither argument is changed. */
export function applyMergePatch(original: Json, patch: Json): Json {
  if (!isMap(patch)) return clone(patch);
  const result: Json = isMap(original) ? { ...original } : {};
  for (const key of Object.keys(patch)) {
    checkKey(key);
    if (patch[key] === null) delete result[key];
    else result[key] = applyMergePatch(result[key], patch[key]);
  }
  return result;
}
