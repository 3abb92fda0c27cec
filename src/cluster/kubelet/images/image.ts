import type { Json, KubeObject } from '../../apimachinery/object';
import type { App } from '../../network';

/** A port that a container's program listens on. */
export interface Listener {
  protocol: 'TCP' | 'UDP';
  port: number;
  app: App;
}

export interface HttpRequest {
  method: string;
  /** With the query. */
  path: string;
  host: string;
  headers: Record<string, string>;
  /** `IP:PORT` of the peer as the socket sees it. */
  peer: string;
  pod?: { name: string; ip: string };
  /** Virtual time, ms since the epoch. */
  time?: number;
}

export interface HttpResponse {
  status: number;
  reason: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * What an image has besides its own program. `none`: not even a shell (FROM scratch). `busybox-old`: BusyBox before 1.29, whose nslookup
 * prints differently. `bind`: with dig, host and nslookup of BIND 9.
 */
export type Userland = 'none' | 'busybox' | 'busybox-old' | 'alpine' | 'debian' | 'bind';

/** Reads what a pod's volumes put into a container: absolute paths and texts. */
export type FileReader = (pod: KubeObject, container: Json) => Readonly<Record<string, string>>;

/** What a program knows of itself when it writes into its log. */
export interface LogContext {
  pod: string;
  /** The container, as in the pod's spec. */
  container: Json;
  /** Virtual time, ms since the epoch. */
  time: number;
  /** When the container was started, ms since the epoch. */
  started: number;
  /** Requests that it answered, this one included. */
  requests: number;
  /** `uname -r` of the node. */
  kernel: string;
  /** Processors of the node. */
  processors: number;
  /** What its volumes hold now. */
  files: () => Readonly<Record<string, string>>;
}

/** A container image that this simulator can run: what it listens on and what it answers. */
export interface Image {
  /** Names without a tag, as a manifest may write them. */
  names: string[];
  /** The kinds of App it makes, for `respond`. */
  apps: string[];
  /** Undefined: the container's program ends at once (a shell without a command). */
  listen(container: Json, files: () => Readonly<Record<string, string>>): Listener[] | undefined;
  /** The programs one can run in it besides its own: those of an operating system, or none. Default `debian`. */
  userland?(reference: string): Userland;
  /** Undefined: that program does not speak HTTP. */
  respond?(app: App, request: HttpRequest): HttpResponse | undefined;
  /** The answer to a datagram; undefined when there is none. */
  datagram?(app: App, text: string, about: { peer: string; pod: string }): string | undefined;
  /** What its program writes while it starts, line by line. Undefined: nobody here knows. Without it: nothing. */
  startLog?(context: LogContext): readonly string[] | undefined;
  /** What it writes about a request that it answered, line by line. Without it: nothing. */
  requestLog?(app: App, request: HttpRequest, response: HttpResponse, context: LogContext): readonly string[];
  /** ms for which its program goes on after SIGTERM, because its arguments say so. Without it: not at all. */
  shutdownDelay?(container: Json): number;
  /** ms after which it closes a connection on which no request comes. Undefined: it never does. */
  idleTimeout?(app: App): number | undefined;
}

/** Whether a container runs the image's own program: its manifest names no other. */
export const ownProgram = ({ command = [] }: Json): boolean => command.length === 0;

/** A plain text answer. */
export function text(body: string, server?: string): HttpResponse {
  return {
    status: 200,
    reason: 'OK',
    headers: {
      ...(server && { server }),
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(new TextEncoder().encode(body).length),
    },
    body,
  };
}

/** The value of `--name=value` or `--name value` among a container's arguments. */
export function argument(container: Json, name: string): string | undefined {
  const words: string[] = [...(container.command ?? []), ...(container.args ?? [])];
  for (const [index, word] of words.entries()) {
    const match = /^--?([^=]+)(?:=(.*))?$/.exec(word);
    if (match?.[1] === name) return match[2] ?? words[index + 1];
  }
  return undefined;
}
