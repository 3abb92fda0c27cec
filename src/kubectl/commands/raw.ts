import type { ApiRequest } from '../../cluster/apiserver/rest';
import type { Json } from '../../cluster/apimachinery/object';
import type { Invocation } from '../command';
import { KubectlError, StatusError } from '../errors';
import { goJson } from '../printers/gojson';
import { goJsonError } from '../../cluster/apimachinery/gojsonerror';

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
  const path = flags.string('raw');
  if (!path.startsWith('/'))
    throw new KubectlError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
  const { stdin, readFile } = session.environment;
  const text = file === '-' ? stdin : readFile.call(session.environment, file);
  if (text === undefined) throw new KubectlError(`open ${file}: no such file or directory`);
  const { body, problem } = parse(text);
  try {
    const answer = session.request({ method, path, body, headers: { 'content-type': 'application/json' } });
    session.out(typeof answer === 'string' ? answer : `${goJson(answer, { indent: 0, sorted: false })}\n`);
  } catch (error) {
    // the server does not get to see a text that is no JSON, but says where there is nothing to send it to
    if (problem === undefined || !(error instanceof StatusError) || error.reason !== 'BadRequest') throw error;
    throw new StatusError({ ...error.status, message: `couldn't get version/kind; json parse error: ${problem}` });
  }
}

function parse(text: string): { body: Json; problem?: string } {
  try {
    return { body: JSON.parse(text) as Json };
  } catch {
    return { body: text, problem: goJsonError(text) };
  }
}
