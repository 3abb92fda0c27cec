import { deepEqual } from '../../cluster/apimachinery/json';
import type { Json } from '../../cluster/apimachinery/object';
import { createTwoWayMergePatch } from '../../cluster/apimachinery/strategicpatch';
import type { Command, Invocation } from '../command';
import { allFlag, dryRunFlag, fieldManagerFlag, filenameFlags, localFlag, outputFlags, selectorFlag } from '../commonflags';
import { pathOf } from '../discovery';
import { KubectlError, throwGathered } from '../errors';
import { flag, type Flag } from '../flags';
import { buildTargets, fetchTargets } from '../resourcebuilder';
import type { Suspend } from '../types';
import { dryRunOf, parsePairs, Reporter, writeQuery } from '../writing';
import { notSimulatedCommand } from './notsimulated';

interface Setter {
  name: string;
  short: string;
  use: string;
  verb: string;
  flags: readonly Flag[];
  /** Which arguments are changes, not objects. */
  isChange(argument: string): boolean;
  /** The object with the changes. Undefined: nothing to send. */
  apply(invocation: Invocation, object: Json, changes: string[]): Json | undefined;
  /** Tell about objects that stay as they are too. */
  tellsUnchanged?: boolean;
}

function setter(definition: Setter): Command {
  const { name, short, use, flags } = definition;
  const common = [
    ...filenameFlags,
    ...outputFlags,
    selectorFlag,
    allFlag,
    dryRunFlag,
    localFlag,
    fieldManagerFlag('kubectl-set'),
  ];
  const own = new Set(flags.map((candidate) => candidate.name));
  return {
    name,
    short,
    use,
    flags: [...common.filter((candidate) => !own.has(candidate.name)), ...flags],
    *run(invocation): Generator<Suspend, void, void> {
      const { session, args } = invocation;
      const dryRun = dryRunOf(invocation);
      const changes = args.filter((arg, index) => index > 0 && definition.isChange(arg));
      const named = args.filter((arg) => !changes.includes(arg));
      const built = buildTargets(session, { flags: invocation.flags, args: named });
      const found = fetchTargets(session, built, invocation.flags);
      throwGathered(built.errors);
      const reporter = new Reporter(invocation, dryRun);
      for (const { mapping, namespace, name: objectName, object } of found) {
        const changed = definition.apply(invocation, JSON.parse(JSON.stringify(object)), changes);
        if (changed === undefined) continue;
        if (deepEqual(changed, object) && !definition.tellsUnchanged) continue;
        if (dryRun === 'client') {
          reporter.report(changed, definition.verb);
          continue;
        }
        const patch = createTwoWayMergePatch(mapping.kind, object, changed);
        const path = pathOf(mapping, namespace, objectName);
        reporter.report(
          session.patch(path, 'application/strategic-merge-patch+json', patch, writeQuery(invocation, dryRun)),
          definition.verb,
        );
      }
    },
  };
}

function podSpecOf(object: Json): Json {
  const spec = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec;
  if (!spec) throw new KubectlError(`the object is not a pod or does not have a pod template: ${object.kind}`);
  return spec;
}

const image = setter({
  name: 'image',
  short: 'Update the image of a pod template',
  use: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  verb: 'image updated',
  flags: [],
  isChange: (argument) => argument.includes('='),
  apply: (_, object, changes) => {
    if (changes.length === 0) throw new KubectlError('at least one image update is required');
    const spec = podSpecOf(object);
    for (const change of changes) {
      const equals = change.indexOf('=');
      const name = change.slice(0, equals);
      const containers: Json[] = [...(spec.initContainers ?? []), ...spec.containers];
      const matching = name === '*' ? containers : containers.filter((container) => container.name === name);
      if (matching.length === 0) throw new KubectlError(`unable to find container named ${JSON.stringify(name)}`);
      for (const container of matching) container.image = change.slice(equals + 1);
    }
    return object;
  },
});

const env = setter({
  name: 'env',
  short: 'Update environment variables on a pod template',
  use: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  verb: 'env updated',
  flags: [
    flag('containers', 'string', 'Containers to change; * for any characters.', { short: 'c', default: '*' }),
    flag('env', 'array', 'Variables to set.', { short: 'e' }),
    flag('from', 'string', 'Object to take variables from.', { support: 'not simulated' }),
    flag('keys', 'list', 'Keys to take.', { support: 'not simulated' }),
    flag('list', 'bool', 'Show the variables.'),
    flag('overwrite', 'bool', 'Change what has a value already.', { default: 'true' }),
    flag('prefix', 'string', 'Prefix of variables taken.', { support: 'not simulated' }),
    flag('resolve', 'bool', 'Show what references stand for.', { support: 'not simulated' }),
  ],
  isChange: (argument) => argument.includes('=') || argument.endsWith('-'),
  apply: ({ session, flags }, object, changes) => {
    for (const container of podSpecOf(object).containers as Json[]) {
      if (flags.boolean('list')) {
        session.out(`# ${object.kind} ${object.metadata.name}, container ${container.name}\n`);
        for (const variable of container.env ?? []) session.out(`${variable.name}=${variable.value ?? ''}\n`);
        continue;
      }
      let variables: Json[] = container.env ?? [];
      for (const change of [...changes, ...flags.list('env')]) {
        const equals = change.indexOf('=');
        const name = equals < 0 ? change.slice(0, -1) : change.slice(0, equals);
        const present = variables.some((variable) => variable.name === name);
        const value = { name, value: change.slice(equals + 1) };
        if (equals < 0) variables = variables.filter((variable) => variable.name !== name);
        else
          variables = present ? variables.map((variable) => (variable.name === name ? value : variable)) : [...variables, value];
      }
      if (variables.length > 0) container.env = variables;
      else delete container.env;
    }
    return flags.boolean('list') ? undefined : object;
  },
});

const resources = setter({
  name: 'resources',
  short: 'Update resource requests/limits on objects with pod templates',
  use: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  verb: 'resource requirements updated',
  flags: [
    flag('containers', 'string', 'Containers to change.', { short: 'c', default: '*' }),
    flag('limits', 'string', 'Limits: cpu=100m,memory=256Mi.'),
    flag('requests', 'string', 'Requests: cpu=100m,memory=256Mi.'),
  ],
  isChange: () => false,
  apply: ({ flags }, object) => {
    if (!flags.has('limits') && !flags.has('requests')) {
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    }
    for (const container of podSpecOf(object).containers as Json[]) {
      for (const field of ['limits', 'requests'] as const) {
        if (flags.has(field))
          container.resources = {
            ...container.resources,
            [field]: { ...container.resources?.[field], ...parsePairs(flags.string(field)) },
          };
      }
    }
    return object;
  },
});

const selector = setter({
  name: 'selector',
  short: 'Set the selector on a resource',
  use: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  verb: 'selector updated',
  flags: [flag('resource-version', 'string', 'Only when this is the present version.', { support: 'not simulated' })],
  isChange: (argument) => argument.includes('=') || argument === '',
  tellsUnchanged: true,
  apply: (_, object, changes) => {
    if (object.kind !== 'Service') throw new KubectlError(`setting a selector is only supported for Services`);
    const pairs = parsePairs(changes.join(','));
    if (Object.keys(pairs).length > 0) object.spec.selector = pairs;
    else delete object.spec.selector;
    return object;
  },
});

export const set: Command = {
  name: 'set',
  short: 'Set specific features on objects',
  long: 'Configure application resources.\n\n These commands help you make changes to existing application resources.\n',
  commands: [
    env,
    image,
    resources,
    selector,
    notSimulatedCommand('serviceaccount', 'Update the service account of a resource'),
    notSimulatedCommand('subject', 'Update the user, group, or service account in a role binding or cluster role binding'),
  ],
};
