import { parseAllDocuments } from 'yaml';
import type { Json } from '../cluster/apimachinery/object';
import type { ApiClient, ApiResponse } from '../cluster/apiserver/rest';
import { collectionPath } from './collection';

export interface ValidationError {
  document: number;
  message: string;
  field?: string;
  response?: ApiResponse;
}

const bytes = 64 * 1024;
const documents = 100;

/** Asks the API server what it would say to each document, without storing it (dry run). */
export function validateManifest(api: ApiClient, text: string): ValidationError[] {
  if (text.length > bytes) return [{ document: 0, message: 'the manifest is larger than 64 KiB' }];
  const parsed = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(parsed)) return [];
  if (parsed.length > documents) return [{ document: 0, message: 'the manifest has more than 100 documents' }];
  return parsed.flatMap((document, index) => {
    const [error] = document.errors;
    if (error) return [{ document: index, message: error.message.split('\n')[0] ?? error.message }];
    let object: Json;
    try {
      object = document.toJS({ maxAliasCount: 20 });
    } catch (problem) {
      return [{ document: index, message: problem instanceof Error ? problem.message : String(problem) }];
    }
    return object === null || object === undefined ? [] : dryRun(api, object, index);
  });
}

function dryRun(api: ApiClient, object: Json, document: number): ValidationError[] {
  for (const field of ['apiVersion', 'kind'])
    if (typeof object?.[field] !== 'string') return [{ document, message: `${field} not set`, field }];
  const { apiVersion, kind, metadata } = object;
  const path = collectionPath(api, { apiVersion, kind, namespace: String(metadata?.namespace ?? 'default') });
  if (path === undefined) {
    return [{ document, field: 'kind', message: `no matches for kind "${kind}" in version "${apiVersion}"` }];
  }
  const name: unknown = metadata?.name;
  const query = { dryRun: 'All', fieldManager: 'editor', fieldValidation: 'Strict' };
  const existing = typeof name === 'string' && name !== '' ? api.handle({ method: 'GET', path: `${path}/${name}` }) : undefined;
  const headers = { accept: 'application/json' };
  const response =
    existing?.status === 200
      ? api.handle({
          method: 'PATCH',
          path: `${path}/${String(name)}`,
          query,
          headers: { ...headers, 'content-type': 'application/merge-patch+json' },
          body: object,
        })
      : api.handle({ method: 'POST', path, query, headers, body: object });
  if (response.status < 400) return [];
  const message = String(response.body?.message ?? response.body);
  const causes = (response.body?.details?.causes ?? []) as { message?: string; field?: string }[];
  if (causes.length === 0) return [{ document, message, response }];
  return [{ document, message, response, ...(causes[0]?.field ? { field: causes[0].field.replace(/^<nil>$/, '') } : {}) }];
}
