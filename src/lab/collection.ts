import type { ApiClient } from '../cluster/apiserver/rest';

/** Where objects of a kind are listed and created, as the server's discovery says; undefined for a kind that it does not have. */
export function collectionPath(
  api: ApiClient,
  object: { apiVersion: string; kind: string; namespace?: string },
): string | undefined {
  const root = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
  const { status, body } = api.handle({ method: 'GET', path: root });
  if (status !== 200) return undefined;
  const resources = body.resources as { name: string; kind: string; namespaced: boolean }[];
  const found = resources.find(({ name, kind }) => kind === object.kind && !name.includes('/'));
  if (!found) return undefined;
  return found.namespaced ? `${root}/namespaces/${object.namespace ?? 'default'}/${found.name}` : `${root}/${found.name}`;
}
