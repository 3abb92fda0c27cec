import type { Json } from '../../cluster/apimachinery/object';
import { deepEqual } from '../../cluster/apimachinery/json';
import { pathOf } from '../discovery';
import type { Target } from '../resourcebuilder';
import type { Session } from '../session';
import { LAST_APPLIED } from '../writing';

/** Who keeps the annotation of client-side apply once the server merges. */
const ANNOTATION_MANAGER = 'kubectl-last-applied';

const owns = (entry: Json) => entry.fieldsV1?.['f:metadata']?.['f:annotations']?.[`f:${LAST_APPLIED}`] !== undefined;
const isUpdate = (entry: Json, manager: string) =>
  entry.manager === manager && entry.operation === 'Update' && !entry.subresource;

/**
 * Keeps the annotation of client-side apply when kubectl itself goes on managing the object.
 * Upstream: ApplyOptions.saveLastApplyAnnotationIfNecessary.
 * @returns the object then
 */
export function keepAnnotation(session: Session, { mapping, namespace, name }: Target, object: Json, manager: string): Json {
  const saved = object.metadata.annotations?.[LAST_APPLIED];
  const kept = (object.metadata.managedFields ?? []).some(
    (entry: Json) => entry.manager === ANNOTATION_MANAGER && entry.operation === 'Apply' && owns(entry),
  );
  if (manager !== 'kubectl' || !saved || kept) return object;
  const { apiVersion, kind } = object;
  const metadata = { name, ...(namespace !== undefined && { namespace }), annotations: { [LAST_APPLIED]: saved } };
  return session.patch(
    pathOf(mapping, namespace, name),
    'application/apply-patch+yaml',
    { apiVersion, kind, metadata },
    { fieldManager: ANNOTATION_MANAGER, force: 'true' },
  );
}

/**
 * The managers that applied on the client before become the one that applies on the server, so that fields that left the manifest go.
 * Upstream: client-go/util/csaupgrade.
 * @returns the object then; undefined when there was nothing to do
 */
export function migrateManagers(session: Session, target: Target, object: Json, manager: string): Json | undefined {
  const before: Json[] = object.metadata.managedFields ?? [];
  const names = new Set<string>(
    before.filter((entry) => entry.operation === 'Update' && owns(entry)).map((entry) => entry.manager),
  );
  let after = before.map((entry) => ({ ...entry }));
  for (const name of names) after = upgraded(after, name, manager);
  if (deepEqual(before, after)) return undefined;
  return session.patch(
    pathOf(target.mapping, target.namespace, target.name),
    'application/json-patch+json',
    [
      { op: 'replace', path: '/metadata/managedFields', value: after },
      { op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
    ],
    { fieldManager: manager },
  );
}

function upgraded(entries: Json[], client: string, server: string): Json[] {
  const old = entries.find((entry) => isUpdate(entry, client));
  if (!old) return entries;
  const present = entries.find((entry) => entry.manager === server && entry.operation === 'Apply' && !entry.subresource);
  const into = present ?? old;
  const merged = { ...into, manager: server, operation: 'Apply', fieldsV1: union(into.fieldsV1, old.fieldsV1) };
  return entries.map((entry) => (entry === into ? merged : entry)).filter((entry) => !isUpdate(entry, client));
}

function union(a: Json, b: Json): Json {
  const result: Json = { ...a };
  for (const key of Object.keys(b ?? {})) result[key] = key in result ? union(result[key], b[key]) : b[key];
  return result;
}
