import type { Json } from '../../cluster/apimachinery/object';
import { goJsonError } from '../../cluster/apimachinery/gojsonerror';
import { parseYamlDocument, YamlError } from '../../kubectl/yaml/parse';
import { decodeProtobuf, PROTOBUF } from './protobuf';

/** The part of a request that has no meaning in a web page: bytes and their media types. */
const JSON_TYPES = ['application/json', 'application/yaml'];
const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

/** A request that is answered before it reaches the API server. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** The real server's Status for what went wrong. */
export function statusOf({ code, reason, message }: { code: number; reason: string; message: string }): Json {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

/**
 * Checks that one of the media types a client accepts can be served: JSON. Clients that would rather have protobuf name both.
 * @throws Refusal 406
 */
export function checkAccept(accept: string | undefined): void {
  if (!accept) return;
  const types = accept.split(',').map((entry) => (entry.split(';')[0] ?? '').trim());
  if (types.some((type) => ['application/json', 'application/*', '*/*', 'text/plain', 'text/*'].includes(type))) return;
  throw new Refusal(406, 'NotAcceptable', `only the following media types are accepted: ${JSON_TYPES.join(', ')}`);
}

/**
 * Reads a body as its content type says.
 * @throws Refusal 415 for CBOR and other unknown types, 400 for text that is none of its type
 */
export function readBody(bytes: Buffer, contentType: string | undefined, method: string): Json | undefined {
  if (bytes.length === 0) return undefined;
  const type = (contentType ?? 'application/json').split(';')[0]?.trim() ?? '';
  if (type === PROTOBUF) return readProtobuf(bytes);
  const text = bytes.toString('utf8');
  const known = method === 'PATCH' ? PATCH_TYPES : JSON_TYPES;
  // an unknown patch type is the API server's to refuse
  if (!known.includes(type) && method !== 'PATCH') {
    const types = JSON_TYPES.join(', ');
    throw new Refusal(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${types}`,
    );
  }
  if (type.endsWith('yaml')) return readYaml(text);
  try {
    return JSON.parse(text) as Json;
  } catch {
    const why = goJsonError(text);
    throw new Refusal(
      400,
      'BadRequest',
      method === 'PATCH'
        ? `${type.includes('strategic') ? '' : 'error decoding patch: '}${why}`
        : `couldn't get version/kind; json parse error: ${why}`,
    );
  }
}

function readYaml(text: string): Json | undefined {
  try {
    return parseYamlDocument(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new Refusal(400, 'BadRequest', error.message);
  }
}

function readProtobuf(bytes: Buffer): Json {
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(400, 'BadRequest', error.message);
  }
}
