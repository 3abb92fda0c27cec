import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { groupVersion, pathOf, type Mapping } from '../discovery';
import { KubectlError } from '../errors';
import type { Session } from '../session';
import { LAST_APPLIED, type DryRun } from '../writing';
import { type ApplyResults, deleteOptions } from './applier';

/** Kinds that --prune looks at without --prune-allowlist. Upstream: kubectl/pkg/util/prune. */
const DEFAULTS = (
  'v1/ConfigMap v1/Endpoints v1/PersistentVolumeClaim v1/Pod v1/ReplicationController v1/Secret v1/Service batch/v1/Job batch/v1/CronJob ' +
  'networking.k8s.io/v1/Ingress apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet apps/v1/StatefulSet v1/Namespace v1/PersistentVolume'
).split(' ');

const WITHOUT_NAMESPACE =
  'prune.go:71] Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a ' +
  'future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.';

/** Deletes what was applied once and is in the manifests no more. @param kinds those of --prune-allowlist; none: the usual ones */
export function prune(invocation: Invocation, kinds: readonly Mapping[], dryRun: DryRun, results: ApplyResults): void {
  const { session } = invocation;
  for (const { mapping, item } of prunable(invocation, kinds, results.namespaces, results.visited)) {
    const { name, namespace } = item.metadata;
    const query = dryRun === 'server' ? { dryRun: 'All' } : undefined;
    if (dryRun !== 'client') session.delete(pathOf(mapping, namespace, name), deleteOptions(invocation), query);
    results.tell(item, 'pruned');
  }
}

/** Objects of the kinds that were applied once and were not visited now, kind by kind as the server lists them. */
export function* prunable(
  { session, flags }: Invocation,
  kinds: readonly Mapping[],
  namespaces: ReadonlySet<string>,
  visited: ReadonlySet<string>,
): Generator<{ mapping: Mapping; item: Json }> {
  if (kinds.length === 0) session.log('W', WITHOUT_NAMESPACE);
  const mappings = kinds.length > 0 ? kinds : DEFAULTS.flatMap((kind) => mappingOf(session, kind) ?? []);
  const query: Record<string, string> = flags.string('selector') ? { labelSelector: flags.string('selector') } : {};
  for (const namespace of [...namespaces, undefined]) {
    for (const mapping of mappings.filter(({ namespaced }) => namespaced === (namespace !== undefined))) {
      const items: Json[] = session.get(pathOf(mapping, namespace), query).items ?? [];
      for (const item of items) {
        if (item.metadata.annotations?.[LAST_APPLIED] === undefined || visited.has(item.metadata.uid)) continue;
        yield { mapping, item: { apiVersion: groupVersion(mapping), kind: mapping.kind, ...item } };
      }
    }
  }
}

const mappingOf = (session: Session, kind: string): Mapping | undefined =>
  session.discovery.mappings.find((mapping) => `${groupVersion(mapping)}/${mapping.kind}` === kind);

/** The kinds of --prune-allowlist: `core/v1/Service` or `apps/v1/Deployment`. @throws KubectlError */
export function prunableKinds(session: Session, allowed: readonly string[]): Mapping[] {
  return allowed.map((text) => {
    const parts = text.split('/');
    if (parts.length !== 3)
      throw new KubectlError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    const [group = '', version = '', kind = ''] = parts;
    const apiVersion = group === 'core' ? version : `${group}/${version}`;
    const found = mappingOf(session, `${apiVersion}/${kind}`);
    if (!found) throw new KubectlError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
    return found;
  });
}
