import type { Json } from '../cluster/apimachinery/object';
import { parseSelector, type Selector } from '../cluster/apimachinery/selector';
import { KubectlError } from './errors';

const OPERATORS: Record<string, string> = { in: 'In', notin: 'NotIn', exists: 'Exists', '!exists': 'DoesNotExist' };

/** The LabelSelector of a text such as `a=b,c in (d,e)`. @throws KubectlError Upstream: metav1.ParseToLabelSelector. */
export function labelSelector(text: string): Json {
  const expressions: Json[] = [];
  const labels: Record<string, string> = {};
  for (const { key, operator, values } of parse(text)) {
    if (operator === 'notin' && new RegExp(`${key}\\s*!=`).test(text))
      throw new KubectlError('"!=" is not a valid label selector operator');
    const equals = operator === 'in' && values.length === 1 && !new RegExp(`${key}\\s+in\\s*\\(`).test(text);
    if (equals) labels[key] = values[0] as string;
    else if (operator === 'gt' || operator === 'lt') throw new KubectlError(`"${operator}" isn't supported in label selectors`);
    else expressions.push({ key, operator: OPERATORS[operator], ...(values.length > 0 && { values }) });
  }
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function parse(text: string): Selector {
  try {
    return parseSelector(text);
  } catch (error) {
    throw new KubectlError(`couldn't parse the selector string ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}
