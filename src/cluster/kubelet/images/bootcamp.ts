import { text, type Image } from './image';

/** The application of the basics tutorial. */
export const bootcamp: Image = {
  names: ['gcr.io/google-samples/kubernetes-bootcamp'],
  apps: ['kubernetes-bootcamp'],
  listen: (container) => {
    const version = /:v(\d+)$/.exec(container.image)?.[1] ?? '1';
    return [{ protocol: 'TCP', port: 8080, app: { kind: 'kubernetes-bootcamp', version } }];
  },
  // Node.js 6: server.timeout
  idleTimeout: () => 120_000,
  respond: (app, { pod }) => text(`Hello Kubernetes bootcamp! | Running on: ${pod?.name ?? ''} | v=${String(app.version)}\n`),
  startLog: ({ pod, time }) => [`Kubernetes Bootcamp App Started At: ${new Date(time).toISOString()} | Running On:  ${pod} `, ''],
  requestLog: (_app, _request, _response, { pod, requests, started, time }) => [
    `Running On: ${pod} | Total Requests: ${requests} | App Uptime: ${(time - started) / 1000} seconds | Log Time: ${new Date(time).toISOString()}`,
  ],
};
