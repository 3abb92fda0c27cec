import type { Json } from '../../cluster/apimachinery/object';
import { applyStrategicMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Invocation } from '../command';
import { nameOf } from '../commands/get';
import { deletion } from '../deletion';
import { groupVersion, pathOf } from '../discovery';
import { KubectlError, StatusError } from '../errors';
import { goJson } from '../../cluster/apimachinery/gojson';
import { objectPrinter } from '../printers/objectprinter';
import { readObject, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { LAST_APPLIED, Reporter, whileDoing, withLastApplied, writeQuery, type DryRun } from '../writing';
import { manifestPatch } from './manifestpatch';

/** What has been applied, told line by line or, with -o, at the end. */
export class ApplyResults {
  private readonly reporter: Reporter;
  private readonly objects: Json[] = [];
  /** Uids of what the manifests hold. */
  readonly visited = new Set<string>();
  readonly namespaces = new Set<string>();

  constructor(
    private readonly invocation: Invocation,
    dryRun: DryRun,
  ) {
    this.reporter = new Reporter(invocation, dryRun);
    if (invocation.session.namespaceEnforced) this.namespaces.add(invocation.session.namespace);
  }

  done(target: Target, object: Json, verb: string): void {
    this.visited.add(object.metadata?.uid ?? '');
    if (target.namespace !== undefined) this.namespaces.add(target.namespace);
    if (object.metadata?.deletionTimestamp) {
      const warning = `Warning: Detected changes to resource ${object.metadata.name} which is currently being deleted.\n`;
      this.invocation.session.err(warning);
    }
    if (this.reporter.printsObjects) this.objects.push(object);
    else this.reporter.report(object, verb);
  }

  tell(object: Json, verb: string): void {
    this.reporter.report(object, verb);
  }

  /** With -o: one object by itself, several as a List. */
  printObjects(): void {
    const { session, flags } = this.invocation;
    const printer = objectPrinter({ flags, environment: session.environment, nameOf: nameOf(session.discovery.mappings) });
    if (!printer || this.objects.length === 0) return;
    const list = { apiVersion: 'v1', items: this.objects, kind: 'List', metadata: { resourceVersion: '' } };
    session.out(printer(this.objects.length === 1 ? this.objects[0] : list));
  }
}

/** Applies objects by patches made here. Upstream: kubectl/pkg/cmd/apply Patcher. */
export class Applier {
  constructor(
    private readonly invocation: Invocation,
    private readonly dryRun: DryRun,
    private readonly validation: string,
    private readonly results: ApplyResults,
  ) {}

  *apply(target: Target): Generator<Suspend, void, void> {
    const { session, flags } = this.invocation;
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
    const unchanged = Object.keys(patch).length === 0;
    const verb = unchanged ? 'unchanged' : 'configured';
    if (unchanged) this.results.done(target, current, verb);
    else if (this.dryRun === 'client')
      this.results.done(target, applyStrategicMergePatch(target.mapping.kind, current, patch), verb);
    else {
      try {
        const query = { ...writeQuery(this.invocation, this.dryRun), fieldValidation: this.validation };
        const path = pathOf(target.mapping, target.namespace, target.name);
        this.results.done(target, session.patch(path, 'application/strategic-merge-patch+json', patch, query), verb);
      } catch (error) {
        const refused = error instanceof StatusError && (error.reason === 'Invalid' || error.reason === 'Conflict');
        if (refused && flags.boolean('force')) this.results.done(target, yield* this.deleteAndCreate(target, current), verb);
        else throw whileDoing(error, this.doing(target, goJson(patch, { indent: 0 })));
      }
    }
  }

  private doing(target: Target, patch: string): string {
    const source = JSON.stringify(target.source);
    return `error when applying patch:\n${patch}\nto:\n${describeTarget(target)}\nfor: ${source}: error when patching ${source}: `;
  }

  /** The live object; undefined when there is none. */
  private current(target: Target): Json | undefined {
    const doing = `error when retrieving current configuration of:\n${describeTarget(target)}\nfrom server for: ${JSON.stringify(target.source)}: `;
    if (!target.name) throw new KubectlError(`${doing}resource name may not be empty`);
    try {
      return readObject(this.invocation.session, target);
    } catch (error) {
      if (error instanceof StatusError && error.reason === 'NotFound') return undefined;
      throw whileDoing(error, doing);
    }
  }

  private create(target: Target): void {
    const object = withoutNulls(withLastApplied(target.object));
    if (this.dryRun === 'client') {
      this.results.done(target, object, 'created');
      return;
    }
    try {
      this.results.done(target, this.post(target, object), 'created');
    } catch (error) {
      throw whileDoing(error, `error when creating ${JSON.stringify(target.source)}: `);
    }
  }

  private post(target: Target, object: Json): Json {
    const query = { ...writeQuery(this.invocation, this.dryRun), fieldValidation: this.validation };
    return this.invocation.session.post(pathOf(target.mapping, target.namespace), object, query);
  }

  /** --force: what cannot be changed is deleted and made again. */
  private *deleteAndCreate(target: Target, current: Json): Generator<Suspend, Json, void> {
    const { session, flags } = this.invocation;
    const path = pathOf(target.mapping, target.namespace, target.name);
    session.delete(path, deleteOptions(this.invocation));
    const timeout = flags.duration('timeout');
    const until = timeout > 0 ? session.now + timeout : undefined;
    while (session.environment.api.handle({ method: 'GET', path }).status === 200) {
      if (until !== undefined && session.now >= until) throw new KubectlError('timed out waiting for the condition');
      yield until === undefined ? {} : { until, change: true };
    }
    try {
      return this.post(target, withLastApplied(target.object));
    } catch (error) {
      if (error instanceof StatusError) this.restore(target, current);
      throw error;
    }
  }

  private restore(target: Target, { metadata, status: _status, ...rest }: Json): void {
    const { resourceVersion: _version, uid: _uid, creationTimestamp: _created, managedFields: _fields, ...kept } = metadata;
    this.post(target, { ...rest, metadata: kept });
  }

  private patchFor(target: Target, current: Json): Json {
    const { session, flags } = this.invocation;
    try {
      return manifestPatch(session, target.mapping.kind, withLastApplied(target.object), current, flags.boolean('overwrite'));
    } catch (error) {
      throw whileDoing(error, this.doing(target, ''));
    }
  }
}

/** How deletions by apply are carried out. */
export const deleteOptions = ({ flags }: Invocation): Json =>
  deletion({ flags }, flags.boolean('force') ? 0 : flags.number('grace-period'));

/** Without fields that are null: what the manifest wants gone is not there yet. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value as Record<string, Json>).filter(([, field]) => field !== null);
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutNulls(field)]));
}

function describeTarget({ mapping, namespace, name, object }: Target): string {
  const version = groupVersion(mapping).includes('/') ? groupVersion(mapping) : `/${mapping.version}`;
  return (
    `Resource: "${version}, Resource=${mapping.resource}", GroupVersionKind: "${version}, Kind=${object?.kind ?? mapping.kind}"\n` +
    `Name: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace ?? '')}`
  );
}
