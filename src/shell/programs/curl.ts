import type { ConnectResult, OpenSocket } from '../../cluster/network';
import type { Suspend } from '../../kubectl/types';
import type { Program, ProgramContext } from '../program';
import { resolveHost } from '../resolver';
import { pathOf } from '../shell';
import { NEIGHBOUR_TIMEOUT, nobodyThere, SYN_TIMEOUT } from './connecting';
import { type Connection, CurlConnections } from './curl-connections';
import { type CurlOptions, parseCurlParts } from './curl-options';
import { expandUrl } from './curl-urls';
import { answer, plainToTls, speaksTls } from './tls';

interface Target {
  host: string;
  port: number;
  path: string;
  tls: boolean;
}

interface Outcome {
  exit: number;
  message?: string;
  status: number;
  size: number;
  address: string;
  /** Connections that were opened for it. */
  connects: number;
  localPort: number;
  elapsed: number;
  url: string;
  /** The system's word for a connection that failed. */
  reason?: string;
  /** Status line and headers. */
  head?: readonly string[];
}

/** curl: requests over the simulated network, with curl 8's words and exit codes. Connections are kept for the next request. */
export const curl: Program = function* (context) {
  const parts = parseCurlParts(context.args);
  if (typeof parts === 'string' || parts.some(({ urls }) => urls.length === 0)) {
    context.stderr(typeof parts === 'string' ? `curl: ${parts}\n` : 'curl: (2) no URL specified\n');
    context.stderr(`curl: try 'curl --help' for more information\n`);
    return 2;
  }
  const [{ parallel, verbose, interval }] = parts as [CurlOptions];
  const { world } = context.shell;
  const connections = new CurlConnections(
    isOne(parts),
    parallel,
    () => world.now(),
    (line) => verbose && context.stderr(line + '\n'),
  );
  let exit = 0;
  let next = world.now();
  try {
    for (const options of parts) {
      for (const pattern of options.urls) {
        const urls = options.globOff ? [pattern] : expandUrl(pattern);
        if (typeof urls === 'string') {
          if (!options.silent || options.showError) context.stderr(`curl: (3) ${urls}\n`);
          return 3;
        }
        for (const url of urls) {
          if (!parallel && next > world.now()) yield { until: next };
          next = world.now() + interval;
          const outcome = yield* transfer(context, options, url, connections);
          if (outcome.message !== undefined && (!options.silent || options.showError))
            context.stderr(`curl: (${outcome.exit}) ${outcome.message}\n`);
          if (options.writeOut !== undefined) context.stdout(writeOut(options.writeOut, outcome));
          exit = outcome.exit;
        }
      }
    }
  } finally {
    connections.end();
  }
  return exit;
};

/** Is there only one request to make? Its connection is then of no use to another. */
const isOne = (parts: readonly CurlOptions[]): boolean =>
  parts.length === 1 && parts[0]!.urls.length === 1 && (parts[0]!.globOff || !/[[{]/.test(parts[0]!.urls[0]!));

/** One request; the page goes where the options say. */
export function* transfer(
  context: ProgramContext,
  options: CurlOptions,
  url: string,
  connections: CurlConnections,
): Generator<Suspend, Outcome, void> {
  const { world, options: shell } = context.shell;
  const verbose = (line: string) => options.verbose && context.stderr(line + '\n');
  const started = world.now();
  const outcome: Outcome = { exit: 0, status: 0, size: 0, address: '', connects: 0, localPort: 0, elapsed: 0, url };
  const end = (exit: number, message?: string): Outcome => ({ ...outcome, exit, message, elapsed: world.now() - started });

  const target = parseUrl(url);
  if (typeof target === 'string')
    return end(...(target.split('|').map((part, index) => (index ? part : Number(part))) as [number, string]));
  const to = `${target.tls ? 'https' : 'http'}://${target.host}:${target.port}`;
  const known = connections.find(to, target.host);
  if (known) {
    const sent = known.socket.send();
    if (sent.trace) shell.onTrace?.(sent.trace);
    outcome.address = known.address;
    outcome.localPort = known.localPort;
    if (sent.outcome !== 'closed') {
      const result = sent.outcome === 'timeout' ? { outcome: 'timeout' as const } : known.result;
      return yield* exchange(context, options, target, { ...known, result }, connections, end);
    }
    if (sent.reset) verbose('* Recv failure: Connection reset by peer');
    verbose('* Connection died, retrying a fresh connect (retry count: 1)');
    connections.drop(known);
    verbose(`* Issue another request to this URL: '${url.includes('://') ? url : `http://${url}`}'`);
  }
  const cached = connections.lookedUp(target.host);
  const addresses = cached ?? (yield* resolveHost(world, context.machine, target.host));
  const address = addresses?.[0];
  if (addresses === undefined || address === undefined) {
    verbose(`* Could not resolve host: ${target.host}`);
    verbose('* shutting down connection #0');
    return end(6, `Could not resolve host: ${target.host}`);
  }
  outcome.address = address;
  if (cached) verbose(`* Hostname ${target.host} was found in DNS cache`);
  else if (address !== target.host) {
    verbose(`* Host ${target.host}:${target.port} was resolved.`);
    verbose('* IPv6: (none)');
    verbose(`* IPv4: ${addresses.join(', ')}`);
  }
  connections.remember(target.host, addresses);
  verbose(`*   Trying ${address}:${target.port}...`);
  const request = { from: context.machine.place, protocol: 'TCP' as const, address, port: target.port };
  const { result, socket } = connections.only ? { result: world.network.connect(request) } : world.network.open(request);
  outcome.localPort = result.trace?.hops[0]?.before.sourcePort ?? 0;
  if (result.trace) shell.onTrace?.(result.trace);

  if (result.outcome === 'timeout') {
    const limit = Math.min(options.maxTime ?? Infinity, options.connectTimeout ?? Infinity);
    if (nobodyThere(result) && limit > NEIGHBOUR_TIMEOUT) {
      yield { until: started + NEIGHBOUR_TIMEOUT };
      verbose(`* connect to ${address} port ${target.port} failed: No route to host`);
      outcome.reason = 'No route to host';
      return end(7, failed(target, Math.round(world.now() - started)));
    }
    yield { until: started + Math.min(limit, SYN_TIMEOUT) };
    const waited = Math.round(world.now() - started);
    if (limit <= SYN_TIMEOUT) {
      verbose(`* Connection timed out after ${waited} milliseconds`);
      verbose('* closing connection #0');
      return end(28, `Connection timed out after ${waited} milliseconds`);
    }
    verbose(`* connect to ${address} port ${target.port} failed: Connection timed out`);
    outcome.reason = 'Connection timed out';
    return end(28, failed(target, waited));
  }
  if (result.outcome === 'refused' || result.outcome === 'unreachable' || result.outcome === 'EPERM') {
    outcome.reason = errno(result);
    verbose(`* connect to ${address} port ${target.port} failed: ${outcome.reason}`);
    return end(7, failed(target, Math.round(world.now() - started)));
  }
  verbose(`* Connected to ${target.host} (${address}) port ${target.port}`);
  outcome.connects = 1;
  const http2 = target.tls && options.http === '2' && (result.app?.kind === 'tls' || result.app?.http2 === true);
  const number = connections.number();
  return yield* exchange(
    context,
    options,
    target,
    { number, to, address, localPort: outcome.localPort, socket, result, http2, used: 0 },
    connections,
    end,
  );
}

function* exchange(
  context: ProgramContext,
  options: CurlOptions,
  target: Target,
  connection: Omit<Connection, 'socket'> & { readonly socket: OpenSocket | undefined },
  connections: CurlConnections,
  end: (exit: number, message?: string) => Outcome,
): Generator<Suspend, Outcome, void> {
  const { world } = context.shell;
  const verbose = (line: string) => options.verbose && context.stderr(line + '\n');
  const { result, http2, number } = connection;
  const method = options.method ?? (options.head ? 'HEAD' : options.data !== undefined ? 'POST' : 'GET');
  const isNew = connection.used === 0;
  if (target.tls && isNew && result.outcome !== 'closed') {
    const { handshake } = yield* context.shell.load(() => import('./tls-handshake'));
    const problem = handshake(context, options, target, result.app);
    if (problem) return end(...problem);
  }
  if (isNew) verbose(`* using ${http2 ? 'HTTP/2' : 'HTTP/1.x'}`);
  const host = target.port === (target.tls ? 443 : 80) ? target.host : `${target.host}:${target.port}`;
  const headers: Record<string, string> = { Host: host, 'User-Agent': 'curl/8.10.1', Accept: '*/*' };
  if (options.data !== undefined) {
    headers['Content-Length'] = String(options.data.length);
    headers['Content-Type'] = 'application/x-www-form-urlencoded';
  }
  for (const header of options.headers) {
    const colon = header.indexOf(':');
    const value = header.slice(colon + 1).trim();
    const name = header.slice(0, colon);
    const own = Object.keys(headers).find((known) => known.toLowerCase() === name.toLowerCase());
    if (colon > 0 && value !== '') headers[own ?? name] = value;
    else if (colon > 0 && own !== undefined) delete headers[own];
  }
  const spoken = http2 ? '2' : options.http === '1.0' ? '1.0' : '1.1';
  if (http2) {
    const stream = connections.stream(number);
    verbose(`* [HTTP/2] [${stream}] OPENED stream for https://${host}${target.path}`);
    const pseudo = { ':method': method, ':scheme': 'https', ':authority': headers.Host ?? host, ':path': target.path };
    for (const [name, value] of Object.entries({ ...pseudo, ...headers }))
      if (name !== 'Host') verbose(`* [HTTP/2] [${stream}] [${name.toLowerCase()}: ${value}]`);
  }
  verbose(`> ${method} ${target.path} HTTP/${spoken}`);
  for (const [name, value] of Object.entries(headers)) verbose(`> ${name}: ${value}`);
  verbose('> ');
  verbose('* Request completely sent off');
  if (result.outcome === 'closed') {
    verbose('* Empty reply from server');
    return end(52, 'Empty reply from server');
  }
  if (result.outcome === 'timeout' || (result.outcome === 'connected' && result.app?.kind !== 'tls')) {
    const from = world.now();
    if (options.maxTime === undefined) while (true) yield {};
    yield { until: from + options.maxTime };
    return end(28, `Operation timed out after ${Math.round(world.now() - from)} milliseconds with 0 bytes received`);
  }
  const app = result.app;
  if (!app || app.kind === 'banner' || app.kind === 'echo') return end(1, 'Received HTTP/0.9 when not allowed');
  const [, podId] = /^pod:(.*)$/.exec(result.backendHost ?? '') ?? [];
  const pod = podId === undefined ? undefined : podOf(context, podId);
  const peer = `${result.sourceSeen ?? '0.0.0.0'}:${result.sourcePortSeen ?? 0}`;
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const plain = {
    method,
    path: target.path,
    host: lower.host ?? '',
    headers: lower,
    peer,
    time: world.now(),
    ...(pod ? { pod } : {}),
  };
  const response = speaksTls(app) === target.tls ? answer(context, result, plain) : plainToTls(app);
  if (!response) return end(1, 'Received HTTP/0.9 when not allowed');
  const version = app.kind === 'tls' && !target.tls ? 'HTTP/1.0' : 'HTTP/1.1';
  const lines = http2
    ? [`HTTP/2 ${response.status} `, ...headerLines(response.headers, world.now()).map(lowerName)]
    : [`${version} ${response.status} ${response.reason}`, ...headerLines(response.headers, world.now())];
  for (const line of lines) verbose(`< ${line}`);
  verbose('< ');
  const body = options.head || method === 'HEAD' ? '' : response.body;
  const shown = options.include || options.head ? lines.join('\n') + '\n\n' : '';
  const outcome = { ...end(0), status: response.status, head: lines, size: new TextEncoder().encode(body).length };
  const isFailure = options.fail && response.status >= 400;
  if (!isFailure) {
    if (options.output === undefined || options.output === '-') context.stdout(shown + body);
    else if (options.output !== '/dev/null') context.machine.files.write(pathOf(context, options.output), shown + body);
  }
  const closes =
    /^close$/i.test(response.headers.connection ?? lower.connection ?? '') || spoken === '1.0' || version === 'HTTP/1.0';
  if (closes) verbose(`* shutting down connection #${number}`);
  else if (!isFailure) verbose(`* Connection #${number} to host ${target.host} left intact`);
  if (connection.socket) {
    if (closes) connection.socket.close();
    else connections.keep({ ...connection, socket: connection.socket });
  }
  return isFailure ? { ...outcome, exit: 22, message: `The requested URL returned error: ${response.status}` } : outcome;
}

const lowerName = (line: string): string => line.replace(/^[^:]+/, (name) => name.toLowerCase());

/** Header lines as servers send them: capitals, and the date that every server adds. */
function headerLines(headers: Record<string, string>, now: number): string[] {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())}: ${value}`,
  );
  return [`Date: ${new Date(now).toUTCString()}`, ...lines];
}

function failed(target: Target, elapsed: number): string {
  return `Failed to connect to ${target.host} port ${target.port} after ${elapsed} ms: Could not connect to server`;
}

function errno(result: ConnectResult): string {
  if (result.outcome === 'refused') return 'Connection refused';
  if (result.outcome === 'EPERM') return 'Operation not permitted';
  const icmp = result.trace?.hops.at(-1)?.after.payload;
  return icmp === 'icmp-net-unreachable' ? 'Network is unreachable' : 'No route to host';
}

function podOf(context: ProgramContext, id: string): { name: string; ip: string } | undefined {
  const [namespace = '', name = ''] = id.split('/');
  const response = context.shell.world.api.handle({ method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${name}` });
  return response.status === 200 ? { name, ip: response.body.status?.podIP ?? '' } : undefined;
}

/** A target, or `CODE|MESSAGE`. */
function parseUrl(url: string): Target | string {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^#]*)/i.exec(url);
  const scheme = (match?.[1] ?? 'http').toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return `1|Protocol "${scheme}" not supported`;
  const authority = (match?.[2] ?? '').replace(/^[^@]*@/, '');
  if (authority.startsWith('[')) return '1|this simulator has IPv4 addresses only';
  const [, host = '', port] = /^([^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (host === '') return '3|URL rejected: No host part in the URL';
  if (/[\s<>"{}|\\^`[\]]/.test(host)) return '3|URL rejected: Malformed input to a URL function';
  if (port !== undefined && port !== '' && !(/^\d+$/.test(port) && Number(port) <= 65535))
    return '3|URL rejected: Port number was not a decimal number between 0 and 65535';
  const rest = match?.[3] ?? '';
  const tls = scheme === 'https';
  return { host, port: port ? Number(port) : tls ? 443 : 80, path: rest.startsWith('/') ? rest : `/${rest}`, tls };
}

function writeOut(format: string, outcome: Outcome): string {
  const seconds = (outcome.elapsed / 1000).toFixed(6);
  const known: Record<string, string> = {
    http_code: String(outcome.status).padStart(3, '0'),
    response_code: String(outcome.status).padStart(3, '0'),
    exitcode: String(outcome.exit),
    errormsg: outcome.message ?? '',
    remote_ip: outcome.address,
    local_port: String(outcome.localPort),
    num_connects: String(outcome.connects),
    size_download: String(outcome.size),
    url: outcome.url,
    time_total: seconds,
    time_connect: seconds,
  };
  return format
    .replace(/%\{(\w+)\}/g, (_whole, name: string) => known[name] ?? '')
    .replace(/\\([nrt\\])/g, (_whole, c: string) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? '\\')
    .replaceAll('%%', '%');
}
