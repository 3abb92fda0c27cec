import type { Json } from '../cluster/apimachinery/object';
import { hasProtoKey, untakenKey } from '../cluster/apimachinery/protokey';
import { KubectlError } from './errors';

/** Maps and lists in each other; more of them nobody writes by hand, and what walks through them would run out of stack. */
const MAX_DEPTH = 64;

/** As `JSON.parse`. @throws KubectlError when it is too deep or has keys that no map here may have, SyntaxError when it is no JSON */
export function parseJson(text: string): Json {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ']' || char === '}') depth--;
    else if ((char === '[' || char === '{') && ++depth > MAX_DEPTH)
      throw new KubectlError(`this simulator reads JSON of up to ${MAX_DEPTH} levels`);
  }
  const value = JSON.parse(text) as Json;
  if (/_proto_|\\u005f/i.test(text) && hasProtoKey(value)) throw new KubectlError(untakenKey);
  return value;
}
