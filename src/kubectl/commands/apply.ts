import type { KubeObject } from '../../cluster/apimachinery/object';
import { Applier, ApplyResults } from '../applying/applier';
import { prunableKinds, prune } from '../applying/prune';
import { applyOnServer } from '../applying/serverside';
import type { Command, Invocation } from '../command';
import { checkCascade } from '../deletion';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, selectorFlag, validateFlag } from '../commonflags';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { recordFlag, withCause } from '../record';
import { buildTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, fieldValidation, type DryRun } from '../writing';
import { applySubcommands } from './lastapplied';

const PRUNE_ALL =
  'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector';

export const apply: Command = {
  name: 'apply',
  short: 'Apply a configuration to a resource by file name or stdin',
  use: '(-f FILENAME | -k DIRECTORY)',
  examples: ['kubectl apply -f svc.yaml', 'cat svc.yaml | kubectl apply -f -'],
  commands: applySubcommands,
  flags: [
    ...filenameFlags,
    ...outputFlags,
    selectorFlag,
    dryRunFlag,
    validateFlag,
    fieldManagerFlag('kubectl-client-side-apply'),
    flag('all', 'bool', 'Select all resources in the namespace for --prune.'),
    flag('cascade', 'string', 'What happens to dependents of deleted objects.', { default: 'background', bare: 'background' }),
    flag('force', 'bool', 'Delete and create again what cannot be changed.'),
    flag('force-conflicts', 'bool', 'With --server-side: take fields over from other managers.'),
    flag('grace-period', 'int', 'Seconds to end gracefully.', { default: '-1' }),
    flag('openapi-patch', 'bool', "Make patches by the server's schema.", { default: 'true', support: 'ignored' }),
    flag('overwrite', 'bool', 'Resolve conflicts with the live object by the manifest.', { default: 'true' }),
    flag('prune', 'bool', 'Delete objects that left the manifests.'),
    flag('prune-allowlist', 'array', 'Kinds for --prune.'),
    recordFlag,
    flag('server-side', 'bool', 'Let the server merge.'),
    flag('subresource', 'string', 'Subresource to apply to.'),
    flag('timeout', 'duration', 'How long to wait for deletions.', { default: '0s', support: 'ignored' }),
    flag('wait', 'bool', 'Wait for deletions.', { support: 'ignored' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, path } = invocation;
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) {
      if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
      throw new KubectlError('must specify one of -f and -k');
    }
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    checkCascade(invocation);
    const dryRun = dryRunOf(invocation);
    const serverSide = flags.boolean('server-side');
    const validation = fieldValidation(invocation);
    checkFlags(invocation, dryRun);
    const prunable = prunableKinds(session, flags.list('prune-allowlist'));
    const built = buildTargets(session, { flags, args, selectsManifests: true, validate: validation !== 'Ignore' });
    const { targets } = built;
    if (targets.length === 0 && built.errors.length === 0) throw new KubectlError('no objects passed to apply');
    const results = new ApplyResults(invocation, dryRun);
    const applier = new Applier(invocation, dryRun, validation, results);
    for (const target of targets) {
      target.object &&= withCause(invocation, target.object) as KubeObject;
      try {
        if (serverSide) applyOnServer(invocation, target, dryRun, validation, results);
        else yield* applier.apply(target);
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(error);
      }
    }
    throwGathered(built.errors);
    results.printObjects();
    if (flags.boolean('prune')) prune(invocation, prunable, dryRun, results);
  },
};

/** Which flags go together. @throws KubectlError Upstream: ApplyOptions.Validate. */
function checkFlags({ flags }: Invocation, dryRun: DryRun): void {
  const serverSide = flags.boolean('server-side');
  const force = flags.boolean('force');
  const refuse = (wrong: boolean, message: string) => {
    if (wrong) throw new KubectlError(message);
  };
  refuse(flags.boolean('force-conflicts') && !serverSide, '--force-conflicts only works with --server-side');
  refuse(
    dryRun === 'client' && serverSide,
    "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
  );
  refuse(serverSide && force, '--force cannot be used with --server-side');
  refuse(dryRun === 'server' && force, '--dry-run=server cannot be used with --force');
  refuse(flags.boolean('all') && flags.string('selector') !== '', 'cannot set --all and --selector at the same time');
  if (flags.boolean('prune')) {
    refuse(force, '--force cannot be used with --prune');
    refuse(!flags.boolean('all') && flags.string('selector') === '', PRUNE_ALL);
    refuse(serverSide, "--prune is in alpha and doesn't currently work on objects created by server-side apply");
  }
  refuse(flags.string('subresource') !== '' && !serverSide, '--subresource can only be specified for --server-side');
}
