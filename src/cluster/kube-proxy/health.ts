import type { ServicePort } from './service';

/** What kube-proxy's health check server on a node says about a Service with externalTrafficPolicy Local. */
export interface ServiceHealth {
  readonly kind: 'kube-proxy-health';
  readonly namespace: string;
  readonly name: string;
  /** Ready endpoints on this node; 0 makes it answer 503. */
  readonly localEndpoints: number;
  readonly [option: string]: unknown;
}

/**
 * The answer of `nodeName` on a healthCheckNodePort. `of`: the ports of the Service that has it; undefined when there is none.
 * kube-proxy: pkg/proxy/healthcheck
 */
export function serviceHealth(of: readonly ServicePort[], nodeName: string): ServiceHealth | undefined {
  const first = of[0];
  if (!first) return undefined;
  const local = new Set(of.flatMap((p) => p.endpoints.filter((e) => e.ready && e.nodeName === nodeName).map((e) => e.ip)));
  return { kind: 'kube-proxy-health', namespace: first.namespace, name: first.service, localEndpoints: local.size };
}

/** Its answer to any HTTP request. `serviceProxyHealthy`: the simulated kube-proxy never hangs. */
export function healthResponse({ namespace, name, localEndpoints }: ServiceHealth) {
  const service = `\t"service": {\n\t\t"namespace": "${namespace}",\n\t\t"name": "${name}"\n\t}`;
  const body = `{\n${service},\n\t"localEndpoints": ${localEndpoints},\n\t"serviceProxyHealthy": true\n}`;
  return {
    status: localEndpoints > 0 ? 200 : 503,
    reason: localEndpoints > 0 ? 'OK' : 'Service Unavailable',
    headers: {
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-load-balancing-endpoint-weight': String(localEndpoints),
      'content-length': String(body.length),
    },
    body,
  };
}

/** The answer of kube-proxy's metrics server (127.0.0.1:10249) to a request: which mode it runs in. kube-proxy: cmd/kube-proxy/app, serveMetrics. */
export function proxyModeResponse(mode: string, { path }: { path: string }) {
  const known = path === '/proxyMode';
  const body = known ? mode : '404 page not found\n';
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-length': String(body.length),
  };
  return { status: known ? 200 : 404, reason: known ? 'OK' : 'Not Found', headers, body };
}
