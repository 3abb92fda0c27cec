import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, filenameFlags, outputFlags, selectorFlag } from '../commonflags';
import { kindPrefix, pathOf } from '../discovery';
import { DescribeContext } from '../describers/describer';
import { writePodTemplate } from '../describers/podtemplate';
import { replicaSetsOf } from '../describers/workloads';
import { DescribeWriter } from '../describers/writer';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { TabWriter } from '../printers/tabwriter';
import type { Suspend } from '../types';
import { dryRunOf, LAST_APPLIED, Reporter, writeQuery } from '../writing';
import { workloads } from './rollout';

const REVISION = 'deployment.kubernetes.io/revision';
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
    const { session, flags } = invocation;
    for (const { mapping, name, object } of workloads(invocation)) {
      if (object?.kind !== 'Deployment') throw new KubectlError(`no history viewer has been implemented for "${mapping.kind}"`);
      const all = revisions(invocation, object);
      const wanted = flags.number('revision');
      const title = `${kindPrefix(mapping)}/${name}`;
      if (wanted > 0) {
        const found = all.find(({ revision }) => revision === wanted);
        if (!found) throw new KubectlError('unable to find the specified revision');
        const cause = found.set.metadata.annotations?.[CAUSE];
        const template: Json = { ...found.set.spec.template };
        if (cause)
          template.metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, [CAUSE]: cause } };
        const text = DescribeWriter.plain((writer) => writePodTemplate(writer, template));
        session.out(`${title} with revision #${wanted}\n${text}\n`);
        continue;
      }
      const writer = new TabWriter({ minWidth: 0, padding: 2 });
      writer.write('REVISION\tCHANGE-CAUSE\n');
      for (const { revision, set } of all) writer.write(`${revision}\t${set.metadata.annotations?.[CAUSE] || '<none>'}\n`);
      session.out(`${title} \n${writer.flush()}\n`);
    }
  },
};

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
    for (const { mapping, namespace, name, object } of workloads(invocation)) {
      if (object?.kind !== 'Deployment') throw new KubectlError(`no rollbacker has been implemented for "${mapping.kind}"`);
      if (object.metadata.annotations?.[LAST_APPLIED]) {
        session.err(
          `Warning: resource ${mapping.resource}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, ` +
            "which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\n",
        );
      }
      if (object.spec.paused) {
        throw new KubectlError(
          `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
        );
      }
      const reporter = new Reporter(invocation, dryRun);
      const all = revisions(invocation, object);
      const wanted = flags.number('to-revision');
      const found = wanted > 0 ? all.find(({ revision }) => revision === wanted) : all.at(-2);
      if (!found) {
        throw new KubectlError(
          wanted > 0
            ? `unable to find specified revision ${wanted} in history`
            : `no rollout history found for deployment "${name}"`,
        );
      }
      const template = withoutHash(found.set.spec.template);
      if (JSON.stringify(template) === JSON.stringify(object.spec.template)) {
        reporter.report(object, `skipped rollback (current template already matches revision ${found.revision})`);
        continue;
      }
      const operations = [
        { op: 'replace', path: '/spec/template', value: template },
        { op: 'replace', path: '/metadata/annotations', value: annotationsOf(object, found.set) },
      ];
      if (dryRun === 'client') reporter.report(object, 'rolled back');
      else
        reporter.report(
          session.patch(
            pathOf(mapping, namespace, name),
            'application/json-patch+json',
            operations,
            writeQuery(invocation, dryRun),
          ),
          'rolled back',
        );
    }
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
