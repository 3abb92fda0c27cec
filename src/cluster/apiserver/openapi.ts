import { unavailable } from '../apimachinery/errors';
import type { Json } from '../apimachinery/object';
import { descriptions, type Definitions } from './definitions';
import { groupVersionPaths, resourcesOf } from './discovery';

const documents = new WeakMap<Definitions, Map<string, Json>>();

/**
 * Answers `/openapi/v3` and what it names; undefined for any other path. Throws ApiError 503 until the definitions have been loaded.
 * Upstream: k8s.io/kube-openapi/pkg/handler3.
 */
export function openApi(path: string): Json | undefined {
  if (path !== '/openapi/v3' && !path.startsWith('/openapi/v3/')) return undefined;
  const versions = groupVersionPaths();
  if (path === '/openapi/v3') {
    const entry = (at: string): [string, Json] => [at, { serverRelativeURL: `/openapi/v3/${at}` }];
    return { paths: Object.fromEntries(versions.map((version) => entry(version.path)).sort(([a], [b]) => (a < b ? -1 : 1))) };
  }
  const found = versions.find((version) => path === `/openapi/v3/${version.path}`);
  if (!found) return undefined;
  const known = descriptions();
  if (!known) throw unavailable('this simulator has not loaded the descriptions of fields yet', 1);
  const { definitions, documentOf } = known;
  let made = documents.get(definitions);
  if (!made) documents.set(definitions, (made = new Map()));
  let document = made.get(path);
  if (!document) made.set(path, (document = documentOf(definitions, found, resourcesOf(found.group, found.version))));
  return document;
}
