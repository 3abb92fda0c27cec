import type { Json } from '../../cluster/apimachinery/object';
import type { Describer } from './describer';
import { longTime, writeAnnotations, writeLabels } from './metadata';

/** Upstream: kubectl/pkg/describe describeHorizontalPodAutoscalerV2. */
export const describeHorizontalPodAutoscaler: Describer = (writer, autoscaler, context) => {
  const { metadata, spec, status = {} } = autoscaler;
  const line = (text: string) => writer.line(0, text);
  const { kind, name } = spec.scaleTargetRef;
  line(`Name:\t${metadata.name}`);
  line(`Namespace:\t${metadata.namespace}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  line(`CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`);
  line(`Reference:\t${kind}/${name}`);
  line('Metrics:\t( current / target )');
  for (const [index, metric] of (spec.metrics ?? []).entries())
    writer.line(1, metricText(metric, status.currentMetrics?.[index]));
  line(`Min replicas:\t${spec.minReplicas ?? '<unset>'}`);
  line(`Max replicas:\t${spec.maxReplicas}`);
  if (spec.behavior) {
    line('Behavior:');
    for (const [title, rules] of [
      ['Scale Up', spec.behavior.scaleUp],
      ['Scale Down', spec.behavior.scaleDown],
    ] as const) {
      if (!rules) continue;
      writer.line(1, `${title}:`);
      if (rules.stabilizationWindowSeconds !== undefined)
        writer.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
      if (!rules.policies?.length) continue;
      writer.line(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}`);
      writer.line(2, 'Policies:');
      for (const policy of rules.policies)
        writer.line(3, `- Type: ${policy.type}\tValue: ${policy.value}\tPeriod: ${policy.periodSeconds} seconds`);
    }
  }
  line(`${kind} pods:\t${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`);
  const conditions: Json[] = status.conditions ?? [];
  if (conditions.length > 0) {
    line('Conditions:');
    writer.line(1, 'Type\tStatus\tReason\tMessage');
    writer.line(1, '----\t------\t------\t-------');
    for (const { type, status: value, reason, message } of conditions) writer.line(1, `${type}\t${value}\t${reason}\t${message}`);
  }
  context.writeEvents(writer, autoscaler);
};

function metricText(metric: Json, status: Json): string {
  const source = metric[metric.type.charAt(0).toLowerCase() + metric.type.slice(1)] ?? {};
  const { target = {} } = source;
  const current = status?.[metric.type.toLowerCase()]?.current ?? {};
  const value = (field: string): string => `${current[field] ?? '<unknown>'} / ${target[field]}`;
  const average = target.averageValue !== undefined;
  switch (metric.type) {
    case 'Pods':
      return `"${source.metric.name}" on pods:\t${value('averageValue')}`;
    case 'Object': {
      const what = `"${source.metric.name}" on ${source.describedObject.kind}/${source.describedObject.name}`;
      return `${what} ${average ? '(target average value)' : '(target value)'}:\t${value(average ? 'averageValue' : 'value')}`;
    }
    case 'External':
      return `"${source.metric.name}" ${average ? '(target average value)' : '(target value)'}:\t${value(average ? 'averageValue' : 'value')}`;
    case 'Resource':
    case 'ContainerResource': {
      const where = metric.type === 'Resource' ? 'on pods' : `of container "${source.container}" on pods`;
      if (average) return `resource ${source.name} ${where}:\t${value('averageValue')}`;
      const used =
        current.averageUtilization === undefined ? '<unknown>' : `${current.averageUtilization}% (${current.averageValue})`;
      return `resource ${source.name} ${where}  (as a percentage of request):\t${used} / ${target.averageUtilization}%`;
    }
    default:
      return `<unknown metric type "${metric.type}">`;
  }
}
