import type { Json } from '../../cluster/apimachinery/object';
import { createTwoWayMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Command, Invocation } from '../command';
import { fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag, validateFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { goJson } from '../printers/gojson';
import { withoutManagedFields } from '../printers/objectprinter';
import { buildTargets, fetchTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { Reporter, writeQuery } from '../writing';
import { parseYamlDocument, YamlError } from '../yaml/parse';
import { printYaml } from '../yaml/print';

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

export const edit: Command = {
  name: 'edit',
  short: 'Edit a resource on the server',
  use: '(RESOURCE/NAME | -f FILENAME)',
  examples: ['kubectl edit svc test'],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    validateFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-edit'),
    flag('output-patch', 'bool', 'Show the patch.', { support: 'not simulated' }),
    flag('subresource', 'string', 'Subresource to edit.', { support: 'not simulated' }),
    flag('windows-line-endings', 'bool', 'Use the line ends of Windows.', { support: 'ignored' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const built = buildTargets(session, { flags, args, listsAll: true });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    for (const target of found) yield* editTarget(invocation, target);
  },
};

function* editTarget(invocation: Invocation, target: Target): Generator<Suspend, void, void> {
  const { session } = invocation;
  const { environment } = session;
  if (!environment.edit) throw new KubectlError('unable to launch the editor "vi": this terminal has none');
  const { mapping, namespace, name } = target;
  const live: Json = withoutManagedFields(target.object);
  const json = invocation.flags.string('output') === 'json';
  const file = `/tmp/kubectl-edit-${temporaryNumber(session)}.${json ? 'json' : 'yaml'}`;
  const start = json ? `${goJson(live, { indent: 4 })}\n` : HEADER + printYaml(live);
  environment.writeFile(file, start);
  yield* environment.edit(file);
  const text = environment.readFile(file) ?? '';
  const edited = withoutComments(text);
  if (edited.trim() === '') throw new KubectlError('Edit cancelled, saved file was empty.', { verbatim: true });
  if (edited === withoutComments(start)) {
    session.err('Edit cancelled, no changes made.\n');
    environment.removeFile(file);
    return;
  }
  try {
    const object = parse(text);
    const patch = createTwoWayMergePatch(mapping.kind, live, object);
    const path = pathOf(mapping, namespace, name);
    const query = { ...writeQuery(invocation, 'none'), fieldValidation: 'Strict' };
    new Reporter(invocation, 'none').report(
      session.patch(path, 'application/strategic-merge-patch+json', patch, query),
      'edited',
    );
    environment.removeFile(file);
  } catch (error) {
    session.err(`${refusal(error, mapping.resource, name ?? '')}A copy of your changes has been stored to "${file}"\n`);
    throw new KubectlError('Edit cancelled, no valid changes were saved.');
  }
}

/** Stands in for the random number of a temporary file. */
function temporaryNumber(session: Invocation['session']): number {
  return (session.now * 2_654_435_761) % 4_294_967_291;
}

function refusal(error: unknown, resource: string, name: string): string {
  if (error instanceof StatusError && error.reason === 'Invalid')
    return `error: ${resource} ${JSON.stringify(name)} is invalid\n`;
  if (error instanceof StatusError || error instanceof KubectlError) return `error: ${error.message}\n`;
  throw error;
}

const withoutComments = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');

function parse(text: string): Json {
  try {
    return parseYamlDocument(text);
  } catch (error) {
    if (error instanceof YamlError) throw new KubectlError(error.message);
    throw error;
  }
}
