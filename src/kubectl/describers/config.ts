import type { Json } from '../../cluster/apimachinery/object';
import type { Describer } from './describer';
import { writeAnnotations, writeLabels } from './metadata';
import type { DescribeWriter } from './writer';

/** Upstream: describeConfigMap. */
export const describeConfigMap: Describer = (writer, object, context) => {
  writeHead(writer, object);
  writer.line(0, '\nData\n====');
  for (const key of keysOf(object.data)) writer.line(0, `${key}:\n----\n${object.data[key]}\n`);
  writer.line(0, '\nBinaryData\n====');
  for (const key of keysOf(object.binaryData)) writer.line(0, `${key}: ${bytesOf(object.binaryData[key])} bytes`);
  writer.line(0, '');
  context.writeEvents(writer, object);
};

/** Upstream: describeSecret: sizes instead of values, except of a ServiceAccount's token. */
export const describeSecret: Describer = (writer, object) => {
  writeHead(writer, object);
  writer.line(0, `\nType:\t${object.type ?? ''}`);
  writer.line(0, '\nData\n====');
  for (const key of keysOf(object.data)) writer.line(0, `${key}:\t${bytesOf(object.data[key])} bytes`);
};

function writeHead(writer: DescribeWriter, { metadata }: Json): void {
  writer.line(0, `Name:\t${metadata.name}`);
  writer.line(0, `Namespace:\t${metadata.namespace}`);
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, 'Annotations', metadata.annotations);
}

const keysOf = (map: Json): string[] => Object.keys(map ?? {}).sort();

/** Bytes that a base64 text stands for. */
const bytesOf = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4);
