import { forbidden, invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { labelValue, qualifiedName } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { validateLabels } from '../metadata';
import { each, wrong } from './fieldrules';

/** A LabelSelector; undefined has no fault. Upstream: metav1validation.ValidateLabelSelector. @param field e.g. `spec.selector` */
export function validateSelector(selector: Json, field: string): FieldError[] {
  const { matchLabels, matchExpressions } = selector ?? {};
  return [
    ...validateLabels(matchLabels, `${field}.matchLabels`),
    ...each(matchExpressions, `${field}.matchExpressions`, (item, place) => validateRequirement(item, place)),
  ];
}

/** The key of a label. Upstream: metav1validation.ValidateLabelName. */
export const validateLabelName = (key: string, field: string): FieldError[] => wrong(field, key, qualifiedName(key));

/** What a requirement may have beside what those of every selector may. */
interface More {
  readonly operators?: readonly string[];
  /** Values that no label has. */
  readonly anyValue?: boolean;
}

/** Upstream: metav1validation.ValidateLabelSelectorRequirement, ValidateNodeSelectorRequirement. */
export function validateRequirement(
  { key = '', operator = '', values = [] }: Json,
  field: string,
  { operators = [], anyValue = false }: More = {},
): FieldError[] {
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    if (values.length > 0) errors.push(forbidden(`${field}.values`, why));
  } else if (operators.includes(operator)) {
    if (values.length !== 1)
      errors.push(required(`${field}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'));
  errors.push(...validateLabelName(key, `${field}.key`));
  if (!anyValue) errors.push(...each(values, `${field}.values`, (value, place) => wrong(place, value, labelValue(value))));
  return errors;
}
