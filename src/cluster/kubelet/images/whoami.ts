import { argument, text, type Image } from './image';

/** traefik/whoami: says who it is and who asked. */
export const whoami: Image = {
  names: ['traefik/whoami', 'containous/whoami'],
  apps: ['whoami'],
  userland: () => 'none',
  listen(container) {
    const variable = (container.env ?? []).find(({ name }: { name: string }) => name === 'WHOAMI_PORT_NUMBER')?.value;
    const port = Number(argument(container, 'port') ?? variable ?? 80);
    return [{ protocol: 'TCP', port, app: { kind: 'whoami' } }];
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
        ...Object.entries(headers).map(
          ([name, value]) => `${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}: ${value}`,
        ),
        '',
        '',
      ].join('\n'),
    ),
};
