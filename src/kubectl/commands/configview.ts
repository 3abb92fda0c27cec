import type { Json } from '../../cluster/apimachinery/object';
import { asWritten, type KubeConfig } from '../config';
import { KubectlError } from '../errors';

/** Fields of clusters and users as their types have them. */
const ORDER =
  'server tls-server-name insecure-skip-tls-verify client-certificate client-certificate-data client-key client-key-data certificate-authority certificate-authority-data proxy-url disable-compression token tokenFile act-as act-as-uid username password'.split(
    ' ',
  );
const rank = (field: string) => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);

/**
 * The kubeconfig as it may be shown.
 * @param options minify: only what the context uses (the current one, or the one named); raw: with keys
 * @throws KubectlError when there is nothing to minify to
 */
export function viewConfig(config: KubeConfig, options: { minify: boolean; raw: boolean; context: string }): Json {
  const name = options.context || config['current-context'];
  const current = config.contexts.find((entry) => entry.name === name);
  if (options.minify && !name) throw new KubectlError('current-context must exist in order to minify');
  if (options.minify && !current) throw new KubectlError(`cannot locate context ${name}`);
  const used = (entry: string, wanted: string | undefined) => !options.minify || entry === wanted;
  const shown = (object: Json) =>
    Object.fromEntries(
      Object.entries(object as Record<string, Json>)
        .sort(([a], [b]) => rank(a) - rank(b))
        .map(([key, value]) => [key, options.raw ? value : hidden(key, value)]),
    );
  return asWritten({
    ...config,
    clusters: config.clusters
      .filter((entry) => used(entry.name, current?.context.cluster))
      .map((entry) => ({ name: entry.name, cluster: shown(entry.cluster) })),
    users: config.users
      .filter((entry) => used(entry.name, current?.context.user))
      .map((entry) => ({ name: entry.name, user: shown(entry.user) })),
    contexts: config.contexts.filter((entry) => used(entry.name, current?.name)),
    'current-context': options.minify ? name : config['current-context'],
  });
}

function hidden(key: string, value: Json): Json {
  if (key.endsWith('-data')) return 'DATA+OMITTED';
  return key === 'token' || key === 'password' ? 'REDACTED' : value;
}
