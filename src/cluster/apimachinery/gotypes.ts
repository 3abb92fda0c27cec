import { GO_TYPES } from './gotypes-text';

/** A field of a Go struct. */
export interface GoField {
  /** Its name in JSON; empty when the struct is embedded. */
  json: string;
  go: string;
  pointer: boolean;
  list: boolean;
  /** As in `gotypes-text.ts`, without what stands before and behind it. */
  type: string;
  /** Owned as a whole. */
  atomic: boolean;
  /** What tells a list's items apart, with a default where there is one; none in a set. */
  keys?: readonly (readonly [string, string?])[];
}

export interface GoStruct {
  fields: readonly GoField[];
  atomic: boolean;
}

const LINE = /^(\w+)(!?)(?:=(\w+)| (.*))$/;
const FIELD = /^(\+?)(\w+)(?:\/(\w+))?(?::(\*?)((?:\[\])?)([=~\w.]*)(!?)(?:(#)(\S*))?)?$/;

let lines: Map<string, RegExpExecArray> | undefined;
const read = new Map<string, GoStruct>();

/** A struct of Go by its name. Undefined when it is none of those known. */
export function goStruct(name: string): GoStruct | undefined {
  lines ??= new Map(
    GO_TYPES.trim()
      .split(/\n(?! )/)
      .map((line) => LINE.exec(line.replace(/\s+/g, ' '))!)
      .map((match) => [match[1]!, match]),
  );
  const known = read.get(name);
  if (known) return known;
  const line = lines.get(name);
  if (!line) return undefined;
  const [, , atomic, same, text] = line;
  const fields = same ? goStruct(same)!.fields : text!.split(' ').map(readField);
  const struct = { fields, atomic: Boolean(atomic) };
  read.set(name, struct);
  return struct;
}

function readField(text: string): GoField {
  const [, embedded, name, go, pointer, list, type, atomic, keyed, keys] = FIELD.exec(text)!;
  const goName = go ?? name![0]!.toUpperCase() + name!.slice(1);
  return {
    json: embedded ? '' : name!,
    go: goName,
    pointer: Boolean(pointer),
    list: Boolean(list),
    type: embedded ? name! : type === '~' ? `~${goName}VolumeSource` : (type ?? ''),
    atomic: Boolean(atomic),
    ...(keyed && { keys: keys!.split(',').flatMap((key) => (key ? [key.split('=') as [string, string?]] : [])) }),
  };
}

const SCALARS: Record<string, string> = {
  '': 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  q: 'resource.Quantity',
  t: 'v1.Time',
  I: 'intstr.IntOrString',
  M: 'map[string]string',
  R: 'v1.ResourceList',
};

/** A field's type as Go names it, without pointer and list: `int32`, `v1.Probe`. */
export function goTypeName(type: string): string {
  const name = SCALARS[type] ?? type.replace(/^[=~]/, '');
  return type in SCALARS || name.includes('.') ? name : `v1.${name}`;
}
