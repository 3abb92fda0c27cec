import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { groupVersion, pathOf, type Mapping } from '../discovery';
import { KubectlError } from '../errors';
import type { Session } from '../session';
import { LAST_APPLIED, type DryRun } from '../writing';
import { type ApplyResults, deleteOptions } from './applier';

/** Kinds that --prune looks at without --prune-allowlist. Upstream: kubectl/pkg/util/prune. */
const NAMESPACED =
  'v1/ConfigMap v1/Endpoints v1/PersistentVolumeClaim v1/Pod v1/ReplicationController v1/Secret v1/Service batch/v1/Job batch/v1/CronJob ' +
  'networking.k8s.io/v1/Ingress apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet apps/v1/StatefulSet';
const WITHOUT_NAMESPACE = 'v1/Namespace v1/PersistentVolume';

/** Deletes what was applied once and is in the manifests no more. */
export function prune(invocation: Invocation, dryRun: DryRun, results: ApplyResults): void {
  const { session, flags } = invocation;
  const mappings = mappingsOf(session, flags.list('prune-allowlist'));
  for (const namespace of results.namespaces)
    for (const mapping of mappings.filter(({ namespaced }) => namespaced))
      pruneKind(invocation, mapping, namespace, dryRun, results);
  for (const mapping of mappings.filter(({ namespaced }) => !namespaced))
    pruneKind(invocation, mapping, undefined, dryRun, results);
}

function mappingsOf(session: Session, allowed: readonly string[]): Mapping[] {
  const defaults = `${NAMESPACED}${session.namespaceEnforced ? '' : ` ${WITHOUT_NAMESPACE}`}`.split(' ');
  const kinds = allowed.length > 0 ? allowed.map(parseKind) : defaults;
  return kinds.flatMap(
    (kind) => session.discovery.mappings.find((mapping) => `${groupVersion(mapping)}/${mapping.kind}` === kind) ?? [],
  );
}

/** `core/v1/Service` or `apps/v1/Deployment`. */
function parseKind(text: string): string {
  const parts = text.split('/');
  if (parts.length !== 3) throw new KubectlError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
  const [group = '', version = '', kind = ''] = parts;
  return group === 'core' ? `${version}/${kind}` : text;
}

function pruneKind(
  invocation: Invocation,
  mapping: Mapping,
  namespace: string | undefined,
  dryRun: DryRun,
  results: ApplyResults,
): void {
  const { session, flags } = invocation;
  const query: Record<string, string> = flags.string('selector') ? { labelSelector: flags.string('selector') } : {};
  const items: Json[] = session.get(pathOf(mapping, namespace), query).items ?? [];
  for (const item of items) {
    const { name, uid, annotations } = item.metadata;
    if (annotations?.[LAST_APPLIED] === undefined || results.visited.has(uid)) continue;
    if (dryRun !== 'client')
      session.delete(
        pathOf(mapping, namespace, name),
        deleteOptions(invocation),
        dryRun === 'server' ? { dryRun: 'All' } : undefined,
      );
    results.tell({ apiVersion: groupVersion(mapping), kind: mapping.kind, ...item }, 'pruned');
  }
}
