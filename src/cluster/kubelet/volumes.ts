import { fromBase64 } from '../apimachinery/base64';
import type { Json, KubeObject } from '../apimachinery/object';
import type { Client } from '../apiserver/client';
import { podField } from './environment';

/**
 * What keeps a pod's volumes from being mounted: a ConfigMap or Secret that is not there. Undefined when they can be.
 * Upstream: pkg/volume/{configmap,secret}, in the words of the FailedMount event.
 */
export function mountFailure(client: Client, pod: KubeObject): string | undefined {
  const { namespace } = pod.metadata;
  for (const volume of pod.spec.volumes ?? []) {
    for (const { kind, name, optional } of referencesOf(volume)) {
      const resource = kind === 'secret' ? 'secrets' : 'configmaps';
      if (!optional && !client.get(resource, namespace, name))
        return `MountVolume.SetUp failed for volume "${volume.name}" : ${kind} "${name}" not found`;
    }
  }
  return undefined;
}

/** Files that a container finds where its volumes are mounted: absolute paths and texts. Only what ConfigMaps, Secrets and the downward API hold. */
export function mountedFiles(client: Client, pod: KubeObject, container: Json): Record<string, string> {
  const files: Record<string, string> = {};
  for (const mount of container.volumeMounts ?? []) {
    const volume = (pod.spec.volumes ?? []).find(({ name }: Json) => name === mount.name);
    const content = volume ? contentOf(client, pod, volume) : {};
    const root = mount.mountPath.replace(/\/$/, '');
    for (const [path, text] of Object.entries(content)) {
      if (mount.subPath === undefined || mount.subPath === '') files[`${root}/${path}`] = text;
      else if (path === mount.subPath) files[root] = text;
      else if (path.startsWith(`${mount.subPath}/`)) files[root + path.slice(mount.subPath.length)] = text;
    }
  }
  return files;
}

interface Reference {
  kind: 'configmap' | 'secret';
  name: string;
  items: { key: string; path: string }[] | undefined;
  optional: boolean;
}

function referencesOf(volume: Json): Reference[] {
  const references: Reference[] = [];
  const add = (kind: Reference['kind'], { secretName, name, items, optional }: Json) =>
    references.push({ kind, name: secretName ?? name, items, optional: optional === true });
  for (const source of [volume, ...(volume.projected?.sources ?? [])]) {
    if (source.secret) add('secret', source.secret);
    if (source.configMap) add('configmap', source.configMap);
  }
  return references;
}

function contentOf(client: Client, pod: KubeObject, volume: Json): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { kind, name, items } of referencesOf(volume)) {
    const object = client.get(kind === 'secret' ? 'secrets' : 'configmaps', pod.metadata.namespace, name);
    const data: Record<string, string> = object?.data ?? {};
    const wanted = items ?? Object.keys(data).map((key) => ({ key, path: key }));
    for (const { key, path } of wanted) {
      const text = data[key];
      if (text !== undefined) files[path] = kind === 'secret' ? fromBase64(text) : text;
    }
  }
  for (const source of [volume, ...(volume.projected?.sources ?? [])]) {
    for (const { path, fieldRef } of source.downwardAPI?.items ?? [])
      if (fieldRef) files[path] = podField(pod, fieldRef.fieldPath) ?? '';
  }
  return files;
}
