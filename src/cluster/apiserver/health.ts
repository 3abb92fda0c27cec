/** Hooks that a kube-apiserver waits for, in the order in which 1.36 reports them. */
const HOOKS = `start-apiserver-admission-initializer generic-apiserver-start-informers priority-and-fairness-config-consumer
  priority-and-fairness-filter storage-object-count-tracker-hook start-apiextensions-informers start-apiextensions-controllers
  crd-informer-synced start-system-namespaces-controller peer-endpoint-reconciler-controller start-cluster-authentication-info-controller
  start-kube-apiserver-identity-lease-controller start-kube-apiserver-identity-lease-garbage-collector storage-readiness
  start-legacy-token-tracking-controller start-service-ip-repair-controllers scheduling/bootstrap-system-priority-classes
  priority-and-fairness-config-producer bootstrap-controller start-kubernetes-service-cidr-controller start-kube-aggregator-informers
  apiservice-status-local-available-controller apiservice-status-remote-available-controller apiservice-registration-controller
  apiservice-wait-for-first-sync apiservice-discovery-controller kube-apiserver-autoregistration autoregister-completion
  apiservice-openapi-controller apiservice-openapiv3-controller`
  .split(/\s+/)
  .map((name) => (name === 'autoregister-completion' ? name : `poststarthook/${name}`));

/** What a server that is to be started again would fail. */
const ALIVE = ['ping', 'log', 'loopback-serving-certificate', 'etcd', ...HOOKS];

const CHECKS: Record<string, string[]> = {
  healthz: ALIVE,
  livez: ALIVE,
  readyz: ['ping', 'log', 'informer-sync', ...HOOKS, 'shutdown'],
};

/**
 * Answers `/healthz`, `/livez` and `/readyz`, whole (`?verbose`, `?exclude=CHECK`) or one check of them (`/livez/ping`). A simulated
 * server is always well; several checks to exclude are lines. Undefined for any other path. Upstream: k8s.io/apiserver/pkg/server/healthz.
 */
export function health(path: string, query: Record<string, string> = {}): string | undefined {
  const [, name = '', check] = /^\/([a-z]+)(?:\/(.+))?$/.exec(path) ?? [];
  const checks = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  if (!checks) return undefined;
  if (check !== undefined) return checks.includes(check) ? 'ok' : undefined;
  if (query.verbose === undefined) return 'ok';
  const excluded = query.exclude?.split('\n') ?? [];
  const lines = checks.map((each) => `[+]${each} ${excluded.includes(each) ? 'excluded: ok' : 'ok'}\n`);
  const unknown = excluded.filter((each) => !checks.includes(each)).map((each) => JSON.stringify(each));
  if (unknown.length > 0)
    lines.push(`warn: some health checks cannot be excluded: no matches for ${unknown.sort().join(', ')}\n`);
  return `${lines.join('')}${name} check passed\n`;
}

/** Every path that tells of health. */
export const healthPaths = (): string[] =>
  Object.entries(CHECKS).flatMap(([name, checks]) => [`/${name}`, ...checks.map((check) => `/${name}/${check}`)]);
