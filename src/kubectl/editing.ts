import { deepEqual } from '../cluster/apimachinery/json';
import type { Json, KubeObject } from '../cluster/apimachinery/object';
import { createTwoWayMergePatch } from '../cluster/apimachinery/strategicpatch';
import type { Invocation } from './command';
import { pathOf, qualified } from './discovery';
import { KubectlError, StatusError, throwGathered } from './errors';
import { readManifestText } from './manifest';
import { checkTypeMeta } from './manifestcheck';
import { goJson } from '../cluster/apimachinery/gojson';
import { printKyaml } from './printers/kyaml';
import { mappingOf, requireNamespace, type Target } from './resourcebuilder';
import type { Session } from './session';
import type { KubectlEnvironment, Suspend } from './types';
import { fieldValidation, LAST_APPLIED, Reporter, withLastApplied, writeQuery } from './writing';
import { printYaml } from './yaml/print';
import { parseYamlDocument, YamlError } from './yaml/parse';

/** What is edited: live objects, manifests before they are created, or what apply remembers. */
export type EditMode = 'live' | 'creation' | 'last-applied';

const HEADERS: Record<EditMode, string> = {
  live: `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
  get creation() {
    return this.live;
  },
  'last-applied': `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`,
};

/** How a format writes the object to edit. */
const FORMATS: Record<string, (object: Json) => string> = {
  json: (object) => `${goJson(object, { indent: 4 })}\n`,
  kyaml: (object) => printKyaml(object),
  yaml: printYaml,
};

/** Why the server did not take an object: told at the top of the file when it is opened again. */
interface Reason {
  head: string;
  others: string[];
}

/** What became of one round of the editor. */
interface Round {
  reasons: Reason[];
  /** Objects whose update may be tried again, and such that are gone. */
  retryable: number;
  missing: number;
  invalid: number;
}

/**
 * Lets the objects be edited until the server takes them, or nothing is changed any more: live objects in one file, manifests one by one.
 * Upstream: kubectl/pkg/cmd/util/editor EditOptions.
 * @param errors what was wrong with the files of manifests, told with what goes wrong here
 * @returns the exit code
 * @throws KubectlError, StatusError
 */
export function* editTargets(
  invocation: Invocation,
  targets: readonly Target[],
  mode: EditMode,
  errors: Error[] = [],
): Generator<Suspend, number, void> {
  if (mode !== 'creation') return yield* new Editing(invocation, mode).edit(targets);
  for (const target of targets) {
    try {
      yield* new Editing(invocation, mode).edit([target]);
    } catch (error) {
      if (!(error instanceof KubectlError || error instanceof StatusError)) throw error;
      errors.push(error);
    }
  }
  throwGathered(errors);
  return 0;
}

/** The objects that a text holds, as it was edited. @throws KubectlError */
export function editedTargets(session: Session, text: string): Target[] {
  const items = readManifestText('edited-file', text, { validate: false });
  throwGathered(items.flatMap(({ error }) => (error ? [error] : [])));
  return items.flatMap(({ object }) => {
    if (!object) return [];
    const { name, namespace } = object.metadata ?? {};
    return [{ mapping: mappingOf(session, object, 'edited-file'), name: name ?? '', namespace, object }];
  });
}

class Editing {
  private readonly session: Session;
  private readonly environment: KubectlEnvironment;
  private readonly validation: string;
  private readonly subresource: string;
  private files = 0;

  constructor(
    private readonly invocation: Invocation,
    private readonly mode: EditMode,
  ) {
    this.session = invocation.session;
    this.environment = invocation.session.environment;
    this.validation = fieldValidation(invocation);
    const subresource = invocation.flags.string('subresource');
    this.subresource = subresource && `/${subresource}`;
  }

  *edit(targets: readonly Target[]): Generator<Suspend, number, void> {
    const { environment, session } = this;
    const format = this.invocation.flags.string('output').toLowerCase() || 'yaml';
    const write = FORMATS[format];
    if (!write) {
      throw new KubectlError(
        `unable to match a printer suitable for the output format "${this.invocation.flags.string('output')}", allowed formats are: ${Object.keys(FORMATS).join(',')}`,
      );
    }
    const original = write(withoutManagers(targets));
    let file = '';
    let edited: string | undefined;
    let round: Round = { reasons: [], retryable: 0, missing: 0, invalid: 0 };
    for (;;) {
      const header = format === 'json' ? '' : HEADERS[this.mode] + round.reasons.map(reasonText).join('');
      const before = edited;
      const previous = file;
      file = this.temporaryFile(format === 'json' ? 'json' : 'yaml');
      const text = header + (before === undefined ? original : `${withoutComments(before)}`);
      environment.writeFile(file, this.invocation.flags.boolean('windows-line-endings') ? text.replaceAll('\n', '\r\n') : text);
      yield* launch(environment, file);
      edited = environment.readFile(file) ?? '';
      if (before !== undefined && content(before) === content(edited))
        throw this.keeping(file, new KubectlError('Edit cancelled, no valid changes were saved.'));
      if (previous) environment.removeFile(previous);
      round = { reasons: [], retryable: 0, missing: 0, invalid: 0 };
      const problem = this.validation === 'Ignore' ? undefined : invalidTypes(edited);
      if (problem !== undefined) {
        this.refused(round, targets[0] as Target, invalidFile(problem));
        continue;
      }
      if (content(original) === content(edited)) {
        environment.removeFile(file);
        session.err('Edit cancelled, no changes made.\n');
        return 0;
      }
      if (!/^[^\S\n]*[^\s#]/m.test(edited)) {
        environment.removeFile(file);
        session.err('Edit cancelled, saved file was empty.\n');
        return 0;
      }
      let updated: Target[];
      try {
        updated = editedTargets(session, edited);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        round.reasons.push({ head: `The edited file had a syntax error: ${error.message}`, others: [] });
        continue;
      }
      try {
        this.send(targets, updated, round);
      } catch (error) {
        if (!(error instanceof KubectlError || error instanceof StatusError)) throw error;
        throw this.keeping(file, error);
      }
      if (round.retryable > 0) {
        session.err(`You can run \`kubectl replace -f ${file}\` to try this update again.\n`);
        return 1;
      }
      if (round.missing > 0) {
        session.err(`The edits you made on deleted resources have been saved to ${JSON.stringify(file)}\n`);
        return 1;
      }
      if (round.invalid === 0) {
        environment.removeFile(file);
        return 0;
      }
    }
  }

  /** Stands in for the random number of a temporary file. */
  private temporaryFile(extension: string): string {
    const number = ((this.session.now + this.files++) * 2_654_435_761) % 4_294_967_291;
    return `/tmp/kubectl-edit-${number}.${extension}`;
  }

  /** Tells where the edited text is before an error ends the command. */
  private keeping<E>(file: string, error: E): E {
    this.session.err(`A copy of your changes has been stored to ${JSON.stringify(file)}\n`);
    return error;
  }

  private send(targets: readonly Target[], updated: Target[], round: Round): void {
    const { session } = this;
    const managed = new Map(targets.map(({ object }) => [object?.metadata.uid, object?.metadata.managedFields]));
    const restored = updated.map((target) => {
      const namespace = target.namespace || session.namespace;
      if (target.mapping.namespaced) requireNamespace(session, namespace);
      const { metadata, ...rest }: Json = target.object;
      const managedFields = managed.get(metadata?.uid);
      const object: Json = {
        ...rest,
        metadata: { ...metadata, ...(target.mapping.namespaced && { namespace }), ...(managedFields && { managedFields }) },
      };
      const saved: KubeObject = this.invocation.flags.boolean('save-config') ? withLastApplied(object) : object;
      return { ...target, namespace: target.mapping.namespaced ? namespace : undefined, object: saved };
    });
    for (const target of restored) {
      if (this.mode === 'creation') this.create(target);
      else this.change(originalOf(targets, target), target, round);
    }
  }

  private query(): Record<string, string> {
    return { ...writeQuery(this.invocation, 'none'), fieldValidation: this.validation };
  }

  /** Each object has a printer of its own: nothing stands between them. */
  private report(object: Json, verb: string): void {
    new Reporter(this.invocation, 'none').report(object, verb);
  }

  private create({ mapping, namespace, object }: Target): void {
    this.report(this.session.post(pathOf(mapping, namespace), object, this.query()), 'created');
  }

  private change(original: Json, target: Target, round: Round): void {
    const { session, invocation } = this;
    const { mapping, name } = target;
    const object: Json = target.object;
    if (deepEqual(original, object)) return this.report(object, 'skipped');
    const path = pathOf(mapping, target.namespace, name) + this.subresource;
    if (this.mode === 'last-applied') {
      const annotations = { [LAST_APPLIED]: `${goJson(object, { indent: 0 })}\n` };
      session.patch(path, 'application/merge-patch+json', { metadata: { annotations } }, this.query());
      return this.report(object, 'edited');
    }
    const same = ['apiVersion', 'kind'].every((key) => original[key] === object[key]);
    if (!same || original.metadata.name !== object.metadata?.name)
      throw new KubectlError('At least one of apiVersion, kind and name was changed');
    const patch = twoWayPatch(mapping.kind, original, object);
    if (invocation.flags.boolean('output-patch')) session.out(`Patch: ${goJson(patch, { indent: 0 })}\n`);
    try {
      this.report(session.patch(path, 'application/strategic-merge-patch+json', patch, this.query()), 'edited');
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      this.refused(round, target, error);
    }
  }

  private refused(round: Round, { mapping, name }: Target, error: StatusError): void {
    const what = `${qualified(mapping)} ${JSON.stringify(name)}`;
    if (error.reason === 'Invalid') {
      const causes: Json[] = error.status.details?.causes ?? [];
      const others = causes.map((cause) => `${cause.field ?? ''}: ${cause.message}`);
      round.reasons.push({ head: `${what} was not valid`, others });
      round.invalid++;
      this.session.err(`error: ${what} is invalid\n`);
    } else if (error.reason === 'NotFound') {
      round.missing++;
      this.session.err(`error: ${what} could not be found on the server\n`);
    } else {
      round.retryable++;
      this.session.err(`error: ${what} could not be patched: ${error.message}\n`);
    }
  }
}

function twoWayPatch(kind: string, original: Json, object: Json): Json {
  try {
    return createTwoWayMergePatch(kind, original, object);
  } catch (error) {
    throw error instanceof Error ? new KubectlError(error.message) : error;
  }
}

/** One object by itself, several as a List. */
function withoutManagers(targets: readonly Target[]): Json {
  const objects = targets.map(({ object }) => {
    const { managedFields: _managedFields, ...metadata }: Json = object?.metadata ?? {};
    return { ...object, metadata };
  });
  return objects.length === 1 ? objects[0] : { kind: 'List', apiVersion: 'v1', metadata: {}, items: objects };
}

/** The object that was edited; those that have no uid are all taken for the first. */
function originalOf(targets: readonly Target[], { object, mapping, name }: Target): Json {
  const found = targets.find((target) => target.object?.metadata?.uid === object?.metadata?.uid);
  if (found) return found.object;
  throw new KubectlError(`no original object found for ${qualified(mapping)} ${JSON.stringify(name)}`);
}

const withoutComments = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join('\n');

/** What of a text counts: what it says as YAML, or, where it is none, all but the comments. */
function content(text: string): string {
  try {
    return goJson(parseYamlDocument(text) ?? null, { indent: 0 });
  } catch (error) {
    if (error instanceof YamlError) return withoutComments(text);
    throw error;
  }
}

/** Why a text cannot be an object. */
function invalidTypes(text: string): string | undefined {
  try {
    return checkTypeMeta(parseYamlDocument(text) ?? null);
  } catch (error) {
    if (error instanceof YamlError) return error.message;
    throw error;
  }
}

/** A file whose text is no object, as the refusal of one. */
function invalidFile(problem: string): StatusError {
  const message = `Invalid value: "The edited file failed validation": ${problem}`;
  return new StatusError({ reason: 'Invalid', message, details: { causes: [{ field: '<nil>', message }] } });
}

function reasonText({ head, others }: Reason): string {
  const commented = (text: string) => text.replace(/\n(?!#|$)/g, '\n# ');
  const lines = [`# ${commented(head)}${others.length > 0 ? ':' : ''}`, ...others.map((other) => `# * ${commented(other)}`), '#'];
  return `${lines.join('\n')}\n`;
}

/** Opens the editor. @throws KubectlError when it fails. Upstream: kubectl/pkg/cmd/util/editor Editor.Launch. */
function* launch(environment: KubectlEnvironment, file: string): Generator<Suspend, void, void> {
  const { env } = environment;
  const editor = env.KUBE_EDITOR || env.EDITOR || 'vi';
  const exit = environment.edit ? yield* environment.edit(file) : 127;
  if (exit === 0) return;
  const throughShell = editor.includes(' ') && /["'\\]/.test(editor);
  if (exit === 127 && !throughShell) throw new KubectlError(`unable to launch the editor ${JSON.stringify(editor)}`);
  const command = throughShell ? `${env.SHELL || '/bin/bash'} -c ${editor}` : editor;
  throw new KubectlError(`there was a problem with the editor ${JSON.stringify(command)}`);
}
