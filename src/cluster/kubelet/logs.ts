import { badRequest, notSimulated } from '../apimachinery/errors';
import type { Json, KubeObject } from '../apimachinery/object';
import { parseTime, rfc3339Micro } from '../apimachinery/time';
import type { Client } from '../apiserver/client';
import type { LogReader, LogRequest } from '../apiserver/podlog';
import type { ConnectResult } from '../network';
import { containerOf, isRunning, statusOf } from './containers';
import { findImage, respond } from './images';
import type { HttpRequest, HttpResponse, LogContext } from './images/image';
import { mountedFiles } from './volumes';

/** One line of a container's log. */
interface Line {
  /** Virtual ms since the epoch. */
  readonly time: number;
  readonly text: string;
}

/** What a container wrote about requests. What it wrote while it started is worked out when somebody reads it. */
interface Written {
  lines: Line[];
  requests: number;
  /** Older lines are gone, those of the start among them. */
  rotated: boolean;
}

/** A container's newest lines are kept, and the logs of the containers that wrote last: a kubelet rotates files as well. */
const MAX_LINES = 1000;
const MAX_CONTAINERS = 500;

interface Follower {
  readonly uid: string;
  readonly container: string;
  line(line: Line): void;
  end(): void;
}

/**
 * The logs of all containers. Nothing is kept for containers that nobody asks anything: a container costs something with its first
 * request over HTTP. Upstream: pkg/kubelet/kuberuntime/logs.
 */
export class ContainerLogs implements LogReader {
  /** By pod uid and container, in the order of their last line. */
  readonly #written = new Map<string, Written>();
  readonly #followers = new Set<Follower>();

  constructor(
    private readonly client: Client,
    private readonly now: () => number,
  ) {
    client.watch('pods', (type, pod) => {
      if (this.#followers.size === 0) return;
      const { uid } = pod.metadata;
      for (const follower of [...this.#followers]) {
        if (follower.uid !== uid || (type !== 'DELETED' && isRunning(pod, follower.container))) continue;
        this.#followers.delete(follower);
        follower.end();
      }
    });
  }

  /**
   * What the program behind an answered connection says to an HTTP request, which goes into its container's log.
   * @returns undefined where that program does not speak HTTP
   */
  answer({ app, backendHost }: ConnectResult, request: HttpRequest): HttpResponse | undefined {
    if (!app) return undefined;
    const response = respond(app, request);
    const container = app.container;
    if (!response || typeof container !== 'string' || !backendHost?.startsWith('pod:')) return response;
    const [namespace, name = ''] = backendHost.slice('pod:'.length).split('/');
    const pod = this.client.get('pods', namespace, name);
    const spec = pod && containerOf(pod, container);
    const requestLog = spec && findImage(spec.image)?.requestLog;
    if (!requestLog) return response;
    const written = this.#open(pod, container);
    written.requests++;
    const context = this.#context(pod, spec, this.now(), written.requests);
    for (const text of requestLog(app, request, response, context)) this.#write(pod, container, written, text);
    return response;
  }

  /** Whether somebody waits for new lines. */
  get followed(): boolean {
    return this.#followers.size > 0;
  }

  #open(pod: KubeObject, container: string): Written {
    const key = `${pod.metadata.uid}/${container}`;
    const written = this.#written.get(key) ?? { lines: [], requests: 0, rotated: false };
    this.#written.delete(key);
    this.#written.set(key, written);
    if (this.#written.size > MAX_CONTAINERS) this.#written.delete(this.#written.keys().next().value!);
    return written;
  }

  #write(pod: KubeObject, container: string, written: Written, text: string): void {
    const line = { time: this.now(), text };
    written.lines.push(line);
    if (written.lines.length >= 2 * MAX_LINES) {
      written.lines = written.lines.slice(-MAX_LINES);
      written.rotated = true;
    }
    for (const follower of this.#followers)
      if (follower.uid === pod.metadata.uid && follower.container === container) follower.line(line);
  }

  /** Upstream: pkg/kubelet/kubelet.go GetKubeletContainerLogs. @throws ApiError */
  read(pod: KubeObject, request: LogRequest): string {
    const limit = limited(request.limitBytes);
    return this.#lines(pod, request)
      .map((line) => limit(shown(line, request)))
      .join('');
  }

  /** As `read`, and goes on as long as the container runs. @throws ApiError */
  follow(pod: KubeObject, request: LogRequest, onText: (text: string) => void, onEnd: () => void): () => void {
    const limit = limited(request.limitBytes);
    const tell = (line: Line) => {
      const text = limit(shown(line, request));
      if (text !== '') onText(text);
    };
    this.#lines(pod, request).forEach(tell);
    const { container } = request;
    if (!isRunning(pod, container)) {
      onEnd();
      return () => undefined;
    }
    const follower: Follower = { uid: pod.metadata.uid, container, line: tell, end: onEnd };
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #lines(pod: KubeObject, { container, previous, tailLines, since }: LogRequest): readonly Line[] {
    checkStatus(pod, container, previous);
    const spec = containerOf(pod, container);
    const image = findImage(spec.image);
    if (!image) throw notSimulated(`have the program of the image ${spec.image}, so there is no log of it`);
    const written = this.#written.get(`${pod.metadata.uid}/${container}`);
    const started = startOf(pod, container);
    const start = written?.rotated ? [] : image.startLog ? image.startLog(this.#context(pod, spec, started, 0)) : [];
    if (!start) throw notSimulated(`run what the container ${container} was told to run, so there is no log of it`);
    let lines: readonly Line[] = start.map((text) => ({ time: started, text }));
    if (written) lines = [...lines, ...written.lines];
    if (tailLines !== undefined) lines = tailLines === 0 ? [] : lines.slice(-tailLines);
    return since === undefined ? lines : lines.filter(({ time }) => time >= since);
  }

  #context(pod: KubeObject, container: Json, time: number, requests: number): LogContext {
    const node = this.client.get('nodes', undefined, pod.spec.nodeName);
    return {
      pod: pod.metadata.name,
      container,
      time,
      started: startOf(pod, container.name),
      requests,
      kernel: node?.status?.nodeInfo?.kernelVersion ?? '',
      processors: Number(node?.status?.capacity?.cpu ?? 1),
      files: () => mountedFiles(this.client, pod, container),
    };
  }
}

/** A line as the log is sent. Times have nine digits behind the point. Upstream: pkg/kubelet/kuberuntime/logs timeFormatOut. */
function shown({ time, text }: Line, { timestamps }: LogRequest): string {
  return timestamps ? `${rfc3339Micro(time).replace('Z', '000Z')} ${text}\n` : `${text}\n`;
}

/** Cuts what is sent at so many bytes. */
function limited(bytes: number | undefined): (text: string) => string {
  if (bytes === undefined) return (text) => text;
  let left = bytes;
  return (text) => {
    const encoded = new TextEncoder().encode(text);
    const sent = encoded.slice(0, left);
    left -= sent.length;
    return sent.length === encoded.length ? text : new TextDecoder().decode(sent);
  };
}

function startOf(pod: KubeObject, container: string): number {
  const { running, terminated } = statusOf(pod, container)?.state ?? {};
  return parseTime(running?.startedAt ?? terminated?.startedAt ?? pod.metadata.creationTimestamp);
}

/** Upstream: pkg/kubelet/kubelet_pods.go validateContainerLogStatus. @throws ApiError BadRequest */
function checkStatus(pod: KubeObject, container: string, previous: boolean): void {
  const { name } = pod.metadata;
  const about = `container ${JSON.stringify(container)} in pod ${JSON.stringify(name)}`;
  const status = statusOf(pod, container);
  if (!status) throw badRequest(`${about} is not available`);
  if (previous) {
    if (!status.lastState?.terminated?.containerID) {
      throw badRequest(`previous terminated container ${JSON.stringify(container)} in pod ${JSON.stringify(name)} not found`);
    }
    throw notSimulated('keep the logs of containers that have ended');
  }
  const { waiting, running, terminated } = status.state ?? {};
  if (running || terminated) return;
  if (!waiting) throw badRequest(`${about} is waiting to start - no logs yet`);
  const why: Record<string, string> = {
    ErrImagePull: "image can't be pulled",
    ImagePullBackOff: 'trying and failing to pull image',
  };
  throw badRequest(`${about} is waiting to start: ${why[waiting.reason] ?? waiting.reason}`);
}
