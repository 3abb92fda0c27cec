import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { kindPrefix, pathOf } from '../discovery';
import { DescribeContext } from '../describers/describer';
import { writePodTemplate } from '../describers/podtemplate';
import { replicaSetsOf } from '../describers/workloads';
import { DescribeWriter } from '../describers/writer';
import { KubectlError, StatusError, throwGathered } from '../errors';
import { flag } from '../flags';
import { objectPrinter, type ObjectPrinter } from '../printers/objectprinter';
import { TabWriter } from '../printers/tabwriter';
import { asTyped } from '../typedorder';
import type { Suspend } from '../types';
import { dryRunOf, LAST_APPLIED, Reporter, writeQuery } from '../writing';
import type { Target } from '../resourcebuilder';
import { nameOf } from './get';
import { workloads } from './rollout';

export const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';

/** Revisions of a deployment, oldest first. */
function revisions(invocation: Invocation, deployment: Json): { revision: number; set: Json }[] {
  const { old, current } = replicaSetsOf(new DescribeContext(invocation.session, false), deployment);
  return [...old, ...(current ? [current] : [])]
    .map((set) => ({ revision: Number(set.metadata.annotations?.[REVISION] ?? 0), set }))
    .filter(({ revision }) => revision > 0)
    .sort((a, b) => a.revision - b.revision);
}

export const history: Command = {
  name: 'history',
  short: 'View rollout history',
  use: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [...filenameFlags, ...outputFlags, selectorFlag, flag('revision', 'int', 'Show this revision.', { default: '0' })],
  *run(invocation): Generator<Suspend, void, void> {
    checkRevision(invocation);
    const { flags, session } = invocation;
    const printer = objectPrinter({
      flags,
      environment: session.environment,
      nameOf: nameOf(session.discovery.mappings),
      typed: true,
    });
    forEachWorkload(invocation, (target) => viewHistory(invocation, target, printer));
  },
};

/** An error with one does not keep it from the others. @throws KubectlError, StatusError, AggregateError at the end */
function forEachWorkload(invocation: Invocation, action: (target: Target) => void): void {
  const errors: Error[] = [];
  for (const target of workloads(invocation, errors)) {
    try {
      action(target);
    } catch (error) {
      if (!(error instanceof KubectlError || error instanceof StatusError)) throw error;
      errors.push(error);
    }
  }
  throwGathered(errors);
}

/** @throws KubectlError */
export function checkRevision({ flags }: Invocation): void {
  const revision = flags.number('revision');
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`);
}

/** Kinds that a rollout can be asked about. Upstream: kubectl/pkg/util/apps KindVisitor. */
const VISITED = ['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'CronJob'];

/** Why a kind has none of what was asked for. */
function nothingFor({ mapping }: Target, what: string, doing: string): KubectlError {
  const { group, kind } = mapping;
  const name = JSON.stringify(group ? `${kind}.${group}` : kind);
  return new KubectlError(
    VISITED.includes(kind)
      ? `no ${what} has been implemented for ${name}`
      : `error retrieving ${doing} for ${name}, no visitor method exists for {${group} ${kind}}`,
  );
}

function viewHistory(invocation: Invocation, target: Target, printer: ObjectPrinter | undefined): void {
  const { session, flags } = invocation;
  const { mapping, name, object } = target;
  if (object?.kind !== 'Deployment') throw nothingFor(target, 'history viewer', 'history');
  const all = revisions(invocation, object);
  const wanted = flags.number('revision');
  const title = `${kindPrefix(mapping)}/${name}`;
  const found = all.find(({ revision }) => revision === wanted);
  if (wanted > 0 && !found) throw new KubectlError('unable to find the specified revision');
  if (printer) {
    for (const { set } of found ? [found] : all)
      session.out(printer(asTyped({ kind: 'ReplicaSet', apiVersion: 'apps/v1', ...set })));
  } else if (found) {
    const cause = found.set.metadata.annotations?.[CAUSE];
    const template: Json = { ...found.set.spec.template };
    if (cause) template.metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, [CAUSE]: cause } };
    const text = DescribeWriter.plain((writer) => writePodTemplate(writer, template));
    session.out(`${title} with revision #${wanted}\n${text}\n`);
  } else {
    const writer = new TabWriter({ minWidth: 0, padding: 2 });
    writer.write('REVISION\tCHANGE-CAUSE\n');
    for (const { revision, set } of all) writer.write(`${revision}\t${set.metadata.annotations?.[CAUSE] || '<none>'}\n`);
    session.out(`${title} \n${writer.flush()}\n`);
  }
}

export const undo: Command = {
  name: 'undo',
  short: 'Undo a previous rollout',
  use: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [
    ...filenameFlags,
    ...outputFlags,
    selectorFlag,
    dryRunFlag,
    flag('to-revision', 'int', 'Revision to go back to. 0: the last one.', { default: '0' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags } = invocation;
    const dryRun = dryRunOf(invocation);
    const undoOne = (target: Target) => {
      const { mapping, namespace, name, object } = target;
      if (object?.metadata.annotations?.[LAST_APPLIED]) {
        session.err(
          `Warning: resource ${mapping.resource}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, ` +
            "which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n",
        );
      }
      if (object?.kind !== 'Deployment') throw nothingFor(target, 'rollbacker', 'rollbacker');
      const reporter = new Reporter(invocation, dryRun);
      const all = revisions(invocation, object);
      const wanted = flags.number('to-revision');
      const found = wanted !== 0 ? all.find(({ revision }) => revision === wanted) : all.at(-2);
      if (!found) {
        throw new KubectlError(
          wanted !== 0
            ? `unable to find specified revision ${wanted} in history`
            : `no rollout history found for deployment "${name}"`,
        );
      }
      if (dryRun === 'client') {
        const text = DescribeWriter.plain((writer) => writePodTemplate(writer, found.set.spec.template));
        return reporter.report(object, text);
      }
      if (object.spec.paused) {
        throw new KubectlError(
          `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
        );
      }
      const template = withoutHash(found.set.spec.template);
      if (JSON.stringify(template) === JSON.stringify(object.spec.template)) {
        return reporter.report(object, `skipped rollback (current template already matches revision ${found.revision})`);
      }
      const operations = [
        { op: 'replace', path: '/spec/template', value: template },
        { op: 'replace', path: '/metadata/annotations', value: annotationsOf(object, found.set) },
      ];
      const path = pathOf(mapping, namespace, name);
      const patched = session.patch(path, 'application/json-patch+json', operations, writeQuery(invocation, dryRun));
      reporter.report(patched, 'rolled back');
    };
    forEachWorkload(invocation, undoOne);
  },
};

function withoutHash(template: Json): Json {
  const labels = { ...template.metadata?.labels };
  delete labels['pod-template-hash'];
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** The annotations of the revision; revision number and apply's memory stay the deployment's. */
function annotationsOf(deployment: Json, set: Json): Record<string, string> {
  const kept = [LAST_APPLIED, REVISION];
  const result: Record<string, string> = {};
  for (const key of kept)
    if (deployment.metadata.annotations?.[key] !== undefined) result[key] = deployment.metadata.annotations[key];
  const skipped = [
    ...kept,
    'deployment.kubernetes.io/revision-history',
    'deployment.kubernetes.io/desired-replicas',
    'deployment.kubernetes.io/max-replicas',
  ];
  for (const [key, value] of Object.entries(set.metadata.annotations ?? {}))
    if (!skipped.includes(key)) result[key] = value as string;
  return result;
}
