import type { Command, Invocation } from '../command';
import { allNamespacesFlag, filenameFlags, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, StatusError, throwAggregated } from '../errors';
import { flag } from '../flags';
import { describeObject } from '../describers';
import { DescribeContext } from '../describers/describer';
import { buildTargets, fetchTargets, isNamed, type Target, type Targets } from '../resourcebuilder';
import type { Suspend } from '../types';

const NO_TYPE =
  'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.';

export const describe: Command = {
  name: 'describe',
  short: 'Show details of a specific resource or group of resources',
  use: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  examples: ['kubectl describe svc test', 'kubectl describe pods', 'kubectl describe svc -l app=test'],
  flags: [
    ...filenameFlags,
    selectorFlag,
    allNamespacesFlag,
    flag('chunk-size', 'int', 'Lists are fetched in chunks of this size.', { default: '500', support: 'ignored' }),
    flag('show-events', 'bool', 'Show the events of the object.', { default: 'true' }),
  ],
  *run(invocation): Generator<Suspend, void, void> {
    const { session, flags, args } = invocation;
    // what is wrong with the kubeconfig comes first
    void session.namespace;
    if (args.length === 0 && flags.list('filename').length === 0) throw new KubectlError(NO_TYPE);
    const built = buildTargets(session, { flags, args, selectsManifests: true, listsAll: true });
    const found = fetchTargets(session, built, flags);
    const [missing] = built.errors;
    if (args.length === 2 && built.errors.length === 1 && missing instanceof StatusError && missing.reason === 'NotFound') {
      // two arguments may be a type and the start of names, and then nothing else is shown
      if (!args[0]?.includes('/')) session.find(args[0]!);
      if (describeByPrefix(invocation, built)) return;
      throw missing;
    }
    const several = found.length > 1 || built.errors.length > 0;
    const showEvents = flags.boolean('show-events') && (!several || flags.has('show-events'));
    const context = new DescribeContext(session, showEvents);
    const nameless: Error[] = [];
    found.forEach((target, index) => {
      if (target.name === '') nameless.push(new KubectlError('resource name may not be empty'));
      else if (target.object) session.out(`${index > 0 ? '\n\n' : ''}${describeObject(target.object, context)}`);
    });
    throwAggregated([...built.errors, ...nameless], isNamed(built) || nameless.length > 0);
    if (found.length === 0)
      session.err(
        flags.boolean('all-namespaces') ? 'No resources found\n' : `No resources found in ${session.namespace} namespace.\n`,
      );
  },
};

/** A name that is none may be the start of names. */
function describeByPrefix({ session }: Invocation, built: Targets): boolean {
  const [error] = built.errors;
  const [target] = built.targets;
  if (!(error instanceof StatusError) || error.reason !== 'NotFound' || built.targets.length !== 1 || !target?.name) return false;
  const matching = matchingPrefix(session, target);
  const context = new DescribeContext(session, false);
  for (const object of matching) session.out(`${describeObject(object, context)}\n`);
  return matching.length > 0;
}

function matchingPrefix(session: Invocation['session'], { mapping, namespace, name = '' }: Target) {
  const context = new DescribeContext(session, false);
  const apiVersion = mapping.group ? `${mapping.group}/${mapping.version}` : mapping.version;
  return context
    .list(pathOf(mapping, namespace))
    .filter((object) => object.metadata.name.startsWith(name))
    .map((object) => ({ apiVersion, kind: mapping.kind, ...object }));
}
