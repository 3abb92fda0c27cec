import type { Json, KubeObject } from '../apimachinery/object';

/** One HTTP request to the API server. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path without the query, e.g. `/api/v1/namespaces/default/services/test`. */
  path: string;
  /** Query parameters, decoded, e.g. `{ labelSelector: 'app=test', dryRun: 'All', fieldManager: 'kubectl-create' }`. Several values of exclude and dryRun are lines. */
  query?: Record<string, string>;
  /** Header names in lower case; `accept` and `content-type` (the patch type) matter. Several values of Impersonate-Group and -Extra are lines. */
  headers?: Record<string, string>;
  /** The parsed JSON body. Never changed by the server. */
  body?: Json;
  /** The body as it was sent, where it is no JSON object. */
  text?: string;
}

/** The answer. Errors are `Status` objects with the real server's code, reason, message and details. */
export interface ApiResponse {
  /** HTTP status code. */
  status: number;
  /** Texts of `Warning: 299` headers, in order. */
  warnings?: string[];
  /** Frozen JSON; a plain string for text endpoints such as `/healthz`. */
  body: Json;
}

/** One line of a watch stream. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  /** The object, or (when the request asked for `as=Table`) a Table with one row. */
  object: KubeObject;
}

/** A running watch. */
export interface WatchHandle {
  stop(): void;
}

/** The only way into the simulated cluster for a client: REST requests as the real API server takes them. */
export interface ApiClient {
  handle(request: ApiRequest): ApiResponse;
  /**
   * Starts a watch (a GET with `watch=true`). Events are delivered synchronously as the store changes.
   * Returns the handle, or the error response that the real server would send.
   */
  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void): WatchHandle | ApiResponse;
  /**
   * Starts a GET whose answer is a text that goes on (pods/log with `follow=true`). Text is delivered synchronously as it is written,
   * what there is already before the call returns. Returns the handle, or the error response that the real server would send.
   */
  stream(request: ApiRequest, onText: (text: string) => void, onEnd: () => void): WatchHandle | ApiResponse;
}
