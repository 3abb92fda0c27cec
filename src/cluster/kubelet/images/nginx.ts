import type { Image, Listener } from './image';

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
};

/** What the server blocks of mounted configuration files listen on, with the certificate (PEM) of those that speak TLS. */
function serversOf(files: Readonly<Record<string, string>>): Listener[] {
  const ports = new Map<number, Listener>();
  for (const [path, text] of Object.entries(files)) {
    if (!/^\/etc\/nginx\/(conf\.d\/.*\.conf|nginx\.conf)$/.test(path)) continue;
    const certificate = files[/^\s*ssl_certificate\s+([^\s;]+)\s*;/m.exec(text)?.[1] ?? ''];
    for (const [, address = '', options = ''] of text.matchAll(/(?:^|[\s{;])listen\s+([^\s;]+)([^;]*);/g)) {
      const port = Number(/(?:^|:)(\d+)$/.exec(address)?.[1]);
      if (!port || address.startsWith('[')) continue;
      const tls = /\bssl\b/.test(options);
      if (tls && certificate === undefined) return []; // nginx does not start
      ports.set(port, { protocol: 'TCP', port, app: { kind: 'nginx', ...(tls && { certificate }) } });
    }
  }
  return [...ports.values()];
}
