import type { Json } from '../../cluster/apimachinery/object';
import type { Path } from './place';

/** Schemas of OpenAPI v3 by name. */
export type Schemas = Readonly<Record<string, Json>>;

/** What the API says of a field. */
export interface Field {
  name: string;
  /** As `kubectl explain` names it: `<[]ServicePort>`. */
  type: string;
  required: boolean;
  description: string;
  /** The values that it may have, where they are listed. */
  values: readonly string[];
  /** The type that has the field, and the field's name in it: `ServiceSpec.selector`. */
  owner: string;
  shape: 'object' | 'map' | 'list' | 'scalar';
  /** Of a map or a list: what it holds. */
  holds?: 'object' | 'map' | 'list' | 'scalar';
}

/** A schema that a path leads to, with what was passed last on the way: where the field is declared. */
interface Found {
  schema: Json;
  type: string;
  owner: string;
  description: string;
  required: boolean;
}

const PREFIX = '#/components/schemas/';
const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Follows references. */
function deref(schemas: Schemas, schema: Json): { schema: Json; type: string } {
  let type = '';
  let at: Json = schema;
  for (let next: Json = at; next; next = at.$ref === undefined ? at.allOf?.[0] : schemas[at.$ref.slice(PREFIX.length)]) {
    if (next.$ref !== undefined) type = shortName(next.$ref);
    at = next;
    if (at.$ref === undefined && !at.allOf) break;
  }
  return { schema: at, type };
}

function shapeOf(schema: Json): Field['shape'] {
  if (schema.type === 'array') return 'list';
  if (schema.additionalProperties) return 'map';
  return schema.properties ? 'object' : schema.type === 'object' && !schema.oneOf ? 'map' : 'scalar';
}

/** `integer`, `[]ServicePort`, `map[string]string`, `IntOrString` */
function typeName(schemas: Schemas, schema: Json): string {
  const { schema: real, type } = deref(schemas, schema);
  if (real.type === 'array') return `[]${typeName(schemas, real.items)}`;
  if (real.additionalProperties) return `map[string]${typeName(schemas, real.additionalProperties)}`;
  return type || (real.type as string | undefined) || 'Object';
}

/** The schema of a kind by its name in the document of its group version. */
export function schemaOfKind(schemas: Schemas, apiVersion: string, kind: string): string | undefined {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return Object.keys(schemas).find((name) =>
    ((schemas[name]['x-kubernetes-group-version-kind'] ?? []) as Json[]).some(
      (known) => known.group === group && known.version === version && known.kind === kind,
    ),
  );
}

function follow(schemas: Schemas, root: string, path: Path): Found | undefined {
  let found: Found = { schema: schemas[root], type: shortName(root), owner: '', description: '', required: false };
  for (const part of path) {
    const { schema } = found;
    let next: Json;
    if (typeof part === 'number') next = schema.items;
    else {
      next = schema.properties?.[part];
      if (next) {
        const required = ((schema.required ?? []) as string[]).includes(part);
        found = { ...found, owner: `${found.type}.${part}`, description: next.description ?? '', required };
      } else next = schema.additionalProperties;
    }
    if (!next) return undefined;
    const { schema: real, type } = deref(schemas, next);
    found = { ...found, schema: real, type, description: found.description || ((real.description as string | undefined) ?? '') };
  }
  return found;
}

/** What only the server writes: the descriptions of such fields say so. */
const SERVERS_OWN = /\bRead-only\b|legacy read-only field|internal housekeeping/;

/** The field that a path leads to; undefined when the API has none there. */
export function fieldOf(schemas: Schemas, root: string, path: Path): Field | undefined {
  const found = follow(schemas, root, path);
  if (!found) return undefined;
  const { schema, description, owner, required } = found;
  const inside: Json = schema.items ?? schema.additionalProperties;
  return {
    name: String(path.at(-1) ?? ''),
    type: `<${found.type && !inside ? found.type : typeName(schemas, schema)}>`,
    required,
    description,
    values: (schema.enum ?? []) as string[],
    owner,
    shape: shapeOf(schema),
    ...(inside && { holds: shapeOf(deref(schemas, inside).schema) }),
  };
}

/** The fields of the object that a path leads to which a manifest may set, in the order of the API's type; none when it is no object. */
export function fieldsOf(schemas: Schemas, root: string, path: Path): Field[] {
  const properties: Record<string, Json> = follow(schemas, root, path)?.schema.properties ?? {};
  return Object.keys(properties)
    .filter((name) => path.length > 0 || name !== 'status')
    .flatMap((name) => fieldOf(schemas, root, [...path, name]) ?? [])
    .filter(({ description }) => !SERVERS_OWN.test(description));
}
