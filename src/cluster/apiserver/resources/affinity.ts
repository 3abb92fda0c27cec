import { forbidden, invalid, required, type FieldError } from '../../apimachinery/fielderror';
import { dns1123Label, dns1123Subdomain } from '../../apimachinery/names';
import type { Json } from '../../apimachinery/object';
import { each, wrong } from './fieldrules';
import { validateLabelName, validateRequirement, validateSelector } from './labelselector';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** What a pod asks of its node and of its neighbours. Upstream: pkg/apis/core/validation validateAffinity. @param path e.g. `spec.affinity` */
export function validateAffinity(affinity: Json, path: string): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  return [
    ...validateNodeAffinity(nodeAffinity, `${path}.nodeAffinity`),
    ...validatePodAffinity(podAffinity, `${path}.podAffinity`),
    ...validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`),
  ];
}

const validateWeight = (weight: number = 0, field: string): FieldError[] =>
  weight > 0 && weight <= 100 ? [] : [invalid(`${field}.weight`, weight, 'must be in the range 1-100')];

function validateNodeAffinity(affinity: Json, path: string): FieldError[] {
  const { [REQUIRED]: must, [PREFERRED]: may } = affinity ?? {};
  const errors: FieldError[] = [];
  if (must) {
    const field = `${path}.${REQUIRED}.nodeSelectorTerms`;
    if (!must.nodeSelectorTerms?.length) errors.push(required(field, 'must have at least one node selector term'));
    errors.push(...each(must.nodeSelectorTerms, field, (term, place) => validateTerm(term, place)));
  }
  const preferred = each(may, `${path}.${PREFERRED}`, ({ weight, preference }, field) => [
    ...validateWeight(weight, field),
    ...validateTerm(preference ?? {}, `${field}.preference`, true),
  ]);
  return [...errors, ...preferred];
}

/** Upstream: ValidateNodeSelectorTerm. @param preferred it may have values that no label has */
const validateTerm = ({ matchExpressions, matchFields }: Json, path: string, preferred = false): FieldError[] => [
  ...each(matchExpressions, `${path}.matchExpressions`, (item, field) =>
    validateRequirement(item, field, { operators: ['Gt', 'Lt'], anyValue: preferred }),
  ),
  ...each(matchFields, `${path}.matchFields`, validateFieldRequirement),
];

/** Upstream: ValidateNodeFieldSelectorRequirement. */
function validateFieldRequirement({ key = '', operator = '', values = [] }: Json, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'));
  else if (values.length !== 1)
    errors.push(required(`${field}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
  if (key !== 'metadata.name') return [...errors, invalid(`${field}.key`, key, 'not a valid field selector key')];
  return [...errors, ...each(values, `${field}.values`, (value, place) => wrong(place, value, dns1123Subdomain(value)))];
}

const validatePodAffinity = (affinity: Json, path: string): FieldError[] => [
  ...each(affinity?.[REQUIRED], `${path}.${REQUIRED}`, validatePodTerm),
  ...each(affinity?.[PREFERRED], `${path}.${PREFERRED}`, ({ weight, podAffinityTerm }, field) => [
    ...validateWeight(weight, field),
    ...validatePodTerm(podAffinityTerm ?? {}, `${field}.podAffinityTerm`),
  ]),
];

/** Upstream: validatePodAffinityTerm. */
function validatePodTerm(term: Json, path: string): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces, matchLabelKeys = [], mismatchLabelKeys = [], topologyKey = '' } = term;
  const keys = (name: string, list: readonly string[]): FieldError[] =>
    list.length > 0 && !labelSelector
      ? [forbidden(`${path}.${name}`, 'must not be specified when labelSelector is not set')]
      : each(list, `${path}.${name}`, (key, field) => validateLabelName(key, field));
  return [
    ...validateSelector(labelSelector, `${path}.labelSelector`),
    ...validateSelector(namespaceSelector, `${path}.namespaceSelector`),
    // without its number, as upstream
    ...each(namespaces, '', (name) => wrong(`${path}.namespace`, name, dns1123Label(name))),
    ...keys('matchLabelKeys', matchLabelKeys),
    ...keys('mismatchLabelKeys', mismatchLabelKeys),
    ...each(matchLabelKeys, `${path}.matchLabelKeys`, (key, field) =>
      mismatchLabelKeys.includes(key) ? [invalid(field, key, 'exists in both matchLabelKeys and mismatchLabelKeys')] : [],
    ),
    ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
    ...validateLabelName(topologyKey, `${path}.topologyKey`),
  ];
}
