import type { Json } from '../apimachinery/object';
import { RESOURCES } from './resources';
import { groupVersion } from './registry';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE: Record<string, { kind: string; group?: string; version?: string; verbs: string[] }> = {
  status: { kind: '', verbs: ['get', 'patch', 'update'] },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] },
  binding: { kind: 'Binding', verbs: ['create'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  log: { kind: 'Pod', verbs: ['get'] },
  exec: { kind: 'PodExecOptions', verbs: ['create', 'get'] },
};

/** Answers `/version`. The build this simulator follows. */
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

/** What the server says about itself at paths that hold no objects; undefined when there is nothing at `path`. */
export function describeServer(path: string): Json | undefined {
  switch (path) {
    case '/version':
      return VERSION;
    case '/healthz':
    case '/livez':
    case '/readyz':
      return 'ok';
    case '/api':
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '192.168.0.10:6443' }],
      };
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() };
  }
  const match = /^\/(?:api\/(v1)|apis\/([^/]+)(?:\/([^/]+))?)$/.exec(path);
  if (!match) return undefined;
  const [, core, group, version] = match;
  if (group && !version) return groups().find(({ name }) => name === group);
  return resourceList(core ? 'v1' : `${group}/${version}`);
}

function groups() {
  const names = [...new Set(RESOURCES.map(({ group }) => group).filter(Boolean))];
  return names.map((name) => {
    const versions = [...new Set(RESOURCES.filter(({ group }) => group === name).map(({ version }) => version))];
    const entries = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions: entries, preferredVersion: entries[0]! };
  });
}

function resourceList(wanted: string): Json | undefined {
  const definitions = RESOURCES.filter((definition) => groupVersion(definition) === wanted);
  if (definitions.length === 0) return undefined;
  const resources = definitions.flatMap((definition) => [
    {
      name: definition.plural,
      singularName: definition.singular,
      namespaced: definition.namespaced,
      kind: definition.kind,
      verbs: definition.verbs ?? VERBS,
      ...(definition.shortNames && { shortNames: definition.shortNames }),
      ...(definition.categories && { categories: definition.categories }),
    },
    ...(definition.subresources ?? []).map((name) => {
      const { kind, group, version, verbs } = SUBRESOURCE[name]!;
      return {
        name: `${definition.plural}/${name}`,
        singularName: '',
        namespaced: definition.namespaced,
        ...(group && { group, version }),
        kind: kind || definition.kind,
        verbs,
      };
    }),
  ]);
  return { kind: 'APIResourceList', ...(wanted !== 'v1' && { apiVersion: 'v1' }), groupVersion: wanted, resources };
}
