import type { Json } from './object';

/** One fault in an object's field. Upstream: k8s.io/apimachinery/pkg/util/validation/field Error. */
export interface FieldError {
  type:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueDuplicate'
    | 'FieldValueForbidden'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
    | 'FieldValueNotFound';
  /** e.g. `spec.ports[0].nodePort` */
  field: string;
  value?: Json;
  detail: string;
}

export const required = (field: string, detail = ''): FieldError => ({ type: 'FieldValueRequired', field, detail });
export const invalid = (field: string, value: Json, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field,
  value,
  detail,
});
export const duplicate = (field: string, value: Json): FieldError => ({ type: 'FieldValueDuplicate', field, value, detail: '' });
export const forbidden = (field: string, detail: string): FieldError => ({ type: 'FieldValueForbidden', field, detail });
/** The field names something that is not there. */
export const missing = (field: string, value: Json): FieldError => ({ type: 'FieldValueNotFound', field, value, detail: '' });
export const tooLong = (field: string, detail: string): FieldError => ({ type: 'FieldValueTooLong', field, detail });
/** The supported values are listed sorted, as upstream mostly does. @param asGiven not here */
export const notSupported = (field: string, value: Json, supported: readonly string[], asGiven = false): FieldError => ({
  type: 'FieldValueNotSupported',
  field,
  value,
  detail: `supported values: ${(asGiven ? [...supported] : [...supported].sort()).map((v) => JSON.stringify(v)).join(', ')}`,
});

const WORDS: Record<FieldError['type'], string> = {
  FieldValueRequired: 'Required value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
  FieldValueNotFound: 'Not found',
};

/** The error without its field, as in `Status.details.causes[].message`. */
export function fieldErrorBody(error: FieldError): string {
  let text = WORDS[error.type];
  if (error.value !== undefined) text += `: ${JSON.stringify(error.value)}`;
  return error.detail ? `${text}: ${error.detail}` : text;
}

/** The whole error, as in the message of a 422. */
export function fieldErrorText(error: FieldError): string {
  return `${error.field}: ${fieldErrorBody(error)}`;
}
