import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KubeObject } from './apimachinery/object';
import type { Client } from './apiserver/client';
import { parseAddress } from './linux/address';
import { FIRST_PORT, PORTS } from './linux/connection';
import type { Host, Socket } from './linux/host';
import type { Outcome } from './linux/trace';
import type { BindError, ForwardListener, PortForward } from './network';
import { type Leg, OpenStream, type StreamOptions } from './open-stream';

/** The program behind a port that kubectl forwards: it hands connections on, inside a connection that it holds open. */
export interface TunnelApp {
  readonly kind: 'tunnel';
  readonly tunnel: Tunnel;
  /** Port in the pod. */
  readonly remote: number;
  readonly told: ForwardListener;
  readonly [option: string]: unknown;
}

/** Where a tunnel ends: in a network namespace, if it is still there. */
export interface TunnelEnd {
  /** The host, or why there is none any more. */
  find(): Host | string;
  /** What is said at the other end of connections to `port` that nobody takes there. */
  refused(port: number): string;
  /** A message with the name of whatever is at the end in front. */
  error(port: number, message: string): string;
}

/** kubectl's connection to the API server, and the API server's to the kubelet, with what kubectl listens on. */
export class Tunnel implements PortForward {
  readonly #stream: OpenStream;
  readonly #sockets: Socket[] = [];
  #closed = false;

  /**
   * @param host where kubectl runs
   * @param legs the connections from there to the kubelet
   * @param owner of its sockets: another one's is another
   */
  constructor(
    readonly host: Host,
    private readonly legs: readonly Leg[],
    readonly end: TunnelEnd,
    private readonly owner: string,
    private readonly options: StreamOptions,
  ) {
    this.#stream = new OpenStream(options, legs);
  }

  get closed(): boolean {
    return this.#closed || this.#stream.closed;
  }

  /** Its connections as parts of one that it carries. */
  get shared(): Leg[] {
    return this.legs.map((leg) => ({ ...leg, shared: true }));
  }

  /** As `OpenStream.send`. */
  send(...log: Parameters<OpenStream['send']>): ReturnType<OpenStream['send']> {
    return this.#stream.send(...log);
  }

  listen(address: string, local: number, remote: number, told: ForwardListener): number | BindError {
    const { host } = this;
    if (!isOwn(host, address)) return 'cannot assign requested address';
    const port = local || this.#freePort(address);
    if (port === undefined || host.isTaken('TCP', port, address)) return 'address already in use';
    const app: TunnelApp = { kind: 'tunnel', tunnel: this, remote, told };
    const bound = address === '0.0.0.0' ? {} : { address };
    const socket: Socket = { protocol: 'TCP', port, name: 'kubectl', owner: this.owner, app, ...bound };
    host.listen(socket);
    this.#sockets.push(socket);
    return port;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const socket of this.#sockets) this.host.closePort(socket);
    this.#stream.close(undefined);
  }

  /** Linux: inet_csk_find_open_port: odd ports of the lower half first, because Go sets SO_REUSEADDR. */
  #freePort(address: string): number | undefined {
    const half = PORTS >>> 1;
    const start = Math.floor(this.options.random() * half) | 1;
    for (let step = 0; step < half; step += 2) {
      const port = FIRST_PORT + ((start + step) % half);
      if (!this.host.isTaken('TCP', port, address)) return port;
    }
    return undefined;
  }
}

/** IPv6 is there on the loopback interface alone. */
function isOwn(host: Host, text: string): boolean {
  if (text === '0.0.0.0' || text === '::' || text === '::1') return true;
  const address = parseAddress(text);
  return address !== undefined && host.isLocal(address);
}

/**
 * The network namespace of a pod's sandbox. Upstream: containerd internal/cri/server/sandbox_portforward_linux.go,
 * k8s.io/cri-streaming portforward (the message in front).
 */
export function sandboxEnd(client: Client, pod: KubeObject, host: () => Host | undefined): TunnelEnd {
  const { namespace, name, uid = '' } = pod.metadata;
  const id = bytesToHex(sha256(utf8ToBytes(uid)));
  const place = pod.spec.hostNetwork === true ? 'host' : `/var/run/netns/cni-${uid}`;
  const isThere = () => {
    const now = client.get('pods', namespace, name);
    return now?.metadata.uid === uid && now.status?.phase !== 'Succeeded' && now.status?.phase !== 'Failed';
  };
  return {
    find: () => (isThere() && host()) || `network namespace for sandbox "${id}" is closed`,
    refused: (port) => {
      const four = `dial tcp4 127.0.0.1:${port}: connect: connection refused`;
      const six = `dial tcp6 [::1]:${port}: connect: connection refused`;
      return `failed to execute portforward in network namespace "${place}": failed to connect to localhost:${port} inside namespace "${id}", IPv4: ${four} IPv6 ${six} `;
    },
    error: (port, message) => `error forwarding port ${port} to pod ${id}, uid : ${message}`,
  };
}

/** How Go names what came of a connection that was not made. */
export function dialError(outcome: Outcome, address: string, port: number): string {
  const why: Partial<Record<Outcome, string>> = {
    refused: 'connect: connection refused',
    unreachable: 'connect: no route to host',
    EPERM: 'connect: operation not permitted',
  };
  return `dial tcp ${address}:${port}: ${why[outcome] ?? 'i/o timeout'}`;
}
