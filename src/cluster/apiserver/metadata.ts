import { forbidden, invalid, required, tooLong, type FieldError } from '../apimachinery/fielderror';
import { labelValue, qualifiedName } from '../apimachinery/names';
import type { Json, ObjectMeta } from '../apimachinery/object';
import { goSchema } from './goschema';
import * as schema from './schema';
import type { ResourceDefinition } from './resource';

/** metadata of every kind. */
const objectMeta = goSchema('ObjectMeta');

/** The schema of a whole object, given the rest of its fields. @param name the Go type's */
export const objectSchema = (name: string, fields: Record<string, schema.Schema>): schema.Schema =>
  schema.struct(name, {
    kind: schema.string,
    apiVersion: schema.string,
    metadata: schema.present(objectMeta),
    ...Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, TOP_STRUCTS.includes(key) ? schema.present(field) : field]),
    ),
  });

/** Structs, not pointers, in every kind here. */
const TOP_STRUCTS = ['spec', 'status'];

const ANNOTATION_BYTES = 256 * 1024;

/** Upstream: k8s.io/apimachinery/pkg/api/validation ValidateObjectMeta. */
export function validateMeta(definition: ResourceDefinition, meta: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  // a hyphen at its end is for what follows
  if (meta.generateName)
    for (const message of definition.validateName(meta.generateName.replace(/.-$/s, 'a')))
      errors.push(invalid('metadata.generateName', meta.generateName, message));
  if (!meta.name) errors.push(required('metadata.name', 'name or generateName is required'));
  else for (const message of definition.validateName(meta.name)) errors.push(invalid('metadata.name', meta.name, message));
  if ((meta.generation ?? 0) < 0)
    errors.push(invalid('metadata.generation', meta.generation, 'must be greater than or equal to 0'));
  if (meta.labels) errors.push(...validateLabels(meta.labels, 'metadata.labels'));
  if (meta.annotations) errors.push(...validateAnnotations(meta.annotations));
  if (meta.ownerReferences) errors.push(...validateOwners(meta.ownerReferences));
  if (meta.finalizers) errors.push(...validateFinalizers(meta));
  return errors;
}

/** An owner with its fields in the order of Go's struct, as errors show it. */
const ownerText = ({ apiVersion = '', kind = '', name = '', uid = '', controller, blockOwnerDeletion }: Json): Json => ({
  apiVersion,
  kind,
  name,
  uid,
  ...(controller !== undefined && { controller }),
  ...(blockOwnerDeletion !== undefined && { blockOwnerDeletion }),
});

/** Upstream: ValidateOwnerReferences. */
function validateOwners(owners: readonly Json[] | undefined): FieldError[] {
  const field = 'metadata.ownerReferences';
  const errors: FieldError[] = [];
  let controller: string | undefined;
  for (const owner of owners ?? []) {
    const { apiVersion = '', kind = '', name = '', uid = '', controller: controls } = owner;
    if (/^$|\/$/.test(apiVersion)) errors.push(invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty'));
    for (const [part, value] of Object.entries({ kind, name, uid }))
      if (!value) errors.push(invalid(`${field}.${part}`, value, 'must not be empty'));
    if (apiVersion === 'v1' && kind === 'Event')
      errors.push(invalid(field, ownerText(owner), '/v1, Kind=Event is disallowed from being an owner'));
    if (!controls) continue;
    const both = `Found "true" in references for ${controller} and ${kind}/${name}`;
    if (controller)
      errors.push(invalid(field, owners!.map(ownerText), `Only one reference can have Controller set to true. ${both}`));
    else controller = `${kind}/${name}`;
  }
  return errors;
}

/** Upstream: ValidateObjectMetaUpdate. */
export function validateMetaUpdate(meta: ObjectMeta, old: ObjectMeta): FieldError[] {
  const errors = validateNoNewFinalizers(meta, old);
  if (meta.uid !== old.uid) errors.push(invalid('metadata.uid', meta.uid, 'field is immutable'));
  // what a version shares with a stored one was found valid before
  if (meta.labels !== old.labels) errors.push(...validateLabels(meta.labels, 'metadata.labels'));
  if (meta.annotations !== old.annotations) errors.push(...validateAnnotations(meta.annotations));
  if (meta.ownerReferences !== old.ownerReferences) errors.push(...validateOwners(meta.ownerReferences));
  if (meta.finalizers !== old.finalizers) errors.push(...validateFinalizers(meta));
  return errors;
}

/** Pairs found good before: the same few labels stand on very many objects. Emptied when full. */
const good = new Set<string>();
const GOOD_SIZE = 4096;

/** Keys and values of labels or of a selector of labels. Upstream: metav1validation.ValidateLabels. */
export function validateLabels(labels: Record<string, string> | undefined, field: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of Object.keys(labels ?? {}).sort()) {
    const value = labels![key]!;
    const pair = `${key}=${value}`;
    if (good.has(pair)) continue;
    const found = [
      ...qualifiedName(key).map((message) => invalid(field, key, message)),
      ...labelValue(value).map((message) => invalid(field, value, message)),
    ];
    errors.push(...found);
    if (found.length > 0) continue;
    if (good.size >= GOOD_SIZE) good.clear();
    good.add(pair);
  }
  return errors;
}

function validateAnnotations(annotations: Record<string, string> | undefined): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    errors.push(...qualifiedName(key.toLowerCase()).map((message) => invalid('metadata.annotations', key, message)));
    bytes += key.length + value.length;
  }
  if (bytes > ANNOTATION_BYTES) errors.push(tooLong('metadata.annotations', `may not be more than ${ANNOTATION_BYTES} bytes`));
  return errors;
}

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Upstream: ValidateFinalizers, then what core kinds ask of names without a domain. */
function validateFinalizers(meta: Json): FieldError[] {
  const names: string[] = meta.finalizers ?? [];
  const errors = validateQualified(names, 'metadata.finalizers');
  if (names.includes('orphan') && names.includes('foregroundDeletion')) {
    errors.push(invalid('metadata.finalizers', names, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
  return [...errors, ...names.flatMap((name, index) => validateDomain(name, `metadata.finalizers[${index}]`))];
}

/** Upstream: ValidateFinalizerName of core. */
export const validateFinalizerNames = (names: readonly string[], field: string): FieldError[] =>
  names.flatMap((name) => [...validateQualified([name], field), ...validateDomain(name, field)]);

const validateQualified = (names: readonly string[], field: string): FieldError[] =>
  names.flatMap((name) => qualifiedName(name).map((message) => invalid(field, name, message)));

const validateDomain = (name: string, field: string): FieldError[] =>
  name.includes('/') || STANDARD_FINALIZERS.includes(name)
    ? []
    : [invalid(field, name, 'name is neither a standard finalizer name nor is it fully qualified')];

/** Upstream: ValidateNoNewFinalizers. */
function validateNoNewFinalizers(meta: ObjectMeta, old: ObjectMeta): FieldError[] {
  if (!old.deletionTimestamp) return [];
  const added = [...new Set(meta.finalizers ?? [])].filter((name) => !old.finalizers?.includes(name)).sort();
  if (added.length === 0) return [];
  const list = `[]string{${added.map((name) => JSON.stringify(name)).join(', ')}}`;
  const text = `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`;
  return [forbidden('metadata.finalizers', text)];
}
