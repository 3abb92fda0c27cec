import { ApiError, badRequest, expired } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';

/** Where a list goes on: what a continue token says. Upstream: k8s.io/apiserver/pkg/storage continueToken. */
export interface Token {
  v: string;
  /** Resource version of the first page; -1: whatever is there now. */
  rv: number;
  /** The key after the last object, without what all keys of the list begin with. */
  start: string;
}

/**
 * One page of a list.
 * @param objects all at the version, ordered by namespace and name
 * @param wanted whether one matches the selectors
 * @param inNamespace the list is of one namespace, or of objects without one
 * @param query `limit`, and whether there are selectors
 * @param token where the page before ended
 * @returns the page's objects and the list's metadata
 */
export function pageOf(
  objects: readonly KubeObject[],
  wanted: (object: KubeObject) => boolean,
  inNamespace: boolean,
  query: Record<string, string>,
  token: Token | undefined,
  version: number,
): { page: readonly KubeObject[]; metadata: Json } {
  const limit = Number(query.limit ?? 0);
  const metadata: Json = { resourceVersion: String(version) };
  if (!token && !(limit > 0)) return { page: objects.filter(wanted), metadata };
  const keyOf = ({ metadata: { namespace, name } }: KubeObject): string =>
    inNamespace || namespace === undefined ? `/${name}` : `/${namespace}/${name}`;
  const rest = token ? objects.filter((object) => keyOf(object) >= token.start) : objects;
  const page: KubeObject[] = [];
  for (const [index, object] of rest.entries()) {
    if (wanted(object)) page.push(object);
    const more = rest.length - index - 1;
    if (!(limit > 0) || page.length < limit || more === 0) continue;
    metadata.continue = writeToken({ v: 'meta.k8s.io/v1', rv: version, start: `${keyOf(object)}\0` });
    // with a selector the server does not know whether any of the others match, nor how many
    if (!query.labelSelector && !query.fieldSelector) metadata.remainingItemCount = more;
    break;
  }
  return { page, metadata };
}

/** The list's version is forgotten; it can go on in what there is now. Upstream: k8s.io/apiserver/pkg/storage/etcd3/errors.go. */
export function expiredToken(token: Token): ApiError {
  const { status } = expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
  );
  return new ApiError({ ...status, metadata: { continue: writeToken({ ...token, rv: -1 }) } });
}

const writeToken = (token: Token): string =>
  btoa(JSON.stringify(token)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** Throws ApiError BadRequest for a token that is none. */
export function readToken(text: string): Token {
  const refuse = (why: string) => badRequest(`invalid continue token: continue key is not valid${why}`);
  const wrong = text.search(/[^\w-]/);
  if (wrong >= 0 || text.length % 4 === 1) {
    throw refuse(`: illegal base64 data at input byte ${wrong >= 0 ? wrong : text.length - 1}`);
  }
  let token: Partial<Token>;
  try {
    token = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) as Token;
  } catch {
    throw refuse(': invalid character looking for beginning of value');
  }
  const { v, rv, start } = token;
  if (v !== 'meta.k8s.io/v1') throw refuse(`: server does not recognize this encoded version ${JSON.stringify(v ?? '')}`);
  if (!rv) throw refuse(': incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  if (!start) throw refuse(': encoded start key empty (version meta.k8s.io/v1)');
  return { v, rv, start: start.startsWith('/') ? start : `/${start}` };
}
