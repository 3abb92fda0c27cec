import type { Check, Goal, Localized, Place } from '../types';
import type { Draw } from './draw';

/** One task of an exam, with all that its cluster needs for it. */
export interface Task extends Pick<Goal, 'checks' | 'solution'> {
  /** The namespaces it plays in; no other task touches them. */
  namespaces: string[];
  /** What the learner reads: what is wrong or wanted, and when it is done. */
  text: Localized;
  /** What was wrong and why the solution repairs it; shown after giving up. */
  cause: Localized;
  /** Where the course deals with it. */
  lesson: Place;
  /** YAML without the namespaces themselves. */
  manifests: string[];
  files: Record<string, string>;
  alternatives: string[][];
  mistakes: NonNullable<Goal['mistakes']>;
}

/** A kind of task: the same draws make the same one. */
export type Family = (draw: Draw) => Task;

/** The pod that most tasks are called from, in the namespace default. */
const caller = 'pod:default/client';

type Path = (string | number)[];

/** Something about a Service that must be so, or with `absent` must not. */
export function service(
  namespace: string,
  name: string,
  path: Path,
  failure: Localized,
  rest: { equals?: unknown; absent?: true } = {},
): Check {
  return { kind: 'object', resource: 'services', namespace, name, path, failure, ...rest };
}

export const exists = (namespace: string, name: string): Check =>
  service(namespace, name, ['spec'], {
    ko: `네임스페이스 \`${namespace}\`에 이런 서비스가 없다: \`${name}\`. 지웠으면 다시 만든다.`,
    en: `Namespace \`${namespace}\` has no Service \`${name}\`. If you deleted it, create it again.`,
  });

/** A Service must have a ready endpoint: the Endpoints object has the Service's name, which no slice has. */
export const hasEndpoints = (namespace: string, name: string, failure: Localized): Check => ({
  kind: 'object',
  resource: 'endpoints',
  namespace,
  name,
  path: ['subsets', 0, 'addresses'],
  failure,
});

export function answers(
  address: string,
  port: number,
  failure: Localized,
  { from = caller, sourceKept }: { from?: string; sourceKept?: true } = {},
): Check {
  return { kind: 'probe', from, protocol: 'TCP', address, port, outcome: 'answered', ...(sourceKept && { sourceKept }), failure };
}

/** A strategic merge patch of a Service. */
export const patch = (namespace: string, name: string, spec: object): string =>
  `kubectl patch svc ${name} -n ${namespace} -p '${JSON.stringify({ spec })}'`;

/** A JSON patch of one value of a Deployment's container. */
export const patchContainer = (
  namespace: string,
  name: string,
  op: 'replace' | 'remove',
  path: string,
  value?: unknown,
): string =>
  `kubectl patch deployment ${name} -n ${namespace} --type=json -p '${JSON.stringify([
    { op, path: `/spec/template/spec/containers/0/${path}`, ...(value !== undefined && { value }) },
  ])}'`;

export const rolledOut = (namespace: string, name: string): string => `kubectl rollout status deployment ${name} -n ${namespace}`;

/** The Service has the node port that callers know. */
export const keepsNodePort = (namespace: string, name: string, nodePort: number): Check =>
  service(
    namespace,
    name,
    ['spec', 'ports', 0, 'nodePort'],
    {
      ko: `서비스에 노드 포트 ${nodePort}번이 없다. 부르는 쪽은 이 번호만 안다.`,
      en: `The Service does not have the node port ${nodePort}, the only one that callers know.`,
    },
    { equals: nodePort },
  );
