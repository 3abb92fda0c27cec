import { badRequest } from '../apimachinery/errors';
import { goJsonError, goJsonWord } from '../apimachinery/gojsonerror';
import type { Json } from '../apimachinery/object';
import { mismatch } from './mismatch';
import { groupVersion } from './registry';
import type { ResourceDefinition } from './resource';
import { decode } from './schema';

/** How to treat fields that a kind does not have. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/**
 * Decodes the body of a write into its kind. Unknown fields are an error, a warning or nothing, as `fieldValidation` asks.
 * @param text what was sent, where that is no JSON object
 * Throws ApiError BadRequest. Returns a fresh object and warnings.
 */
export function decodeBody(
  definition: Pick<ResourceDefinition, 'group' | 'version' | 'kind' | 'schema'>,
  body: Json,
  fieldValidation: FieldValidation,
  text?: string,
): { object: Json; warnings: string[] } {
  const unread = unreadable(body, text);
  if (unread !== undefined) {
    const shown = summary(text ?? (body === undefined ? '' : JSON.stringify(body)));
    throw badRequest(`the object provided is unrecognized (must be of type ${definition.kind}): ${unread} (${shown})`);
  }
  const other = foreign(definition, body);
  if (other) {
    const { apiVersion, kind, why } = other;
    throw badRequest(`${kind} in version "${apiVersion.split('/').at(-1)}" cannot be handled as a ${definition.kind}: ${why}`);
  }
  const decoded = decode(definition.schema, body ?? {});
  const cannot = `${definition.kind} in version "${definition.version}" cannot be handled as a ${definition.kind}: `;
  if (decoded.error !== undefined) throw badRequest(cannot + decoded.error);
  const unknown = decoded.unknown.map((field) => `unknown field "${field}"`);
  if (unknown.length > 0 && fieldValidation === 'Strict')
    throw badRequest(`${cannot}strict decoding error: ${unknown.join(', ')}`);
  return { object: decoded.value, warnings: fieldValidation === 'Warn' ? unknown : [] };
}

/** What a body says it is and why that is not the kind wanted; undefined when it is, or leaves it open. */
export function foreign(
  definition: Pick<ResourceDefinition, 'group' | 'version' | 'kind'>,
  body: Json,
): { apiVersion: string; kind: string; why: string } | undefined {
  const own = groupVersion(definition);
  const apiVersion: string = body?.apiVersion || own;
  const kind: string = body?.kind || definition.kind;
  if (apiVersion === own && kind === definition.kind) return undefined;
  return { apiVersion, kind, why: mismatch(apiVersion, kind, definition) };
}

const TYPE_META = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** Why neither version nor kind can be read; undefined when they can, or are left to the path. Upstream: SimpleMetaFactory.Interpret. */
export function unreadable(body: Json, text?: string): string | undefined {
  const parsing = "couldn't get version/kind; json parse error: ";
  if (body === undefined) return parsing + goJsonError(text ?? '');
  if (body === null) return undefined;
  if (typeof body !== 'object' || Array.isArray(body))
    return `${parsing}json: cannot unmarshal ${goJsonWord(body)} into Go value of type ${TYPE_META}`;
  for (const field of ['apiVersion', 'kind']) {
    const value: Json = body[field];
    if (value !== undefined && value !== null && typeof value !== 'string')
      return `${parsing}json: cannot unmarshal ${goJsonWord(value)} into Go struct field .${field} of type string`;
  }
  return body.apiVersion?.split('/').length > 2 ? `unexpected GroupVersion string: ${body.apiVersion}` : undefined;
}

/** Upstream: k8s.io/apiserver/pkg/endpoints/handlers summarizeData. */
function summary(text: string): string {
  if (text === '') return '<empty>';
  const bytes = new TextEncoder().encode(text);
  const shown = bytes.subarray(0, 30);
  const start = text.startsWith('{')
    ? new TextDecoder().decode(shown)
    : Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > 30 ? `${start} ...` : start;
}

/** Reads `fieldValidation` of a request, which was checked before; the server's own default is Warn. */
export const fieldValidationOf = ({ fieldValidation }: Record<string, string>): FieldValidation =>
  (fieldValidation || 'Warn') as FieldValidation;
