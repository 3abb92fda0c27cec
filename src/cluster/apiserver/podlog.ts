import { type ApiError, badRequest, failure, invalidObject } from '../apimachinery/errors';
import { invalid, type FieldError } from '../apimachinery/fielderror';
import type { Json, KubeObject } from '../apimachinery/object';
import { strconvError } from '../apimachinery/strconv';
import { parseTime } from '../apimachinery/time';
import { isTrue } from './listoptions';

/** What is asked of a container's log. Upstream: core/v1 PodLogOptions. */
export interface LogRequest {
  readonly container: string;
  /** Of the instance before the one that runs. */
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** Only so many of the last lines. */
  readonly tailLines?: number;
  /** Only lines written then or later, ms since the epoch. */
  readonly since?: number;
  readonly limitBytes?: number;
}

/** The kubelets, as far as the API server asks them for logs. */
export interface LogReader {
  /** @throws ApiError */
  read(pod: KubeObject, request: LogRequest): string;
  /** Calls `onText` with what there is and what comes, and `onEnd` when nothing more can come. @returns what stops it @throws ApiError */
  follow(pod: KubeObject, request: LogRequest, onText: (text: string) => void, onEnd: () => void): () => void;
}

/**
 * Reads the query of a request on pods/log. Undefined: the pod has no node yet, and its log is empty.
 * Upstream: pkg/registry/core/pod LogLocation, pkg/apis/core/validation ValidatePodLogOptions.
 * @param now virtual ms since the epoch
 * @throws ApiError
 */
export function logRequest(pod: KubeObject, query: Readonly<Record<string, string>>, now: number): LogRequest | undefined {
  const errors: FieldError[] = [];
  const number = (name: string, least: number) => {
    const text = query[name];
    if (text === undefined) return undefined;
    const wrong = strconvError(text, 'ParseInt');
    if (wrong !== undefined)
      throw badRequest(`unable to parse query parameter ${JSON.stringify(name)} with value ${JSON.stringify(text)}: ${wrong}`);
    const value = Number(text);
    if (value < least) errors.push(invalid(name, value, `must be greater than ${least === 0 ? 'or equal to ' : ''}0`));
    return value;
  };
  const [tailLines, limitBytes] = [number('tailLines', 0), number('limitBytes', 1)];
  const both = query.sinceSeconds !== undefined && query.sinceTime !== undefined;
  const seconds = both ? undefined : number('sinceSeconds', 1);
  if (both) throw optionsError(pod, 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (errors.length > 0) throw invalidObject(OPTIONS, pod.metadata.name, errors);
  const container = containerName(pod, query.container ?? '');
  if (!pod.spec.nodeName) return undefined;
  const since = seconds !== undefined ? now - seconds * 1000 : query.sinceTime ? parseTime(query.sinceTime) : undefined;
  return {
    container,
    previous: isTrue(query.previous),
    timestamps: isTrue(query.timestamps),
    ...(tailLines !== undefined && { tailLines }),
    ...(limitBytes !== undefined && { limitBytes }),
    ...(since !== undefined && !Number.isNaN(since) && { since }),
  };
}

const OPTIONS = { group: '', kind: 'PodLogOptions', plural: 'podlogoptions' };

function optionsError(pod: KubeObject, what: string): ApiError {
  return failure(422, 'Invalid', `PodLogOptions "${pod.metadata.name}" is invalid: ${what}`);
}

/** The container that is meant. Upstream: pkg/registry/core/pod validateContainer. @throws ApiError BadRequest */
function containerName({ metadata, spec }: KubeObject, wanted: string): string {
  const names = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(
    ({ name }: Json) => name as string,
  );
  if (wanted === '') {
    if (spec.containers.length === 1) return spec.containers[0].name;
    throw badRequest(`a container name must be specified for pod ${metadata.name}, choose one of: [${names.join(' ')}]`);
  }
  if (!names.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${metadata.name}`);
  return wanted;
}
