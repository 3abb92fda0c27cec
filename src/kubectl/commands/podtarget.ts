import type { Json } from '../../cluster/apimachinery/object';
import { pathOf, type Mapping } from '../discovery';
import { KubectlError } from '../errors';
import { readObject, splitPair } from '../resourcebuilder';
import type { Session } from '../session';
import { selectorText } from '../describers/workloads';

/** The pod that POD or TYPE/NAME means: of a workload or service, its first one. @throws KubectlError, StatusError */
export function findPod(session: Session, argument: string): Json {
  return attachablePod(session, argument).pod;
}

/** The same, with the Service when the argument names one. */
export function attachablePod(session: Session, argument: string): { pod: Json; service?: Json } {
  const { namespace } = session;
  const pods = session.discovery.find('pods');
  const [type, name] = argument.includes('/') ? splitPair(argument) : ['pods', argument];
  const mapping = session.discovery.find(type);
  const object: Json = readObject(session, { mapping, namespace, name });
  if (mapping === pods) return { pod: object };
  const labelSelector = selectorOf(mapping, object);
  const found: Json[] = session.get(pathOf(pods, namespace), { labelSelector }).items ?? [];
  if (found.length === 0) throw new KubectlError('timed out waiting for the condition');
  const ready = (pod: Json) =>
    (pod.status?.conditions ?? []).some((condition: Json) => condition.type === 'Ready' && condition.status === 'True');
  return { pod: found.find(ready) ?? found[0], ...(mapping.kind === 'Service' && { service: object }) };
}

function selectorOf(mapping: Mapping, object: Json): string {
  if (mapping.kind === 'Service') {
    if (!object.spec.selector) {
      throw new KubectlError(
        `cannot attach to *v1.Service: invalid service '${object.metadata.name}': Service is defined without a selector`,
      );
    }
    return selectorText({ matchLabels: object.spec.selector });
  }
  if (!object.spec?.selector?.matchLabels)
    throw new KubectlError(`cannot attach to *v1.${mapping.kind}: selector for *v1.${mapping.kind} not implemented`);
  return selectorText(object.spec.selector);
}

/** The container to use: the one asked for, or the first (and says so when there are several). */
export function findContainer(session: Session, pod: Json, wanted: string): string {
  const names: string[] = pod.spec.containers.map((container: Json) => container.name);
  if (wanted) {
    if (!names.includes(wanted)) {
      throw new KubectlError(`container ${wanted} is not valid for pod ${pod.metadata.name} out of: ${names.join(', ')}`);
    }
    return wanted;
  }
  const first = names[0] as string;
  if (names.length > 1) session.err(`Defaulted container "${first}" out of: ${names.join(', ')}\n`);
  return first;
}
