import { text, type Image } from './image';
import { combinedLog } from './nginx';

/** registry.k8s.io/echoserver, which the source IP tutorial uses. */
export const echoserver: Image = {
  names: ['registry.k8s.io/echoserver', 'k8s.gcr.io/echoserver', 'gcr.io/google_containers/echoserver'],
  apps: ['echoserver'],
  listen: () => [{ protocol: 'TCP', port: 8080, app: { kind: 'echoserver' } }],
  idleTimeout: () => 75_000,
  respond: (_app, { method, path, host, headers, peer, pod }) => {
    const address = peer.split(':')[0]!;
    return text(
      `\n\nHostname: ${pod?.name ?? ''}\n\nPod Information:\n\t-no pod information available-\n\nServer values:\n\tserver_version=nginx: 1.14.2 - lua: 10015\n\n` +
        `Request Information:\n\tclient_address=${address}\n\tmethod=${method}\n\treal path=${path}\n\tquery=${path.split('?')[1] ?? ''}\n\trequest_version=1.1\n\trequest_scheme=http\n\trequest_uri=http://${host}:8080${path}\n\n` +
        `Request Headers:\n${Object.entries({ ...headers, host })
          .map(([name, value]) => `\t${name}=${value}`)
          .join('  \n')}  \n\nRequest Body:\n\t-no body in request-\n\n`,
    );
  },
  startLog: () => [
    'Generating self-signed cert',
    'Generating a 2048 bit RSA private key',
    '.........................+++',
    '..............+++',
    "writing new private key to '/certs/privateKey.key'",
    '-----',
    'Starting nginx',
  ],
  requestLog: (_app, request, response, { time }) => [combinedLog(request, response, time)],
};
