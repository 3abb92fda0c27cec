import { stringify } from 'yaml';
import type { Json, KubeObject } from '../cluster/apimachinery/object';
import type { Client } from '../cluster/apiserver/client';
import { lastApplied } from './lastapplied';

const exported = [
  ['v1', 'Namespace', 'namespaces'],
  ['v1', 'ConfigMap', 'configmaps'],
  ['v1', 'Secret', 'secrets'],
  ['v1', 'Service', 'services'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['apps/v1', 'ReplicaSet', 'replicasets'],
  ['v1', 'Pod', 'pods'],
] as const;
const systems = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

/**
 * Objects that somebody made by hand, as one manifest to apply elsewhere: what `kubectl apply` was given where it was used, otherwise the
 * object without status and without the metadata that a server sets.
 */
export function exportManifests(client: Client): string {
  const documents = exported.flatMap(([apiVersion, kind, resource]) =>
    client
      .list(resource)
      .filter((object) => isMade(kind, object))
      .map((object) => asApplied(object) ?? { apiVersion, kind, ...stripped(object) }),
  );
  return documents.map((document) => stringify(document)).join('---\n');
}

function isMade(kind: string, { metadata }: KubeObject): boolean {
  const { name, namespace, ownerReferences } = metadata;
  if (ownerReferences?.length || namespace?.startsWith('kube-')) return false;
  if (kind === 'Namespace') return !systems.has(name);
  return !(kind === 'Service' && name === 'kubernetes') && !(kind === 'ConfigMap' && name === 'kube-root-ca.crt');
}

function asApplied({ metadata }: KubeObject): Json | undefined {
  const text: unknown = metadata.annotations?.[lastApplied];
  if (typeof text !== 'string') return undefined;
  try {
    const applied: Json = JSON.parse(text);
    if (applied.metadata?.annotations && Object.keys(applied.metadata.annotations).length === 0)
      delete applied.metadata.annotations;
    return applied;
  } catch {
    return undefined;
  }
}

function stripped({ metadata, status: _status, ...rest }: KubeObject): Json {
  const { name, namespace, labels, annotations = {} } = metadata;
  const kept = Object.entries(annotations).filter(([key]) => !key.startsWith('deployment.kubernetes.io/'));
  const { apiVersion: _apiVersion, kind: _kind, ...parts } = rest;
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels && { labels }),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    },
    ...parts,
  };
}
