import type { Describer } from './describer';
import { writeAnnotations, writeLabels } from './metadata';

/** Upstream: describeServiceAccount. */
export const describeServiceAccount: Describer = (writer, object, context) => {
  const { metadata, imagePullSecrets = [] } = object;
  writer.line(0, `Name:\t${metadata.name}`);
  writer.line(0, `Namespace:\t${metadata.namespace}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  const [first = '<none>', ...others] = (imagePullSecrets as { name?: string }[]).map(({ name = '' }) => name);
  writer.line(0, `Image pull secrets:\t${first}`);
  for (const name of others) writer.line(0, `                   \t${name}`);
  context.writeEvents(writer, object);
};
