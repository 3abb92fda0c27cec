import { invalid, notSupported, type FieldError } from '../../apimachinery/fielderror';
import type { Json } from '../../apimachinery/object';

// What rules for fields are made of.

/** One error for each of the messages about a value. */
export const wrong = (field: string, value: Json, messages: readonly string[]): FieldError[] =>
  messages.map((message) => invalid(field, value, message));

/** A rule for each item of a list that may be absent; it is given the item's own path. */
export const each = (
  list: readonly Json[] | undefined,
  field: string,
  rule: (item: Json, field: string) => FieldError[],
): FieldError[] => (list ?? []).flatMap((item, index) => rule(item, `${field}[${index}]`));

/** A value that may be absent and otherwise is one of these. @param supported in the order in which upstream lists them */
export const outOf = (field: string, value: Json, supported: readonly string[]): FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [notSupported(field, value, supported, true)];
