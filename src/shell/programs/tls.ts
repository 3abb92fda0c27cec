import type { HttpRequest, HttpResponse } from '../../cluster/kubelet/images';
import type { App, ConnectResult } from '../../cluster/network';
import type { ProgramContext } from '../program';

// What curl finds when it speaks TLS, or should have.

/** Whether the program behind a port speaks TLS. The API server's and the kubelet's kind is `tls`; others hold their certificate. */
export function speaksTls(app: App): boolean {
  return app.kind === 'tls' || typeof app.certificate === 'string';
}

/** The answer to a request; undefined when the program does not speak HTTP. */
export function answer(context: ProgramContext, result: ConnectResult, request: HttpRequest): HttpResponse | undefined {
  if (result.app?.kind !== 'tls') return context.shell.world.answer(result, request);
  return result.app.of === 'kubelet' ? KUBELET : apiServer(context, request);
}

/** The kubelet to somebody who does not say who he is. */
const KUBELET: HttpResponse = {
  status: 401,
  reason: 'Unauthorized',
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'Unauthorized',
};

/** The API server to somebody who does not say who he is: he may look at its health and version. */
function apiServer(context: ProgramContext, { method, path }: HttpRequest): HttpResponse {
  const [route = ''] = path.split('?');
  const open = /^\/(version|healthz|livez|readyz)\/?$/.test(route);
  const { status, body } = open
    ? context.shell.world.api.handle({ method: 'GET', path: route.replace(/\/$/, '') })
    : { status: 403, body: forbidden(method, route) };
  const isText = typeof body === 'string';
  return {
    status,
    reason: status === 200 ? 'OK' : 'Forbidden',
    headers: { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' },
    body: isText ? (body as unknown as string) : JSON.stringify(body, undefined, 2),
  };
}

function forbidden(method: string, path: string) {
  const message = `forbidden: User "system:anonymous" cannot ${method.toLowerCase()} path "${path}"`;
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  return { ...status, message, reason: 'Forbidden', details: {}, code: 403 };
}

/** A server that speaks TLS to somebody who does not. */
export function plainToTls(app: App): HttpResponse {
  const go = app.kind === 'tls';
  const page =
    '<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n' +
    '<center>The plain HTTP request was sent to HTTPS port</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
  return {
    status: 400,
    reason: 'Bad Request',
    headers: go ? {} : { server: 'nginx', 'content-type': 'text/html', connection: 'close' },
    body: go ? 'Client sent an HTTP request to an HTTPS server.\n' : page,
  };
}
