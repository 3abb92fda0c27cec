import { COREFILE } from '../../coredns/corefile';
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
  startLog({ container, processors, files }) {
    if (!/:v1\.14\.2$/.test(container.image)) return undefined;
    return [
      `maxprocs: Leaving GOMAXPROCS=${processors}: CPU quota undefined`,
      '.:53',
      // of any other configuration nobody here knows the sum
      ...(files()['/etc/coredns/Corefile'] === COREFILE ? [`[INFO] plugin/reload: Running configuration SHA512 = ${SUM}`] : []),
      'CoreDNS-1.14.2',
      'linux/amd64, go1.26.1, dd1df4f',
    ];
  },
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

/** Of kubeadm's configuration, as CoreDNS reads it. */
const SUM =
  '1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b';
