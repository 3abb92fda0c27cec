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
import { editTargets } from '../editing';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { buildTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, fieldValidation, remembering, Reporter, whileDoing, writeQuery } from '../writing';
import { createBudget } from './createbudget';
import { createConfigMap } from './createconfigmap';
import { createDeployment } from './createdeployment';
import { createIngress } from './createingress';
import { createCronJob, createJob } from './createjob';
import { createNamespace } from './createnamespace';
import { createPriorityClass } from './createpriorityclass';
import { createQuota } from './createquota';
import { createClusterRole, createRole } from './createrole';
import { createClusterRoleBinding, createRoleBinding } from './createrolebinding';
import { createSecret } from './createsecret';
import { createService } from './createservice';
import { createServiceAccount } from './createserviceaccount';
import { createToken } from './createtoken';
import { sendRaw } from './raw';

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
    createClusterRole,
    createClusterRoleBinding,
    createConfigMap,
    createCronJob,
    createDeployment,
    createIngress,
    createJob,
    createNamespace,
    createBudget,
    createPriorityClass,
    createQuota,
    createRole,
    createRoleBinding,
    createSecret,
    createService,
    createServiceAccount,
    createToken,
  ],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    validateFlag,
    saveConfigFlag,
    selectorFlag,
    fieldManagerFlag('kubectl-create'),
    flag('edit', 'bool', 'Edit before creating.'),
    flag('raw', 'string', 'Path to post the file to as it is.'),
    flag('windows-line-endings', 'bool', 'With --edit: use the line ends of Windows.'),
  ],
  *run(invocation): Generator<Suspend, number | void, void> {
    const { session, flags, args, path } = invocation;
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) {
      if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
      throw new KubectlError('must specify one of -f and -k');
    }
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    if (flags.has('raw') && flags.boolean('edit')) throw new KubectlError('--raw and --edit are mutually exclusive');
    if (flags.has('raw')) return sendRaw(invocation, 'POST');
    const dryRun = dryRunOf(invocation);
    const validation = fieldValidation(invocation);
    if (flags.boolean('edit')) return yield* editBeforeCreating(invocation);
    const built = buildTargets(session, { flags, args, selectsManifests: true, validate: validation !== 'Ignore' });
    if (built.targets.length === 0 && built.errors.length === 0) throw new KubectlError('no objects passed to create');
    const reporter = new Reporter(invocation, dryRun);
    for (const target of built.targets) {
      const object = remembering(target.object, flags.boolean('save-config'));
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

/** --edit: the manifests are made after they were edited; nothing is a dry run then, and selectors do not count. */
function* editBeforeCreating(invocation: Invocation): Generator<Suspend, number, void> {
  const { targets, errors } = buildTargets(invocation.session, { flags: invocation.flags, args: [] });
  return yield* editTargets(invocation, targets, 'creation', errors);
}
