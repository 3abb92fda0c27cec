import { argument, text, type Image } from './image';
import { slashTime } from './logtime';

/** hashicorp/http-echo: answers everything with one text. */
export const httpEcho: Image = {
  names: ['hashicorp/http-echo'],
  apps: ['http-echo'],
  userland: () => 'none',
  listen(container) {
    const port = Number((argument(container, 'listen') ?? ':5678').split(':').pop());
    return [{ protocol: 'TCP', port, app: { kind: 'http-echo', text: argument(container, 'text') ?? 'hello-world' } }];
  },
  respond: (app) => text(`${String(app.text)}\n`),
  startLog: ({ container, time }) => [
    `${slashTime(time)} [INFO] server is listening on ${argument(container, 'listen') ?? ':5678'}`,
  ],
  // its answer takes no virtual time
  requestLog: (_app, { method, path, host, headers, peer }, { status, body }, { time }) => [
    `${slashTime(time)} ${host} ${peer} "${method} ${path.split('?')[0]} HTTP/1.1" ${status} ${body.length} "${headers['user-agent'] ?? ''}" 0s`,
  ],
};
