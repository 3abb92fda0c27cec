import type { Json } from '../../cluster/apimachinery/object';
import type { Command } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag, validateFlag } from '../commonflags';
import { kindPrefix, pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { buildTargets, type Target } from '../resourcebuilder';
import type { Suspend } from '../types';
import { sendRaw } from './raw';
import { dryRunOf, fieldValidation, Reporter, whileDoing, withLastApplied, writeQuery } from '../writing';
import type { Session } from '../session';

export const replace: Command = {
  name: 'replace',
  short: 'Replace a resource by file name or stdin',
  use: '-f FILENAME',
  examples: ['kubectl replace -f svc.yaml'],
  flags: [
    ...filenameFlags,
    ...outputFlags,
    dryRunFlag,
    validateFlag,
    saveConfigFlag,
    fieldManagerFlag('kubectl-replace'),
    flag('cascade', 'string', 'With --force: background, orphan or foreground.', { default: 'background', support: 'ignored' }),
    flag('force', 'bool', 'Delete and create again.'),
    flag('grace-period', 'int', 'With --force: seconds to end gracefully.', { default: '-1', support: 'ignored' }),
    flag('raw', 'string', 'Path to put the file to as it is.'),
    flag('subresource', 'string', 'Subresource to replace: status, scale.'),
    flag('timeout', 'duration', 'With --force: how long to wait.', { default: '0s', support: 'ignored' }),
    flag('wait', 'bool', 'With --force: wait for the deletion.', { support: 'ignored' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, path } = invocation;
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, dryRun);
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) throw new KubectlError('must specify one of -f and -k');
    if (flags.string('raw')) return sendRaw(invocation, 'PUT');
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    const validation = fieldValidation(invocation);
    const built = buildTargets(session, { flags, args, validate: validation !== 'Ignore' });
    if (built.targets.length === 0 && built.errors.length === 0) throw new KubectlError('no objects passed to replace');
    const query = { ...writeQuery(invocation, dryRun), fieldValidation: validation };
    const force = flags.boolean('force');
    if (force) for (const target of built.targets) yield* remove(session, target);
    for (const target of built.targets) {
      const object: Json = flags.boolean('save-config') ? withLastApplied(target.object) : target.object;
      const sub = flags.has('subresource') ? `/${flags.string('subresource')}` : '';
      try {
        const at = pathOf(target.mapping, target.namespace, target.name) + sub;
        if (dryRun === 'client') reporter.report(object, 'replaced');
        else if (force) reporter.report(session.post(pathOf(target.mapping, target.namespace), object, query), 'replaced');
        else reporter.report(session.put(at, withVersion(session, at, object), query), 'replaced');
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
        built.errors.push(whileDoing(error, `error when ${force ? 'creating' : 'replacing'} ${JSON.stringify(target.source)}: `));
      }
    }
    throwGathered(built.errors);
  },
};

/** Without a resourceVersion of its own the object replaces whatever is there now. */
function withVersion(session: Session, path: string, object: Json): Json {
  if (object.metadata.resourceVersion) return object;
  try {
    const { resourceVersion } = session.get(path).metadata;
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return object;
    throw error;
  }
}

function* remove(session: Session, target: Target): Generator<Suspend, void, void> {
  const { mapping, namespace, name } = target;
  const path = pathOf(mapping, namespace, name);
  try {
    session.delete(path, { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' });
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'NotFound') return;
    throw error;
  }
  session.out(`${kindPrefix(mapping)} "${name}" deleted${mapping.namespaced ? ` from ${namespace} namespace` : ''}\n`);
  while (session.environment.api.handle({ method: 'GET', path }).status === 200) yield {};
}
