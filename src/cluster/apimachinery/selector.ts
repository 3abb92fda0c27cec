import { labelValue, qualifiedName } from './names';
import { SelectorParser } from './selectorparser';

/** One requirement of a label selector. */
export interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | '!exists' | 'gt' | 'lt';
  values: string[];
}

/** A parsed label selector: all requirements must hold. */
export type Selector = readonly Requirement[];

/**
 * Parses `a=b,c!=d,e in (x,y),f,!g`. Throws Error with the server's text on bad syntax.
 * Upstream: k8s.io/apimachinery/pkg/labels Parse.
 */
export function parseSelector(text: string): Selector {
  const requirements: Requirement[] = [];
  for (const { key, operator, values } of new SelectorParser(text, checkKey).requirements()) {
    const requirement = { key, operator: OPERATORS[operator] as Requirement['operator'], values };
    checkValues(requirement);
    requirements.push(requirement);
  }
  return requirements;
}

/** What the signs mean. */
const OPERATORS: Readonly<Record<string, Requirement['operator']>> = {
  in: 'in',
  notin: 'notin',
  '=': 'in',
  '==': 'in',
  '!=': 'notin',
  '>': 'gt',
  '<': 'lt',
  exists: 'exists',
  '!': '!exists',
};

const invalid = (path: string, value: string, problems: string[]) =>
  `${path}: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`;

/** @throws Error for a key that no label can have */
function checkKey(key: string): void {
  const problems = qualifiedName(key);
  if (problems.length > 0) throw new Error(`unable to parse requirement: ${invalid('<nil>', key, problems)}`);
}

/** @throws Error for values that no label can have. Upstream: labels.NewRequirement. */
function checkValues({ key, operator, values }: Requirement): void {
  const errors: string[] = [];
  values.forEach((value, index) => {
    const path = `values[${index}]`;
    if ((operator === 'gt' || operator === 'lt') && !/^[-+]?\d+$/.test(value))
      errors.push(invalid(path, value, ["for 'Gt', 'Lt' operators, the value must be an integer"]));
    const problems = labelValue(value);
    if (problems.length > 0) errors.push(invalid(`${path}[${key}]`, value, problems));
  });
  if (errors.length > 0)
    throw new Error(`unable to parse requirement: ${errors.length > 1 ? `[${errors.join(', ')}]` : errors[0]}`);
}

/** Whether labels satisfy a selector. An empty selector matches everything. */
export function matchesSelector(selector: Selector, labels: Readonly<Record<string, string>> | undefined): boolean {
  for (let i = 0; i < selector.length; i++) if (!holds(selector[i]!, labels)) return false;
  return true;
}

function holds({ key, operator, values }: Selector[number], labels: Readonly<Record<string, string>> | undefined): boolean {
  const value = labels?.[key];
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!exists':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'lt':
      return value !== undefined && Number(value) < Number(values[0]);
  }
}

/** Whether labels hold every pair of a Service's `spec.selector`. */
export function matchesMap(map: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>> | undefined): boolean {
  for (const key in map) if (labels?.[key] !== map[key]) return false;
  return true;
}

/** The selector of a Deployment or ReplicaSet (matchLabels and matchExpressions). */
export function fromLabelSelector(selector: {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}): Selector {
  const operators: Record<string, Requirement['operator']> = {
    In: 'in',
    NotIn: 'notin',
    Exists: 'exists',
    DoesNotExist: '!exists',
    Gt: 'gt',
    Lt: 'lt',
  };
  return [
    ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({ key, operator: 'in' as const, values: [value] })),
    ...(selector.matchExpressions ?? []).map(({ key, operator, values }) => ({
      key,
      operator: operators[operator] ?? 'exists',
      values: values ?? [],
    })),
  ];
}
