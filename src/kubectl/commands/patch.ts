import { deepEqual } from '../../cluster/apimachinery/json';
import { applyJsonPatch } from '../../cluster/apimachinery/jsonpatch';
import { applyMergePatch } from '../../cluster/apimachinery/mergepatch';
import type { Json } from '../../cluster/apimachinery/object';
import { applyStrategicMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, localFlag, outputFlags } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { parseJson } from '../parsejson';
import { withoutManagedFields } from '../printers/objectprinter';
import { recordCause, recordFlag } from '../record';
import { buildTargets, visitTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, Reporter, writeQuery } from '../writing';
import { parseYamlDocument, YamlError } from '../yaml/parse';
import { goJsonError } from '../../cluster/apimachinery/gojsonerror';

const TYPES: Record<string, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

export const patch: Command = {
  name: 'patch',
  short: 'Update fields of a resource',
  use: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  examples: [`kubectl patch svc test -p '{"spec":{"type":"NodePort"}}'`],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    { ...localFlag, support: 'simulated' as const },
    fieldManagerFlag('kubectl-patch'),
    recordFlag,
    flag('patch', 'string', 'The patch, as JSON or YAML.', { short: 'p' }),
    flag('patch-file', 'string', 'File with the patch.'),
    flag('subresource', 'string', 'Subresource to patch: status, scale.'),
    flag('type', 'string', 'json, merge or strategic.', { default: 'strategic' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const dryRun = dryRunOf(invocation);
    if (!flags.string('patch') && !flags.string('patch-file')) {
      throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch');
    }
    if (flags.string('patch') && flags.string('patch-file'))
      throw new KubectlError('cannot specify --patch and --patch-file together');
    const type = flags.string('type').toLowerCase();
    const contentType = TYPES[type];
    if (!contentType) throw new KubectlError(`--type must be one of [json merge strategic], not ${JSON.stringify(type)}`);
    const local = flags.boolean('local');
    if (local && args.length > 0) throw new KubectlError('cannot specify --local and server resources');
    if (local && dryRun === 'server')
      throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    const body = parsePatch(patchText(invocation), type, flags.string('patch'));
    const built = buildTargets(session, { flags, args, local });
    const reporter = new Reporter(invocation, 'none');
    const patchOne = (target: Target) => {
      const before: Json = target.object;
      const sub = flags.has('subresource') ? `/${flags.string('subresource')}` : '';
      const path = pathOf(target.mapping, target.namespace, target.name) + sub;
      const query = writeQuery(invocation, dryRun);
      const offline = local || dryRun === 'client';
      const after = offline ? patchLocally(type, before, body) : session.patch(path, contentType, body, query);
      const unchanged = deepEqual(withoutManagedFields(before), withoutManagedFields(after));
      const recorded = offline ? after : recordCause(invocation, target, after, query);
      reporter.report(recorded, unchanged ? 'patched (no change)' : 'patched');
    };
    let count = 0;
    for (const target of visitTargets(session, built, flags, { latest: false })) {
      count++;
      try {
        patchOne(target);
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(error);
      }
    }
    throwGathered(built.errors);
    if (count === 0) throw new KubectlError('no objects passed to patch');
  },
};

function patchText({ session, flags }: Invocation): string {
  if (!flags.has('patch-file')) return flags.string('patch');
  const path = flags.string('patch-file');
  const text = path === '-' ? session.environment.stdin : session.environment.readFile(path);
  if (text === undefined) throw new KubectlError(`unable to read patch file: open ${path}: no such file or directory`);
  return text;
}

/**
 * JSON goes as it is (the server would refuse what is none); anything else is YAML.
 * @param shown what an error names: the flag's text even where the patch came from a file
 */
function parsePatch(text: string, type: string, shown: string): Json {
  if (/^\s*[{[]/.test(text)) {
    try {
      return parseJson(text);
    } catch (error) {
      if (error instanceof KubectlError) throw error;
      if (/^\s*\{/.test(text)) {
        const doing = type === 'strategic' ? '' : 'error decoding patch: ';
        throw new StatusError({ reason: 'BadRequest', message: `${doing}${goJsonError(text)}` });
      }
    }
  }
  try {
    return parseYamlDocument(text) ?? null;
  } catch (error) {
    if (error instanceof YamlError)
      throw new KubectlError(
        `unable to parse ${JSON.stringify(shown)}: ${error.message.replace('error converting YAML to JSON: ', '')}`,
      );
    throw error;
  }
}

function patchLocally(type: string, before: Json, body: Json): Json {
  const map = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (type === 'json' && map) throw new KubectlError('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  if (type === 'merge' && Array.isArray(body))
    throw new KubectlError('json: cannot unmarshal array into Go value of type unstructured.detector');
  if (type === 'strategic' && !map) throw new KubectlError('invalid JSON document');
  try {
    if (type === 'json') return applyJsonPatch(before, body);
    return type === 'merge' ? applyMergePatch(before, body) : applyStrategicMergePatch(before.kind, before, body);
  } catch (error) {
    if (error instanceof Error) throw new KubectlError(error.message);
    throw error;
  }
}
