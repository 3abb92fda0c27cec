import { utf8ToBytes } from '@noble/hashes/utils.js';
import { goStruct, goTypeName, type GoField } from '../../apimachinery/gotypes';
import type { Json } from '../../apimachinery/object';
import { amountOf } from '../../apimachinery/quantity';

/**
 * A name part that is the same for the same pod template.
 * @param template with its defaults
 * @param collisions how often the name was taken; undefined when it never was
 * Upstream: pkg/controller ComputeHash, which hashes a Go print of the template (k8s.io/utils/dump ForHash) by 32-bit FNV-1a.
 */
export function podTemplateHash(template: Json, collisions?: number): string {
  let hash = 0x811c9dc5;
  for (const byte of utf8ToBytes(printStruct('PodTemplateSpec', template, true))) hash = Math.imul(hash ^ byte, 0x01000193);
  if (collisions !== undefined)
    for (let at = 0; at < 64; at += 8) hash = Math.imul(hash ^ (at < 32 ? (collisions >>> at) & 255 : 0), 0x01000193);
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...String(hash >>> 0)].map((digit) => alphabet[digit.charCodeAt(0) % alphabet.length]).join('');
}

function printStruct(name: string, value: Json, typed: boolean): string {
  const fields = goStruct(name)?.fields ?? [];
  const parts = fields.map((field) => `${field.go}:${printField(field, field.json ? value[field.json] : value)}`);
  return `${typed ? `(v1.${name})` : ''}{${parts.join(' ')}}`;
}

function printField({ type, pointer, list }: GoField, value: Json): string {
  const typed = `(${list ? '[]' : ''}${pointer ? '*' : ''}${goTypeName(type)})`;
  // what is empty is not sent, so it is nil
  if (list) return `${typed}${value?.length ? `[${value.map((item: Json) => printValue(type, item)).join(' ')}]` : '<nil>'}`;
  return typed + (pointer && value === undefined ? '<nil>' : printValue(type, value));
}

function printValue(type: string, value: Json): string {
  switch (type) {
    case 'b':
      return String(value ?? false);
    case 'i':
    case 'l':
      return String(value ?? 0);
    case 't':
      return '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';
    case 'q':
      return printQuantity(value ?? '0');
    case 'I':
      return typeof value === 'string'
        ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
        : `{Type:(intstr.Type)0 IntVal:(int32)${value ?? 0} StrVal:(string)}`;
    case 'M':
    case 'R': {
      const keys = Object.keys(value ?? {}).sort();
      const item = (key: string) => `${key}:${type === 'R' ? printQuantity(value[key]) : value[key]}`;
      return keys.length > 0 ? `map[${keys.map(item).join(' ')}]` : '<nil>';
    }
    default:
      return type === '' || type.startsWith('=') ? String(value ?? '') : printStruct(type, value ?? {}, false);
  }
}

function printQuantity(text: string): string {
  const { value, scale, kept, form } = amountOf(text);
  const amount = `(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}}`;
  const string = kept ? text : '';
  return `{i:${amount} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${string} Format:(resource.Format)${form}}`;
}
