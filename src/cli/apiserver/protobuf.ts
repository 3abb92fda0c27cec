import { readFileSync } from 'node:fs';
import type { Json } from '../../cluster/apimachinery/object';
import { rfc3339 } from '../../cluster/apimachinery/time';

/** kubectl's typed clients write protobuf, whatever the server says it accepts: an envelope (runtime.Unknown) around one message. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

interface Field {
  /** `.`: its fields are the outer message's. */
  name: string;
  type: string;
  shape: '' | '[]' | '{}' | '*';
}

const messages = new Map<string, Map<number, Field>>();

function fieldsOf(message: string): Map<number, Field> {
  if (messages.size === 0) readMessages();
  const fields = messages.get(message);
  if (!fields) throw new RangeError(`this simulator does not read ${message} as protobuf`);
  return fields;
}

function readMessages(): void {
  const text = readFileSync(new URL('./messages.txt', import.meta.url), 'utf8');
  for (const line of text.split('\n')) {
    const [, name, list] = /^([\w.]+): (.*)$/.exec(line) ?? [];
    if (name === undefined || list === undefined) continue;
    const fields = list.split(', ').map((entry): [number, Field] => {
      const [number, field = '', type = ''] = entry.split(' ');
      const shape = (/^(\[\]|\{\}|\*)/.exec(type)?.[0] ?? '') as Field['shape'];
      return [Number(number), { name: field, type: type.slice(shape.length), shape }];
    });
    messages.set(name, new Map(fields));
  }
}

/**
 * Reads a Kubernetes protobuf body as the JSON its client would else have sent.
 * @throws RangeError for bytes that are none, or a kind whose messages are not known here
 */
export function decodeProtobuf(bytes: Buffer): Json {
  if (bytes.toString('latin1', 0, 4) !== 'k8s\0') throw new RangeError('provided data does not appear to be a protobuf message');
  let kind = '';
  let apiVersion = '';
  let raw: Buffer = Buffer.alloc(0);
  for (const { number, value } of tokens(bytes.subarray(4))) {
    if (number === 2) raw = value as Buffer;
    if (number !== 1) continue;
    for (const part of tokens(value as Buffer)) {
      if (part.number === 1) apiVersion = String(part.value);
      if (part.number === 2) kind = String(part.value);
    }
  }
  const group = apiVersion.split(/[./]/)[0] ?? '';
  const message = messageNamed(group, kind);
  return { kind, apiVersion, ...message(raw) };
}

function messageNamed(group: string, kind: string): (raw: Buffer) => Json {
  fieldsOf('ObjectMeta');
  const name = [`${group}.${kind}`, kind].find((candidate) => messages.has(candidate));
  // what the server has no objects of, it refuses whatever is in them
  return (raw) => (name === undefined ? { metadata: {} } : readMessage(name, raw));
}

function readMessage(message: string, bytes: Buffer): Json {
  const fields = fieldsOf(message);
  const result: Json = {};
  for (const { number, value } of tokens(bytes)) {
    const field = fields.get(number);
    if (!field) throw new RangeError(`this simulator does not know field ${number} of ${message}`);
    const { name, type, shape } = field;
    if (shape === '{}') {
      const entry = mapEntry(type, value as Buffer);
      (result[name] ??= {})[entry[0]] = entry[1];
    } else if (shape === '[]') {
      (result[name] ??= []).push(readValue(type, value));
    } else {
      const read = readValue(type, value);
      if (name === '.') Object.assign(result, read);
      // Go writes empty fields too; as JSON it leaves them out, unless they are pointers
      else if (shape === '*' || !(read === '' || read === 0 || read === false || read === undefined)) result[name] = read;
    }
  }
  return result;
}

function mapEntry(type: string, bytes: Buffer): [string, Json] {
  let key = '';
  let value: Json = type === 'bytes' || type === 'string' ? '' : {};
  for (const part of tokens(bytes)) {
    if (part.number === 1) key = String(part.value);
    else value = readValue(type, part.value);
  }
  return [key, value];
}

type Value = Buffer | bigint;

function readValue(type: string, value: Value): Json {
  switch (type) {
    case 'string':
      return String(value);
    case 'bytes':
      return (value as Buffer).toString('base64');
    case 'bool':
      return value !== 0n;
    case 'int32':
    case 'int64':
      return Number(BigInt.asIntN(64, value as bigint));
    case 'Quantity':
      return String(only(value as Buffer, 1) ?? '0');
    case 'FieldsV1':
      return JSON.parse(String(only(value as Buffer, 1) ?? '{}')) as Json;
    case 'Raw':
      return undefined;
    case 'IntOrString': {
      const isText = only(value as Buffer, 1) === 1n;
      const number = only(value as Buffer, 2) ?? 0n;
      return isText ? String(only(value as Buffer, 3) ?? '') : Number(BigInt.asIntN(64, number as bigint));
    }
    case 'Time':
    case 'MicroTime': {
      const seconds = only(value as Buffer, 1);
      return seconds === undefined ? undefined : rfc3339(Number(BigInt.asIntN(64, seconds as bigint)) * 1000);
    }
    default:
      return readMessage(type, value as Buffer);
  }
}

/** The last value of a field. */
function only(bytes: Buffer, number: number): Value | undefined {
  let found: Value | undefined;
  for (const token of tokens(bytes)) if (token.number === number) found = token.value;
  return found;
}

/** The wire format: field numbers with varints or bytes. */
function* tokens(bytes: Buffer): Generator<{ number: number; value: Value }> {
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
    throw new RangeError('unexpected EOF');
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = tag >>> 3;
    if ((tag & 7) === 0) {
      yield { number, value: varint() };
    } else if ((tag & 7) === 2) {
      const length = Number(varint());
      if (at + length > bytes.length) throw new RangeError('unexpected EOF');
      yield { number, value: bytes.subarray(at, at + length) };
      at += length;
    } else {
      throw new RangeError(`proto: illegal wireType ${tag & 7}`);
    }
  }
}
