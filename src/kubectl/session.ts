import { clone } from '../cluster/apimachinery/json';
import type { Json, KubeObject } from '../cluster/apimachinery/object';
import type { ApiRequest, ApiResponse, WatchEvent, WatchHandle } from '../cluster/apiserver/rest';
import { API_SERVER, loadConfig, type Context, type KubeConfig } from './config';
import { KubectlError, StatusError } from './errors';
import type { FlagValues } from './flags';
import { impersonationHeaders } from './impersonation';
import { discover, qualified, type Discovery, type Mapping } from './discovery';
import { parseDuration } from './flags';
import { logLine } from './log';
import { ConnectionRefused, UnreachableDiscovery } from './unreachable';
import type { KubectlEnvironment } from './types';

export const TABLE_ACCEPT =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

/** What tells who somebody is, in flags and in the kubeconfig. */
const CREDENTIALS = ['token', 'tokenFile', 'client-certificate', 'username', 'exec', 'auth-provider'];

/** One run of kubectl: where it is, whom it talks to. */
export class Session {
  private loaded?: { config: KubeConfig; context: Context; acting: string; impersonation: Record<string, string> };
  private opened?: { config: KubeConfig; name: string; context?: Context };
  /** The command has no use for a namespace, and is not told of a context that is unusable. */
  skipsNamespace = false;
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
    return this.flags.inherited('namespace') || this.read().context?.namespace || 'default';
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
    this.identify();
    if (this.reachable) return discover(this.environment.api);
    return new UnreachableDiscovery(this.server, this.requestTimeout ?? 32_000, (text) => this.log('E', text));
  }

  /** The kind of an argument; tells which others a short name could mean. @throws KubectlError when there is none */
  find(argument: string): Mapping {
    const { discovery } = this;
    for (const other of discovery.shadowed(argument))
      this.err(`Warning: short name ${JSON.stringify(argument)} could also match lower priority resource ${qualified(other)}\n`);
    return discovery.find(argument);
  }

  /** The user of the kubeconfig. */
  get user(): string {
    return this.flags.inherited('as') || this.load().context.user;
  }

  /** How many different warnings the server has given. */
  get warnings(): number {
    return this.warned.size;
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

  /** What is created anew has no version. Upstream: cli-runtime/pkg/resource Helper.CreateWithOptions. */
  post(path: string, sent: Json, query?: Record<string, string>): KubeObject {
    const { resourceVersion, ...metadata } = sent.metadata ?? {};
    const body = resourceVersion === undefined ? sent : { ...sent, metadata };
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
    this.identify();
    if (!this.reachable) throw new ConnectionRefused(this.server);
  }

  /** The cluster's own server is there, and one on this machine when the kubeconfig has it. */
  private get reachable(): boolean {
    const { server } = this;
    return server === API_SERVER || (server === this.serverOfConfig && /^https?:\/\/127\./.test(server));
  }

  /** A server that speaks TLS wants to know who asks. Upstream: clientcmd DirectClientConfig.ClientConfig. */
  private identify(): void {
    if (!this.server.startsWith('https:') || CREDENTIALS.some((name) => this.flags.inherited(name))) return;
    const { config, acting } = this.load();
    const user = config.users.find((candidate) => candidate.name === acting)?.user as Record<string, unknown> | null | undefined;
    if (CREDENTIALS.some((name) => user?.[name] || user?.[`${name}-data`])) return;
    this.out('Please enter Username: ');
    throw new KubectlError('EOF');
  }

  private get serverOfConfig(): string {
    const { config, context } = this.load();
    const cluster = this.flags.inherited('cluster') || context.cluster;
    return config.clusters.find((entry) => entry.name === cluster)?.cluster?.server || 'http://localhost:8080';
  }

  /** The kubeconfig and its context. @throws KubectlError for a context that is unusable */
  private read(): NonNullable<Session['opened']> {
    if (this.opened) return this.opened;
    const config = loadConfig(this.environment, this.flags.inherited('kubeconfig'));
    const name = this.flags.inherited('context') || config['current-context'];
    const cluster = this.flags.inherited('cluster');
    const entry = config.contexts.find((candidate) => candidate.name === name);
    // who names the namespace is only told of the parts that are missing, below. Upstream: DirectClientConfig.Namespace
    if (!this.namespaceEnforced && !this.skipsNamespace) {
      if (!entry && name)
        throw new KubectlError(`Error in configuration: context was not found for specified context: ${name}`, {
          verbatim: true,
        });
      if (cluster && !config.clusters.some((candidate) => candidate.name === cluster))
        throw new KubectlError(`no server found for cluster "${cluster}"`);
    }
    return (this.opened = { config, name, context: entry?.context });
  }

  /** Upstream: DirectClientConfig.ClientConfig. @throws KubectlError for parts that are missing */
  private load(): NonNullable<Session['loaded']> {
    if (this.loaded) return this.loaded;
    const { config, name, context } = this.read();
    const has = (list: { name: string }[], wanted: string): boolean => list.some((candidate) => candidate.name === wanted);
    const user = this.flags.inherited('user');
    if (user && !has(config.users, user)) throw new KubectlError(`auth info "${user}" does not exist`);
    if (!context && name) throw new KubectlError(`context "${name}" does not exist`);
    const cluster = this.flags.inherited('cluster');
    if (cluster && !has(config.clusters, cluster)) throw new KubectlError(`cluster "${cluster}" does not exist`);
    const acting = user || context?.user || '';
    const known: Json = config.users.find((candidate) => candidate.name === acting)?.user;
    const impersonation = impersonationHeaders(acting, known, this.flags);
    this.loaded = { config, context: context ?? { cluster: '', user: '' }, acting, impersonation };
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
