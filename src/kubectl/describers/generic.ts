import type { Json } from '../../cluster/apimachinery/object';
import type { Describer } from './describer';
import { writeAnnotations, writeLabels } from './metadata';
import type { DescribeWriter } from './writer';

/** Kinds without a describer of their own: the fields as a tree. */
export const describeGeneric: Describer = (writer, object, context) => {
  const { metadata, ...rest } = object;
  writer.line(0, `Name:\t${metadata.name}`);
  writer.line(0, `Namespace:\t${metadata.namespace ?? ''}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
  const { name, namespace, labels, annotations, managedFields, ...others } = metadata;
  void [name, namespace, labels, annotations, managedFields];
  writeFields(writer, { ...rest, metadata: others }, 0);
  context.writeEvents(writer, object);
};

function writeFields(writer: DescribeWriter, value: Json, level: number): void {
  const title = (key: string) => {
    const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
  for (const key of Object.keys(value).sort((a, b) => (title(a) < title(b) ? -1 : 1))) {
    const item = value[key];
    if (typeof item !== 'object' || item === null) writer.line(level, `${title(key)}:\t${item}`);
    else {
      writer.line(level, `${title(key)}:`);
      if (!Array.isArray(item)) writeFields(writer, item, level + 1);
      else {
        for (const part of item) {
          if (typeof part === 'object' && part !== null) writeFields(writer, part, level + 1);
          else writer.line(level + 1, String(part));
        }
      }
    }
  }
}
