import type { Json } from '../../apimachinery/object';

/**
 * A name part that is the same for the same pod template. Like upstream it is a 32-bit FNV-1a hash in the alphabet of generated names;
 * upstream hashes a Go print of the template, so the values differ from a real cluster's.
 */
export function podTemplateHash(template: Json, collisions = 0): string {
  let hash = 0x811c9dc5;
  for (const char of canonical(template) + (collisions || '')) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  }
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...String(hash)].map((digit) => alphabet[digit.charCodeAt(0) % alphabet.length]).join('');
}

/** JSON with sorted keys. */
function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}
