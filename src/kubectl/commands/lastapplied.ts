import { deepEqual } from '../../cluster/apimachinery/json';
import type { Json } from '../../cluster/apimachinery/object';
import { printYaml } from '../yaml/print';
import type { Command } from '../command';
import { allFlag, dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, selectorFlag, validateFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { editedTargets, editTargets } from '../editing';
import { KubectlError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { goJson } from '../../cluster/apimachinery/gojson';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, LAST_APPLIED, Reporter } from '../writing';

const MISSING =
  'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`';

const viewLastApplied: Command = {
  name: 'view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  use: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: [...filenameFlags, selectorFlag, allFlag, flag('output', 'string', 'yaml or json.', { short: 'o', default: 'yaml' })],
  *run({ session, flags, args, path }): Generator<Suspend, void, void> {
    const built = buildTargets(session, { flags, args, selectsAll: true, listsAll: session.namespaceEnforced });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    for (const target of found) {
      const saved = target.object?.metadata.annotations?.[LAST_APPLIED];
      // upstream means to tell of it and does not
      if (saved === undefined) continue;
      const object = JSON.parse(saved);
      const format = flags.string('output');
      if (format === 'json') session.out(`${goJson(object, { indent: 2 })}\n`);
      else if (format === 'yaml') session.out(printYaml(object));
      else throw usageError(path, `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`);
    }
  },
};

const setLastApplied: Command = {
  name: 'set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  use: '-f FILENAME',
  flags: [
    flag('filename', 'list', 'Files with the configuration.', { short: 'f' }),
    ...outputFlags,
    dryRunFlag,
    flag('create-annotation', 'bool', 'Create the annotation where it is missing.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags } = invocation;
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, dryRun);
    const built = buildTargets(session, { flags, args: [], validate: true });
    throwGathered(built.errors);
    const changes: { path: string; live: Json; patch: Json }[] = [];
    for (const { mapping, namespace, name, object } of built.targets) {
      const path = pathOf(mapping, namespace, name);
      const live = session.get(path);
      const saved = live.metadata.annotations?.[LAST_APPLIED];
      if (saved === undefined && !flags.boolean('create-annotation')) {
        throw new KubectlError(
          `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
        );
      }
      const manifest: Json = object;
      if (saved !== undefined && deepEqual(JSON.parse(saved), manifest)) {
        session.out(`set-last-applied ${name}: no changes required.\n`);
        continue;
      }
      const text = `${goJson(manifest, { indent: 0 })}\n`;
      changes.push({ path, live, patch: { metadata: { annotations: { [LAST_APPLIED]: text } } } });
    }
    for (const { path, live, patch } of changes) {
      const type = 'application/merge-patch+json';
      const query = dryRun === 'server' ? { dryRun: 'All' } : undefined;
      reporter.report(dryRun === 'client' ? live : session.patch(path, type, patch, query), 'configured');
    }
  },
};

const editLastApplied: Command = {
  name: 'edit-last-applied',
  short: 'Edit latest last-applied-configuration annotations of a resource/object',
  use: '(RESOURCE/NAME | -f FILENAME)',
  flags: [
    ...filenameFlags,
    ...outputFlags,
    fieldManagerFlag('kubectl-client-side-apply'),
    validateFlag,
    flag('windows-line-endings', 'bool', 'Use the line ends of Windows.'),
  ],
  *run(invocation): Generator<Suspend, number, void> {
    const { session, flags, args } = invocation;
    const built = buildTargets(session, { flags, args, listsAll: true });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    const saved = found.flatMap(({ object }) => {
      const text = object?.metadata.annotations?.[LAST_APPLIED];
      return text === undefined ? [] : editedTargets(session, text).slice(0, 1);
    });
    if (saved.length === 0) throw new KubectlError(MISSING);
    return yield* editTargets(invocation, saved, 'last-applied');
  },
};

export const applySubcommands: readonly Command[] = [editLastApplied, setLastApplied, viewLastApplied];
