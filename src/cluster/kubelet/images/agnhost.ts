import type { Json } from '../../apimachinery/object';
import { rfc3339 } from '../../apimachinery/time';
import { argument, text, type Image, type Listener } from './image';
import { klogHeader } from './logtime';

/** Kubernetes' own test server. Upstream: test/images/agnhost (netexec, serve-hostname, pause). */
export const agnhost: Image = {
  names: ['registry.k8s.io/e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost', 'registry.k8s.io/serve_hostname'],
  apps: ['agnhost-netexec', 'agnhost-serve-hostname'],
  // from Alpine, with bind-tools; serve_hostname alone was built from scratch
  userland: (reference) => (reference.includes('serve_hostname') ? 'none' : 'bind'),
  listen(container) {
    const command = commandOf(container);
    if (command === 'netexec') {
      const listeners: Listener[] = [
        { protocol: 'TCP', port: Number(argument(container, 'http-port') ?? 8080), app: { kind: 'agnhost-netexec' } },
      ];
      const udp = Number(argument(container, 'udp-port') ?? 8081);
      if (udp > 0) listeners.push({ protocol: 'UDP', port: udp, app: { kind: 'agnhost-netexec' } });
      return listeners;
    }
    // serve_hostname, an image of its own before agnhost took it in, needs no command
    if (command === 'serve-hostname' || container.image.includes('serve_hostname')) {
      return [{ protocol: 'TCP', port: Number(argument(container, 'port') ?? 9376), app: { kind: 'agnhost-serve-hostname' } }];
    }
    // `pause` is what it does without arguments
    return [];
  },
  // netexec and pause alike
  shutdownDelay: (container) => 1000 * Number(argument(container, 'delay-shutdown') ?? 0),
  respond(app, { path, peer, pod, time = 0 }) {
    const name = pod?.name ?? '';
    if (app.kind === 'agnhost-serve-hostname') return text(name);
    const [route, query = ''] = path.split('?');
    switch (route) {
      case '/hostname':
      case '/hostName':
        return text(name);
      case '/clientip':
        return text(peer);
      case '/echo':
        return text(decodeURIComponent(/(?:^|&)msg=([^&]*)/.exec(query)?.[1] ?? ''));
      case '/healthz':
        return text('');
      case '/':
        return text(`NOW: ${rfc3339(time).replace('T', ' ').replace('Z', ' +0000 UTC')}`);
      default:
        return {
          status: 404,
          reason: 'Not Found',
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: '404 page not found\n',
        };
    }
  },
  datagram(_app, received, { peer, pod }) {
    const command = received.trim().toLowerCase();
    if (command === 'hostname') return pod;
    if (command === 'clientip') return peer;
    return command.startsWith('echo ') ? command.slice('echo '.length) : undefined;
  },
  startLog({ container, time }) {
    const line = (text: string) => klogHeader(time, 'log.go:245') + text;
    const command = commandOf(container);
    if (command === 'netexec') {
      const udp = Number(argument(container, 'udp-port') ?? 8081);
      return [
        line(`Started HTTP server on port ${argument(container, 'http-port') ?? 8080}`),
        ...(udp > 0 ? [line(`Started UDP server on port  ${udp}`)] : []),
      ];
    }
    if (command === 'serve-hostname' || container.image.includes('serve_hostname'))
      return [line(`Serving on port ${argument(container, 'port') ?? 9376}.`)];
    return command === undefined || command === 'pause' ? ['Paused'] : undefined;
  },
  requestLog(app, { path, peer }, { status }, { time }) {
    const line = (text: string) => [klogHeader(time, 'log.go:245') + text];
    if (app.kind === 'agnhost-serve-hostname') return line(`HTTP request from ${peer}`);
    const [route = '', query = ''] = path.split('?');
    const value = (name: string) => decodeURIComponent(new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query)?.[1] ?? '');
    if (route === '/echo') return line(`GET /echo?msg=${value('msg')}&code=${value('code')}`);
    // net/http's own handlers say nothing
    return status === 404 ? [] : line(`GET ${route}`);
  },
};

/** What the manifest has agnhost do. */
function commandOf(container: Json): string | undefined {
  return [...(container.command ?? []), ...(container.args ?? [])].find((word: string) => !word.endsWith('agnhost'));
}
