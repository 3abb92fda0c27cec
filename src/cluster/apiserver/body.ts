import { badRequest, invalidOptions } from '../apimachinery/errors';
import type { Json } from '../apimachinery/object';
import { groupVersion } from './registry';
import type { ResourceDefinition } from './resource';
import { decode } from './schema';

/** How to treat fields that a kind does not have. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/**
 * Decodes the body of a write into its kind. Unknown fields are an error, a warning or nothing, as `fieldValidation` asks.
 * Throws ApiError BadRequest. Returns a fresh object and warnings.
 */
export function decodeBody(
  definition: ResourceDefinition,
  body: Json,
  fieldValidation: FieldValidation,
): { object: Json; warnings: string[] } {
  const version = groupVersion(definition);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonWord(body)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  if ((body.apiVersion && body.apiVersion !== version) || (body.kind && body.kind !== definition.kind)) {
    throw badRequest(
      `${body.kind ?? definition.kind} in version "${body.apiVersion ?? version}" cannot be handled as a ${definition.kind}: no kind "${body.kind ?? ''}" is registered for version "${body.apiVersion ?? ''}" in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  }
  const decoded = decode(definition.schema, body);
  const cannot = `${definition.kind} in version "${definition.version}" cannot be handled as a ${definition.kind}: `;
  if (decoded.error !== undefined) throw badRequest(cannot + decoded.error);
  const unknown = decoded.unknown.map((field) => `unknown field "${field}"`);
  if (unknown.length > 0 && fieldValidation === 'Strict')
    throw badRequest(`${cannot}strict decoding error: ${unknown.join(', ')}`);
  return { object: decoded.value, warnings: fieldValidation === 'Warn' ? unknown : [] };
}

function jsonWord(value: Json): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

/** Reads `fieldValidation` of a request; the server's own default is Warn. Throws ApiError for another word. */
export function fieldValidationOf(query: Record<string, string>): FieldValidation {
  const word = query.fieldValidation || 'Warn';
  if (word === 'Strict' || word === 'Warn' || word === 'Ignore') return word;
  throw invalidOptions(
    'CreateOptions',
    `fieldValidation: Unsupported value: "${word}": supported values: "Ignore", "Strict", "Warn"`,
  );
}
