import type { Command, Invocation } from '../command';
import {
  dryRunFlag,
  fieldManagerFlag,
  filenameFlags,
  outputFlags,
  saveConfigFlag,
  selectorFlag,
  validateFlag,
} from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { readManifests } from '../manifest';
import { goJson } from '../printers/gojson';
import { buildTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, fieldValidation, Reporter, whileDoing, withLastApplied, writeQuery } from '../writing';
import { createConfigMap } from './createconfigmap';
import { createDeployment } from './createdeployment';
import { createJob } from './createjob';
import { createNamespace } from './createnamespace';
import { createSecret } from './createsecret';
import { createService } from './createservice';
import { createServiceAccount } from './createserviceaccount';
import { notSimulatedCommand } from './notsimulated';

/** Generators of kinds that are not here. */
const missingGenerators: readonly Command[] = [
  notSimulatedCommand('clusterrole', 'Create a cluster role'),
  notSimulatedCommand('clusterrolebinding', 'Create a cluster role binding for a particular cluster role'),
  notSimulatedCommand('cronjob', 'Create a cron job with the specified name', { aliases: ['cj'] }),
  notSimulatedCommand('ingress', 'Create an ingress with the specified name', { aliases: ['ing'] }),
  notSimulatedCommand('poddisruptionbudget', 'Create a pod disruption budget with the specified name', { aliases: ['pdb'] }),
  notSimulatedCommand('priorityclass', 'Create a priority class with the specified name', { aliases: ['pc'] }),
  notSimulatedCommand('quota', 'Create a quota with the specified name', { aliases: ['resourcequota'] }),
  notSimulatedCommand('role', 'Create a role with single rule'),
  notSimulatedCommand('rolebinding', 'Create a role binding for a particular role or cluster role'),
  notSimulatedCommand('token', 'Request a service account token'),
];

export const create: Command = {
  name: 'create',
  short: 'Create a resource from a file or from stdin',
  use: '-f FILENAME',
  examples: [
    'kubectl create -f svc.yaml',
    'kubectl create deployment web --image=nginx:1.27',
    'kubectl create service nodeport web --tcp=80',
  ],
  commands: [
    createConfigMap,
    createDeployment,
    createJob,
    createNamespace,
    createSecret,
    createService,
    createServiceAccount,
    ...missingGenerators,
  ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    validateFlag,
    saveConfigFlag,
    selectorFlag,
    fieldManagerFlag('kubectl-create'),
    flag('edit', 'bool', 'Edit before creating.', { support: 'not simulated' }),
    flag('raw', 'string', 'Path to post the file to as it is.'),
    flag('windows-line-endings', 'bool', 'With --edit.', { support: 'ignored' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, path } = invocation;
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) {
      if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
      throw new KubectlError('must specify one of -f and -k');
    }
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    if (flags.has('raw')) return createRaw(invocation);
    const dryRun = dryRunOf(invocation);
    const validation = fieldValidation(invocation);
    const built = buildTargets(session, { flags, args, validate: validation !== 'Ignore' });
    if (built.targets.length === 0 && built.errors.length === 0) throw new KubectlError('no objects passed to create');
    const reporter = new Reporter(invocation, dryRun);
    for (const target of built.targets) {
      const object = flags.boolean('save-config') ? withLastApplied(target.object) : target.object;
      try {
        const query = { ...writeQuery(invocation, dryRun), fieldValidation: validation };
        reporter.report(
          dryRun === 'client' ? object : session.post(pathOf(target.mapping, target.namespace), object, query),
          'created',
        );
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(whileDoing(error, `error when creating ${JSON.stringify(target.source)}: `));
      }
    }
    throwGathered(built.errors);
  },
};

function createRaw({ session, flags }: Invocation): void {
  const [item] = readManifests(session.environment, flags.list('filename'), { recursive: false, validate: false });
  if (!item?.object) throw item?.error ?? new KubectlError('no objects passed to create');
  session.out(`${goJson(session.post(flags.string('raw'), item.object), { indent: 0, sorted: false })}\n`);
}
