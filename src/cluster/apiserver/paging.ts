import { badRequest } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';

/** Where a list goes on: what a continue token says. Upstream: k8s.io/apiserver/pkg/storage continueToken. */
interface Token {
  v: string;
  /** Resource version of the first page. */
  rv: number;
  /** The key after the last object, without what all keys of the list begin with. */
  start: string;
}

/**
 * One page of a list. The rest of a list is what is there when it is asked for, not what was there at the first page.
 * @param objects all that match, ordered by namespace and name
 * @param inNamespace the list is of one namespace, or of objects without one
 * @param query `limit` and `continue`
 * @returns the page's objects and the list's metadata. Throws ApiError BadRequest for a token that is none
 */
export function pageOf(
  objects: readonly KubeObject[],
  inNamespace: boolean,
  query: Record<string, string>,
  resourceVersion: string,
): { page: readonly KubeObject[]; metadata: Json } {
  const limit = Number(query.limit ?? 0);
  if (!query.continue && !(limit > 0)) return { page: objects, metadata: { resourceVersion } };
  const keyOf = ({ metadata: { namespace, name } }: KubeObject): string =>
    inNamespace || namespace === undefined ? `/${name}` : `/${namespace}/${name}`;
  const token = query.continue ? readToken(query.continue) : undefined;
  if (token && query.resourceVersion && query.resourceVersion !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const rest = token ? objects.filter((object) => keyOf(object) >= token.start) : objects;
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const rv = token && token.rv > 0 ? token.rv : Number(resourceVersion);
  const metadata: Json = { resourceVersion: String(rv) };
  const last = page.at(-1);
  if (last && page.length < rest.length) {
    metadata.continue = writeToken({ v: 'meta.k8s.io/v1', rv, start: `${keyOf(last)}\0` });
    // with a selector the server does not know how many more there are
    if (!query.labelSelector && !query.fieldSelector) metadata.remainingItemCount = rest.length - page.length;
  }
  return { page, metadata };
}

const writeToken = (token: Token): string =>
  btoa(JSON.stringify(token)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

function readToken(text: string): Token {
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
