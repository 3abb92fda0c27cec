import type { KubeObject } from '../../cluster/apimachinery/object';
import { isReady } from '../behind';
import { portsOf, readyEndpoints, selectedPods, touchedServices } from './evidence';
import type { MisconceptionId } from './list';
import type { Detector, Evidence } from './types';

/** The Deployment that a pod belongs to, by its ReplicaSet's name. */
function deploymentOf({ metadata }: KubeObject): string | undefined {
  const hash = metadata.labels?.['pod-template-hash'];
  const owner = metadata.ownerReferences?.find(({ kind }) => kind === 'ReplicaSet')?.name;
  return hash !== undefined && owner?.endsWith(`-${hash}`) ? owner.slice(0, -hash.length - 1) : undefined;
}

const labelsOf = ({ metadata }: KubeObject): string =>
  Object.entries(metadata.labels ?? {})
    .filter(([key]) => key !== 'pod-template-hash')
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

const close = (one: string, other: string): boolean => {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.includes(b) || b.includes(a) || oneApart(a, b);
};

/** At most one letter more, less or other. */
function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}

/** A pod that the author of a selector may have had in mind, although it does not match. */
function meantPod(selector: Record<string, string>, pods: readonly KubeObject[]): KubeObject | undefined {
  const entries = Object.entries(selector);
  return pods.find((pod) => {
    const labels = pod.metadata.labels ?? {};
    return entries.every(
      ([key, value]) =>
        deploymentOf(pod) === value ||
        Object.entries(labels).some(([other, has]) => (close(other, key) && close(has, value)) || has === value),
    );
  });
}

function selectorRoughly(evidence: Evidence) {
  for (const service of touchedServices(evidence)) {
    const selector = service.spec?.selector as Record<string, string> | undefined;
    if (!selector || selectedPods(service, evidence.after).length > 0) continue;
    const { namespace, name } = service.metadata;
    const pod = meantPod(
      selector,
      evidence.after.pods.filter(({ metadata }) => metadata.namespace === namespace),
    );
    if (!pod) continue;
    const wants = Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const isName = Object.values(selector).includes(deploymentOf(pod) ?? '');
    return {
      ko: `${isName ? '셀렉터와 견주는 것은 디플로이먼트의 이름이 아니라 파드의 레이블이다' : '셀렉터는 비슷한 레이블에 맞지 않는다'}. 서비스 ${name}: ${wants}, 파드의 레이블: ${labelsOf(pod)}.`,
      en: `${isName ? 'A selector is compared with labels of pods, not with a Deployment’s name' : 'A selector does not match labels that are only similar'}. Service ${name}: ${wants}; labels of the pods: ${labelsOf(pod)}.`,
    };
  }
  return undefined;
}

function runningIsReady({ command, output, traces, after }: Evidence) {
  const looked = /endpoint|describe\s+(svc|service)/.test(command);
  for (const service of after.services) {
    const { name } = service.metadata;
    const waiting = selectedPods(service, after).filter(
      (pod) => pod.status?.phase === 'Running' && !pod.metadata.deletionTimestamp && !isReady(pod),
    );
    const [pod] = waiting;
    if (!pod) continue;
    const refused = traces.some(({ outcome, destination }) => outcome === 'refused' && destination === service.spec?.clusterIP);
    if (!(refused && readyEndpoints(service, after).length === 0) && !(looked && output.includes(name))) continue;
    return {
      ko: `Running이지만 Ready가 아닌 파드는 서비스에서 빠진다. 서비스: ${name}, 파드: ${pod.metadata.name}.`,
      en: `A pod that is Running but not Ready is left out of the Service. Service: ${name}; pod: ${pod.metadata.name}.`,
    };
  }
  return undefined;
}

function containerPortOpens(evidence: Evidence) {
  for (const service of touchedServices(evidence)) {
    const pods = selectedPods(service, evidence.after);
    const names = pods.flatMap((pod) =>
      ((pod.spec?.containers ?? []) as { ports?: { name?: string }[] }[]).flatMap(({ ports }) => ports ?? []),
    );
    const missing = portsOf(service).find(
      ({ targetPort }) => typeof targetPort === 'string' && !names.some(({ name }) => name === targetPort),
    );
    if (pods.length === 0 || !missing) continue;
    return {
      ko: `targetPort를 이름으로 적으면 파드에 그 이름의 컨테이너 포트가 있어야 한다. 지금은 없는 이름: ${missing.targetPort}.`,
      en: `A targetPort that is a name needs a container port of that name in the pods. No port has this name: ${missing.targetPort}.`,
    };
  }
  return undefined;
}

function loadBalancerReplaces(evidence: Evidence) {
  for (const service of touchedServices(evidence)) {
    const kept = portsOf(service).flatMap(({ nodePort }) => nodePort ?? []);
    if (service.spec?.allocateLoadBalancerNodePorts !== false || kept.length === 0) continue;
    return {
      ko: `allocateLoadBalancerNodePorts를 나중에 false로 바꾸어도 이미 받은 노드 포트는 지울 때까지 남는다: ${kept.join(', ')}.`,
      en: `Setting allocateLoadBalancerNodePorts to false later does not take back node ports that are allocated, until you remove them: ${kept.join(', ')}.`,
    };
  }
  return undefined;
}

/** Answers of the API server that name the mistake by themselves. */
const refusal =
  (pattern: RegExp, ko: string, en: string): Detector =>
  ({ output }) =>
    pattern.test(output) ? { ko, en } : undefined;

/** Mistakes that show in objects, or in what the API server says to them. */
export const inObjects: Partial<Record<MisconceptionId, Detector>> = {
  'target-port-string': refusal(
    /targetPort: Invalid value: "\d+": must contain at least one letter/,
    '따옴표 안의 번호는 번호가 아니라 포트의 이름이다. 이름에는 영문자가 있어야 한다. 번호로 쓰려면 따옴표를 뺀다.',
    'A number in quotes is not a number but the name of a port, and a name needs a letter. Leave the quotes out for a number.',
  ),
  'node-port-80': refusal(
    /The range of valid ports is/,
    'nodePort는 정해진 범위 안에서만 고를 수 있다. 기본 범위는 30000-32767이다.',
    'A nodePort must be in the allowed range: 30000-32767 by default.',
  ),
  'node-port-reused': refusal(
    /provided port is already allocated/,
    '이 nodePort는 다른 서비스가 쓰고 있다. 번호는 클러스터 전체에서 나누어 주므로, 네임스페이스가 달라도 겹칠 수 없다.',
    'Another Service has this nodePort. Numbers are allocated for the whole cluster, so they cannot be shared, not even by other namespaces.',
  ),
  'ports-without-names': refusal(
    /spec\.ports\[\d+\]\.name: Required value/,
    '포트가 둘 이상이면 포트마다 이름이 있어야 한다.',
    'With two or more ports, each needs a name.',
  ),
  'load-balancer-anywhere': ({ output, cloud }) =>
    cloud === 'none' && output.includes('<pending>')
      ? {
          ko: '이 클러스터에는 로드 밸런서를 만들어 줄 것이 없다. <pending>은 기다려도 바뀌지 않는다.',
          en: 'Nothing in this cluster makes load balancers. <pending> will stay, however long you wait.',
        }
      : undefined,
  'load-balancer-replaces': loadBalancerReplaces,
  'selector-roughly': selectorRoughly,
  'container-port-opens': containerPortOpens,
  'running-is-ready': runningIsReady,
};
