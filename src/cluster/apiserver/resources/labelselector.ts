import { forbidden, invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { labelValue, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { validateLabels } from '../metadata';

/** A LabelSelector; undefined has no fault. Upstream: metav1validation.ValidateLabelSelector. @param field e.g. `spec.selector` */
export function validateSelector(selector: Json, field: string): FieldError[] {
  const { matchLabels, matchExpressions = [] } = selector ?? {};
  return [
    ...validateLabels(matchLabels, `${field}.matchLabels`),
    ...matchExpressions.flatMap((each: Json, index: number) => validateRequirement(each, `${field}.matchExpressions[${index}]`)),
  ];
}

/** The key of a label. Upstream: metav1validation.ValidateLabelName. */
export const validateLabelName = (key: string, field: string): FieldError[] =>
  qualifiedName(key).map((message) => invalid(field, key, message));

/** Upstream: metav1validation.ValidateLabelSelectorRequirement, ValidateNodeSelectorRequirement. @param more operators beside those of every selector */
export function validateRequirement(
  { key = '', operator = '', values = [] }: Json,
  field: string,
  more: readonly string[] = [],
): FieldError[] {
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    if (values.length > 0) errors.push(forbidden(`${field}.values`, why));
  } else if (more.includes(operator)) {
    if (values.length !== 1)
      errors.push(required(`${field}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'));
  errors.push(...validateLabelName(key, `${field}.key`));
  values.forEach((value: string, index: number) =>
    errors.push(...labelValue(value).map((message) => invalid(`${field}.values[${index}]`, value, message))),
  );
  return errors;
}
