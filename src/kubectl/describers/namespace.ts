import type { Describer } from './describer';
import { writeAnnotations, writeLabels } from './metadata';

export const describeNamespace: Describer = (writer, namespace) => {
  const { metadata, status } = namespace;
  writer.line(0, `Name:\t${metadata.name}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  writer.line(0, `Status:\t${status?.phase ?? ''}`);
  for (const { type, status: value, reason, message } of status?.conditions ?? []) {
    writer.line(1, `${type} \t${value} \t${reason} \t${message}`);
  }
  writer.line(0, '\nNo resource quota.');
  writer.line(0, '\nNo LimitRange resource.');
};
