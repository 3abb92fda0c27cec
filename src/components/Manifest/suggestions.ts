import type { ServedKind } from '../../lab/reference';
import type { Place } from './place';
import { References, type ObjectsOf } from './references';
import { fieldOf, fieldsOf, schemaOfKind, type Field, type Schemas } from './schema';

/** Something that may be written at a place. */
export interface Suggestion {
  label: string;
  /** `field`: a key of the schema; `value`: one the schema lists; `name`: of something that exists. */
  of: 'field' | 'value' | 'name';
  field?: Field;
  /** Beside the label, instead of the field's type. */
  detail?: string;
  /** What takes the place of the word, when it is more than the label. */
  insert?: string;
  /** There is more to choose after it. */
  goesOn?: boolean;
}

export interface Api {
  kinds: readonly ServedKind[];
  /** Of the document's apiVersion. */
  schemas: Schemas | undefined;
  objectsOf: ObjectsOf;
}

/** What may be written at a place: only what the schema has, and what the cluster or the file has where a field refers to something. */
export function suggestionsAt(place: Place, api: Api): Suggestion[] {
  const { path, document, wanted } = place;
  const apiVersion = textOf(document?.apiVersion);
  const kind = textOf(document?.kind);
  if (wanted === 'value' && path.length === 1 && path[0] === 'kind') return kinds(api.kinds, apiVersion, place);
  if (wanted === 'value' && path.length === 1 && path[0] === 'apiVersion') return versions(api.kinds, kind);
  const root = api.schemas && schemaOfKind(api.schemas, apiVersion, kind);
  if (!api.schemas || root === undefined) return wanted === 'key' && path.length === 0 ? start(api.kinds, place) : [];
  const references = new References(place, api.objectsOf);
  const field = fieldOf(api.schemas, root, path);
  if (!field) return [];
  if (wanted === 'value') return values(field, place, references);
  if (field.shape === 'scalar') return place.alone && !place.colon ? values(field, place, references) : [];
  const names = field.shape === 'map' ? references.keys(field.owner) : [];
  return [
    ...fieldsOf(api.schemas, root, path)
      .sort((a, b) => Number(b.required) - Number(a.required))
      .map((own) => ({ label: own.name, of: 'field' as const, field: own, ...insertion(own, place) })),
    ...names.map((label) => ({ label, of: 'name' as const, ...(!place.colon && { insert: `${label}: `, goesOn: true }) })),
  ].filter(({ label }) => !place.siblings.includes(label));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function insertion({ name, shape, holds }: Field, { colon, flow, indent }: Place): Pick<Suggestion, 'insert' | 'goesOn'> {
  if (colon) return {};
  if (flow || shape === 'scalar') return { insert: `${name}: `, goesOn: true };
  const below = '\n'.padEnd(indent + 1);
  if (shape === 'list') return { insert: `${name}:${below}- `, goesOn: holds !== 'list' };
  return { insert: `${name}:${below}  `, goesOn: true };
}

function values(field: Field, place: Place, references: References): Suggestion[] {
  const listed = field.type === '<boolean>' ? ['true', 'false'] : field.values.filter((value) => value !== '');
  return [
    ...listed.map((label) => ({ label, of: 'value' as const })),
    ...references.values(field.owner, place.path).map((label) => ({
      label,
      of: 'name' as const,
      // a number or a word that YAML reads as something else must stay text where text is wanted
      ...(field.type === '<string>' && /^([\d.]+|true|false|yes|no|on|off|null|y|n)$/i.test(label) && { insert: `"${label}"` }),
    })),
  ];
}

/** In a document without a kind: whole beginnings, then the fields that every kind has. */
function start(known: readonly ServedKind[], place: Place): Suggestion[] {
  const fields = ['apiVersion', 'kind', 'metadata'].filter((name) => !place.siblings.includes(name));
  const field = (label: string): Suggestion => ({
    label,
    of: 'field',
    ...(!place.colon && (label === 'metadata' ? { insert: 'metadata:\n  ' } : { insert: `${label}: `, goesOn: true })),
  });
  if (place.siblings.length > 0 || place.colon) return fields.map(field);
  const beginnings = byUse(known).map(({ apiVersion, kind }) => ({
    label: kind,
    of: 'value' as const,
    detail: apiVersion,
    insert: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: `,
  }));
  return [...fields.map(field), ...beginnings];
}

function kinds(known: readonly ServedKind[], apiVersion: string, place: Place): Suggestion[] {
  const fitting = known.filter((one) => one.apiVersion === apiVersion);
  // without an apiVersion that the API has, a kind brings its own
  const brings = fitting.length === 0 && !place.siblings.includes('apiVersion') && place.document?.apiVersion === undefined;
  return byUse(fitting.length > 0 ? fitting : known).map((one) => ({
    label: one.kind,
    of: 'value',
    detail: one.apiVersion,
    ...(brings && { insert: `${one.kind}\napiVersion: ${one.apiVersion}` }),
  }));
}

function versions(known: readonly ServedKind[], kind: string): Suggestion[] {
  const fitting = known.filter((one) => one.kind === kind);
  const of = fitting.length > 0 ? fitting : known;
  return [...new Set(of.map(({ apiVersion }) => apiVersion))].map((label) => ({
    label,
    of: 'value',
    detail: of
      .filter(({ apiVersion }) => apiVersion === label)
      .map((one) => one.kind)
      .join(', '),
  }));
}

/** What people write by hand comes first. */
const USUAL = ['Service', 'Deployment', 'Pod', 'ConfigMap', 'Secret', 'Namespace'];
function byUse(known: readonly ServedKind[]): ServedKind[] {
  const rank = ({ kind }: ServedKind) => (USUAL.indexOf(kind) + USUAL.length + 1) % (USUAL.length + 1);
  return [...known].sort((a, b) => rank(a) - rank(b));
}
