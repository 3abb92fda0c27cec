import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../apimachinery/object';
import { health, healthPaths } from './health';
import type { Kind, Subresource } from './kind';
import { RESOURCES } from './resources';
import { unservedKinds } from './unserved';

export const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const OBJECT_VERBS = ['get', 'patch', 'update'];
const PROXY_VERBS = ['create', 'delete', 'get', 'patch', 'update'];

/** What a subresource takes and gives: an object of the resource itself unless `kind` says otherwise (`*`: named after the resource). */
export const SUBRESOURCES: Record<Subresource, { verbs: string[]; kind?: string; group?: string; version?: string }> = {
  approval: { verbs: OBJECT_VERBS },
  attach: { kind: 'PodAttachOptions', verbs: ['create', 'get'] },
  binding: { kind: 'Binding', verbs: ['create'] },
  ephemeralcontainers: { verbs: OBJECT_VERBS },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  exec: { kind: 'PodExecOptions', verbs: ['create', 'get'] },
  finalize: { verbs: ['update'] },
  log: { verbs: ['get'] },
  portforward: { kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
  proxy: { kind: '*ProxyOptions', verbs: PROXY_VERBS },
  resize: { verbs: OBJECT_VERBS },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: OBJECT_VERBS },
  status: { verbs: OBJECT_VERBS },
  token: { kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: ['create'] },
};

/** Groups in the order of their priority, the newest version first. Upstream: pkg/controlplane/controller/crdregistration, apiservice. */
const GROUPS: readonly (readonly [string, ...string[]])[] = [
  ['apiregistration.k8s.io', 'v1'],
  ['apps', 'v1'],
  ['events.k8s.io', 'v1'],
  ['authentication.k8s.io', 'v1'],
  ['authorization.k8s.io', 'v1'],
  ['autoscaling', 'v2', 'v1'],
  ['batch', 'v1'],
  ['certificates.k8s.io', 'v1'],
  ['networking.k8s.io', 'v1'],
  ['policy', 'v1'],
  ['rbac.authorization.k8s.io', 'v1'],
  ['storage.k8s.io', 'v1'],
  ['admissionregistration.k8s.io', 'v1'],
  ['apiextensions.k8s.io', 'v1'],
  ['scheduling.k8s.io', 'v1'],
  ['coordination.k8s.io', 'v1'],
  ['node.k8s.io', 'v1'],
  ['discovery.k8s.io', 'v1'],
  ['resource.k8s.io', 'v1'],
  ['flowcontrol.apiserver.k8s.io', 'v1'],
];

/** The build this simulator follows. */
const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: '98b35193b2ac7a23a673325f5e9b830ecd5ba406',
  gitTreeState: 'clean',
  buildDate: '2026-08-21T11:29:11Z',
  goVersion: 'go1.26.10',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** The media type in which clients ask for all kinds at once. Upstream: k8s.io/apiserver/pkg/endpoints/discovery/aggregated. */
const AGGREGATED =
  /application\/json\s*;(?=[^,]*g=apidiscovery\.k8s\.io)(?=[^,]*v=(v2(?:beta1)?)\b)[^,]*as=APIGroupDiscoveryList/;

/** What the server says about itself at paths that hold no objects; undefined when there is nothing at `path`. */
export function describeServer(path: string, query?: Record<string, string>, accept = ''): Json | undefined {
  const aggregated = AGGREGATED.exec(accept)?.[1];
  switch (/^\/(?:version|api|apis)\/$/.test(path) ? path.slice(0, -1) : path) {
    case '/':
      return JSON.stringify({ paths: rootPaths() }, undefined, 2);
    case '/version':
      return VERSION;
    case '/api':
      if (aggregated) return groupDiscoveryList([['', 'v1']], aggregated);
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '192.168.0.10:6443' }],
      };
    case '/apis':
      if (aggregated) return groupDiscoveryList(GROUPS, aggregated);
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: GROUPS.map(groupOf) };
  }
  const match = /^\/(?:api\/([^/]+)|apis\/([^/]+)(?:\/([^/]+))?)\/?$/.exec(path);
  if (!match) return health(path, query);
  const [, core, group = '', version = core ?? ''] = match;
  if (version !== '') return resourceList(group, version);
  const found = GROUPS.find(([name]) => name === group);
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(found) };
}

/** What the server answers at, as far as it says. Upstream: k8s.io/apiserver/pkg/server/routes/index.go. */
function rootPaths(): string[] {
  const groups = GROUPS.map(([name]) => `/apis/${name}`);
  const versions = groupVersionPaths().map(({ path }) => `/${path}`);
  return [...OTHER_PATHS, ...groups, ...versions, ...healthPaths()].sort();
}

const OTHER_PATHS = [
  ...['/.well-known/openid-configuration', '/api', '/apis', '/apis/', '/flagz', '/metrics', '/metrics/slis', '/openapi/v2'],
  ...['/openapi/v3', '/openapi/v3/', '/openid/v1/jwks', '/statusz', '/version'],
];

function groupOf([name, ...versions]: readonly [string, ...string[]]) {
  const entries = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: entries, preferredVersion: entries[0]! };
}

/** Kinds of a group and version by name; empty when the server does not have that version. */
function kindsOf(group: string, version: string): Kind[] {
  const isHere = (kind: Kind): boolean => kind.group === group && kind.version === version;
  return [...RESOURCES.filter(isHere), ...unservedKinds().filter(isHere)].sort((a, b) => (a.plural < b.plural ? -1 : 1));
}

/** A kind of which there are no objects here; undefined when the server does not have it, or runs it. */
export function unservedKind(group: string, version: string, plural: string): Kind | undefined {
  return unservedKinds().find((kind) => kind.plural === plural && kind.group === group && kind.version === version);
}

/** Versions that the server has, as in paths: `api/v1`, `apis/apps/v1`. */
export function groupVersionPaths(): { path: string; group: string; version: string }[] {
  return [
    { path: 'api/v1', group: '', version: 'v1' },
    ...GROUPS.flatMap(([group, ...versions]) =>
      versions.map((version) => ({ path: `apis/${group}/${version}`, group, version })),
    ),
  ];
}

function resourceList(group: string, version: string): Json | undefined {
  const resources = resourcesOf(group, version);
  if (resources.length === 0) return undefined;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', ...(group !== '' && { apiVersion: 'v1' }), groupVersion, resources };
}

/** An entry of an APIResourceList. `group` and `version` only where they are not the list's. */
export interface Resource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group?: string;
  version?: string;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  storageVersionHash?: string;
}

/** Resources of a group and version, each followed by its subresources. */
export function resourcesOf(group: string, version: string): Resource[] {
  return kindsOf(group, version).flatMap((kind) => [
    {
      name: kind.plural,
      singularName: kind.singular,
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: kind.verbs ?? VERBS,
      ...(kind.shortNames && { shortNames: kind.shortNames }),
      ...(kind.categories && { categories: kind.categories }),
      ...(isStored(kind) && { storageVersionHash: storageVersionHash(kind) }),
    },
    ...(kind.subresources ?? []).map((name) => {
      const { group: otherGroup, version: otherVersion, verbs } = SUBRESOURCES[name];
      return {
        name: `${kind.plural}/${name}`,
        singularName: '',
        namespaced: kind.namespaced,
        ...(otherGroup && { group: otherGroup, version: otherVersion }),
        kind: subresourceKind(kind, name),
        verbs,
      };
    }),
  ]);
}

/** The kind of a subresource's objects. */
function subresourceKind(kind: Kind, name: Subresource): string {
  return (SUBRESOURCES[name].kind ?? kind.kind).replace('*', kind.kind);
}

function groupDiscoveryList(groups: typeof GROUPS, version: string): Json {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(([group, ...versions]) => ({
      metadata: { ...(group !== '' && { name: group }) },
      versions: versions.map((each) => ({
        version: each,
        resources: kindsOf(group, each).map(resourceDiscovery),
        freshness: 'Current',
      })),
    })),
  };
}

function resourceDiscovery(kind: Kind): Json {
  return {
    resource: kind.plural,
    responseKind: { group: '', version: '', kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: kind.verbs ?? VERBS,
    ...(kind.shortNames && { shortNames: kind.shortNames }),
    ...(kind.categories && { categories: kind.categories }),
    ...(kind.subresources && {
      subresources: kind.subresources.map((name) => {
        const { group = '', version = '', verbs } = SUBRESOURCES[name];
        return { subresource: name, responseKind: { group, version, kind: subresourceKind(kind, name) }, verbs };
      }),
    }),
  };
}

/** Reviews and the like are answered and forgotten. */
const isStored = (kind: Kind): boolean => kind.verbs?.includes('watch') ?? true;

const hashes = new Map<string, string>();

/** Tells clients when objects are kept in another version. Upstream: discovery.StorageVersionHash. */
function storageVersionHash({ group, version, kind, storageVersion }: Kind): string {
  const stored = storageVersion ?? (group === '' ? version : `${group}/${version}`);
  const text = `${stored.includes('/') ? '' : '/'}${stored}/${kind}`;
  let hash = hashes.get(text);
  if (hash === undefined) hashes.set(text, (hash = base64(sha256(utf8ToBytes(text)).subarray(0, 8))));
  return hash;
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
