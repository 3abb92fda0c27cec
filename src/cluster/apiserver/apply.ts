import { ApiError, badRequest, plainError } from '../apimachinery/errors';
import { clone } from '../apimachinery/json';
import type { Json, KubeObject } from '../apimachinery/object';
import { difference, emptySet, pathsOf, pathText, sameSet, union, type FieldSet } from './fields/fieldset';
import { conflictsWith, entriesBeforeApply, managed, sameWriter, type Entry, type Writer } from './fields/managers';
import { mergeConfig, withoutFields } from './fields/merge';
import { schemaErrors } from './fields/typed';
import { compare, fieldSetOf } from './fields/walk';
import { groupVersion } from './registry';
import type { ResourceDefinition } from './resource';

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
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts);

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
  const unchanged = previous !== undefined && sameSet(previous.fields, fields);
  const own: Entry = { ...writer, apiVersion, time: unchanged ? previous.time : time, fields };
  return { object, entries: [...others, own].filter((entry) => pathsOf(entry.fields).length > 0) };
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

function applyConflict(conflicts: readonly { entry: Entry; fields: FieldSet }[]): ApiError {
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
  return new ApiError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'Conflict',
    details: {
      causes: list.flatMap(({ who, paths }) =>
        paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field })),
      ),
    },
    code: 409,
  });
}

function managerText({ manager, subresource, operation, apiVersion }: Entry): string {
  const name = `"${manager}"${subresource ? ` with subresource "${subresource}"` : ''}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
