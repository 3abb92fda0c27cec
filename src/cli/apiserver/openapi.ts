import type { Json } from '../../cluster/apimachinery/object';
import type { ApiClient } from '../../cluster/apiserver/rest';

/**
 * As much of OpenAPI v3 as kubectl asks for before it writes: which kinds can be patched, with which query parameters.
 * Undefined for any other path.
 */
export function openapi(api: ApiClient, path: string): Json | undefined {
  const get = (at: string): Json => api.handle({ method: 'GET', path: at }).body;
  const versions = (): string[] => [
    'api/v1',
    ...get('/apis').groups.flatMap((group: Json) => group.versions.map((version: Json) => `apis/${version.groupVersion}`)),
  ];
  if (path === '/openapi/v3') {
    return { paths: Object.fromEntries(versions().map((version) => [version, { serverRelativeURL: `/openapi/v3/${version}` }])) };
  }
  const version = path.replace('/openapi/v3/', '');
  if (version === path || !versions().includes(version)) return undefined;
  const list = get(`/${version}`);
  const [group, name] = version === 'api/v1' ? ['', 'v1'] : (list.groupVersion as string).split('/');
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((parameter) => ({
    name: parameter,
    in: 'query',
    schema: { type: parameter === 'force' ? 'boolean' : 'string', uniqueItems: true },
  }));
  const paths = list.resources.map((resource: Json) => [
    `/${version}/${resource.namespaced ? 'namespaces/{namespace}/' : ''}${resource.name.replace('/', '/{name}/')}${resource.name.includes('/') ? '' : '/{name}'}`,
    { patch: { parameters, 'x-kubernetes-group-version-kind': { group, version: name, kind: resource.kind } } },
  ]);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.fromEntries(paths),
    components: { schemas: {} },
  };
}
