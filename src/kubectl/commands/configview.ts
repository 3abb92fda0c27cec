import type { Json } from '../../cluster/apimachinery/object';
import type { KubeConfig } from '../config';

/** The kubeconfig as it may be shown. @param options minify: only what the current context uses; raw: with keys */
export function viewConfig(config: KubeConfig, options: { minify: boolean; raw: boolean }): Json {
  const current = config.contexts.find((entry) => entry.name === config['current-context']);
  const used = (name: string, wanted: string | undefined) => !options.minify || name === wanted;
  const hide = (object: Json) =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key, !options.raw && key.endsWith('-data') ? 'DATA+OMITTED' : value]),
    );
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: config.clusters
      .filter((entry) => used(entry.name, current?.context.cluster))
      .map((entry) => ({ name: entry.name, cluster: hide(entry.cluster) })),
    users: config.users
      .filter((entry) => used(entry.name, current?.context.user))
      .map((entry) => ({ name: entry.name, user: hide(entry.user) })),
    contexts: config.contexts.filter((entry) => used(entry.name, current?.name)),
    'current-context': config['current-context'],
  };
}
