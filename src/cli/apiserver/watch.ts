import type { ServerResponse } from 'node:http';
import { isTrue } from '../../cluster/apiserver/listoptions';
import type { ApiRequest, WatchEvent } from '../../cluster/apiserver/rest';
import { send, type Served } from './server';

/** How often a running watch looks whether its virtual time is up, ms. */
const LOOK = 100;

export function isWatch({ method, query }: ApiRequest): boolean {
  return method === 'GET' && isTrue(query?.watch);
}

/** Streams a watch: one JSON event a line, until the client leaves, an ERROR or `timeoutSeconds` of virtual time have passed. */
export function serveWatch(served: Served, request: ApiRequest, response: ServerResponse): void {
  let open = false;
  const early: WatchEvent[] = [];
  const write = (event: WatchEvent) => {
    response.write(JSON.stringify(event) + '\n');
    if (event.type === 'ERROR') response.end();
  };
  const handle = served.api.watch(request, (event) => (open ? write(event) : early.push(event)));
  if (!('stop' in handle)) return send(response, handle);

  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  open = true;
  early.forEach(write);
  const seconds = Number(request.query?.timeoutSeconds ?? 0);
  const end = served.now() + seconds * 1000;
  const timer = seconds > 0 ? setInterval(() => served.now() >= end && response.end(), LOOK) : undefined;
  response.once('close', () => {
    clearInterval(timer);
    handle.stop();
  });
}

/** The log of a container that goes on. */
export function isFollowedLog({ method, path, query }: ApiRequest): boolean {
  return method === 'GET' && /\/pods\/[^/]+\/log$/.test(path) && isTrue(query?.follow);
}

/** Streams a log: lines as they are written, until the container or the client ends. */
export function serveLog(served: Served, request: ApiRequest, response: ServerResponse): void {
  const early: string[] = [];
  let open = false;
  let ended = false;
  const end = () => {
    ended = true;
    if (open) response.end();
  };
  const handle = served.api.stream(request, (text) => (open ? response.write(text) : early.push(text)), end);
  if (!('stop' in handle)) return send(response, handle);
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  open = true;
  for (const text of early) response.write(text);
  response.once('close', handle.stop);
  if (ended) response.end();
}
