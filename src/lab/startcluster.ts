import { parseAllDocuments } from 'yaml';
import type { Json } from '../cluster/apimachinery/object';
import { Cluster } from '../cluster/cluster';
import { atOnce } from '../cluster/pieces';
import { goJson } from '../cluster/apimachinery/gojson';
import { collectionPath } from './collection';
import { lastApplied } from './lastapplied';
import type { Scenario } from './types';

/** The way to `startCluster`'s cluster in pieces of a few ms at most, so that a page can draw and listen between them. */
export function* startingCluster(scenario: Scenario): Generator<undefined, Cluster> {
  const cluster = yield* Cluster.opening({
    seed: scenario.seed ?? 1,
    cloud: scenario.cloud,
    ...(scenario.addons === undefined ? {} : { addons: scenario.addons }),
    ...(scenario.proxyMode === undefined ? {} : { proxyMode: scenario.proxyMode }),
    ...(scenario.proxyModes === undefined ? {} : { proxyModes: scenario.proxyModes }),
    ...(scenario.minSyncPeriod === undefined ? {} : { minSyncPeriod: scenario.minSyncPeriod }),
    ...(scenario.stopDelay === undefined ? {} : { pods: { stopDelay: scenario.stopDelay } }),
    ...(scenario.nodes === undefined ? {} : { nodes: scenario.nodes }),
  });
  yield;
  for (const manifest of scenario.manifests) {
    const documents = parseAllDocuments(manifest);
    yield;
    for (const document of documents) {
      create(cluster, scenario, document.toJS() as Json);
      yield;
    }
  }
  yield* cluster.settling();
  // The learner arrives at a cluster that has been up for a while.
  cluster.advance(60_000);
  return cluster;
}

/** The scenario's cluster after its manifests have been applied and everything has come to rest. */
export function startCluster(scenario: Scenario): Cluster {
  return atOnce(startingCluster(scenario));
}

/** Creates an object as `kubectl apply` does, annotation included: a scenario starts before kubectl is loaded. */
function create(cluster: Cluster, scenario: Scenario, { metadata, ...rest }: Json): void {
  const { apiVersion, kind } = rest;
  const namespace: string = metadata.namespace ?? 'default';
  const path = collectionPath(cluster.api, { apiVersion, kind, namespace });
  const applied = { ...rest, metadata: { annotations: {}, ...metadata, ...(path?.includes('/namespaces/') && { namespace }) } };
  const annotations = { ...applied.metadata.annotations, [lastApplied]: `${goJson(applied)}\n` };
  const response = cluster.api.handle({
    method: 'POST',
    path: path ?? '',
    query: { fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' },
    body: { ...applied, metadata: { ...applied.metadata, annotations } },
  });
  if (response.status !== 201) throw new Error(`scenario ${scenario.name}: ${kind} ${metadata.name}: ${response.body?.message}`);
}
