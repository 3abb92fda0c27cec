import type { ApiRequest } from '../../cluster/apiserver/rest';
import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { KubectlError } from '../errors';
import { parseJson } from '../parsejson';
import { goJson } from '../../cluster/apimachinery/gojson';

/** The path that a --raw names; of a whole address the host does not matter. @throws KubectlError */
function rawPath(raw: string): string {
  const path = raw.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/?]*/i, '').replace(/#.*$/s, '');
  if (path === raw && !raw.startsWith('/'))
    throw new KubectlError(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
  return path || '/';
}

/**
 * Sends a file to the path of --raw as it is, and prints the answer. Upstream: kubectl/pkg/rawhttp.
 * @throws KubectlError, StatusError
 */
export function sendRaw({ session, flags }: Invocation, method: ApiRequest['method']): void {
  const files = flags.list('filename');
  if (files.length !== 1) throw new KubectlError('--raw can only use a single local file or stdin');
  const [file = ''] = files;
  if (/^https?:\/\//.test(file)) throw new KubectlError('--raw cannot read from a url');
  if (flags.boolean('recursive')) throw new KubectlError('--raw and --recursive are mutually exclusive');
  if (flags.string('output')) throw new KubectlError('--raw and --output are mutually exclusive');
  const target = splitRaw(flags.string('raw'));
  const { stdin, readFile } = session.environment;
  const text = file === '-' ? stdin : readFile.call(session.environment, file);
  if (text === undefined) throw new KubectlError(`open ${file}: no such file or directory`);
  // what is no JSON the server refuses in its own words
  const answer = session.request({ method, ...target, body: parse(text), text, headers: { 'content-type': 'application/json' } });
  session.out(rawText(answer, target));
}

/** An answer as it comes over the wire. Upstream: apimachinery/pkg/runtime/serializer/json, which indents when it is asked to. */
export function rawText(answer: Json, { path, query }: RawTarget): string {
  if (typeof answer === 'string') return answer;
  const pretty = /^\/version\/?$/.test(path) || (query.pretty !== undefined && !/^(0|false)$/i.test(query.pretty));
  // what is indented has no end
  return pretty ? goJson(answer, { indent: 2, sorted: false }) : `${goJson(answer, { indent: 0, sorted: false })}\n`;
}

/** Where a --raw leads. */
interface RawTarget {
  path: string;
  query: Record<string, string>;
}

/** The path of --raw and the query behind it: of several values the first, but for those of which the server takes all. @throws KubectlError */
export function splitRaw(raw: string): RawTarget {
  const [path = '', search = ''] = rawPath(raw).split('?');
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (query[name] === undefined) query[name] = value;
    else if (name === 'exclude' || name === 'dryRun') query[name] += `\n${value}`;
  }
  return { path, query };
}

/** Undefined for a text that is no JSON. */
function parse(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof KubectlError) throw error;
    return undefined;
  }
}
