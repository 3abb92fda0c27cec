import { RESOURCES } from './resources';
import { unservedKinds } from './unserved';

/** Kinds of every version that are no resources. */
const EVERYWHERE = ['CreateOptions', 'DeleteOptions', 'GetOptions', 'ListOptions', 'PatchOptions', 'UpdateOptions', 'WatchEvent'];
const OTHERS: Record<string, string[]> = {
  v1: ['APIGroup', 'APIGroupList', 'APIResourceList', 'APIVersions', 'List', 'Status'],
  'autoscaling/v1': ['Scale'],
  'policy/v1': ['Eviction'],
  'authentication.k8s.io/v1': ['TokenRequest'],
};

const packageOf = (group: string): string => (group === '' ? 'core' : (group.split('.', 1)[0] ?? ''));

/**
 * Why an object of one kind cannot be read as another. Upstream: apimachinery/pkg/runtime Scheme.New and ConvertToVersion.
 * @param wanted the kind that the path is about; its group names the Go package
 */
export function mismatch(apiVersion: string, kind: string, wanted: { group: string; kind: string }): string {
  const known =
    EVERYWHERE.includes(kind) ||
    OTHERS[apiVersion]?.includes(kind) ||
    [...RESOURCES, ...unservedKinds()].some(
      ({ group, version, kind: each }) =>
        (group === '' ? version : `${group}/${version}`) === apiVersion && (each === kind || `${each}List` === kind),
    );
  if (!known)
    return `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  const version = apiVersion.split('/').at(-1);
  return `converting (${version}.${kind}) to (${packageOf(wanted.group)}.${wanted.kind}): unknown conversion`;
}
