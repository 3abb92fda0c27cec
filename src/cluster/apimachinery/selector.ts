import { labelValue, qualifiedName } from './names';

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
  let rest = text.trim();
  while (rest) {
    const match = /^(!\s*)?([^\s=!(),<>]+)\s*(?:(==|=|!=|>|<)\s*([^\s=!(),<>]*)|(in|notin)\s*\(([^)]*)\))?\s*(?:,\s*|$)/.exec(
      rest,
    );
    // a value may be followed by nothing but a comma
    const surplus = /^!?\s*[^\s=!(),<>]+\s*(?:==|=|!=|>|<)\s*[^\s=!(),<>]*\s*(==|=|!=|[^\s,])/.exec(rest)?.[1];
    if (!match && surplus !== undefined) throw new Error(`found '${surplus}', expected: ',' or 'end of string'`);
    if (!match) throw new Error(whatIsWrong(rest));
    const [all, not, key, operator, value, set, members] = match as unknown as [string, ...(string | undefined)[]];
    if (not) requirements.push({ key: key!, operator: '!exists', values: [] });
    else if (set)
      requirements.push({ key: key!, operator: set as 'in', values: members!.split(',').map((member) => member.trim()) });
    else if (!operator) requirements.push({ key: key!, operator: 'exists', values: [] });
    else {
      const kind = operator === '!=' ? 'notin' : operator === '>' ? 'gt' : operator === '<' ? 'lt' : 'in';
      requirements.push({ key: key!, operator: kind, values: [value!] });
    }
    check(requirements.at(-1) as Requirement);
    rest = rest.slice(all.length);
  }
  return requirements;
}

/** Throws Error for a key or value that no label can have. Upstream: labels.NewRequirement. */
function check({ key, operator, values }: Requirement): void {
  const wrong = (path: string, value: string, problems: string[]) =>
    `${path}: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`;
  const problems = qualifiedName(key);
  if (problems.length > 0) throw new Error(`unable to parse requirement: ${wrong('<nil>', key, problems)}`);
  const errors: string[] = [];
  values.forEach((value, index) => {
    const path = `values[${index}]`;
    if ((operator === 'gt' || operator === 'lt') && !/^[-+]?\d+$/.test(value))
      errors.push(wrong(path, value, ["for 'Gt', 'Lt' operators, the value must be an integer"]));
    const invalid = labelValue(value);
    if (invalid.length > 0) errors.push(wrong(`${path}[${key}]`, value, invalid));
  });
  if (errors.length > 0)
    throw new Error(`unable to parse requirement: ${errors.length > 1 ? `[${errors.join(', ')}]` : errors[0]}`);
}

/** Upstream: labels.Parser parseRequirement. */
function whatIsWrong(rest: string): string {
  const more = /^!?\s*[^\s=!(),<>]+\s*(?:==|=|!=|>|<)\s*[^\s=!(),<>]*\s*(==|=|!=|>|<|!|\(|\)|[^\s=!(),<>]+)/.exec(rest);
  if (more) return `found '${more[1]}', expected: ',' or 'end of string'`;
  return `unable to parse requirement: found '${/^!+/.test(rest) ? '!' : rest.split(/[,\s]/)[0]}', expected: identifier`;
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
