import { goStruct, goTypeName, type GoField } from '../apimachinery/gotypes';
import * as schema from './schema';

const SCALARS: Record<string, schema.Schema> = {
  '': schema.string,
  b: schema.boolean,
  i: schema.int32,
  l: schema.int64,
  q: schema.quantity,
  t: schema.time,
  I: schema.intOrString,
  M: schema.stringMap,
  R: { type: 'map', values: schema.quantity, go: goTypeName('R') },
};

const read = new Map<string, schema.Schema>();

/** The schema of a Go struct that `gotypes.ts` knows. @param name such as `PodSpec` */
export function goSchema(name: string): schema.Schema {
  const known = read.get(name);
  if (known) return known;
  const { atomic } = goStruct(name)!;
  const fields = Object.fromEntries(fieldsOf(name));
  // the only list of those that are owned item by item without omitempty
  if (name === 'PodSpec') fields.containers = { ...fields.containers, always: true } as schema.Schema;
  const built = schema.struct(name, fields);
  const result = atomic ? schema.atomic(built) : built;
  read.set(name, result);
  return result;
}

function fieldsOf(name: string): [string, schema.Schema][] {
  return goStruct(name)!.fields.flatMap((field) =>
    field.json ? [[field.json, fieldSchema(field)] as [string, schema.Schema]] : fieldsOf(field.type),
  );
}

function fieldSchema({ type, pointer, list, atomic, keys }: GoField): schema.Schema {
  const known = SCALARS[type];
  if (known) return list ? listOf(known, keys) : known === schema.stringMap && atomic ? schema.atomicMap : known;
  if (type.startsWith('~')) return schema.any;
  const item = type.startsWith('=') ? schema.named(goTypeName(type)) : goSchema(type);
  if (list) return listOf(item, keys);
  return pointer ? item : schema.present(item);
}

function listOf(items: schema.Schema, keys: GoField['keys']): schema.Schema {
  if (!keys) return schema.list(items);
  return keys.length === 0
    ? schema.setOf(items)
    : schema.keyedList(Object.fromEntries(keys.map(([key, value]) => [key, value])), items);
}
