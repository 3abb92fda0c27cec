import { text, type Image } from './image';

/** The cluster's DNS server. What it answers to a query is `coredns/answer.ts`; here are its ports and its checks. */
export const coredns: Image = {
  names: ['registry.k8s.io/coredns/coredns', 'coredns/coredns'],
  apps: ['coredns', 'coredns-check'],
  listen: () => [
    { protocol: 'UDP', port: 53, app: { kind: 'coredns' } },
    { protocol: 'TCP', port: 53, app: { kind: 'coredns' } },
    { protocol: 'TCP', port: 8080, app: { kind: 'coredns-check', path: '/health' } },
    { protocol: 'TCP', port: 8181, app: { kind: 'coredns-check', path: '/ready' } },
  ],
  userland: () => 'none',
  respond: (app, { path }) => {
    if (app.kind === 'coredns') return undefined;
    return path === app.path
      ? text('OK')
      : {
          status: 404,
          reason: 'Not Found',
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: '404 page not found\n',
        };
  },
};
