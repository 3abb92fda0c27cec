import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { qualified, type Mapping } from '../discovery';
import { KubectlError, notSimulated, StatusError } from '../errors';
import { flag } from '../flags';
import { JsonPathError, parseJsonPath, type PathStep } from '../printers/jsonpathparser';
import { ModelPrinter } from '../printers/modelprinter';
import type { Session } from '../session';
import type { Suspend } from '../types';

const NO_TYPE =
  'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.';

export const explain: Command = {
  name: 'explain',
  short: 'Get documentation for a resource',
  use: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  examples: ['kubectl explain service.spec', 'kubectl explain deployment --recursive'],
  flags: [
    flag('api-version', 'string', 'Version of the kind: group/version.'),
    flag('output', 'string', 'Form of the answer: plaintext.', { short: 'o', default: 'plaintext' }),
    flag('recursive', 'bool', 'All fields, without their descriptions.', { short: 'R' }),
  ],
  *run(invocation) {
    const { session, flags, args } = invocation;
    const [request] = args;
    if (request === undefined) throw new KubectlError(NO_TYPE);
    if (args.length > 1) throw new KubectlError('We accept only this format: explain RESOURCE');
    const { mapping, fields } = parseRequest(session, request, flags.string('api-version') === '');
    const kind = versioned(mapping, flags.string('api-version'));
    const document = yield* openApi(session, kind);
    checkOutput(invocation);
    if (!isIn(document, kind)) {
      const groupVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version;
      throw new KubectlError(`GVR (${groupVersion}, Resource=${kind.resource}) not found in OpenAPI schema`);
    }
    session.out(`${kind.group && `GROUP:      ${kind.group}\n`}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`);
    const text = new ModelPrinter(document, flags.boolean('recursive')).print(kind, fields);
    if (text === undefined) throw new KubectlError(`field ${JSON.stringify(fields.at(-1) ?? '')} does not exist`);
    session.out(`${text}\n`);
  },
};

/**
 * `deployments.apps.spec.replicas`: a kind, perhaps with its group, and fields of it. The group counts only behind the plural.
 * Upstream: kubectl/pkg/explain SplitAndParseResourceRequestWithMatchingPrefix.
 */
function parseRequest(session: Session, request: string, withGroup: boolean): { mapping: Mapping; fields: string[] } {
  const [kind, ...path] = steps(request);
  if (kind?.type !== 'field') throw new KubectlError('invalid jsonpath syntax, first node must be field node');
  const { name } = kind;
  const first = findKind(session, name);
  if (!withGroup) return { mapping: first, fields: names(path, 'all nodes must be field nodes') };
  const alike = session.discovery.mappings.filter(
    ({ resource, singular, shortNames }) => [resource, singular].includes(name.toLowerCase()) || shortNames.includes(name),
  );
  const mapping = [first, ...alike].find((candidate) => request.startsWith(qualified(candidate)));
  return mapping
    ? { mapping, fields: names(steps(request.slice(qualified(mapping).length)).slice(1)) }
    : { mapping: first, fields: names(path) };
}

function findKind(session: Session, name: string): Mapping {
  if (name === '') throw new KubectlError('a resource must be present, got: /, Resource=');
  try {
    return session.find(name);
  } catch (error) {
    if (error instanceof KubectlError) throw new KubectlError(error.message, { verbatim: true });
    throw error;
  }
}

/** A request, or what stands behind its kind, is a path of JSONPath without the dot in front. @throws KubectlError */
function steps(request: string): PathStep[] {
  try {
    const [path] = parseJsonPath(`{.${request.replace(/\.$/, '')}}`);
    return path?.type === 'path' ? path.steps : [];
  } catch (error) {
    throw error instanceof JsonPathError ? new KubectlError(error.message) : error;
  }
}

function names(path: readonly PathStep[], problem = 'first node must be field node'): string[] {
  return path.map((step) => {
    if (step.type !== 'field') throw new KubectlError(`invalid jsonpath syntax, ${problem}`);
    return step.name;
  });
}

function isIn(document: Json, { group, version, resource }: Mapping): boolean {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  return [`${root}/${resource}`, `${root}/namespaces/{namespace}/${resource}`].some((path) => document.paths[path]);
}

function versioned(mapping: Mapping, apiVersion: string): Mapping {
  if (apiVersion === '') return mapping;
  const [first = '', second, third] = apiVersion.split('/');
  if (third !== undefined) throw new KubectlError(`unexpected GroupVersion string: ${apiVersion}`);
  return second === undefined ? { ...mapping, group: '', version: first } : { ...mapping, group: first, version: second };
}

/** The server's description of a group's kinds. @throws KubectlError when it has none */
function* openApi(session: Session, { group, version, resource }: Mapping): Generator<Suspend, Json, void> {
  const { paths } = yield* getPatiently(session, '/openapi/v3');
  const entry = paths[group ? `apis/${group}/${version}` : `api/${version}`];
  if (!entry) throw new KubectlError(`couldn't find resource for "${group}/${version}, Resource=${resource}"`);
  const [path = '', query = ''] = String(entry.serverRelativeURL).split('?');
  return yield* getPatiently(session, path, Object.fromEntries(new URLSearchParams(query)));
}

/** Asks again, up to ten times, while the server says that it will soon be ready. Upstream: client-go/rest with_retry.go. */
function* getPatiently(session: Session, path: string, query?: Record<string, string>): Generator<Suspend, Json, void> {
  for (let tries = 10; ; tries--) {
    try {
      return session.get(path, query);
    } catch (error) {
      const seconds: unknown = error instanceof StatusError ? error.status.details?.retryAfterSeconds : undefined;
      if (typeof seconds !== 'number' || tries === 0) throw error;
      yield { until: session.now + seconds * 1000 };
    }
  }
}

function checkOutput({ flags }: Invocation): void {
  const output = flags.string('output');
  if (output === 'plaintext') return;
  if (output === 'plaintext-openapiv2') throw notSimulated('have OpenAPI v2');
  throw new KubectlError(`unrecognized format: ${output}`);
}
