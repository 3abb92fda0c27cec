import type { Json, KubeObject } from '../cluster/apimachinery/object';
import { createThreeWayMergePatch } from '../cluster/apimachinery/strategicpatch';
import type { ApiClient, ApiResponse } from '../cluster/apiserver/rest';
import { loadConfig } from '../kubectl/config';
import { lastAppliedTo } from '../kubectl/applying/manifestpatch';
import { KubectlError } from '../kubectl/errors';
import { isLongerThan, MAX_BYTES, MAX_DOCUMENTS, type ManifestDocument, objectsOf, splitDocuments } from '../kubectl/manifest';
import { checkMetadata, checkTypeMeta } from '../kubectl/manifestcheck';
import { YamlError } from '../kubectl/yaml/parse';
import { printYaml } from '../kubectl/yaml/print';
import { collectionPath } from './collection';
import { lastApplied } from './lastapplied';
import type { DryRun, DryRunError } from './types';

/** What a dry run needs to know besides the manifest. */
export interface Applying {
  api: ApiClient;
  /** A file of the learner's home by its whole path. */
  readFile(path: string): string | undefined;
  home: string;
}

/**
 * What `kubectl apply` would make of each object of a manifest, without storing anything: read as kubectl reads it, merged as apply
 * merges it, judged by the API server (dry run). Documents that hold nothing are passed over; kubectl stops at the first document
 * that it cannot read, this goes on and judges the others too.
 */
export function dryRunManifest({ api, readFile, home }: Applying, text: string): DryRun[] {
  const refused = (message: string): DryRun[] => [{ document: 0, errors: [{ message }] }];
  if (isLongerThan(text, MAX_BYTES)) return refused('the manifest is larger than 64 KiB');
  let parts: ManifestDocument[];
  try {
    parts = splitDocuments(text);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return refused(error.message);
  }
  if (parts.length > MAX_DOCUMENTS) return refused(`the manifest has more than ${MAX_DOCUMENTS} documents`);
  const { contexts, 'current-context': current } = loadConfig({ env: { HOME: home }, readFile }, '');
  const namespace = contexts.find(({ name }) => name === current)?.context.namespace ?? 'default';
  const found: DryRun[] = [];
  let document = 0;
  for (const { line, read } of parts) {
    try {
      const value = read();
      if (value !== undefined && value !== null) found.push(...dryRuns(api, value, namespace, document++));
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      // kubectl counts from the start of the document
      const inside = Number(/\bline (\d+):/.exec(error.message)?.[1] ?? 1);
      found.push({ document: document++, errors: [{ message: error.message, line: line + inside }] });
    }
  }
  return found;
}

/** A document's own objects; errors of those in a list name their fields from the list on. */
function dryRuns(api: ApiClient, value: Json, namespace: string, document: number): DryRun[] {
  const objects = objectsOf(value);
  if (objects[0] === value) return [{ document, ...dryRun(api, value, namespace) }];
  const unread = checkTypeMeta({ ...value, items: [] });
  if (unread) return [{ document, errors: [{ message: unread, ...fieldIn(unread) }] }];
  return objects.map((object, index) => {
    const { errors, ...rest } = dryRun(api, object, namespace);
    const item = `items[${index}]`;
    return {
      document,
      ...rest,
      errors: errors.map(({ field, ...error }) => ({ ...error, field: field ? `${item}.${field}` : item })),
    };
  });
}

function dryRun(api: ApiClient, object: Json, context: string): Omit<DryRun, 'document'> {
  const unread = checkTypeMeta(object) ?? checkMetadata(object);
  if (unread) return { errors: [{ message: unread, ...fieldIn(unread) }] };
  const { apiVersion, kind, metadata } = object;
  const namespace = String(metadata?.namespace ?? context);
  const path = collectionPath(api, { apiVersion, kind, namespace });
  if (path === undefined) {
    return { errors: [{ field: 'kind', message: `no matches for kind "${kind}" in version "${apiVersion}"` }] };
  }
  const name = String(metadata?.name ?? '');
  if (name === '') {
    const message = metadata?.generateName
      ? `from ${metadata.generateName}: cannot use generate name with apply`
      : 'resource name may not be empty';
    return { errors: [{ message, field: metadata?.generateName ? 'metadata.generateName' : 'metadata.name' }] };
  }
  const inNamespace = path.includes('/namespaces/');
  const target = { kind, name, ...(inNamespace && { namespace }) };
  const headers = { accept: 'application/json' };
  const existing = api.handle({ method: 'GET', path: `${path}/${name}`, headers });
  const live: KubeObject | undefined = existing.status === 200 ? existing.body : undefined;
  const query = { dryRun: 'All', fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' };
  const sent: Json = inNamespace ? { ...object, metadata: { ...metadata, namespace } } : object;
  const shown = live && withoutServersOwn(live);
  let body: Json;
  try {
    body = live ? createThreeWayMergePatch(live.kind, lastAppliedTo(live), sent, live) : sent;
  } catch (error) {
    return { target, errors: [{ message: (error as Error).message }], ...(shown && { live: shown }) };
  }
  const response = live
    ? patch(api, `${path}/${name}`, body, live, query, headers)
    : api.handle({ method: 'POST', path, query, headers, body });
  const errors = response.status < 400 ? [] : errorsOf(response);
  if (errors.length > 0) return { target, errors, ...(shown && { live: shown }) };
  const applied = withoutServersOwn(response.body as KubeObject);
  const yaml = { live: shown ? printYaml(shown) : '', applied: printYaml(applied) };
  return { target, errors, ...(shown && { live: shown }), applied, yaml };
}

const BOOKKEEPING = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'uid'];

/** An object as somebody would write it: without its status and what the server notes down about it. */
function withoutServersOwn({ status: _status, metadata, ...rest }: KubeObject): KubeObject {
  const kept: Json = Object.fromEntries(Object.entries(metadata).filter(([field]) => !BOOKKEEPING.includes(field)));
  const { [lastApplied]: _applied, ...annotations } = metadata.annotations ?? {};
  if (Object.keys(annotations).length > 0) kept.annotations = annotations;
  else delete kept.annotations;
  return { ...rest, metadata: kept as KubeObject['metadata'] } as KubeObject;
}

/** The patch is sent as `kubectl apply` does: one that says nothing is not. Upstream: kubectl/pkg/cmd/apply/patcher.go. */
function patch(
  api: ApiClient,
  path: string,
  body: Json,
  live: KubeObject,
  query: Record<string, string>,
  headers: Record<string, string>,
): ApiResponse {
  if (Object.keys(body).length === 0) return { status: 200, body: live };
  return api.handle({
    method: 'PATCH',
    path,
    query,
    headers: { ...headers, 'content-type': 'application/strategic-merge-patch+json' },
    body,
  });
}

/** The server's words, at each field they name. */
function errorsOf({ body }: ApiResponse): DryRunError[] {
  const message = String(body?.message ?? body);
  const causes = ((body?.details?.causes ?? []) as { message?: string; field?: string }[]).map(
    ({ message: text = '', field = '' }) => ({
      field: field.replace(/^<nil>$/, ''),
      text,
    }),
  );
  if (causes.length > 1) return causes.map(({ field, text }) => ({ message: `${field}: ${text}`, field }));
  if (causes[0]?.field) return [{ message, field: causes[0].field }];
  const unknown = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)];
  if (unknown.length > 1) return unknown.map(([text, field = '']) => ({ message: text, field }));
  return [{ message, ...fieldIn(message) }];
}

/** The field that a message without causes is about, where it names one: those of decoders do. */
function fieldIn(message: string): { field?: string } {
  const field =
    /(?:unknown|duplicate) field "([^"]+)"/.exec(message)?.[1] ??
    /Go struct field [A-Za-z]+\.([\w.]+) of type/.exec(message)?.[1] ??
    /^\[?(apiVersion|kind) /.exec(message)?.[1];
  return field === undefined ? {} : { field };
}
