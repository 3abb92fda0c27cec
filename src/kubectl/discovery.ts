import type { Json } from '../cluster/apimachinery/object';
import type { ApiClient } from '../cluster/apiserver/rest';
import { KubectlError } from './errors';

/** A kind the server serves. */
export interface Mapping {
  group: string;
  version: string;
  kind: string;
  /** Plural, as in paths. */
  resource: string;
  singular: string;
  shortNames: string[];
  namespaced: boolean;
  categories: string[];
  verbs: string[];
}

/** `services` or `deployments.apps`. */
export const qualified = (mapping: Mapping) => (mapping.group ? `${mapping.resource}.${mapping.group}` : mapping.resource);

/** `service` or `deployment.apps`, in front of names in kubectl's answers. */
export const kindPrefix = (mapping: Mapping) => `${mapping.kind.toLowerCase()}${mapping.group ? `.${mapping.group}` : ''}`;

export const groupVersion = (mapping: Mapping) => (mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version);

/** Path of a kind's collection, or of one object. @throws KubectlError when its namespace or name cannot stand in a path */
export function pathOf(mapping: Mapping, namespace: string | undefined, name?: string): string {
  if (mapping.namespaced && namespace) checkPathSegment('namespace', namespace);
  if (name === '') throw new KubectlError('resource name may not be empty');
  if (name !== undefined) checkPathSegment('resource name', name);
  const root = mapping.group ? `/apis/${mapping.group}/${mapping.version}` : `/api/${mapping.version}`;
  const scope = mapping.namespaced && namespace ? `/namespaces/${namespace}` : '';
  return `${root}${scope}/${mapping.resource}${name === undefined ? '' : `/${name}`}`;
}

/** Upstream: client-go Request.Namespace and Name, k8s.io/apimachinery/pkg/api/validation/path. */
function checkPathSegment(what: string, name: string): void {
  const faults = ['.', '..'].includes(name)
    ? [`may not be '${name}'`]
    : ['/', '%'].filter((character) => name.includes(character)).map((character) => `may not contain '${character}'`);
  if (faults.length > 0) throw new KubectlError(`invalid ${what} ${JSON.stringify(name)}: [${faults.join(' ')}]`);
}

/** What the server serves. */
export class Discovery {
  /**
   * @param mappings kinds in the versions that the server prefers
   * @param others the same kinds in its other versions
   */
  constructor(
    readonly mappings: readonly Mapping[],
    private readonly others: readonly Mapping[] = [],
  ) {}

  /**
   * Kind by a resource argument: plural, singular, short name, kind, `deployments.apps`, `deployments.v1.apps`.
   * Upstream: cli-runtime/pkg/resource Builder.mappingFor. @throws KubectlError when there is none
   */
  find(argument: string): Mapping {
    const [name = '', second = '', ...rest] = argument.split('.');
    const withVersion = rest.length > 0 ? this.lookUp(name, rest.join('.'), second) : undefined;
    const found = withVersion ?? this.lookUp(name, [second, ...rest].join('.'));
    if (!found) throw new KubectlError(`the server doesn't have a resource type "${name}"`);
    return found;
  }

  /** Kinds of lower priority that have the same short name. Upstream: client-go/restmapper shortcutExpander. */
  shadowed(argument: string): Mapping[] {
    return this.mappings.filter(({ shortNames }) => shortNames.includes(argument)).slice(1);
  }

  /** Upstream: client-go/restmapper shortcutExpander and apimachinery DefaultRESTMapper.ResourcesFor. */
  private lookUp(name: string, group: string, version?: string): Mapping | undefined {
    const short = this.mappings.filter(({ shortNames }) => shortNames.includes(name));
    // behind a short name the version is not looked at
    const exact = short.find((mapping) => group === '' || mapping.group === group);
    if (exact) return exact;
    const lower = name.toLowerCase();
    const named = [...this.mappings, ...this.others].filter(
      ({ resource, singular, kind }) => resource === lower || singular === lower || kind.toLowerCase() === lower,
    );
    if (version !== undefined)
      return named.find((mapping) => mapping.version === version && (group === '' || mapping.group === group));
    if (group === '') return named[0];
    return (
      named.find((mapping) => mapping.group === group) ?? [...named, ...short].find((mapping) => mapping.group.startsWith(group))
    );
  }

  byKind(apiVersion: string | undefined, kind: string): Mapping | undefined {
    // upstream's REST mapper has a List in every version
    if (kind === 'List') {
      const beside = [...this.mappings, ...this.others].find((mapping) => groupVersion(mapping) === apiVersion);
      return beside && { ...beside, kind, resource: 'lists', singular: 'list', shortNames: [], namespaced: false, verbs: [] };
    }
    if (!apiVersion) {
      // any version of the core group will do, but requests name none
      const core = this.mappings.find((mapping) => mapping.group === '' && mapping.kind === kind);
      return core && { ...core, version: '' };
    }
    // upstream's REST mapper also knows each kind in lower case
    return [...this.mappings, ...this.others].find(
      (mapping) => groupVersion(mapping) === apiVersion && (mapping.kind === kind || mapping.kind.toLowerCase() === kind),
    );
  }

  byResource(resource: string, group = ''): Mapping | undefined {
    return this.mappings.find((mapping) => mapping.resource === resource && mapping.group === group);
  }

  /** Kinds of a category such as `all`. */
  category(name: string): Mapping[] {
    return this.mappings.filter((mapping) => mapping.categories.includes(name));
  }
}

/** A kind that kubectl knows by itself, as the server serves it; where it does not, its path is what the answer to a request is about. */
export function builtin(session: { discovery: Discovery }, apiVersion: string, kind: string, resource: string): Mapping {
  const found = session.discovery.byKind(apiVersion, kind);
  if (found) return found;
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const singular = kind.toLowerCase();
  return { group, version, kind, resource, singular, shortNames: [], namespaced: true, categories: [], verbs: [] };
}

const cache = new WeakMap<ApiClient, Discovery>();

/** Asks the server what it serves; once a server. */
export function discover(api: ApiClient): Discovery {
  const known = cache.get(api);
  if (known) return known;
  const get = (path: string): Json => {
    const response = api.handle({ method: 'GET', path, headers: { accept: 'application/json' } });
    return response.status === 200 ? response.body : undefined;
  };
  const mappings: Mapping[] = [];
  const others: Mapping[] = [];
  for (const version of get('/api')?.versions ?? []) mappings.push(...resources(get(`/api/${version}`), '', version));
  for (const group of get('/apis')?.groups ?? []) {
    const version = group.preferredVersion?.version ?? group.versions[0].version;
    for (const entry of group.versions) {
      const list = resources(get(`/apis/${group.name}/${entry.version}`), group.name, entry.version);
      (entry.version === version ? mappings : others).push(...list);
    }
  }
  const discovery = new Discovery(mappings, others);
  cache.set(api, discovery);
  return discovery;
}

function resources(list: Json, group: string, version: string): Mapping[] {
  const entries: Json[] = list?.resources ?? [];
  return entries
    .filter((entry) => !entry.name.includes('/'))
    .map((entry) => ({
      group,
      version,
      kind: entry.kind,
      resource: entry.name,
      singular: entry.singularName || entry.kind.toLowerCase(),
      shortNames: entry.shortNames ?? [],
      namespaced: entry.namespaced,
      categories: entry.categories ?? [],
      verbs: entry.verbs ?? [],
    }));
}
