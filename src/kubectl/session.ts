import { clone } from '../cluster/apimachinery/json';
import type { Json, KubeObject } from '../cluster/apimachinery/object';
import type { ApiRequest, ApiResponse, WatchEvent, WatchHandle } from '../cluster/apiserver/rest';
import { loadConfig, type Context, type KubeConfig } from './config';
import { KubectlError, StatusError } from './errors';
import type { FlagValues } from './flags';
import { impersonationHeaders } from './impersonation';
import { discover, type Discovery } from './discovery';
import { parseDuration } from './flags';
import { logLine } from './log';
import { ConnectionRefused, UnreachableDiscovery } from './unreachable';
import type { KubectlEnvironment } from './types';

export const TABLE_ACCEPT =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

/** One run of kubectl: where it is, whom it talks to. */
export class Session {
  private loaded?: { config: KubeConfig; context: Context; impersonation: Record<string, string> };
  private warned = new Set<string>();

  constructor(
    readonly environment: KubectlEnvironment,
    readonly flags: FlagValues,
  ) {}

  get config(): KubeConfig {
    return this.load().config;
  }

  /** The kubeconfig as the file has it, whatever the flags say about clusters and users: for `kubectl config`. */
  get plainConfig(): KubeConfig {
    return loadConfig(this.environment, this.flags.inherited('kubeconfig'), true);
  }

  /** Namespace of the request: flag, context, or `default`. */
  get namespace(): string {
    return this.flags.inherited('namespace') || this.load().context.namespace || 'default';
  }

  /** Whether -n was given: objects that name another namespace are then refused. */
  get namespaceEnforced(): boolean {
    return this.flags.inherited('namespace') !== '';
  }

  /** Address of the API server. */
  get server(): string {
    return this.flags.inherited('server') || this.serverOfConfig;
  }

  get discovery(): Discovery {
    void this.requestTimeout;
    if (this.reachable) return discover(this.environment.api);
    return new UnreachableDiscovery(this.server, this.requestTimeout ?? 32_000, (text) => this.log('E', text));
  }

  /** The user of the kubeconfig. */
  get user(): string {
    return this.flags.inherited('as') || this.load().context.user;
  }

  get now(): number {
    return this.environment.now();
  }

  out(text: string): void {
    if (text !== '') this.environment.stdout(text);
  }

  err(text: string): void {
    if (text !== '') this.environment.stderr(text);
  }

  /** A line of kubectl's own log. */
  log(severity: string, text: string): void {
    this.err(logLine(severity, this.now, text));
  }

  /** Ms until requests give up; undefined: never. */
  get requestTimeout(): number | undefined {
    const text = this.flags.inherited('request-timeout');
    if (text === '' || text === '0') return undefined;
    const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text);
    if (milliseconds === undefined) {
      throw new KubectlError(
        'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
      );
    }
    return milliseconds || undefined;
  }

  /** Sends a request and tells the server's warnings. @returns the body @throws StatusError when the server refuses */
  request(request: ApiRequest): Json {
    this.checkServer();
    const response = this.environment.api.handle({ ...request, headers: { ...request.headers, ...this.load().impersonation } });
    this.warn(response);
    if (response.status >= 400) throw statusError(response);
    return response.body;
  }

  get(path: string, query?: Record<string, string>, accept?: string): Json {
    return this.request({ method: 'GET', path, query, headers: { accept: accept ?? 'application/json' } });
  }

  post(path: string, body: Json, query?: Record<string, string>): KubeObject {
    return this.request({ method: 'POST', path, query, body, headers: { 'content-type': 'application/json' } });
  }

  put(path: string, body: Json, query?: Record<string, string>): KubeObject {
    return this.request({ method: 'PUT', path, query, body, headers: { 'content-type': 'application/json' } });
  }

  patch(path: string, type: string, body: Json, query?: Record<string, string>): KubeObject {
    // as over a wire: the server may take its copy apart
    return this.request({ method: 'PATCH', path, query, body: clone(body), headers: { 'content-type': type } });
  }

  delete(path: string, body?: Json, query?: Record<string, string>): Json {
    return this.request({ method: 'DELETE', path, query, body, headers: { 'content-type': 'application/json' } });
  }

  /** Starts a watch. @throws StatusError when the server refuses */
  watch(
    path: string,
    query: Record<string, string>,
    accept: string | undefined,
    onEvent: (event: WatchEvent) => void,
  ): WatchHandle {
    const request: ApiRequest = {
      method: 'GET',
      path,
      query: { ...query, watch: 'true' },
      headers: { ...(accept && { accept }), ...this.load().impersonation },
    };
    const handle = this.environment.api.watch(request, onEvent);
    if ('stop' in handle) return handle;
    this.warn(handle);
    throw statusError(handle);
  }

  /** Starts reading a text that goes on. @throws StatusError when the server refuses */
  stream(path: string, query: Record<string, string>, onText: (text: string) => void, onEnd: () => void): WatchHandle {
    this.checkServer();
    const request: ApiRequest = { method: 'GET', path, query, headers: this.load().impersonation };
    const handle = this.environment.api.stream(request, onText, onEnd);
    if ('stop' in handle) return handle;
    throw statusError(handle);
  }

  private warn(response: ApiResponse): void {
    for (const text of response.warnings ?? []) {
      if (this.warned.has(text)) continue;
      this.warned.add(text);
      this.err(`Warning: ${text}\n`);
    }
  }

  /** The kubeconfig says where the server is; the flags may name another. */
  private checkServer(): void {
    void this.requestTimeout;
    if (!this.reachable) throw new ConnectionRefused(this.server);
  }

  private get reachable(): boolean {
    return this.server === this.serverOfConfig;
  }

  private get serverOfConfig(): string {
    const { config, context } = this.load();
    const cluster = this.flags.inherited('cluster') || context.cluster;
    return config.clusters.find((entry) => entry.name === cluster)?.cluster.server ?? '';
  }

  private load(): NonNullable<Session['loaded']> {
    if (this.loaded) return this.loaded;
    const config = loadConfig(this.environment, this.flags.inherited('kubeconfig'));
    const name = this.flags.inherited('context') || config['current-context'];
    const entry = config.contexts.find((candidate) => candidate.name === name);
    if (!entry && name) {
      throw new KubectlError(`Error in configuration: context was not found for specified context: ${name}`, { verbatim: true });
    }
    const context = entry?.context ?? { cluster: '', user: '' };
    const cluster = this.flags.inherited('cluster');
    if (cluster && !config.clusters.some((candidate) => candidate.name === cluster)) {
      throw new KubectlError(`no server found for cluster "${cluster}"`);
    }
    const user = this.flags.inherited('user');
    if (user && !config.users.some((candidate) => candidate.name === user)) {
      throw new KubectlError(`auth info "${user}" does not exist`);
    }
    const acting = user || context.user;
    const known: Json = config.users.find((candidate) => candidate.name === acting)?.user;
    this.loaded = { config, context, impersonation: impersonationHeaders(acting, known, this.flags) };
    return this.loaded;
  }
}

function statusError(response: ApiResponse): StatusError {
  const { body } = response;
  if (typeof body === 'object' && body?.kind === 'Status') return new StatusError(body);
  return new StatusError({
    reason: response.status === 404 ? 'NotFound' : '',
    message: 'the server could not find the requested resource',
  });
}
