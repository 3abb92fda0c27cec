import { argument, text, type Image } from './image';

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
};
