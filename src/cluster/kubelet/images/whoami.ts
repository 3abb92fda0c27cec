import type { Json } from '../../apimachinery/object';
import { argument, text, type Image } from './image';
import { accessTime, slashTime } from './logtime';

/** traefik/whoami: says who it is and who asked. */
export const whoami: Image = {
  names: ['traefik/whoami', 'containous/whoami'],
  apps: ['whoami'],
  userland: () => 'none',
  listen(container) {
    return [{ protocol: 'TCP', port: portOf(container), app: { kind: 'whoami' } }];
  },
  respond: (_app, { method, path, host, headers, peer, pod }) =>
    text(
      [
        `Hostname: ${pod?.name ?? ''}`,
        'IP: 127.0.0.1',
        `IP: ${pod?.ip ?? ''}`,
        `RemoteAddr: ${peer}`,
        `${method} ${path} HTTP/1.1`,
        `Host: ${host}`,
        // net/http takes Host out of the headers
        ...Object.entries(headers)
          .filter(([name]) => name !== 'host')
          .map(([name, value]) => `${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}: ${value}`),
        '',
        '',
      ].join('\n'),
    ),
  startLog: ({ container, time }) => [`${slashTime(time)} Starting up on port ${portOf(container)}`],
  requestLog(_app, { method, path, peer }, _response, { container, time }) {
    const verbose = [...(container.command ?? []), ...(container.args ?? [])].some((word) => /^--?verbose(=true)?$/.test(word));
    return verbose ? [`${slashTime(time)} ${peer} - - [${accessTime(time)}] "${method} ${path.split('?')[0]} HTTP/1.1" - -`] : [];
  },
};

function portOf(container: Json): number {
  const variable = (container.env ?? []).find(({ name }: { name: string }) => name === 'WHOAMI_PORT_NUMBER')?.value;
  return Number(argument(container, 'port') ?? variable ?? 80);
}
