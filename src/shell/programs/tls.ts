import type { HttpRequest, HttpResponse } from '../../cluster/kubelet/images';
import type { App, ConnectResult } from '../../cluster/network';
import type { ProgramContext } from '../program';
import { pathOf } from '../shell';
import { readCertificate } from '../x509';
import type { CurlOptions } from './curl-options';

// What curl finds when it speaks TLS, or should have.

/** Whether the program behind a port speaks TLS. The API server's and the kubelet's kind is `tls`; others hold their certificate. */
export function speaksTls(app: App): boolean {
  return app.kind === 'tls' || typeof app.certificate === 'string';
}

const MORE = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the webpage mentioned above.`;

/** What is wrong with the handshake, as curl's exit code and words; undefined when nothing is. */
export function handshake(
  context: ProgramContext,
  options: CurlOptions,
  { host }: { host: string },
  app: App | undefined,
): [number, string] | undefined {
  if (app === undefined || !speaksTls(app)) return [35, 'TLS connect error: error:0A00010B:SSL routines::wrong version number'];
  let trusted = '';
  if (options.cacert !== undefined && !options.insecure) {
    const text = context.machine.files.read(pathOf(context, options.cacert));
    if (text === undefined) return [77, `error setting certificate verify locations:  CAfile: ${options.cacert} CApath: none`];
    trusted = text;
  }
  if (options.insecure) return undefined;
  if (app.kind === 'tls') return [60, `SSL certificate problem: unable to get local issuer certificate${MORE}`];
  const pem = String(app.certificate);
  if (!trusted.includes(pem.trim())) return [60, `SSL certificate problem: self-signed certificate${MORE}`];
  const certificate = readCertificate(pem);
  if (!certificate) return [35, 'TLS connect error: error:0A000126:SSL routines::unexpected eof while reading'];
  const now = context.shell.world.now();
  if (now > certificate.notAfter) return [60, `SSL certificate problem: certificate has expired${MORE}`];
  if (certificate.names.length > 0) {
    if (certificate.names.some((name) => matches(name, host))) return undefined;
    return [60, `SSL: no alternative certificate subject name matches target host name '${host}'${MORE}`];
  }
  if (matches(certificate.commonName, host)) return undefined;
  return [60, `SSL: certificate subject name '${certificate.commonName}' does not match target host name '${host}'${MORE}`];
}

function matches(name: string, host: string): boolean {
  return (
    name.toLowerCase() === host.toLowerCase() || (name.startsWith('*.') && host.slice(host.indexOf('.') + 1) === name.slice(2))
  );
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
