import type { Json } from '../../cluster/apimachinery/object';
import { matchesSelector, parseSelector } from '../../cluster/apimachinery/selector';
import { applyStrategicMergePatch, createThreeWayMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, selectorFlag, validateFlag } from '../commonflags';
import { groupVersion, pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { goJson } from '../printers/gojson';
import { objectPrinter } from '../printers/objectprinter';
import { buildTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import {
  dryRunOf,
  fieldValidation,
  LAST_APPLIED,
  Reporter,
  whileDoing,
  withLastApplied,
  writeQuery,
  type DryRun,
} from '../writing';
import { applySubcommands } from './lastapplied';
import { nameOf } from './get';

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
    flag('all', 'bool', 'Select all resources in the namespace for --prune.', { support: 'not simulated' }),
    flag('cascade', 'string', 'What happens to dependents of deleted objects.', { default: 'background', support: 'ignored' }),
    flag('force', 'bool', 'Delete and create again what cannot be changed.', { support: 'not simulated' }),
    flag('force-conflicts', 'bool', 'With --server-side: take fields over from other managers.'),
    flag('grace-period', 'int', 'Seconds to end gracefully.', { default: '-1', support: 'ignored' }),
    flag('openapi-patch', 'bool', "Make patches by the server's schema.", { default: 'true', support: 'ignored' }),
    flag('overwrite', 'bool', 'Resolve conflicts with the live object by the manifest.', { default: 'true' }),
    flag('prune', 'bool', 'Delete objects that left the manifests.', { support: 'not simulated' }),
    flag('prune-allowlist', 'array', 'Kinds for --prune.', { support: 'not simulated' }),
    flag('server-side', 'bool', 'Let the server merge.'),
    flag('subresource', 'string', 'Subresource to apply to.', { support: 'not simulated' }),
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
    const dryRun = dryRunOf(invocation);
    const serverSide = flags.boolean('server-side');
    if (flags.boolean('force-conflicts') && !serverSide)
      throw new KubectlError('--force-conflicts only works with --server-side');
    if (dryRun === 'client' && serverSide)
      throw new KubectlError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
    const validation = fieldValidation(invocation);
    if (flags.boolean('prune') && !flags.boolean('all') && !flags.has('selector')) throw new KubectlError(PRUNE_ALL);
    const built = buildTargets(session, { flags, args, validate: validation !== 'Ignore' });
    const selector = flags.has('selector') ? parseSelector(flags.string('selector')) : undefined;
    const targets = built.targets.filter((target) => !selector || matchesSelector(selector, target.object?.metadata.labels));
    if (targets.length === 0 && built.errors.length === 0) throw new KubectlError('no objects passed to apply');
    if (flags.boolean('prune')) throw new KubectlError('not simulated yet: this simulator does not prune');
    const applier = new Applier(invocation, dryRun, validation);
    for (const target of targets) {
      try {
        if (serverSide) applier.applyOnServer(target);
        else applier.apply(target);
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(error);
      }
    }
    applier.printObjects();
    throwGathered(built.errors);
  },
};

/** Applies objects one by one. */
class Applier {
  private readonly reporter: Reporter;
  private readonly applied: Json[] = [];

  constructor(
    private readonly invocation: Invocation,
    private readonly dryRun: DryRun,
    private readonly validation: string,
  ) {
    this.reporter = new Reporter(invocation, dryRun);
  }

  apply(target: Target): void {
    const { session } = this.invocation;
    const manifest: Json = target.object;
    if (!manifest.metadata?.name && manifest.metadata?.generateName) {
      throw new KubectlError(`from ${manifest.metadata.generateName}: cannot use generate name with apply`);
    }
    const current = this.current(target);
    if (!current) {
      this.create(target);
      return;
    }
    if (current.metadata.annotations?.[LAST_APPLIED] === undefined) {
      session.err(
        `Warning: resource ${target.mapping.resource}/${target.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. ` +
          'kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. ' +
          'The missing annotation will be patched automatically.\n',
      );
    }
    const patch = this.patchFor(target, current);
    if (this.dryRun === 'client') {
      this.done(applyStrategicMergePatch(target.mapping.kind, current, patch), 'configured');
      return;
    }
    if (Object.keys(patch).length === 0) {
      this.done(current, 'unchanged');
      return;
    }
    try {
      const query = { ...writeQuery(this.invocation, this.dryRun), fieldValidation: this.validation };
      const path = pathOf(target.mapping, target.namespace, target.name);
      this.done(session.patch(path, 'application/strategic-merge-patch+json', patch, query), 'configured');
    } catch (error) {
      throw whileDoing(
        error,
        `error when applying patch:\n${goJson(patch, { indent: 0 })}\nto:\n${describeTarget(target)}\nfor: ${JSON.stringify(target.source)}: error when patching ${JSON.stringify(target.source)}: `,
      );
    }
  }

  applyOnServer(target: Target): void {
    const { session, flags } = this.invocation;
    const manager = flags.has('field-manager') ? flags.string('field-manager') : 'kubectl';
    const query = {
      fieldManager: manager,
      fieldValidation: this.validation,
      force: String(flags.boolean('force-conflicts')),
      ...(this.dryRun === 'server' && { dryRun: 'All' }),
    };
    const result = session.patch(
      pathOf(target.mapping, target.namespace, target.name),
      'application/apply-patch+yaml',
      target.object,
      query,
    );
    this.done(result, 'serverside-applied');
  }

  /** With -o the objects come at the end: one by itself, several as a List. */
  printObjects(): void {
    const { session, flags } = this.invocation;
    const printer = objectPrinter({ flags, environment: session.environment, nameOf: nameOf(session.discovery.mappings) });
    if (!printer || this.applied.length === 0) return;
    const list = { apiVersion: 'v1', items: this.applied, kind: 'List', metadata: { resourceVersion: '' } };
    session.out(printer(this.applied.length === 1 ? this.applied[0] : list));
  }

  private done(object: Json, verb: string): void {
    if (this.reporter.printsObjects) this.applied.push(object);
    else this.reporter.report(object, verb);
  }

  /** The live object; undefined when there is none. */
  private current(target: Target): Json | undefined {
    const doing = `error when retrieving current configuration of:\n${describeTarget(target)}\nfrom server for: ${JSON.stringify(target.source)}: `;
    if (!target.name) throw new KubectlError(`${doing}resource name may not be empty`);
    try {
      return this.invocation.session.get(pathOf(target.mapping, target.namespace, target.name));
    } catch (error) {
      if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
      throw whileDoing(error, doing);
    }
  }

  private create(target: Target): void {
    const object = withLastApplied(target.object);
    if (this.dryRun === 'client') {
      this.done(object, 'created');
      return;
    }
    try {
      const query = { ...writeQuery(this.invocation, this.dryRun), fieldValidation: this.validation };
      this.done(this.invocation.session.post(pathOf(target.mapping, target.namespace), object, query), 'created');
    } catch (error) {
      throw whileDoing(error, `error when creating ${JSON.stringify(target.source)}: `);
    }
  }

  private patchFor(target: Target, current: Json): Json {
    const saved = current.metadata.annotations?.[LAST_APPLIED];
    const original = saved ? (JSON.parse(saved) as Json) : undefined;
    return createThreeWayMergePatch(target.mapping.kind, original, withLastApplied(target.object), current);
  }
}

function describeTarget({ mapping, namespace, name }: Target): string {
  const version = groupVersion(mapping).includes('/') ? groupVersion(mapping) : `/${mapping.version}`;
  return (
    `Resource: "${version}, Resource=${mapping.resource}", GroupVersionKind: "${version}, Kind=${mapping.kind}"\n` +
    `Name: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace ?? '')}`
  );
}
