import type { Json } from '../../cluster/apimachinery/object';
import type { Command, Invocation } from '../command';
import { recursiveFlag } from '../commonflags';
import { KubectlError } from '../errors';
import { flag } from '../flags';
import { labelSelector } from '../labelselector';
import { resourcesAndPairs } from '../pairs';
import { quantityText } from '../writing';
import { setEnv } from './setenv';
import { containersOf, podSpecOf, setter, throwAll } from './setter';
import { subjectFlags, subjectsOf } from './subjects';

const NEEDED = 'one or more resources must be specified as <resource> <name> or <resource>/<name>';

const image = setter<Map<string, string>>({
  name: 'image',
  short: 'Update the image of a pod template',
  use: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  verb: 'image updated',
  failure: 'failed to patch image update to pod template: ',
  flags: [],
  split: ({ args }) => {
    const { resources, pairs } = resourcesAndPairs(args, 'image');
    const wrong = pairs.filter((pair) => !pair.includes('='));
    if (wrong.length > 0) throw new KubectlError(`invalid image format: ${wrong.join(', ')}`);
    return { resources, changes: new Map(pairs.map((pair) => splitOnce(pair))) };
  },
  check: ({ args, flags }, changes) => {
    const errors: Error[] = [];
    const named = resourcesAndPairs(args, 'image').resources.length > 0 || flags.list('filename').length > 0;
    if (!named) errors.push(new KubectlError(NEEDED));
    if (changes.size === 0) errors.push(new KubectlError('at least one image update is required'));
    else if (changes.size > 1 && changes.has('*'))
      errors.push(
        new KubectlError('all containers are already specified by *, but saw more than one container_name=container_image pairs'),
      );
    throwAll(errors);
  },
  apply: (_, object, changes, errors) => {
    podSpecOf(object);
    for (const [name, wanted] of changes) {
      const all = containersOf(object, '*');
      const matching = name === '*' ? all : all.filter((container) => container.name === name);
      if (matching.length === 0) errors.push(new KubectlError(`error: unable to find container named ${JSON.stringify(name)}`));
      for (const container of matching) container.image = wanted;
    }
  },
});

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

const resources = setter<undefined>({
  name: 'resources',
  short: 'Update resource requests/limits on objects with pod templates',
  use: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  verb: 'resource requirements updated',
  failure: 'failed to patch resources update to pod template ',
  flags: [
    flag('containers', 'string', 'Containers to change.', { short: 'c', default: '*' }),
    flag('limits', 'string', 'Limits: cpu=100m,memory=256Mi.'),
    flag('requests', 'string', 'Requests: cpu=100m,memory=256Mi.'),
  ],
  split: ({ args }) => ({ resources: args, changes: undefined }),
  check: ({ flags }) => {
    if (!flags.string('limits') && !flags.string('requests'))
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    parseAmounts(flags.string('limits'));
    parseAmounts(flags.string('requests'));
  },
  apply: ({ flags }, object, _, errors) => {
    const pattern = flags.string('containers');
    const containers = containersOf(object, pattern);
    if (containers.length === 0) errors.push(new KubectlError(`error: unable to find container named ${pattern}`));
    for (const container of containers)
      for (const field of ['limits', 'requests'] as const)
        if (flags.string(field))
          container.resources = {
            ...container.resources,
            [field]: { ...container.resources?.[field], ...parseAmounts(flags.string(field)) },
          };
  },
});

function parseAmounts(text: string): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const statement of text === '' ? [] : text.split(',')) {
    const [resource = '', amount, ...rest] = statement.split('=');
    if (amount === undefined || rest.length > 0)
      throw new KubectlError(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    amounts[resource] = quantityText(amount);
  }
  return amounts;
}

const selector = setter<Json>({
  name: 'selector',
  short: 'Set the selector on a resource',
  use: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  verb: 'selector updated',
  always: true,
  lacks: ['kustomize', 'selector'],
  flags: [{ ...recursiveFlag, default: 'true' }, flag('resource-version', 'string', 'Only when this is the present version.')],
  split: ({ args }) => {
    if (args.length === 0) throw new KubectlError('one selector is required');
    return { resources: args.slice(0, -1), changes: labelSelector(args.at(-1) as string) };
  },
  apply: ({ flags }, object, wanted) => {
    if (object.kind !== 'Service') throw new KubectlError('setting a selector is only supported for Services');
    if (wanted.matchExpressions) {
      const shown = wanted.matchExpressions.map(
        ({ key, operator, values = [] }: Json) => `{${key} ${operator} [${values.join(' ')}]}`,
      );
      throw new KubectlError(`match expression [${shown.join(' ')}] not supported on this object`);
    }
    if (wanted.matchLabels) object.spec.selector = wanted.matchLabels;
    else delete object.spec.selector;
    if (flags.string('resource-version')) object.metadata.resourceVersion = flags.string('resource-version');
  },
});

const serviceAccount: Command = {
  ...setter<string>({
    name: 'serviceaccount',
    short: 'Update the service account of a resource',
    use: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
    verb: 'serviceaccount updated',
    failure: 'failed to patch ServiceAccountName ',
    always: true,
    lacks: ['selector'],
    flags: [],
    split: ({ args }) => {
      if (args.length === 0) throw new KubectlError('serviceaccount is required');
      return { resources: args.slice(0, -1), changes: args.at(-1) as string };
    },
    apply: (_, object, name) => {
      const spec = podSpecOf(object);
      if (name) spec.serviceAccountName = name;
      else delete spec.serviceAccountName;
    },
  }),
  aliases: ['sa'],
};

const subject = setter<undefined>({
  name: 'subject',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  use: '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  verb: 'subjects updated',
  failure: 'failed to patch subjects to rolebinding: ',
  lacks: ['record'],
  flags: subjectFlags,
  split: ({ args }) => ({ resources: args, changes: undefined }),
  check: (invocation, _, found) => {
    const { flags } = invocation;
    const accounts = flags.list('serviceaccount');
    if (flags.list('user').length + flags.list('group').length + accounts.length === 0)
      throw new KubectlError('you must specify at least one value of user, group or serviceaccount');
    for (const account of accounts) {
      const [namespace, name, ...rest] = account.split(':');
      if (!name || rest.length > 0) throw new KubectlError('serviceaccount must be <namespace>:<name>');
      if (!namespace && found.some(({ mapping }) => mapping.kind === 'ClusterRoleBinding'))
        throw new KubectlError('serviceaccount must be <namespace>:<name>, namespace must be specified');
    }
  },
  apply: (invocation, object) => {
    if (!/^(Cluster)?RoleBinding$/.test(object.kind))
      throw new KubectlError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
    const present: Json[] = object.subjects ?? [];
    const same = (a: Json, b: Json) =>
      ['kind', 'apiGroup', 'name', 'namespace'].every((field) => (a[field] ?? '') === (b[field] ?? ''));
    const added = subjectsOf(sorted(invocation)).filter((wanted) => !present.some((known) => same(known, wanted)));
    if (added.length > 0) object.subjects = [...present, ...added];
  },
});

/** The same call with the names in order, once each, and service accounts in the namespace where they name none. */
function sorted(invocation: Invocation): Pick<Invocation, 'flags'> {
  const { flags, session } = invocation;
  const list = (name: string) =>
    [...new Set(flags.list(name))]
      .sort()
      .map((text) => (name === 'serviceaccount' && text.startsWith(':') ? `${session.namespace}${text}` : text));
  return { flags: { list } as Invocation['flags'] };
}

export const set: Command = {
  name: 'set',
  short: 'Set specific features on objects',
  long: 'Configure application resources.\n\n These commands help you make changes to existing application resources.\n',
  commands: [setEnv, image, resources, selector, serviceAccount, subject],
};
