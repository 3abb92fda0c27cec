import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../cluster/apimachinery/object';
import type { ApiClient, ApiRequest, ApiResponse } from '../../cluster/apiserver/rest';
import { provideFromPackages } from '../definitions';
import { checkAccept, readBody, Refusal, statusOf } from './media';
import { asksForOpenApiV2, sendOpenApiV2 } from './openapiv2';
import { isFollowedLog, isWatch, serveLog, serveWatch } from './watch';

/** As the real server's --max-request-bytes: 3 MiB. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const LOOPBACK = '127.0.0.1';

/** What the HTTP server speaks for. `api` is read anew for each request, so that a cluster can be exchanged under a running server. */
export interface Served {
  api: ApiClient;
  /** Virtual time, ms since the epoch: watches end by it. */
  now(): number;
}

export interface HttpApiServer {
  /** `http://127.0.0.1:PORT` */
  address: string;
  /** Ends running watches and connections; resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Puts an API behind HTTP, on the loopback interface only.
 * @param port 0: any free one
 * @param onRequest called when a request begins; what it returns, when its answer has ended
 */
export async function serveApi(
  served: Served,
  port = 0,
  onRequest: (method: string, url: string) => () => void = () => () => undefined,
): Promise<HttpApiServer> {
  provideFromPackages();
  const server = createServer((request, response) => {
    response.once('close', onRequest(request.method ?? 'GET', request.url ?? '/'));
    answer(served, request, response).catch((error: unknown) => fail(response, error));
  });
  // exec, attach and port-forward ask for another protocol
  server.on('upgrade', (_request, socket) => {
    const body = JSON.stringify(
      statusOf({
        code: 501,
        reason: 'NotImplemented',
        message: 'this simulator does not stream over HTTP: exec, attach, port-forward',
      }),
    );
    socket.end(
      `HTTP/1.1 501 Not Implemented\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  await listen(server, port);
  return {
    address: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(served: Served, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  // a page on the web must not reach a cluster on this machine through a name of its own (DNS rebinding)
  const host = (incoming.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== LOOPBACK && host !== 'localhost') throw new Refusal(403, 'Forbidden', `this server is not ${host}`);
  const method = incoming.method ?? 'GET';
  if (!METHODS.includes(method)) {
    throw new Refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }
  const bytes = await readBytes(incoming);
  const url = new URL(incoming.url ?? '/', 'http://simulator');
  if (asksForOpenApiV2(url.pathname, incoming.headers.accept)) return sendOpenApiV2(response);
  checkAccept(incoming.headers.accept);
  const bare: ApiRequest = {
    method: method as ApiRequest['method'],
    path: url.pathname,
    query: firstValues(url.searchParams),
    headers: headersOf(incoming),
  };
  const body = bodyOf(served, bare, bytes);
  const request: ApiRequest = { ...bare, ...(body !== undefined && { body }) };
  if (isWatch(request)) serveWatch(served, request, response);
  else if (isFollowedLog(request)) serveLog(served, request, response);
  else send(response, served.api.handle(request), incoming.headers['if-none-match']);
}

/** What nobody serves is told before what is wrong with the body. */
function bodyOf(served: Served, { method, path, headers }: ApiRequest, bytes: Buffer): Json | undefined {
  try {
    return readBody(bytes, headers?.['content-type'], method) as Json | undefined;
  } catch (error) {
    const { status, body } = served.api.handle({ method: 'GET', path, headers: {} });
    if (!(error instanceof Refusal) || status !== 404 || body?.details?.name) throw error;
    throw new Refusal(404, 'NotFound', body?.message ?? 'the server could not find the requested resource');
  }
}

function readBytes(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    incoming.on('end', () => {
      if (size <= MAX_BODY_BYTES) return resolve(Buffer.concat(chunks));
      reject(new Refusal(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MAX_BODY_BYTES}`));
    });
    incoming.on('error', reject);
  });
}

function firstValues(parameters: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of parameters) query[name] ??= value;
  return { ...query };
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  // names of groups may hold commas
  const separator = (name: string) => (name.startsWith('impersonate-') ? '\n' : ', ');
  const entries = Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values?.join(separator(name))]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

/** Writes an answer of the API server. @param known the tag of the document that the client already has */
export function send(response: ServerResponse, { status, body, warnings }: ApiResponse, known?: string): void {
  if (warnings && warnings.length > 0) response.setHeader('Warning', warnings.map(warningHeader));
  const isText = typeof body === 'string';
  const bytes = Buffer.from(isText ? body : body?.gitVersion ? JSON.stringify(body, undefined, 2) : JSON.stringify(body) + '\n');
  response.setHeader('content-type', isText ? 'text/plain; charset=utf-8' : mediaTypeOf(body));
  if (!isText && body?.kind === 'APIGroupDiscoveryList') {
    const tag = `"${createHash('sha512').update(bytes).digest('hex').toUpperCase()}"`;
    response.setHeader('etag', tag);
    response.setHeader('vary', 'Accept');
    response.setHeader('cache-control', 'public');
    if (known === tag) {
      response.writeHead(304);
      response.end();
      return;
    }
  } else response.setHeader('cache-control', 'no-cache, private');
  response.writeHead(status, { 'content-length': bytes.length });
  response.end(bytes);
}

/** Clients tell by the media type that they got what they asked for. */
function mediaTypeOf(body: Json): string {
  if (body?.kind !== 'APIGroupDiscoveryList') return 'application/json';
  const [group, version] = String(body.apiVersion).split('/');
  return `application/json;g=${group};v=${version};as=APIGroupDiscoveryList`;
}

/** RFC 7234, 5.5. Header values are bytes: Node takes them as latin-1. */
function warningHeader(text: string): string {
  const quoted = text.replace(/[\\"]/g, '\\$&').replace(/[\r\n]+/g, ' ');
  return Buffer.from(`299 - "${quoted}"`, 'utf8').toString('latin1');
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (!(error instanceof Refusal)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'InternalError', `Internal error occurred: ${String(error)}`);
  send(response, { status: refusal.code, body: statusOf(refusal) });
}
