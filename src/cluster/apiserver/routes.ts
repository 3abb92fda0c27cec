import { methodNotAllowed, noSuchPath } from '../apimachinery/errors';
import { SUBRESOURCES, VERBS } from './discovery';
import type { Kind, Subresource } from './kind';
import type { ApiRequest } from './rest';

type Method = ApiRequest['method'];

const OBJECT_METHODS: Partial<Record<Method, string>> = { GET: 'get', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };
const COLLECTION_METHODS: Partial<Record<Method, string>> = { GET: 'list', POST: 'create', DELETE: 'deletecollection' };
const SUBRESOURCE_METHODS: Record<Method, string> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/**
 * Throws ApiError: NotFound for a path at which a kind takes no method at all, MethodNotAllowed where it takes others.
 * Upstream: k8s.io/apiserver/pkg/endpoints/installer.go.
 */
export function checkRoute(
  { definition, namespace, name, subresource }: { definition: Kind; namespace?: string; name?: string; subresource?: string },
  method: Method,
): void {
  const [verbs, methods] = ((): [readonly string[], Partial<Record<Method, string>>] => {
    const own = definition.verbs ?? VERBS;
    if (subresource !== undefined) {
      const known = definition.subresources?.includes(subresource as Subresource);
      return [known ? SUBRESOURCES[subresource as Subresource].verbs : [], SUBRESOURCE_METHODS];
    }
    if (name !== undefined) return [own, OBJECT_METHODS];
    // in all namespaces there is only the list
    return definition.namespaced && namespace === undefined ? [own, { GET: 'list' }] : [own, COLLECTION_METHODS];
  })();
  if (!Object.values(methods).some((verb) => verbs.includes(verb))) throw noSuchPath();
  const verb = methods[method];
  if (verb === undefined || !verbs.includes(verb)) throw methodNotAllowed();
}
