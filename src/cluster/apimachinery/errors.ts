import { fieldErrorBody, fieldErrorText, type FieldError } from './fielderror';
import type { Json } from './object';

/** What the API server answers when it does not do what was asked. `status` is the real server's Status object. */
export class ApiError extends Error {
  constructor(readonly status: Json) {
    super(status.message);
  }

  /** HTTP status code. */
  get code(): number {
    return this.status.code;
  }

  get reason(): string {
    return this.status.reason;
  }
}

/** The resource of a request, as errors name it. */
export interface Resource {
  group: string;
  kind: string;
  plural: string;
}

/** Any other failure, by its HTTP code. */
export function failure(code: number, reason: string, message: string, details?: Json): ApiError {
  return new ApiError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details && { details }),
    code,
  });
}

/** `services` or `deployments.apps`, as messages name a resource. */
function qualifiedResource(resource: Resource): string {
  return resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
}

const target = (resource: Resource, name: string) => ({
  name,
  ...(resource.group && { group: resource.group }),
  kind: resource.plural,
});

export const notFound = (resource: Resource, name: string) =>
  failure(404, 'NotFound', `${qualifiedResource(resource)} ${JSON.stringify(name)} not found`, target(resource, name));

/** The path leads nowhere. */
export const noSuchPath = () => failure(404, 'NotFound', 'the server could not find the requested resource', {});

/** @param ending whether the one that is there is being deleted */
export const alreadyExists = (resource: Resource, name: string, ending = false) =>
  failure(
    409,
    'AlreadyExists',
    `${ending ? 'object is being deleted: ' : ''}${qualifiedResource(resource)} "${name}" already exists`,
    target(resource, name),
  );

export const conflict = (resource: Resource, name: string, why: string) =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedResource(resource)} "${name}": ${why}`,
    target(resource, name),
  );

/** Why an update with an old resourceVersion is turned down. */
export const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

export const forbidden = (resource: Resource, name: string, why: string) =>
  failure(403, 'Forbidden', `${qualifiedResource(resource)} "${name}" is forbidden: ${why}`, target(resource, name));

export const badRequest = (message: string) => failure(400, 'BadRequest', message);

/** A version that is forgotten. */
export const expired = (message: string) => failure(410, 'Expired', message);

/** A version that is not there yet. Upstream: k8s.io/apiserver/pkg/storage/errors.go. */
export const tooLargeResourceVersion = (wanted: number, current: number) =>
  failure(504, 'Timeout', `Timeout: Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });

/** A JSON patch that is well formed but cannot be carried out. Upstream: NewGenericServerResponse with code 422. */
export const unprocessable = () => failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/** A patch whose result is not an object of the kind. @param patch what was sent or came out, as text */
export function invalidPatch(patch: string, why: string): ApiError {
  const message = `Invalid value: ${JSON.stringify(patch)}: ${why}`;
  return failure(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
    causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
  });
}

/** A fault of the server's own that has no reason of its own (any Go error). */
export const plainError = (message: string) =>
  new ApiError({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });

export const methodNotAllowed = () =>
  failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

export const unsupportedMediaType = (message: string) => failure(415, 'UnsupportedMediaType', message);

export const internalError = (message: string) =>
  failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });

/** Not now; clients try again after so many seconds. */
export const unavailable = (message: string, retryAfterSeconds: number) =>
  failure(503, 'ServiceUnavailable', message, { retryAfterSeconds });

/** A limit of this simulator, said honestly: the real server could do it. */
export const notSimulated = (what: string) => failure(501, 'NotImplemented', `this simulator does not ${what}`);

/** Several faults read as `[a, b]`, the same fault twice as one. Upstream: apierrors.NewInvalid, utilerrors.Aggregate. */
export function invalidObject(resource: Resource, name: string | undefined, errors: readonly FieldError[]): ApiError {
  const texts = [...new Set(errors.map(fieldErrorText))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return failure(
    422,
    'Invalid',
    `${resource.kind}${resource.group ? `.${resource.group}` : ''} "${name ?? ''}" is invalid: ${list}`,
    {
      name: name ?? '',
      ...(resource.group && { group: resource.group }),
      kind: resource.kind,
      causes: errors.map((error) => ({ reason: error.type, message: fieldErrorBody(error), field: error.field })),
    },
  );
}
