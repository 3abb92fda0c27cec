import { invalid, required, tooLong, type FieldError } from '../apimachinery/fielderror';
import { labelValue, qualifiedName } from '../apimachinery/names';
import type { Json, ObjectMeta } from '../apimachinery/object';
import * as schema from './schema';
import type { ResourceDefinition } from './resource';

/** metadata of every kind. */
export const objectMeta = schema.struct('ObjectMeta', {
  name: schema.string,
  generateName: schema.string,
  namespace: schema.string,
  selfLink: schema.string,
  uid: schema.string,
  resourceVersion: schema.string,
  generation: schema.int64,
  creationTimestamp: schema.time,
  deletionTimestamp: schema.time,
  deletionGracePeriodSeconds: schema.int64,
  labels: schema.stringMap,
  annotations: schema.stringMap,
  ownerReferences: schema.keyedList(
    { uid: undefined },
    schema.atomic(
      schema.struct('OwnerReference', {
        apiVersion: schema.string,
        kind: schema.string,
        name: schema.string,
        uid: schema.string,
        controller: schema.boolean,
        blockOwnerDeletion: schema.boolean,
      }),
    ),
  ),
  finalizers: schema.setOf(schema.string),
  managedFields: schema.list(
    schema.struct('ManagedFieldsEntry', {
      manager: schema.string,
      operation: schema.string,
      apiVersion: schema.string,
      time: schema.time,
      fieldsType: schema.string,
      fieldsV1: schema.any,
      subresource: schema.string,
    }),
  ),
});

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
  if (!meta.name) errors.push(required('metadata.name', 'name or generateName is required'));
  else for (const message of definition.validateName(meta.name)) errors.push(invalid('metadata.name', meta.name, message));
  if (meta.labels) errors.push(...validateLabels(meta.labels, 'metadata.labels'));
  if (meta.annotations) errors.push(...validateAnnotations(meta.annotations));
  if (meta.ownerReferences) errors.push(...validateOwners(meta.ownerReferences));
  if (meta.finalizers) errors.push(...validateFinalizers(meta));
  return errors;
}

/** Upstream: ValidateOwnerReferences. */
function validateOwners(owners: readonly Json[] | undefined): FieldError[] {
  const field = 'metadata.ownerReferences';
  const errors: FieldError[] = [];
  let controller: string | undefined;
  for (const { apiVersion = '', kind = '', name = '', uid = '', controller: controls } of owners ?? []) {
    if (/^$|\/$/.test(apiVersion)) errors.push(invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty'));
    for (const [part, value] of Object.entries({ kind, name, uid }))
      if (!value) errors.push(invalid(`${field}.${part}`, value, 'must not be empty'));
    if (!controls) continue;
    const both = `Found "true" in references for ${controller} and ${kind}/${name}`;
    if (controller) errors.push(invalid(field, owners, `Only one reference can have Controller set to true. ${both}`));
    else controller = `${kind}/${name}`;
  }
  return errors;
}

/** Upstream: ValidateObjectMetaUpdate. */
export function validateMetaUpdate(meta: ObjectMeta, old: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
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

function validateFinalizers(meta: Json): FieldError[] {
  return (meta.finalizers ?? []).flatMap((name: string, index: number) => {
    const errors = qualifiedName(name).map((message) => invalid('metadata.finalizers', name, message));
    if (errors.length === 0 && !name.includes('/') && !STANDARD_FINALIZERS.includes(name)) {
      errors.push(
        invalid(`metadata.finalizers[${index}]`, name, 'name is neither a standard finalizer name nor is it fully qualified'),
      );
    }
    return errors;
  });
}
