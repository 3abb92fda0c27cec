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

const ACRONYMS = ['API', 'URL', 'UID', 'OSB', 'GUID'];

/** `Holder Identity` for `holderIdentity`. Upstream: smartLabelFor. */
function labelFor(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const parts = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|-+/gu) ?? [];
  return parts
    .map((part) => (ACRONYMS.includes(part.toUpperCase()) ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)))
    .join(' ');
}

/** Upstream: printUnstructuredContent. */
function writeFields(writer: DescribeWriter, value: Json, level: number): void {
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (typeof item !== 'object' || item === null) writer.line(level, `${labelFor(key)}:\t${item ?? '<nil>'}`);
    else {
      writer.line(level, `${labelFor(key)}:`);
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
