import type { Json } from '../../cluster/apimachinery/object';
import type { DescribeContext, Describer } from './describer';
import { controller, longTime, writeAnnotations, writeLabels } from './metadata';
import { writePodTemplate } from './podtemplate';

/** A label selector as `app=test,tier in (a,b)`. */
export function selectorText(selector: Json): string {
  const equal = Object.keys(selector?.matchLabels ?? {}).map((key) => ({ key, text: `${key}=${selector.matchLabels[key]}` }));
  const other = (selector?.matchExpressions ?? []).map(({ key, operator, values }: Json) => {
    const list = `(${[...(values ?? [])].sort().join(',')})`;
    const forms: Record<string, string> = {
      In: `${key} in ${list}`,
      NotIn: `${key} notin ${list}`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    return { key, text: forms[operator] ?? key };
  });
  const parts = [...equal, ...other].sort((a, b) => (a.key < b.key ? -1 : 1));
  return parts.map((part) => part.text).join(',') || '<none>';
}

export const describeDeployment: Describer = (writer, deployment, context) => {
  const { metadata, spec, status = {} } = deployment;
  const line = (text: string) => writer.line(0, text);
  line(`Name:\t${metadata.name}`);
  line(`Namespace:\t${metadata.namespace}`);
  line(`CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  line(`Selector:\t${selectorText(spec.selector)}`);
  const counts = [
    `${spec.replicas} desired`,
    `${status.updatedReplicas ?? 0} updated`,
    `${status.replicas ?? 0} total`,
    `${status.availableReplicas ?? 0} available`,
    `${status.unavailableReplicas ?? 0} unavailable`,
  ];
  line(`Replicas:\t${counts.join(' | ')}`);
  line(`StrategyType:\t${spec.strategy?.type ?? ''}`);
  line(`MinReadySeconds:\t${spec.minReadySeconds ?? 0}`);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling) line(`RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
  writePodTemplate(writer, spec.template);
  const conditions: Json[] = status.conditions ?? [];
  if (conditions.length > 0) {
    line('Conditions:\n  Type\tStatus\tReason');
    line('  ----\t------\t------');
    for (const { type, status: value, reason } of conditions) writer.line(1, `${type} \t${value}\t${reason}`);
  }
  const { old, current } = replicaSetsOf(context, deployment);
  line(`OldReplicaSets:\t${replicaSetsText(old)}`);
  line(`NewReplicaSet:\t${replicaSetsText(current ? [current] : [])}`);
  context.writeEvents(writer, deployment);
};

/** The ReplicaSets of a deployment: the one of its present template, and the others, oldest first. */
export function replicaSetsOf(context: Pick<DescribeContext, 'list'>, deployment: Json): { old: Json[]; current?: Json } {
  const { namespace, uid, annotations } = deployment.metadata;
  const all = context
    .list(`/apis/apps/v1/namespaces/${namespace}/replicasets`)
    .filter((set) => (set.metadata.ownerReferences ?? []).some((owner: Json) => owner.uid === uid))
    .sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1));
  const revision = (object: Json) => object.metadata.annotations?.['deployment.kubernetes.io/revision'];
  const current = all.find((set) => revision(set) === annotations?.['deployment.kubernetes.io/revision']);
  return { old: all.filter((set) => set !== current), current };
}

function replicaSetsText(sets: readonly Json[]): string {
  return (
    sets.map((set) => `${set.metadata.name} (${set.status?.replicas ?? 0}/${set.spec.replicas} replicas created)`).join(', ') ||
    '<none>'
  );
}

export const describeReplicaSet: Describer = (writer, set, context) => {
  const { metadata, spec, status = {} } = set;
  const line = (text: string) => writer.line(0, text);
  line(`Name:\t${metadata.name}`);
  line(`Namespace:\t${metadata.namespace}`);
  line(`Selector:\t${selectorText(spec.selector)}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  const owner = controller(set);
  if (owner) line(`Controlled By:\t${owner}`);
  line(`Replicas:\t${status.replicas ?? 0} current / ${spec.replicas} desired`);
  const pods = context
    .list(`/api/v1/namespaces/${metadata.namespace}/pods`)
    .filter((pod) => (pod.metadata.ownerReferences ?? []).some((reference: Json) => reference.uid === metadata.uid));
  const count = (phase: string) => pods.filter((pod) => pod.status?.phase === phase).length;
  line(
    `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  );
  writePodTemplate(writer, spec.template);
  context.writeEvents(writer, set);
};
