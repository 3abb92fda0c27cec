import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { dryRunFlag, fieldManagerFlag, filenameFlags, outputFlags, saveConfigFlag, validateFlag } from '../commonflags';
import { checkCascade, deletion } from '../deletion';
import { kindPrefix, pathOf } from '../discovery';
import { KubectlError, StatusError, throwGathered, usageError } from '../errors';
import { flag } from '../flags';
import { deletedLine } from './delete';
import { buildTargets, type Targets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { sendRaw } from './raw';
import { dryRunOf, fieldValidation, remembering, Reporter, whileDoing, writeQuery } from '../writing';
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
    flag('cascade', 'string', 'With --force: background, orphan or foreground.', { default: 'background', bare: 'background' }),
    flag('force', 'bool', 'Delete and create again.'),
    flag('grace-period', 'int', 'With --force: seconds to end gracefully.', { default: '-1' }),
    flag('raw', 'string', 'Path to put the file to as it is.'),
    flag('subresource', 'string', 'Subresource to replace: status, scale.'),
    flag('timeout', 'duration', 'With --force: how long to wait.', { default: '0s' }),
    flag('wait', 'bool', 'With --force: wait for the deletion.'),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args, path } = invocation;
    const dryRun = dryRunOf(invocation);
    const reporter = new Reporter(invocation, dryRun);
    checkCascade(invocation);
    if (flags.list('filename').length === 0 && !flags.has('kustomize')) throw new KubectlError('must specify one of -f and -k');
    const validation = fieldValidation(invocation);
    const force = flags.boolean('force');
    if (flags.number('grace-period') >= 0 && !force) throw new KubectlError('--grace-period must have --force specified');
    if (flags.duration('timeout') !== 0 && !force) throw new KubectlError('--timeout must have --force specified');
    if (dryRun !== 'none' && force) throw new KubectlError('--dry-run can not be used when --force is set');
    if (flags.string('raw')) return sendRaw(invocation, 'PUT');
    if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`);
    const built = buildTargets(session, { flags, args, validate: validation !== 'Ignore' });
    if (built.targets.length === 0 && built.errors.length === 0) {
      // with --force there is nothing to delete first
      if (force) session.out('No resources found\n');
      throw new KubectlError('no objects passed to replace');
    }
    const query = { ...writeQuery(invocation, dryRun), fieldValidation: validation };
    if (force) {
      yield* removeAll(invocation, built);
      throwGathered(built.errors);
    }
    for (const target of built.targets) {
      const object: Json = remembering(target.object, flags.boolean('save-config'));
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

/** A time-out of its own where none is given. */
const GONE = 5 * 60_000;
/** How often is looked, ms. */
const POLL = 1000;

/** --force: what is there goes first. Upstream: ReplaceOptions.forceReplace. */
function* removeAll(invocation: Invocation, built: Targets): Generator<Suspend, void, void> {
  const { session, flags } = invocation;
  const given = flags.number('grace-period');
  const period = given === 0 ? 1 : given;
  for (const target of built.targets) {
    const { mapping, namespace, name } = target;
    try {
      session.delete(pathOf(mapping, namespace, name), deletion(invocation, period));
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
      if (!(error instanceof StatusError && error.reason === 'NotFound'))
        built.errors.push(whileDoing(error, `error when deleting ${JSON.stringify(target.source)}: `));
      continue;
    }
    session.out(flags.string('output') === 'name' ? `${kindPrefix(mapping)}/${name}\n` : deletedLine(target));
  }
  throwGathered(built.errors);
  const timeout = flags.duration('timeout') || GONE;
  const until = session.now + timeout;
  for (const { mapping, namespace, name } of built.targets) {
    const path = pathOf(mapping, namespace, name);
    while (session.environment.api.handle({ method: 'GET', path }).status === 200) {
      if (session.now >= until) throw new KubectlError('timed out waiting for the condition');
      yield { until: Math.min(until, session.now + POLL), change: true };
    }
  }
}
