import { badRequest, invalidObject, plainError, tooLargeResourceVersion } from '../apimachinery/errors';
import { type FieldError, fieldErrorText, forbidden, invalid, notSupported } from '../apimachinery/fielderror';
import { strconvError } from '../apimachinery/strconv';

type Query = Readonly<Record<string, string>>;

const OPTIONS = { group: 'meta.k8s.io', kind: 'ListOptions', plural: 'listoptions' };
const EXACT = 'Exact';
const NOT_OLDER = 'NotOlderThan';

/** A boolean of a query: whatever is there is true, but for 0 and false. Upstream: apimachinery/pkg/runtime/conversion.go. */
export const isTrue = (value: string | undefined): boolean =>
  value !== undefined && value !== '0' && value.toLowerCase() !== 'false';

/** From where a watch is to tell. */
export interface WatchStart {
  /** What is there comes first. */
  initialEvents: boolean;
  /** The version after which changes are told; 0: any. */
  version: number;
  bookmarks: boolean;
  /** ms; 0: without an end. */
  timeout: number;
}

/**
 * Checks what a watch's query says about versions. Throws ApiError: Invalid, BadRequest.
 * Upstream: apimachinery/pkg/apis/meta/internalversion/validation and defaults.go.
 */
export function watchStartOf(query: Query): WatchStart {
  const { sendInitialEvents, resourceVersionMatch: match = '', continue: token, resourceVersion = '' } = query;
  const seconds = integerOf(query.timeoutSeconds);
  integerOf(query.limit);
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined && match !== NOT_OLDER)
    errors.push(forbidden('resourceVersionMatch', `sendInitialEvents requires setting resourceVersionMatch to ${NOT_OLDER}`));
  if (match) {
    if (sendInitialEvents === undefined)
      errors.push(
        forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
      );
    if (match !== NOT_OLDER) errors.push(notSupported('resourceVersionMatch', match, [NOT_OLDER]));
    if (token) errors.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'));
  }
  if (errors.length > 0) throw invalidObject(OPTIONS, '', errors);
  const version = parseVersion(resourceVersion);
  if (typeof version === 'object') throw plainError(fieldErrorText(version));
  return {
    initialEvents: sendInitialEvents === undefined ? version === 0 : isTrue(sendInitialEvents),
    version,
    bookmarks: isTrue(query.allowWatchBookmarks),
    timeout: seconds * 1000,
  };
}

/**
 * Checks what a list's query says about versions. Returns the version that the list must be of; undefined: the newest.
 * Throws ApiError: Invalid, BadRequest, Timeout for a version that is not there yet.
 * Upstream: k8s.io/apiserver/pkg/storage ValidateListOptions; pkg/storage/cacher/delegator.
 */
export function listVersionOf(query: Query, newest: number): number | undefined {
  const { resourceVersionMatch: match = '', continue: token, resourceVersion = '', sendInitialEvents } = query;
  const limit = integerOf(query.limit);
  integerOf(query.timeoutSeconds);
  const errors: FieldError[] = [];
  if (match) {
    if (!resourceVersion)
      errors.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden unless resourceVersion is provided'));
    if (token) errors.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'));
    if (match !== EXACT && match !== NOT_OLDER)
      errors.push(notSupported('resourceVersionMatch', match, [EXACT, NOT_OLDER, ''], true));
    if (match === EXACT && resourceVersion === '0')
      errors.push(forbidden('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
  }
  if (sendInitialEvents !== undefined) errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  if (errors.length > 0) throw invalidObject(OPTIONS, '', errors);
  if (token) {
    if (resourceVersion && resourceVersion !== '0')
      throw badRequest('specifying resource version is not allowed when using continue');
    return undefined;
  }
  const version = parseVersion(resourceVersion);
  if (typeof version === 'object') throw badRequest(`invalid resource version: ${fieldErrorText(version)}`);
  checkNotTooLarge(version, newest);
  // the legacy case: pages of a version
  const isExact = match === EXACT || (match === '' && limit > 0);
  return isExact && version > 0 ? version : undefined;
}

/** Checks the version that an object is asked for. Throws ApiError: Timeout, or a plain one for what is no version. */
export function checkGetVersion({ resourceVersion = '' }: Query, newest: number): void {
  const version = parseVersion(resourceVersion);
  if (typeof version === 'object') throw plainError(fieldErrorText(version));
  checkNotTooLarge(version, newest);
}

/** The real server waits three seconds for a version that may still come; here nothing can come meanwhile. Throws ApiError Timeout. */
export function checkNotTooLarge(version: number, newest: number): void {
  if (version > newest) throw tooLargeResourceVersion(version, newest);
}

/** '' is 0: nearly every request leaves them out. */
const numberError = (text: string, program: Parameters<typeof strconvError>[1]): string | undefined =>
  text === '' ? undefined : strconvError(text, program);

/** Upstream: k8s.io/apiserver/pkg/storage APIObjectVersioner.ParseResourceVersion. */
function parseVersion(text: string): number | FieldError {
  const wrong = numberError(text, 'ParseUint');
  return wrong === undefined ? Number(text) : invalid('resourceVersion', text, wrong);
}

/** A number of a query. Throws ApiError BadRequest. */
function integerOf(text = ''): number {
  const wrong = numberError(text, 'ParseInt');
  if (wrong !== undefined) throw badRequest(wrong);
  return Number(text);
}
