import { ownProgram, type HttpRequest, type HttpResponse, type Image, type Listener, type LogContext } from './image';
import { accessTime, slashTime } from './logtime';

const PAGE = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;

/** The nginx web server with its default configuration: port 80, whatever containerPort says. */
export const nginx: Image = {
  names: ['nginx', 'nginxinc/nginx-unprivileged', 'registry.k8s.io/nginx-slim', 'bprashanth/nginxhttps'],
  apps: ['nginx'],
  userland: (reference) => (reference.includes('alpine') ? 'alpine' : 'debian'),
  listen(container, files) {
    const configured = serversOf(files());
    if (configured.length > 0) return configured;
    return [{ protocol: 'TCP', port: container.image.includes('unprivileged') ? 8080 : 80, app: { kind: 'nginx' } }];
  },
  // ngx_http_core_module: keepalive_timeout 75s
  idleTimeout: ({ keepAlive }) => (typeof keepAlive === 'number' ? keepAlive : 75_000),
  respond: (_app, request) => {
    const found = request.path.split('?')[0] === '/';
    const body = found
      ? PAGE
      : '<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n';
    return {
      status: found ? 200 : 404,
      reason: found ? 'OK' : 'Not Found',
      headers: { server: 'nginx', 'content-type': 'text/html', 'content-length': String(body.length) },
      body,
    };
  },
  startLog(context) {
    const { container } = context;
    if (!ownProgram(container) || !/^(docker\.io\/(library\/)?)?nginx(:|@|$)/.test(container.image)) return undefined;
    return startLog(context);
  },
  requestLog(_app, request, response, { time, requests }) {
    const { path, peer, method, host } = request;
    const forwarded = request.headers['x-forwarded-for'] ?? '-';
    const access = `${combinedLog(request, response, time)} "${forwarded}"`;
    if (response.status !== 404) return [access];
    const file = `/usr/share/nginx/html${path.split('?')[0]}`;
    const why = file.endsWith('/') ? `"${file}index.html" is not found` : `open() "${file}" failed`;
    const error = `${slashTime(time)} [error] 29#29: *${requests} ${why} (2: No such file or directory), client: ${addressOf(peer)}, server: localhost, request: "${method} ${path} HTTP/1.1", host: "${host}"`;
    return [error, access];
  },
};

/** nginx's log format `combined`, without the line's end. */
export function combinedLog({ method, path, headers, peer }: HttpRequest, { status, body }: HttpResponse, time: number): string {
  const sent = method === 'HEAD' ? 0 : body.length;
  const agent = headers['user-agent'] ?? '-';
  return `${addressOf(peer)} - - [${accessTime(time)}] "${method} ${path} HTTP/1.1" ${status} ${sent} "${headers.referer ?? '-'}" "${agent}"`;
}

const addressOf = (peer: string) => peer.replace(/:\d+$/, '');

/** What the tags of closed branches stand for. Which release `latest` is today, only the registry knows. */
const LAST_OF: Readonly<Record<string, string>> = {
  '1.23': '1.23.4',
  '1.24': '1.24.0',
  '1.25': '1.25.5',
  '1.26': '1.26.3',
  '1.27': '1.27.5',
};

/** What the official image writes while it starts. Upstream: nginxinc/docker-nginx entrypoint and its scripts. */
function startLog({ container, time, kernel, processors }: LogContext): readonly string[] {
  const [, tag = 'latest'] = /:([^:/@]+)(?:@.*)?$/.exec(container.image) ?? [];
  const alpine = tag.includes('alpine');
  const script = (verb: string, name: string) => `/docker-entrypoint.sh: ${verb} /docker-entrypoint.d/${name}`;
  const notice = (text: string) => `${slashTime(time)} [notice] 1#1: ${text}`;
  const [, version = ''] = /^(\d+\.\d+(?:\.\d+)?)/.exec(tag) ?? [];
  const release = /\.\d+\./.test(version) ? version : LAST_OF[version];
  return [
    '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
    '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
    script('Launching', '10-listen-on-ipv6-by-default.sh'),
    '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
    '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
    script('Sourcing', '15-local-resolvers.envsh'),
    script('Launching', '20-envsubst-on-templates.sh'),
    script('Launching', '30-tune-worker-processes.sh'),
    '/docker-entrypoint.sh: Configuration complete; ready for start up',
    notice('using the "epoll" event method'),
    ...(release === undefined ? [] : [notice(`nginx/${release}`)]),
    ...(alpine ? [] : [notice('built by gcc 12.2.0 (Debian 12.2.0-14) ')]),
    notice(`OS: Linux ${kernel}`),
    notice('getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
    notice('start worker processes'),
    ...Array.from({ length: processors }, (_, index) => notice(`start worker process ${29 + index}`)),
  ];
}

/** What the server blocks of mounted configuration files listen on, with the certificate (PEM) of those that speak TLS. */
function serversOf(files: Readonly<Record<string, string>>): Listener[] {
  const ports = new Map<number, Listener>();
  for (const [path, text] of Object.entries(files)) {
    if (!/^\/etc\/nginx\/(conf\.d\/.*\.conf|nginx\.conf)$/.test(path)) continue;
    const seconds = /^\s*keepalive_timeout\s+(\d+)s?\s*[;\s]/m.exec(text)?.[1];
    const keepAlive = seconds === undefined ? {} : { keepAlive: Number(seconds) * 1000 };
    const http2 = /^\s*http2\s+on\s*;/m.test(text);
    const certificate = files[/^\s*ssl_certificate\s+([^\s;]+)\s*;/m.exec(text)?.[1] ?? ''];
    for (const [, address = '', options = ''] of text.matchAll(/(?:^|[\s{;])listen\s+([^\s;]+)([^;]*);/g)) {
      const port = Number(/(?:^|:)(\d+)$/.exec(address)?.[1]);
      if (!port || address.startsWith('[')) continue;
      const tls = /\bssl\b/.test(options);
      if (tls && certificate === undefined) return []; // nginx does not start
      ports.set(port, {
        protocol: 'TCP',
        port,
        app: { kind: 'nginx', ...keepAlive, ...(tls && { certificate, http2: http2 || /\bhttp2\b/.test(options) }) },
      });
    }
  }
  return [...ports.values()];
}
