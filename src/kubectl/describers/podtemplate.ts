import type { Json } from '../../cluster/apimachinery/object';
import { writeContainers } from './containers';
import { writeAnnotations, writeLabels } from './metadata';
import { writeVolumes } from './volumes';
import type { DescribeWriter } from './writer';

/** The `Pod Template:` part of workloads. */
export function writePodTemplate(writer: DescribeWriter, template: Json): void {
  const { metadata = {}, spec } = template;
  writer.line(0, 'Pod Template:');
  writeLabels(writer, '  Labels', metadata.labels);
  if (Object.keys(metadata.annotations ?? {}).length > 0) writeAnnotations(writer, '  Annotations', metadata.annotations);
  if (spec.serviceAccountName) writer.line(1, `Service Account:\t${spec.serviceAccountName}`);
  if (spec.initContainers?.length) writeContainers(writer, 'Init Containers', spec.initContainers, undefined, '  ');
  writeContainers(writer, 'Containers', spec.containers ?? [], undefined, '  ');
  writeVolumes(writer, spec.volumes, '  ');
  if (spec.priorityClassName) writer.line(1, `Priority Class Name:\t${spec.priorityClassName}`);
  writeLabels(writer, '  Node-Selectors', spec.nodeSelector);
  writeTolerations(writer, '  Tolerations', spec.tolerations);
}

/** `Tolerations:`, one a line. */
export function writeTolerations(writer: DescribeWriter, title: string, tolerations: Json[] | undefined): void {
  if (!tolerations?.length) return writer.line(0, `${title}:\t<none>`);
  const sorted = [...tolerations].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0));
  sorted.forEach((toleration, index) => writer.line(0, `${index === 0 ? `${title}:` : ''}\t${tolerationText(toleration)}`));
}

function tolerationText({ key = '', value, effect, operator, tolerationSeconds }: Json): string {
  let text = key;
  if (value) text += `=${value}`;
  if (effect) text += `:${effect}`;
  if (operator === 'Exists' && !value) text += key || effect ? ' op=Exists' : 'op=Exists';
  if (tolerationSeconds !== undefined) text += ` for ${tolerationSeconds}s`;
  return text;
}
