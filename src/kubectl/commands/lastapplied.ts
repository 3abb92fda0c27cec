import { printYaml } from '../yaml/print';
import type { Command } from '../command';
import { allFlag, dryRunFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { pathOf, qualified } from '../discovery';
import { KubectlError, notSimulated } from '../errors';
import { flag } from '../flags';
import { goJson } from '../printers/gojson';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, LAST_APPLIED, Reporter, writeQuery } from '../writing';
import { throwGathered } from '../errors';

const MISSING =
  'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`';

const viewLastApplied: Command = {
  name: 'view-last-applied',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  use: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: [...filenameFlags, selectorFlag, allFlag, flag('output', 'string', 'yaml or json.', { short: 'o', default: 'yaml' })],
  *run({ session, flags, args }): Generator<Suspend, void, void> {
    const built = buildTargets(session, { flags, args });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    for (const target of found) {
      const saved = target.object?.metadata.annotations?.[LAST_APPLIED];
      if (saved === undefined)
        throw new KubectlError(`no last-applied-configuration annotation found on resource: ${target.name}`);
      const object = JSON.parse(saved);
      const format = flags.string('output');
      if (format === 'json') session.out(`${goJson(object, { indent: 2 })}\n`);
      else if (format === 'yaml') session.out(printYaml(object));
      else throw new KubectlError(`Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`);
    }
  },
};

const setLastApplied: Command = {
  name: 'set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  use: '-f FILENAME',
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    flag('create-annotation', 'bool', 'Create the annotation where it is missing.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    const dryRun = dryRunOf(invocation);
    const built = buildTargets(session, { flags, args, validate: true });
    throwGathered(built.errors);
    const reporter = new Reporter(invocation, dryRun);
    for (const { mapping, namespace, name, object } of built.targets) {
      const path = pathOf(mapping, namespace, name);
      const live = session.get(path);
      if (live.metadata.annotations?.[LAST_APPLIED] === undefined && !flags.boolean('create-annotation')) {
        throw new KubectlError(`no last-applied-configuration annotation found on resource: ${qualified(mapping)}/${name}`);
      }
      const text = `${goJson(object, { indent: 0 })}\n`;
      const patch = { metadata: { annotations: { [LAST_APPLIED]: text } } };
      if (dryRun === 'client') reporter.report(live, 'configured');
      else
        reporter.report(session.patch(path, 'application/merge-patch+json', patch, writeQuery(invocation, dryRun)), 'configured');
    }
  },
};

const editLastApplied: Command = {
  name: 'edit-last-applied',
  short: 'Edit latest last-applied-configuration annotations of a resource/object',
  flags: [...filenameFlags, ...outputFlags],
  *run({ session, flags, args }): Generator<Suspend, void, void> {
    const built = buildTargets(session, { flags, args });
    const found = fetchTargets(session, built, flags);
    throwGathered(built.errors);
    if (found.every((target) => target.object?.metadata.annotations?.[LAST_APPLIED] === undefined))
      throw new KubectlError(MISSING);
    throw notSimulated('edit the annotation of apply');
  },
};

export const applySubcommands: readonly Command[] = [editLastApplied, setLastApplied, viewLastApplied];
