import type { Json } from '../cluster/apimachinery/object';

/** Why a command fails: prints `error: message` unless `verbatim` or said already, and ends with the exit code. */
export class KubectlError extends Error {
  constructor(
    message: string,
    readonly options: { verbatim?: boolean; exit?: number } = {},
  ) {
    super(message);
  }
}

/** A line of the log that ends kubectl: `file.go:1] message`. Upstream: klog.Exitf. */
export class FatalLog extends Error {}

/** A Status object the API server answered with. `message` may carry what kubectl was doing. */
export class StatusError extends Error {
  constructor(
    readonly status: Json,
    message?: string,
  ) {
    super(message ?? status.message);
  }

  get reason(): string {
    return this.status.reason ?? '';
  }

  /** The same error with what was being done in front, e.g. `error when creating "svc.yaml": `. */
  prefixed(prefix: string): StatusError {
    return new StatusError(this.status, `${prefix}${this.message}`);
  }
}

/** Several errors of one command, all told at its end. */
export class AggregateError extends Error {
  constructor(readonly errors: readonly Error[]) {
    super(errors.map((error) => error.message).join(', '));
  }
}

/** Throws what has gathered: nothing, the one error, or all of them. */
export function throwGathered(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0] as Error;
  if (errors.length > 1) throw new AggregateError(errors);
}

/** The same where what was asked for is a list or stands in files: upstream keeps even one error among several, without `error: `. */
export function throwAggregated(errors: readonly Error[], named: boolean): void {
  if (named) throwGathered(errors);
  else if (errors.length > 0) throw new AggregateError(errors);
}

/** A wrong call of a command: points to its help. */
export function usageError(path: string, message: string): KubectlError {
  return new KubectlError(`${message}\nSee '${path} -h' for help and examples`);
}

/** Not in the simulator: said plainly. */
export function notSimulated(what: string): KubectlError {
  return new KubectlError(`not simulated yet: this simulator does not ${what}`);
}

/** What stands on stderr for an error, and the exit code. Upstream: kubectl/pkg/cmd/util checkErr. */
export function describeError(error: unknown): { text: string; exit: number } {
  if (error instanceof StatusError) return { text: line(statusText(error)), exit: 1 };
  if (error instanceof AggregateError) return { text: error.errors.map(plainText).map(line).join(''), exit: 1 };
  if (error instanceof KubectlError) {
    return {
      text: line(error.options.verbatim || error.message.startsWith('error: ') ? error.message : `error: ${error.message}`),
      exit: error.options.exit ?? 1,
    };
  }
  throw error;
}

const line = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Among several errors none is prefixed, and a refused object is not told field by field. Upstream: MultipleErrors. */
function plainText(error: Error): string {
  if (error instanceof StatusError) return serverError(error);
  if (error instanceof AggregateError) return error.errors.map(plainText).join('\n');
  return error.message;
}

function statusText(error: StatusError): string {
  return error.reason === 'Invalid' ? invalidText(error.status) : serverError(error);
}

function serverError(error: StatusError): string {
  return error.reason ? `Error from server (${error.reason}): ${error.message}` : `Error from server: ${error.message}`;
}

function invalidText(status: Json): string {
  const { details } = status;
  let text = 'The request is invalid';
  const causes: Json[] = details?.causes ?? [];
  if (!details) return status.message ? `${text}: ${status.message}` : text;
  if (details.kind || details.name) text = `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid`;
  else if (status.message && causes.length === 0) text += `: ${status.message}`;
  if (causes.length === 0) return text;
  const texts = [...new Set(causes.map((cause) => (cause.field ? `${cause.field}: ${cause.message}` : cause.message)))];
  // the one cause gets its newline even when it ends with one: a difference does
  return texts.length === 1 ? `${text}: ${texts[0]}\n` : `${text}: \n${texts.map((cause) => `* ${cause}\n`).join('')}`;
}
