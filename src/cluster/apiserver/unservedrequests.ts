import { noSuchPath, notFound, notSimulated } from '../apimachinery/errors';
import type { Json } from '../apimachinery/object';
import { unservedKind } from './discovery';
import { userOf } from './impersonation';
import type { Kind } from './kind';
import { filterOf } from './listing';
import { listVersionOf } from './listoptions';
import { readPath } from './path';
import { deleteOptions } from './requestoptions';
import { checkRoute } from './routes';
import type { ApiRequest } from './rest';
import { findResource } from './resources';
import { review } from './reviews';
import { viewOf } from './views';

/**
 * Answers requests about kinds that are only listed: there are none, and none can be made.
 * @param now virtual time, ms
 * Throws ApiError: NotFound for a name or an unknown path, 501 for what a real server would have done.
 */
export function answerUnserved(
  request: ApiRequest,
  { resourceVersion, now }: { resourceVersion: string; now: number },
): { status: number; body: Json } {
  const target = readPath(request.path, unservedKind);
  if (!target) throw noSuchPath();
  const { definition: kind, name } = target;
  const { method, query = {} } = request;
  checkRoute(target, method);
  if (isKeptElsewhere(kind))
    throw notSimulated(`patch ${kind.kind} objects in ${kind.group}/${kind.version}; they are kept in ${kind.storageVersion}`);
  if (method === 'POST' || (method === 'PATCH' && request.headers?.['content-type']?.includes('apply-patch'))) {
    const answer = review(kind, request.body, userOf(request.headers), now);
    if (answer) return { status: 201, body: answer };
    throw notSimulated(`run ${kind.kind} objects`);
  }
  if (name !== undefined) throw notFound(kind, name);
  if (method === 'DELETE') deleteOptions(request);
  listVersionOf(query, Number(resourceVersion));
  filterOf(kind, query);
  const metadata = { resourceVersion };
  if (viewOf(request) === 'Table')
    return { status: 200, body: { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: COLUMNS, rows: [] } };
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  return { status: 200, body: { kind: `${kind.kind}List`, apiVersion, metadata, items: [] } };
}

/** Whether a path holds all objects of a kind of which there are none. */
export function isUnservedCollection(path: string): boolean {
  const target = readPath(path, unservedKind);
  return target !== undefined && target.subresource === undefined && target.definition.verbs === undefined;
}

const COLUMNS = ['Name', 'Created At'].map((name) => ({
  name,
  type: name === 'Name' ? 'string' : 'date',
  format: name === 'Name' ? 'name' : '',
  description: '',
  priority: 0,
}));

/** The same objects in another version, in which patches are about other fields. */
const isKeptElsewhere = ({ storageVersion = '', plural }: Kind): boolean => {
  const [version = '', group = ''] = storageVersion.split('/').reverse();
  return findResource(group, version, plural) !== undefined;
};
