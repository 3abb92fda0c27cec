import { type ApiError, badRequest, failure, plainError } from '../apimachinery/errors';
import { goJson } from '../apimachinery/gojson';
import { clone } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { difference, emptySet, pathsOf, pathText, union, type FieldSet } from './fields/fieldset';
import { conflictsWith, entriesBeforeApply, managed, sameWriter, type Entry, type Writer } from './fields/managers';
import { mergeConfig, withoutFields } from './fields/merge';
import { schemaErrors } from './fields/typed';
import { compare, fieldSetOf } from './fields/walk';
import { groupVersion } from './registry';
import type { ResourceDefinition } from './resource';
import type { Schema } from './schema';

/** What is applied to what, by whom. */
export interface Application {
  definition: ResourceDefinition;
  /** Undefined when there is no such object yet. */
  live: KubeObject | undefined;
  /** Managers of the live object's fields. */
  entries: readonly Entry[];
  config: Json;
  writer: Writer;
  force: boolean;
  /** RFC 3339 */
  time: string;
}

/**
 * Server-side apply: the object that comes out, and who manages what in it.
 * Throws ApiError: BadRequest, a plain 500 when the configuration does not fit the schema, Conflict when others own what it changes.
 * Upstream: sigs.k8s.io/structured-merge-diff merge/update.go Apply, k8s.io/apimachinery/pkg/util/managedfields.
 */
export function applyConfig(application: Application): { object: Json; entries: Entry[] } {
  const { definition, live, config, writer, force, time } = application;
  checkConfig(definition, config);
  const { schema } = definition;
  const apiVersion = groupVersion(definition);
  const apart = definition.subresources?.includes('status') === true && !writer.subresource;
  const base: Json = live ? clone(live) : { apiVersion: config.apiVersion, kind: config.kind, metadata: {} };
  const merged = clone(mergeConfig(schema, base, config));
  const entries =
    live && application.entries.length === 0
      ? entriesBeforeApply({ schema, apiVersion, statusApart: apart }, live, time)
      : application.entries;
  const { added, modified, removed } = compare(schema, base, merged);
  const changed = managed(union(added, modified), apart);
  const conflicts = live ? conflictsWith(entries, writer, changed) : [];
  if (conflicts.length > 0 && !force) {
    const left = writer.manager === 'kubectl' ? notLastApplied(definition, live!, conflicts) : conflicts;
    if (left.length > 0) throw applyConflict(left);
  }

  const previous = entries.find((entry) => sameWriter(entry, writer));
  const fields = managed(fieldSetOf(schema, config), apart);
  const lost = union(
    managed(removed, apart),
    conflicts.reduce((all, conflict) => union(all, conflict.fields), emptySet()),
  );
  const others = entries
    .filter((entry) => entry !== previous)
    .map((entry) => ({ ...entry, fields: difference(entry.fields, lost) }));
  const object = previous ? prune(definition, merged, previous.fields, [fields, ...others.map((entry) => entry.fields)]) : merged;
  // who takes over fields as they are has changed nothing
  const own: Entry = {
    ...writer,
    apiVersion,
    time: !live || differs(schema, base, object) ? time : (previous?.time ?? ''),
    fields,
  };
  if (writer.manager === 'kubectl') syncLastApplied(object, config);
  return { object, entries: [...others, own].filter((entry) => pathsOf(entry.fields).length > 0) };
}

/**
 * Conflicts but for those about fields that are still as `kubectl apply` last wrote them without --server-side: kubectl takes those over.
 * Upstream: managedfields/internal/lastappliedmanager.go.
 */
function notLastApplied(definition: ResourceDefinition, live: KubeObject, conflicts: readonly OthersFields[]): OthersFields[] {
  const applied = lastAppliedTo(live);
  if (applied?.apiVersion !== groupVersion(definition) || schemaErrors(definition.schema, applied).length > 0)
    return [...conflicts];
  const { added, modified, removed } = compare(definition.schema, applied, live);
  const own = difference(fieldSetOf(definition.schema, applied), union(union(added, modified), removed));
  return conflicts
    .map(({ entry, fields }) => ({ entry, fields: difference(fields, own) }))
    .filter(({ fields }) => pathsOf(fields).length > 0);
}

function differs(schema: Schema, before: Json, after: Json): boolean {
  const { added, modified, removed } = compare(schema, before, after);
  return [added, modified, removed].some((set) => pathsOf(set).length > 0);
}

/** What was applied without --server-side before is kept up to date. Upstream: managedfields/internal/lastappliedupdater.go. */
function syncLastApplied({ metadata }: Json, config: Json): void {
  if (!metadata.annotations?.[LAST_APPLIED]) return;
  const { [LAST_APPLIED]: _last, ...annotations } = config.metadata.annotations ?? {};
  const applied = config.metadata.annotations ? { ...config, metadata: { ...config.metadata, annotations } } : config;
  metadata.annotations = { ...metadata.annotations, [LAST_APPLIED]: `${goJson(applied)}\n` };
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function lastAppliedTo(live: KubeObject): Json | undefined {
  try {
    return JSON.parse(live.metadata.annotations?.[LAST_APPLIED] ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

interface OthersFields {
  entry: Entry;
  fields: FieldSet;
}

/** Removes what the manager applied before, applies no longer, and nobody else has. */
function prune(definition: ResourceDefinition, merged: Json, before: FieldSet, kept: readonly FieldSet[]): Json {
  const keeps = kept.reduce((all, set) => union(all, set), emptySet());
  return withoutFields(definition.schema, merged, difference(before, keeps), keeps);
}

function checkConfig(definition: ResourceDefinition, config: Json): void {
  const { apiVersion, kind, metadata } = config;
  if (metadata?.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  const errors = schemaErrors(definition.schema, config);
  if (errors.length === 0) return;
  const name = [metadata?.namespace, metadata?.name].filter(Boolean).join('/');
  const group = groupVersion(definition).includes('/') ? apiVersion : `/${apiVersion}`;
  const list = errors.length === 1 ? errors[0] : `errors:\n${errors.map((error) => `  ${error}`).join('\n')}`;
  throw plainError(`failed to create typed patch object (${name}; ${group}, Kind=${kind}): ${list}`);
}

function applyConflict(conflicts: readonly OthersFields[]): ApiError {
  const list = [...conflicts]
    .sort((a, b) => (a.entry.manager < b.entry.manager ? -1 : 1))
    .map(({ entry, fields }) => ({ who: managerText(entry), paths: pathsOf(fields).map(pathText) }));
  const count = list.reduce((sum, { paths }) => sum + paths.length, 0);
  const message =
    count === 1
      ? `Apply failed with 1 conflict: conflict with ${list[0]!.who}: ${list[0]!.paths[0]}`
      : `Apply failed with ${count} conflicts: ${list
          .flatMap(({ who, paths }) => [`conflicts with ${who}:`, ...paths.map((path) => `- ${path}`)])
          .join('\n')}`;
  return failure(409, 'Conflict', message, {
    causes: list.flatMap(({ who, paths }) =>
      paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field })),
    ),
  });
}

function managerText({ manager, subresource, operation, apiVersion }: Entry): string {
  const name = `"${manager}"${subresource ? ` with subresource "${subresource}"` : ''}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
