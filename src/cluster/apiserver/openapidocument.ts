import type { Json } from '../apimachinery/object';
import type { Definition, Definitions, GroupVersion } from './definitions';
import type { Resource } from './discovery';

/** The OpenAPI document of a group's version: its paths, and all types that they speak of. */
export function documentOf(known: Definitions, at: GroupVersion, resources: readonly Resource[]): Json {
  const byKind = indexByKind(known);
  const paths: Record<string, Json> = {};
  const wanted = new Set<string>();
  for (const resource of resources) {
    const kind = { group: resource.group ?? at.group, kind: resource.kind, version: resource.version ?? at.version };
    const schema = byKind.get(kindKey(kind)) ?? '';
    const list = byKind.get(kindKey({ ...kind, kind: `${kind.kind}List` })) ?? schema;
    wanted.add(schema).add(list);
    const [plural = '', subresource] = resource.name.split('/');
    const scope = resource.namespaced ? 'namespaces/{namespace}/' : '';
    const root = `/${at.path}/${scope}${plural}`;
    const item = subresource === undefined ? `${root}/{name}` : `${root}/{name}/${subresource}`;
    const operations = (verbs: readonly string[], body: string) =>
      Object.fromEntries(
        verbs
          .filter((verb) => resource.verbs.includes(verb))
          .map((verb) => [METHODS[verb], operation(verb, kind, verb === 'list' ? list : body)]),
      );
    if (subresource === undefined) {
      paths[root] = withParameters(operations(['list', 'create', 'deletecollection'], schema), resource.namespaced, false);
      paths[item] = withParameters(operations(['get', 'update', 'patch', 'delete'], schema), resource.namespaced, true);
      if (resource.namespaced && resource.verbs.includes('list'))
        paths[`/${at.path}/${plural}`] = withParameters(operations(['list'], schema), false, false);
    } else {
      paths[item] = withParameters(operations(['get', 'create', 'update', 'patch', 'delete'], schema), resource.namespaced, true);
    }
  }
  for (const name of ['DeleteOptions', 'Status']) wanted.add(`io.k8s.apimachinery.pkg.apis.meta.v1.${name}`);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: sorted(Object.fromEntries(Object.entries(paths).filter(([, path]) => Object.keys(path).length > 1))),
    components: { schemas: sorted(closure(known, wanted)) },
  };
}

const METHODS: Record<string, string> = {
  list: 'get',
  get: 'get',
  create: 'post',
  update: 'put',
  patch: 'patch',
  delete: 'delete',
  deletecollection: 'delete',
};
const ACTIONS: Record<string, string> = { create: 'post', update: 'put' };

const WRITE = ['dryRun', 'fieldManager', 'fieldValidation'];
const DELETE = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];
const LIST = [
  ...['allowWatchBookmarks', 'continue', 'fieldSelector', 'labelSelector', 'limit', 'resourceVersion', 'resourceVersionMatch'],
  ...['sendInitialEvents', 'timeoutSeconds', 'watch'],
];
const PARAMETERS: Record<string, string[]> = {
  get: [],
  list: LIST,
  create: WRITE,
  update: WRITE,
  patch: [...WRITE, 'force'],
  delete: DELETE,
  deletecollection: [...new Set([...LIST, ...DELETE])].filter((name) => name !== 'watch' && name !== 'allowWatchBookmarks'),
};
const BOOLEANS = ['allowWatchBookmarks', 'force', 'orphanDependents', 'sendInitialEvents', 'watch'];
const INTEGERS = ['gracePeriodSeconds', 'limit', 'timeoutSeconds'];

function operation(verb: string, kind: Json, schema: string): Json {
  const content = { 'application/json': { schema: schema === '' ? {} : { $ref: `#/components/schemas/${schema}` } } };
  return {
    parameters: PARAMETERS[verb]!.map(queryParameter),
    ...((verb === 'create' || verb === 'update') && { requestBody: { content, required: true } }),
    responses: { [verb === 'create' ? 201 : 200]: { description: verb === 'create' ? 'Created' : 'OK', content } },
    'x-kubernetes-action': ACTIONS[verb] ?? verb,
    'x-kubernetes-group-version-kind': kind,
  };
}

function queryParameter(name: string): Json {
  const type = BOOLEANS.includes(name) ? 'boolean' : INTEGERS.includes(name) ? 'integer' : 'string';
  return { name, in: 'query', schema: { type, uniqueItems: true } };
}

function withParameters(operations: Record<string, Json>, namespaced: boolean, named: boolean): Json {
  const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string', uniqueItems: true } });
  return {
    ...operations,
    parameters: [...(named ? [inPath('name')] : []), ...(namespaced ? [inPath('namespace')] : []), queryParameter('pretty')],
  };
}

const kindKey = ({ group, version, kind }: Json): string => `${group}/${version}/${kind}`;

function indexByKind(known: Definitions): Map<string, string> {
  const index = new Map<string, string>();
  for (const [name, definition] of Object.entries(known)) {
    for (const kind of definition['x-kubernetes-group-version-kind'] ?? []) index.set(kindKey(kind), name);
  }
  return index;
}

/** The wanted schemas with everything they refer to. */
function closure(known: Definitions, wanted: Iterable<string>): Record<string, Definition> {
  const found: Record<string, Definition> = {};
  const open = [...wanted];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const definition = known[name];
    if (!definition || found[name]) continue;
    found[name] = definition;
    collectReferences(definition, open);
  }
  return found;
}

function collectReferences(schema: Json, into: string[]): void {
  if (typeof schema !== 'object' || schema === null) return;
  if (typeof schema.$ref === 'string') into.push(schema.$ref.slice('#/components/schemas/'.length));
  for (const value of Object.values(schema)) collectReferences(value, into);
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
