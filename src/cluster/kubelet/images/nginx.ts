import type { Image } from './image';

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
  listen: (container) => [
    { protocol: 'TCP', port: container.image.includes('unprivileged') ? 8080 : 80, app: { kind: 'nginx' } },
  ],
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
